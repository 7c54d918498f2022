"""Digits of the region's scripts, read everywhere as ASCII digits."""

ZEROS = {"lao": 0x0ED0, "khmer": 0x17E0, "thai": 0x0E50, "burmese": 0x1040, "shan": 0x1090, "arabic": 0x0660,
         "persian": 0x06F0, "fullwidth": 0xFF10}  # fmt: skip
"""The code point of zero in each script; one to nine follow it."""

_TABLE = {zero + n: str(n) for zero in ZEROS.values() for n in range(10)}


def to_ascii(text: str) -> str:
    """The text with every digit of the scripts above as an ASCII digit."""
    return text if text.isascii() else text.translate(_TABLE)


def bare_number(number: str) -> str:
    """A number in upper case, without blanks, in ASCII digits: what the patterns of number series are read against."""
    if number.isalnum() and number.isascii():
        return number.upper()
    return "".join(to_ascii(number).split()).upper()
