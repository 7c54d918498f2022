"""UTF-8 that was taken for Latin-1 or cp1252 and encoded once more."""

import re

from ipregister.model.legacy.gate import in_bytes

_RUN = re.compile(r"[^\x00-\x7f]+")
_SHORT = 2
_USUAL = re.compile(
    "[\u00a0-\u017f\u0192\u01a0-\u01b0\u0218-\u021b\u0300-\u0323\u0370-\u04ff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
    "\u1e00-\u1eff\u2000-\u206f\u20a0-\u20bf\u2100-\u214f\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]+"
)
"""Letters and signs of the scripts that marks are written in; others come of chance."""

_IDEOGRAPH = re.compile("[\u3400-\u9fff\uac00-\ud7af]")


def _once(found: re.Match[str]) -> str:
    return in_bytes(found[0]).decode("utf-8")


def decode(text: str) -> str:
    """Every run of characters that are not ASCII as the UTF-8 that its bytes are."""
    return _RUN.sub(_once, text)


def seems(text: str) -> bool:
    """Whether each such run is valid UTF-8 for printable letters, and one of them by no accident.

    Two Latin-1 characters may stand together by themselves (`IRMÃ®`); a code of three bytes, two codes in
    a row, or a capital of UTF-8's first byte after or before small letters do not."""
    strong = False
    for found in _RUN.finditer(text):
        try:
            meant = _once(found)
        except ValueError:
            return False
        if not _USUAL.fullmatch(meant):
            return False
        strong = strong or _strong(text, found, meant)
    return strong


def _strong(text: str, found: re.Match[str], meant: str) -> bool:
    if len(found[0]) > _SHORT:
        return len(meant) > 1 or not _IDEOGRAPH.match(meant)
    before, after = text[: found.start()][-1:], text[found.end() :][:1]
    return before.islower() or (meant.isalpha() and after.islower())
