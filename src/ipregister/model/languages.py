"""Language tags as offices write them, made BCP 47, and the scripts that decide between two of them."""

import re

TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

SCRIPTS = {"lo": (0x0E80, 0x0EFF), "th": (0x0E00, 0x0E7F), "km": (0x1780, 0x17FF), "my": (0x1000, 0x109F),
           "ru": (0x0400, 0x04FF), "kk": (0x0400, 0x04FF), "zh": (0x3400, 0x9FFF), "ko": (0xAC00, 0xD7AF)}  # fmt: skip
"""The block of code points that a text in the language has at least one letter of."""


_LETTER = {language: re.compile(f"[{chr(low)}-{chr(high)}]") for language, (low, high) in SCRIPTS.items()}


def written_in(text: str, language: str) -> bool:
    """Whether a text has a letter of the language's script; True where the language has no script of its own."""
    letter = _LETTER.get(language)
    return letter is None or (not text.isascii() and letter.search(text) is not None)


def tag_for(code: str, text: str, tags: dict[str, tuple[str, ...]]) -> str | None:
    """The BCP 47 tag for an office's language code on a text, or None where the code is no tag.

    `tags` are the office's facts: code -> tags to try in order; the first whose script the text has, else the last:
    `la = ["lo", "und"]` is Lao on Lao script, undetermined on anything else.
    """
    folded = code.strip().lower()
    rules = tags.get(folded, ())
    if rules:
        return next((tag for tag in rules if written_in(text, tag)), rules[-1])
    if not TAG.fullmatch(folded):
        return None
    first, _, rest = folded.partition("-")
    return f"{first}-{code.strip()[len(first) + 1 :]}" if rest else first
