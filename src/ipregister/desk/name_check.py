"""Check my name: what of a register is close to a name, what a search cannot see, and what was not looked at.

The answer never says that a name is free. It says what was found among how many records, to which day.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec
from msgspec import Struct

from ipregister.desk import sides
from ipregister.desk.blind_period import BlindPeriod
from ipregister.desk.closeness import (
    CLOSE,
    IDENTICAL,
    SOME,
    VERY_CLOSE,
    indication_band,
    name_band,
    order,
)
from ipregister.desk.distinctive import NearName, near_names, nearest_apart
from ipregister.desk.facts import RecordFacts, facts
from ipregister.desk.medicine_stems import StemFound, stems_in
from ipregister.desk.sides import Look
from ipregister.desk.standing import DEAD
from ipregister.desk.trade_words import TradeWord, says_nothing_else, trade_words
from ipregister.search.index import SearchIndex
from ipregister.search.indications.shield import IndicationHit, Shield
from ipregister.search.similarity.formal_statements import FORMAL_KINDS, is_formal
from ipregister.search.similarity.mixed_scripts import in_latin, with_v
from ipregister.search.similarity.readings import undisguised
from ipregister.search.similarity.reasons import Reason
from ipregister.search.similarity.search import Shelf, SimilarName, similar_names

NEAR = (IDENTICAL, VERY_CLOSE, CLOSE)
"""The bands that a person is warned of."""
MOST_SHOWN, MOST_BUSINESSES, MOST_NEAREST = 20, 5, 3
CANDIDATES = 60
"""Names that are looked at closely; twice as many take twice the time."""
LOOKS = ("same-look", "looks-alike")
"""Reasons of how a name looks."""
ALL_WORDS = 0.9
"""From so much of a name on, an emblem or indication holds its words, though others stand between them."""
MARKS = "trademark"
PROTECTED = ("indication", "gi", "ao", "emblem", "inn")
"""Kinds of names that nobody can have as a mark: indications, emblems (Article 6ter), nonproprietary names."""
RIGHTS = frozenset({MARKS, "slogan", *PROTECTED})
"""Kinds of rights that may stand in the way of a mark."""
NOT_CHECKED = (
    "pictures", "unregistered", "company-names", "domain-names", "other-offices", "unpublished", "meanings", "order-and-morals",
)  # fmt: skip
"""What a name check does not look at, as codes."""
CLOSED_NAMES = "closed-names"
"""Told beside them where an office does not give the names of its marks."""
NEXT_STEPS = ("look-at-close", "ask-owner", "clear-all-classes", "check-picture", "ask-office", "file-soon")
"""What a person may do next, as codes."""


class CloseName(RecordFacts, frozen=True):
    """One record that is close: by which of its names, how close by which rule and why."""

    name: str
    kind: str
    closeness: str
    rule: str
    score: float
    reasons: tuple[Reason, ...]


class Searched(Struct, frozen=True):
    """One office: its published records of marks, what of it cannot be seen yet, and whether names of its marks were compared
    (they are not where they are closed to who asks)."""

    office: str
    records: int
    blind: BlindPeriod
    compared: bool = True


class NameAnswer(Struct, frozen=True):
    """The answer. `verdict`: `identical`, `close`, `ended-only` (close ones, all ended), `none-close`, `nothing-compared`
    (no name of a mark could be looked at). `records` are those whose names were compared.

    `close` are marks, `protected` geographical indications and emblems, `businesses` names of holders; `nearest` are the
    marks most like it that no rule calls close, for a person to judge;
    `only_trade_words` says that the name has no word that could tell it apart."""

    name: str
    classes: tuple[int, ...]
    day: str
    verdict: str
    records: int
    close: tuple[CloseName, ...]
    more: int
    nearest: tuple[CloseName, ...]
    protected: tuple[CloseName, ...]
    businesses: tuple[CloseName, ...]
    trade_words: tuple[TradeWord, ...]
    only_trade_words: bool
    stems: tuple[StemFound, ...]
    offices: tuple[Searched, ...]
    others: dict[str, int]
    not_checked: tuple[str, ...]
    next_steps: tuple[str, ...]
    version: str
    change: int


class Sources(Struct):
    """What a check works with: the index of names, the search index, the public sides of records, and the names of
    indications made ready for comparing (None: indications are found among all names only)."""

    shelf: Shelf
    index: SearchIndex
    look: Look
    change: int = 0
    shield: Shield | None = None


def check_name(
    sources: Sources,
    name: str,
    classes: Sequence[int],
    searched: Sequence[Searched],
    others: dict[str, int],
    day: dt.date,
    chosen: Sequence[str] = (),
) -> NameAnswer:
    """The answer for a name. `searched` are the offices whose marks are looked at, `others` how many public records of other
    protected names are: those of the `chosen` offices, or of all, also of such as hold no marks."""
    alike = names_alike(sources, name, classes, chosen, day)
    found = [one for one in alike if one.closeness != SOME]
    marks = [one for one in found if one.right not in PROTECTED]
    protected = [one for one in found if one.right in PROTECTED]
    common = trade_words(name, sources.index, classes)
    compared = sum(one.records for one in searched if one.compared)
    return NameAnswer(
        name=name,
        classes=tuple(classes),
        day=day.isoformat(),
        verdict=_verdict([*marks, *protected], compared),
        records=compared,
        close=tuple(marks[:MOST_SHOWN]),
        more=max(0, len(marks) - MOST_SHOWN),
        nearest=tuple(one for one in alike if one.closeness == SOME and one.right not in PROTECTED)[:MOST_NEAREST],
        protected=tuple(protected[:MOST_SHOWN]),
        businesses=_businesses(sources, name, chosen, day),
        trade_words=tuple(common),
        only_trade_words=says_nothing_else(name, common),
        stems=tuple(stems_in(name, tuple(classes))),
        offices=tuple(searched),
        others=others,
        not_checked=NOT_CHECKED if all(one.compared for one in searched) else (CLOSED_NAMES, *NOT_CHECKED),
        next_steps=NEXT_STEPS if marks or protected else NEXT_STEPS[2:],
        version=sources.shelf.ranking.version,
        change=sources.change,
    )  # fmt: skip


def names_alike(
    sources: Sources, name: str, classes: Sequence[int], offices: Sequence[str], day: dt.date
) -> list[CloseName]:
    """The public records of some offices (of all, where none is named) whose names are close, the closest first, and then
    the few that are nearest among the others."""
    found = _of_names(sources, name, classes, offices, day)
    names = [name]
    for other in filter(None, dict.fromkeys((in_latin(name), undisguised(name)))):
        names.append(other)
        found += _of_names(sources, other, classes, offices, day)
    if spoken := with_v(name):
        wide = _of_names(sources, spoken, (), offices, day)
        found += [_as_heard(one) for one in wide if one.right in PROTECTED]
    near = [hit for read in names for hit in indications_near(sources.shield, read, offices)]
    if spoken:
        near += [as_spoken(hit) for hit in indications_near(sources.shield, spoken, offices)]
    return _nearest([*found, *_indications(sources, near, day)])


def _as_heard(one: CloseName) -> CloseName:
    """A record found by how a name is spoken: how that looks in Latin letters is no reason, and nothing is the same by it."""
    band = VERY_CLOSE if one.closeness == IDENTICAL else one.closeness
    return msgspec.structs.replace(one, closeness=band, reasons=_not_of_looks(one.reasons))


def _not_of_looks(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(reason for reason in reasons if reason.code not in LOOKS)


def _of_names(
    sources: Sources, name: str, classes: Sequence[int], offices: Sequence[str], day: dt.date
) -> list[CloseName]:
    """The records of names that are close; emblems and indications also where they hold all words of the name."""
    near = near_names(name, classes, lambda text: _like(sources, text, classes, offices))
    found = [one for one in _looked_at(sources, near, NEAR, day) if one.right in RIGHTS]
    known = {one.key for one in found}
    every = [one for one in near if one.hit.features["asked_words"] >= ALL_WORDS]
    worded = [one for one in every if one.hit.key not in known]
    held = [one for one in _looked_at(sources, worded, (SOME,), day) if one.right in PROTECTED]
    nearest = _looked_at(sources, nearest_apart(near), (SOME,), day)
    return [
        *found,
        *(msgspec.structs.replace(one, closeness=CLOSE) for one in held),
        *(one for one in nearest if one.right in RIGHTS - set(PROTECTED) and one.key not in known),
    ]


def _like(sources: Sources, name: str, classes: Sequence[int], offices: Sequence[str]) -> list[SimilarName]:
    """The names most like one, of records of some classes."""
    hits = similar_names(
        sources.shelf, name, classes=classes, offices=offices, parties=False, limit=CANDIDATES
    )
    if classes:  # indications and emblems have no classes, and stand against all of them
        known = {hit.key for hit in hits}
        wide = similar_names(sources.shelf, name, offices=offices, parties=False, limit=CANDIDATES)
        hits = [*hits, *(hit for hit in wide if hit.key not in known and not hit.classes)]
    return [hit for hit in hits if hit.kind not in FORMAL_KINDS or not is_formal(hit.name)]


def _indications(sources: Sources, hits: Sequence[IndicationHit], day: dt.date) -> list[CloseName]:
    """Geographical indications that a name comes near, by their whole names or without the words of the product."""
    looked = {side.key: side for side in sources.look([hit.protected.key for hit in hits])}
    return [
        _named(
            looked[hit.protected.key],
            hit,
            indication_band(hit.level, hit.features),
            f"indication-{hit.level}",
            day,
        )
        for hit in hits
        if hit.protected.key in looked
    ]


def as_spoken(hit: IndicationHit) -> IndicationHit:
    """An indication found by how a name is spoken: how it looks in other letters is no reason."""
    return msgspec.structs.replace(
        hit,
        features=hit.features | {"look": 0.0, "same_look": 0.0},
        reasons=_not_of_looks(hit.reasons),
    )


def indications_near(shield: Shield | None, name: str, offices: Sequence[str]) -> list[IndicationHit]:
    """The indications of some offices (of all, where none is named) that a name comes near."""
    found = shield.near(name) if shield is not None else []
    return [hit for hit in found if not offices or hit.protected.office in offices]


def _nearest(found: Sequence[CloseName]) -> list[CloseName]:
    """Each record once, by its closest hit, the closest records first."""
    once: dict[str, CloseName] = {}
    for one in sorted(
        found, key=lambda one: (order(one.closeness), one.standing.group == DEAD, -one.score, one.key)
    ):
        once.setdefault(one.key, one)
    return list(once.values())


def _businesses(sources: Sources, name: str, offices: Sequence[str], day: dt.date) -> tuple[CloseName, ...]:
    """Holders whose names are the same or very close, each once."""
    hits = similar_names(sources.shelf, name, offices=offices, parties=True, limit=MOST_SHOWN)
    once: dict[str, CloseName] = {}
    near = [NearName(hit, *name_band(name, hit.name, hit.features, hit.score)) for hit in hits]
    for one in _looked_at(sources, near, NEAR[:2], day):
        once.setdefault(one.name.casefold(), one)
    return tuple(once.values())[:MOST_BUSINESSES]


def _looked_at(
    sources: Sources, near: Iterable[NearName], bands: Sequence[str], day: dt.date
) -> list[CloseName]:
    wanted = [one for one in near if one.band in bands]
    looked = {side.key: side for side in sources.look([one.hit.key for one in wanted])}
    found = [_named(looked[hit.key], hit, band, rule, day) for hit, band, rule in wanted if hit.key in looked]
    return _nearest(found)


def _named(
    side: sides.Side, hit: SimilarName | IndicationHit, band: str, rule: str, day: dt.date
) -> CloseName:
    named = hit.protected if isinstance(hit, IndicationHit) else hit
    return CloseName(**facts(side, day), name=named.name, kind=named.kind, closeness=band, rule=rule, score=hit.score,
                     reasons=hit.reasons)  # fmt: skip


def _verdict(found: Sequence[CloseName], compared: int) -> str:
    living = [one for one in found if one.standing.group != DEAD]
    if not found:
        return "none-close" if compared else "nothing-compared"
    if not living:
        return "ended-only"
    return "identical" if any(one.closeness == IDENTICAL for one in living) else "close"
