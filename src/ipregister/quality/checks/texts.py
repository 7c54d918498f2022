"""Damaged texts: lost characters, wrong encodings, legacy fonts, letters of another script, reading errors."""

import html.entities
import re
from collections.abc import Callable, Iterator

from ipregister.model.finding import Finding, FindingKind
from ipregister.model.mark import Trademark
from ipregister.model.right import Right
from ipregister.quality import remedies
from ipregister.quality.rule import Case, Rule, found
from ipregister.quality.signs import CP1252, LATIN_BY_CYRILLIC, UPPER_LATIN1, is_odd

_SOURCE = "Unicode Standard"
_QUESTIONS = re.compile(r"\?{4,}|\A\W*\?\?\W*\Z")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\u202a-\u202e\u2066-\u2069]")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")
_DOUBLE = re.compile(rf"[\u00c2-\u00ef][{CP1252.replace('00ff', '00bf')}]")
_TWICE = re.compile(rf"[{CP1252}]+")
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|[A-Za-z]{2,8});")
_ENTITIES = frozenset(html.entities.name2codepoint) - {"amp", "lt", "gt"}
_LATIN1_LETTERS = re.compile(r"[\u00c0-\u00ff]")
_WORD_LETTERS = re.compile(r"[^\W\d_]")
_TCVN = re.compile(r"[A-Za-z][\u00a8-\u00ae\u00b5-\u00b9][a-z]|\b[\u00ae\u00a7][a-z\u00c0-\u00ff]")
_ZAWGYI = re.compile(
    r"(?:^|[\s\u104a\u104b])\u1031[\u1000-\u1021]|[\u1060-\u1069\u106c-\u1070\u107e-\u1084\u1086-\u108d]"
)
_WORD = re.compile(r"\w+")
_PLAIN_WORD = re.compile(r"\b[a-z]++\b")
_CONSONANT_BYTES = bytes(1 if chr(byte) in "bcdfghjklmnpqrstvwxz" else 0 for byte in range(256))
_RUN = bytes([1]) * 5
_SOUND = re.compile(r"ngth|tch|ght|sch|rth|nds|cks|phth|rts|ths|lds|mps|bbl|ttl|nkl|rst|nst|nct|mpt|ngsh|ckl")
_LATIN_LANGUAGES = frozenset({"en", "und"})
_MOST = 0.6
_SHOWN = 120

LOST = FindingKind(
    "replacement-character",
    "error",
    "Letters were lost before delivery: “{value}”.",
    remedies.RETYPE,
    _SOURCE,
)
QUESTIONS = FindingKind(
    "question-marks",
    "notice",
    "The row of question marks in “{value}” may stand for lost letters.",
    remedies.RETYPE,
    _SOURCE,
)
DOUBLE = FindingKind(
    "double-encoding",
    "warning",
    "The text was encoded twice: “{value}” should probably read “{meant}”.",
    remedies.RETYPE,
    f"{_SOURCE}, UTF-8",
)
CONTROL = FindingKind(
    "control-character",
    "notice",
    "The text holds invisible control characters ({code}).",
    remedies.RETYPE,
    _SOURCE,
)
PRIVATE = FindingKind(
    "private-character",
    "warning",
    "The text holds characters that only one font can show ({code}).",
    remedies.CONVERT,
    f"{_SOURCE}, private use",
)
ENTITY = FindingKind(
    "entity-in-text",
    "notice",
    "The text holds an unresolved entity, {entity}: “{value}”.",
    remedies.RETYPE,
    "XML 1.0",
)
LEGACY = FindingKind(
    "legacy-encoding",
    "warning",
    "The text seems to be in an old encoding or font ({encoding}): “{value}”.",
    remedies.CONVERT,
    _SOURCE,
)
MIXED = FindingKind(
    "mixed-scripts",
    "notice",
    "The word “{word}” mixes Latin and Cyrillic letters that look alike.",
    remedies.COMPARE,
    "Unicode UTS 39",
)
NOISE = FindingKind(
    "reading-noise",
    "notice",
    "“{word}” looks like a reading error of a scanner.",
    remedies.COMPARE,
    "",
)
EMPTY = FindingKind("text-empty", "notice", "A text is there, but it is empty.", remedies.EMPTY, "")


def damage(case: Case[Right]) -> Iterator[Finding]:
    """Each text for signs of damage; texts in plain ASCII pass quickly."""
    for place, number, one in case.looked.doubtful:
        text = one.text
        if text.isascii():
            if "&" in text:
                yield from _entity(text, f"{place}/{number}/text")
            if "??" in text and _QUESTIONS.search(text):
                yield found(QUESTIONS, f"{place}/{number}/text", text[:_SHOWN])
            if not text.isprintable() or not text.strip():
                yield from _control(text, f"{place}/{number}/text")
        elif is_odd(text):
            for look in _LOOKS:
                yield from look(text, one.lang, f"{place}/{number}/text")


def _entity(text: str, path: str) -> Iterator[Finding]:
    match = _ENTITY.search(text)
    if match and (match[0][1] == "#" or match[0][1:-1] in _ENTITIES):
        yield found(ENTITY, path, text[:_SHOWN], entity=match[0])


def _control(text: str, path: str) -> Iterator[Finding]:
    match = _CONTROL.search(text)
    if match:
        yield found(CONTROL, path, text[:_SHOWN], code=f"U+{ord(match[0]):04X}")
    if not text.strip():
        yield found(EMPTY, path, text)


def _lost(text: str, lang: str, path: str) -> Iterator[Finding]:
    if "\ufffd" in text:
        yield found(LOST, path, text[:_SHOWN])
    if "&" in text:
        yield from _entity(text, path)
    if not text.isprintable():
        yield from _control(text, path)
        private = _PRIVATE.search(text)
        if private:
            yield found(PRIVATE, path, text[:_SHOWN], code=f"U+{ord(private[0]):04X}")


def _encoding(text: str, lang: str, path: str) -> Iterator[Finding]:
    if _DOUBLE.search(text):
        meant = once(text)
        if meant:
            yield found(DOUBLE, path, text[:_SHOWN], meant=meant[:_SHOWN])
            return
    legacy = legacy_encoding(text, lang)
    if legacy:
        yield found(LEGACY, path, text[:_SHOWN], encoding=legacy)


def once(text: str) -> str:
    """What a text read that was encoded in UTF-8 twice; empty where it was not."""
    try:
        meant = _TWICE.sub(_decoded, text)
    except (UnicodeEncodeError, UnicodeDecodeError):
        return ""
    return meant if len(meant) < len(text) and meant.isprintable() else ""


def _decoded(match: re.Match[str]) -> str:
    return b"".join(c.encode("latin-1" if ord(c) < 256 else "cp1252") for c in match[0]).decode("utf-8")


def legacy_encoding(text: str, lang: str) -> str:
    """The family of old encodings that a text seems to be in; empty where there is no sign of one."""
    if _ZAWGYI.search(text) and lang in ("my", "und"):
        return "Zawgyi"
    if lang == "vi" and _TCVN.search(text):
        return "TCVN3"
    if UPPER_LATIN1.search(text):
        letters = len(_WORD_LETTERS.findall(text))
        if len(_LATIN1_LETTERS.findall(text)) >= letters * _MOST:
            return "cp1251, TIS-620 or a font"
    return ""


def _letters(text: str, lang: str, path: str) -> Iterator[Finding]:
    if LATIN_BY_CYRILLIC.search(text):
        word = next(w for w in _WORD.findall(text) if LATIN_BY_CYRILLIC.search(w))
        yield found(MIXED, path, text[:_SHOWN], word=word)


_LOOKS: tuple[Callable[[str, str, str], Iterator[Finding]], ...] = (_lost, _encoding, _letters)


def noise(case: Case[Trademark]) -> Iterator[Finding]:
    """Words in the goods that no language has: what a scanner makes of a smudge. One finding a record."""
    for place, goods in enumerate(case.record.goods):
        for number, one in enumerate(goods.texts):
            if one.lang not in _LATIN_LANGUAGES or not _has_run(one.text):
                continue
            for word in _PLAIN_WORD.findall(one.text):
                if _has_run(word) and not _SOUND.search(word):
                    yield found(NOISE, f"/goods/{place}/texts/{number}/text", one.text[:_SHOWN], word=word)
                    return


def _has_run(text: str) -> bool:
    """Whether five consonants stand in a row: a quick look before the slow one."""
    return _RUN in text.encode("ascii", "replace").translate(_CONSONANT_BYTES)


GENERAL: tuple[Rule[Right], ...] = (
    Rule((LOST, QUESTIONS, DOUBLE, CONTROL, PRIVATE, ENTITY, LEGACY, MIXED, EMPTY), damage, doubtful=True),
)
"""Those that hold for rights of every kind."""

RULES: tuple[Rule[Trademark], ...] = (
    Rule((LOST, QUESTIONS, DOUBLE, CONTROL, PRIVATE, ENTITY, LEGACY, MIXED, EMPTY), damage, doubtful=True),
    Rule((NOISE,), noise, "goods"),
)
