"""The quick look: whether a text could be in an old encoding at all; and characters back to bytes."""

import re

_EXTRAS = {ord(bytes([code]).decode("cp1252", "ignore") or "\0"): code for code in range(0x80, 0xA0)}
_EXTRAS.pop(0, None)

_HIGH = r"\u0080-\u00ff" + "".join(map(chr, _EXTRAS))
_BURMESE = r"\u1000-\u109f"
_CANDIDATE = re.compile(rf"[\x00-\x7f{_HIGH}]*+(?:\Z|[{_BURMESE}])")
_SIGNS = re.compile(
    rf"[{_HIGH}{_BURMESE}](?:(?<=[{_BURMESE}])|"  # the search runs to such a character; then what stands before it
    rf"(?<=[{_HIGH}].)"  # mojibake comes in runs; so do marks of VNI and cp1258
    r"|(?<=[A-Za-z][\u00a1-\u00bf\u00d7\u00f7])(?![0-9])|(?<=[a-z][\u00c0-\u00de])"  # TCVN3: a sign, a capital in a word
    r"|(?<=[aeouyAEOUY][\u00c0-\u00c5\u00c8-\u00cb\u00cf\u00d5\u00d8-\u00dc\u00e0-\u00e5\u00e8-\u00eb\u00ef\u00f5\u00f8-\u00fc])"  # VNI
    r"|(?<=[aeiouyAEIOUY][\u00cc\u00d2\u00de\u00ec\u00f2]))"  # cp1258
)


def doubtful(text: str) -> bool:
    """Whether a text that is not ASCII is worth a closer look.

    Almost every text in another script, or in Vietnamese, is let go at its first letter that is no byte."""
    return _CANDIDATE.match(text) is not None and _SIGNS.search(text) is not None


def narrowed(text: str) -> str:
    """The text with the characters of cp1252 above 0x7F as those of the same code in Latin-1."""
    return text.translate(_EXTRAS)


def in_bytes(text: str) -> bytes:
    """The bytes that a text was made of when they were taken for cp1252 or Latin-1.

    Raises `UnicodeEncodeError` where it was made of something else."""
    return narrowed(text).encode("latin-1")
