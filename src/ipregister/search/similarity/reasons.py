"""Why two names are alike, as data: codes with their arguments, to be put into words by who shows them."""

from itertools import product
from typing import NamedTuple

from msgspec import Struct
from rapidfuzz.distance import Levenshtein

from ipregister.search.similarity.features import Compared
from ipregister.search.similarity.parties import same_party
from ipregister.search.similarity.romanise.pinyin import readings
from ipregister.search.similarity.romanise.spoken import plain
from ipregister.search.similarity.shelf.entry import PARTIES

CODES = ("same-look", "same-sound", "looks-alike", "sounds-alike", "letters-differ", "same-words", "contains",
         "contained", "shared-words", "same-meaning", "foreign-reading", "read-alike", "same-owner", "same-class", "other-name")  # fmt: skip
"""All codes, in the order they are told in."""


READ_ALIKE = 0.6
"""How near the vectors of two names are that are told to be read alike; half of it where not one letter agrees."""


class Reason(Struct, frozen=True, omit_defaults=True, gc=False):
    """One reason. `text` is plain English for it; `arguments` are what a translation needs."""

    code: str
    text: str
    arguments: tuple[str, ...] = ()


def reasons(
    query: Compared, other: Compared, told: dict[str, float], classes: tuple[int, ...], kind: str
) -> tuple[Reason, ...]:
    """The reasons for a hit, by its features; none where the names have nothing in common that can be told. `classes` are
    those both have, `kind` what name of the record it is."""
    found = [*_look(query, other, told), *_sound(query, other, told), *_words(query, other, told)]
    if told.get("same_meaning"):
        found.append(_reason("same-meaning", query.forms.name, other.forms.name))
    if not found:
        found = _else(query, other, told)
    if kind in PARTIES and not told["same_look"] and same_party(query.forms.name, other.forms.name):
        found.append(same_owner(query.forms.name, other.forms.name))
    if not found:
        return ()
    if classes:
        found.append(_reason("same-class", ", ".join(map(str, classes))))
    if kind != "mark":
        found.append(_reason("other-name", kind))
    return tuple(found)


def _else(query: Compared, other: Compared, told: dict[str, float]) -> list[Reason]:
    """What can be said where no likeness is great: that the trained reader finds one, or which letters differ."""
    own, its = min(product(_ways(query), _ways(other)), key=_difference)
    differ, of, shown = differing(own.letters, its.letters)
    if told["vector"] > READ_ALIKE or (differ == of and told["vector"] > READ_ALIKE / 2):
        return [_reason("read-alike", query.forms.name, other.forms.name)]
    return [_reason("letters-differ", str(differ), str(of), shown)] if differ < of else []


def same_owner(one: str, other: str) -> Reason:
    """The reason for two names of one party."""
    return _reason("same-owner", one, other)


def _look(query: Compared, other: Compared, told: dict[str, float]) -> list[Reason]:
    if told["same_look"]:
        same = [_reason("same-look")]
        if query.look == other.look or query.forms.folded == other.forms.folded:
            return same
        differ, of, shown = differing(query.forms.folded, other.forms.folded)
        return [*same, _reason("letters-differ", str(differ), str(of), shown)]
    if told["look"] >= 0.7:
        return [_reason("looks-alike", f"{told['look']:.0%}")]
    return []


SAME_SOUND_ALIGNED = 0.85
"""How well the letters of names with the same sounds must align to be told to sound the same."""


class _Read(NamedTuple):
    """One way in which a name is read: its letters, and what is told of them."""

    letters: str
    told: str
    foreign: bool = False


def _sound(query: Compared, other: Compared, told: dict[str, float]) -> list[Reason]:
    if told["same_look"]:
        return []
    same_sounds = told["same_sounds"] and told["aligned"] >= SAME_SOUND_ALIGNED
    if (
        not (told["same_spoken"] or same_sounds)
        and max(told["aligned"], told["sounds"], told["spoken"]) < 0.65
    ):
        return []
    own, its = min(product(_ways(query), _ways(other)), key=_difference)
    differ, of, shown = differing(own.letters, its.letters)
    pair = (f"{query.forms.name} [{own.told}]", f"{other.forms.name} [{its.told}]")
    foreign = [_reason("foreign-reading", one.forms.name, way.letters)
               for one, way in ((query, own), (other, its)) if way.foreign]  # fmt: skip
    if not differ or same_sounds:
        return [_reason("same-sound", *pair), *foreign]
    if 2 * differ > of:
        return []
    return [_reason("sounds-alike", *pair), _reason("letters-differ", str(differ), str(of), shown), *foreign]


def _ways(name: Compared) -> list[_Read]:
    """How a name can be read: a Chinese one in Pinyin, and as it writes a foreign name where that is something else."""
    if name.script != "Hani":
        return [_Read(name.spoken, name.forms.spoken)]
    told = [plain(one) for one in readings(name.forms.folded)]
    ways = [_Read(one.replace(" ", ""), "/".join(told)) for one in told]
    return (
        ways
        if name.spoken in {one.letters for one in ways}
        else [*ways, _Read(name.spoken, "/".join(told), True)]
    )


def _difference(pair: tuple[_Read, _Read]) -> tuple[int, int]:
    own, its = pair
    return differing(own.letters, its.letters)[0], own.foreign + its.foreign


def differing(one: str, other: str) -> tuple[int, int, str]:
    """How many letters differ, of how many of the longer name, and which: `k>g, +e, -n` (replaced, more, less in the
    other). The fewest changes that make one of the other: never more than the longer name has letters."""
    parts, count = [], 0
    for step in Levenshtein.opcodes(one, other):
        a, b, c, d = step.src_start, step.src_end, step.dest_start, step.dest_end
        if step.tag != "equal":
            count += max(b - a, d - c)
            parts.append({"replace": f"{one[a:b]}>{other[c:d]}", "insert": f"+{other[c:d]}",
                          "delete": f"-{one[a:b]}"}[step.tag])  # fmt: skip
    return count, max(len(one), len(other)), ", ".join(parts)


def _words(query: Compared, other: Compared, told: dict[str, float]) -> list[Reason]:
    if told["same_look"] or told["same_spoken"]:
        return []
    if told["same_words"]:
        return [_reason("same-words")]
    inside = told.get("written_inside", 0.0)
    if inside == 1 or (told["whole_word"] and not inside and len(other.written) > len(query.written)):
        return [_reason("contains", query.forms.name)]
    if told["whole_word"] or inside:
        return [_reason("contained", other.forms.name)]
    shared = [word for word in query.forms.spoken.split() if word in other.forms.spoken.split()]
    return [_reason("shared-words", ", ".join(shared))] if shared else []


_TEXTS = {
    "same-look": "looks the same", "same-sound": "sounds the same: {0} ~ {1}", "looks-alike": "looks alike ({0})",
    "sounds-alike": "sounds alike: {0} ~ {1}", "letters-differ": "{0} of {1} letters differ: {2}",
    "same-words": "the same words in another order", "contains": "contains the whole of {0}",
    "contained": "is a part of it: {0}", "shared-words": "words in common: {0}",
    "same-meaning": "means the same: {0} ~ {1}", "foreign-reading": "in the spelling of foreign names {0} stands for {1}",
    "read-alike": "read alike by the trained reader of names: {0} ~ {1}", "same-owner": "may be the same owner: {0} ~ {1}",
    "same-class": "same class: {0}",
    "other-name": "by another name of the record: {0}",
}  # fmt: skip


def _reason(code: str, *arguments: str) -> Reason:
    return Reason(code, _TEXTS[code].format(*arguments), arguments)
