"""Every language-tagged text of a record with its place, and which of them are worth a closer look."""

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, Literal, get_args, get_origin, get_type_hints

from msgspec import Struct

from ipregister.model import codelists
from ipregister.model.mark import Mark, Trademark
from ipregister.model.party import Party
from ipregister.model.right import Right
from ipregister.model.text import Text
from ipregister.quality.signs import may_tell

Spoken = list[tuple[str, tuple[Text, ...]]]
"""Places and the texts there; the text at index 2 of `/notes` stands at `/notes/2/text`."""

_NOT_IN_LATIN = frozenset(
    code
    for code, scripts in codelists.column("languages", "scripts").items()
    if scripts and "Latn" not in scripts
)


class Looked(Struct):
    """What one look over all texts finds: each language with the place where it comes first, and the texts, with
    place and index, that are not plain: printable ASCII in a language that is written so, or letters of scripts that
    their language is written in, without an odd sign (`signs`)."""

    languages: dict[str, str]
    doubtful: list[tuple[str, int, Text]]


def look_over(record: Right) -> Looked:
    """Look at every text once, so that the rules on texts need not."""
    languages: dict[str, str] = {}
    doubtful: list[tuple[str, int, Text]] = []
    for place, texts in spoken(record):
        for number, one in enumerate(texts):
            text, lang = one.text, one.lang
            if lang not in languages:
                languages[lang] = f"{place}/{number}/lang"
            if not text.isascii():
                doubt = may_tell(text, lang)
            else:
                plain = lang not in _NOT_IN_LATIN and text.isprintable() and bool(text.strip())
                doubt = not plain or "&" in text or "??" in text
            if doubt:
                doubtful.append((place, number, one))
    return Looked(languages, doubtful)


def spoken(record: Right) -> Spoken:
    """All texts of a record, empty places left out. Written out for trademarks, for it is asked of every one."""
    places: Spoken = []
    if not isinstance(record, Trademark):
        _anywhere("", record, places)
        return places
    _of_mark(record.mark, places)
    for number, goods in enumerate(record.goods):
        if goods.texts:
            places.append((f"/goods/{number}/texts", goods.texts))
    if record.goods_unclassified:
        places.append(("/goods_unclassified", record.goods_unclassified))
    if record.notes:
        places.append(("/notes", record.notes))
    _of_parties("/applicants", record.applicants, places)
    _of_parties("/holders", record.holders, places)
    _of_parties("/representatives", record.representatives, places)
    _of_parties("/correspondents", record.correspondents, places)
    for number, event in enumerate(record.events):
        if event.office_description:
            places.append((f"/events/{number}/office_description", event.office_description))
    for number, act in enumerate(record.recordals):
        if act.texts:
            places.append((f"/recordals/{number}/texts", act.texts))
        if act.parties:
            _of_parties(f"/recordals/{number}/parties", act.parties, places)
    return places


def _anywhere(path: str, value: Struct, places: Spoken) -> None:
    """The texts of a record of any right: every list of texts in it."""
    get, ways = _ways(type(value))
    for (name, kind, only), inner in zip(ways, get(value), strict=True):
        if not inner:
            continue
        if kind == "texts":
            places.append((f"{path}/{name}", inner))
        elif kind == "one":
            _anywhere(f"{path}/{name}", inner, places)
        elif only:
            for number, one in enumerate(inner):
                texts = getattr(one, only)
                if texts:
                    places.append((f"{path}/{name}/{number}/{only}", texts))
        else:
            for number, one in enumerate(inner):
                _anywhere(f"{path}/{name}/{number}", one, places)


Way = tuple[str, Literal["texts", "one", "several"], str]
"""A field in which texts can be, at any depth: a list of texts, a part, or several; and the only list of texts that each
of several has, where it has one only and no texts elsewhere."""


@cache
def _ways(kind: type[Struct]) -> tuple[Callable[[Struct], tuple[Any, ...]], tuple[Way, ...]]:
    """The fields of a type in which texts can be, and what gets them all at once."""
    ways = tuple(
        (name, _kind(hint), _only(hint)) for name, hint in get_type_hints(kind).items() if _leads(hint)
    )
    names = [name for name, _, _ in ways]
    if len(names) > 1:
        return attrgetter(*names), ways
    return (lambda value: tuple([getattr(value, name) for name in names])), ways


def _only(hint: Any) -> str:
    inner = get_args(hint)[0] if _kind(hint) == "several" else None
    ways = _ways(inner)[1] if isinstance(inner, type) and issubclass(inner, Struct) else ()
    return ways[0][0] if len(ways) == 1 and ways[0][1] == "texts" else ""


def _kind(hint: Any) -> Literal["texts", "one", "several"]:
    if get_origin(hint) is not tuple:
        return "one"
    return "texts" if Text in get_args(hint) else "several"


def _leads(hint: Any) -> bool:
    if isinstance(hint, type) and issubclass(hint, Struct):
        return hint is Text or bool(_ways(hint)[1])
    return any(_leads(inner) for inner in get_args(hint))


def _of_mark(mark: Mark, places: Spoken) -> None:
    if mark.verbal:
        places.append(("/mark/verbal", mark.verbal))
    if mark.significant:
        places.append(("/mark/significant", mark.significant))
    if mark.translations:
        places.append(("/mark/translations", mark.translations))
    if mark.transliterations:
        places.append(("/mark/transliterations", mark.transliterations))
    if mark.descriptions:
        places.append(("/mark/descriptions", mark.descriptions))
    if mark.disclaimers:
        places.append(("/mark/disclaimers", mark.disclaimers))
    if mark.conditions:
        places.append(("/mark/conditions", mark.conditions))
    for number, image in enumerate(mark.images):
        if image.colour_claims:
            places.append((f"/mark/images/{number}/colour_claims", image.colour_claims))
        if image.descriptions:
            places.append((f"/mark/images/{number}/descriptions", image.descriptions))
        if image.vienna_texts:
            places.append((f"/mark/images/{number}/vienna_texts", image.vienna_texts))


def _of_parties(path: str, parties: tuple[Party, ...], places: Spoken) -> None:
    for number, party in enumerate(parties):
        if party.names:
            places.append((f"{path}/{number}/names", party.names))
        if party.organization_names:
            places.append((f"{path}/{number}/organization_names", party.organization_names))
        if party.first_names:
            places.append((f"{path}/{number}/first_names", party.first_names))
        if party.last_names:
            places.append((f"{path}/{number}/last_names", party.last_names))
        if party.address_lines:
            places.append((f"{path}/{number}/address_lines", party.address_lines))
