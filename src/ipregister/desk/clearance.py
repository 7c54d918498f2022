"""Clear a mark: the rights that may stand in its way, from a word, pictures and goods, ranked and explained.

A report holds the question, the versions of the algorithms, the state of the register and its coverage, so that the
same question can be asked again later and compared (`clearance_again`).
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence

import msgspec
from msgspec import Struct

from ipregister.desk import closeness, sides
from ipregister.desk.closeness import PICTURE_RULES, band_of, indication_band, order
from ipregister.desk.distinctive import NearName, near_names, nearness
from ipregister.desk.facts import RecordFacts, facts
from ipregister.desk.name_check import RIGHTS, Searched, Sources, indications_near
from ipregister.desk.sides import Side
from ipregister.desk.standing import GROUPS, OPEN
from ipregister.search.goods import likeness
from ipregister.search.goods.likeness import Goods
from ipregister.search.indications.shield import VERSION as INDICATIONS
from ipregister.search.indications.shield import IndicationHit
from ipregister.search.similarity import parties
from ipregister.search.similarity.pictures.ranking import ALGORITHM
from ipregister.search.similarity.pictures.similar import PictureHit
from ipregister.search.similarity.reasons import Reason, same_owner
from ipregister.search.similarity.search import LARGEST, SimilarName, similar_names

FORMAT = "ipregister clearance 1"
"""What a report calls itself; changes when a report of before can no longer be read."""
LIKE, SAME_CLASS, NO_CLASS, NOT_ASKED, OTHER = (
    "like-goods",
    "same-class",
    "no-goods",
    "not-asked",
    "other-goods",
)
RELATIONS = (LIKE, SAME_CLASS, NO_CLASS, NOT_ASKED, OTHER)
"""How the goods of a hit stand towards those asked for, in the order of hits of one band and state."""
LIKE_FROM = 0.5
"""Goods with this likeness or more are told as like."""
SearchPictures = Callable[[Sequence[bytes], Sequence[str], int], Sequence[PictureHit]]
"""From pictures, offices and a limit to records with a picture like one of them."""


class Question(Struct, frozen=True, omit_defaults=True):
    """What is to be cleared. `pictures` are SHA-256 of the pictures, which no report holds. `scripts` (ISO 15924)
    limit the names compared; `day` is the day on which rights must be earlier. Empty lists limit nothing. `applicant`
    is the name of whose mark it is: rights that seem to be theirs are told as such, and none is left out."""

    names: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    classes: tuple[int, ...] = ()
    goods: str = ""
    offices: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    day: str = ""
    limit: int = 100
    applicant: str = ""


class Algorithms(Struct, frozen=True):
    """The versions of what compared."""

    names: str
    pictures: str = ALGORITHM
    closeness: str = closeness.VERSION
    goods: str = likeness.VERSION
    indications: str = INDICATIONS
    parties: str = parties.VERSION


class RegisterState(Struct, frozen=True, omit_defaults=True):
    """The state of the register: its last change, the change up to which names were compared, a digest of the
    coverage (SHA-256 over office, records, day of the data), and the last head of its public log, if it keeps one."""

    change: int
    names_change: int
    coverage_digest: str
    log_size: int = 0
    log_root: str = ""


class ClearHit(RecordFacts, frozen=True, omit_defaults=True):
    """One right that may stand in the way. `closeness` is the closest band of name and picture, `rules` say by which;
    `picture` is the SHA-256 of the picture found alike; `asked` the name or number of the picture it is close to.
    `same_owner` says how the name of its owner stands to that of the applicant (`parties.same_party`)."""

    numbers: tuple[str, ...]
    goods: str
    goods_score: float
    closeness: str
    rules: tuple[str, ...]
    score: float
    asked: str = ""
    name: str = ""
    kind: str = ""
    reasons: tuple[Reason, ...] = ()
    goods_reasons: tuple[Reason, ...] = ()
    features: dict[str, float] = {}
    picture: str = ""
    picture_score: float = 0.0
    same_owner: str = ""


class Report(Struct, frozen=True, omit_defaults=True):
    """A clearance report. `findings` are codes with arguments of what could not be done."""

    format: str
    made: str
    program: str
    question: Question
    algorithms: Algorithms
    register: RegisterState
    coverage: tuple[Searched, ...]
    hits: tuple[ClearHit, ...]
    findings: tuple[tuple[str, str], ...] = ()


class Surroundings(Struct):
    """What a clearance works with beside the question."""

    sources: Sources
    coverage: Sequence[Searched]
    pictures: SearchPictures | None
    change: int
    now: dt.datetime
    program: str = ""
    log_head: tuple[int, str] = (0, "")
    """Size and root of the last head of the public log."""


class _Found(Struct):
    """What speaks for one record: the name, the indication and the picture found alike."""

    near: NearName | None = None
    asked: str = ""
    picture: PictureHit | None = None
    indication: IndicationHit | None = None


def clear(question: Question, images: Sequence[bytes], around: Surroundings) -> Report:
    """The report for a question. Raises `UsageError` for what is no picture."""
    question = msgspec.structs.replace(
        question,
        pictures=tuple(hashlib.sha256(image).hexdigest() for image in images),
        day=question.day or around.now.date().isoformat(),
    )
    findings: list[tuple[str, str]] = []
    found = _by_name(question, around.sources)
    if images and around.pictures is None:
        findings.append(("no-picture-index", ""))
    elif images and around.pictures is not None:
        _add_pictures(found, around.pictures(images, question.offices, LARGEST))
    shown, more = _closest(question, found, around.sources)
    if own := sum(bool(hit.same_owner) for hit in shown):
        findings.append(("own-rights", str(own)))
    if more:
        findings.append(("more-hits", str(more)))
    return Report(
        FORMAT, around.now.isoformat(timespec="seconds"), around.program, question,
        Algorithms(around.sources.shelf.ranking.version),
        RegisterState(around.change, around.sources.change, digest(around.coverage), *around.log_head),
        tuple(around.coverage), tuple(shown), tuple(findings),
    )  # fmt: skip


def _closest(question: Question, found: dict[str, _Found], sources: Sources) -> tuple[list[ClearHit], int]:
    """The hits to the limit, and how many records are left out. What was found does not depend on the limit, so the hits
    of a lower limit are the first of those of a higher one. Records of a band are only looked at where the closer
    bands do not fill the limit; of those left out some may be rights that do not count."""
    near = {key: bands for key, one in found.items() if (bands := _bands(one))}
    hits: list[ClearHit] = []
    left = 0
    for band in closeness.BANDS:
        keys = [key for key, bands in near.items() if bands[0][0] == band]
        if len(hits) >= question.limit:
            left += len(keys)
        elif keys:
            told = [_hit(side, found[side.key], near[side.key], question) for side in sources.look(keys)]
            hits += sorted((hit for hit in told if hit is not None), key=_rank)
    return hits[: question.limit], left + max(0, len(hits) - question.limit)


def digest(coverage: Sequence[Searched]) -> str:
    """The digest of a coverage: equal where the same offices hold as many records to the same days."""
    lines = sorted(f"{one.office} {one.records} {one.blind.data_day}" for one in coverage)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _by_name(question: Question, sources: Sources) -> dict[str, _Found]:
    found: dict[str, _Found] = {}
    for name in question.names:
        for one in near_names(name, question.classes, lambda text: _like(question, sources, text)):
            known = found.get(one.hit.key)
            if known is None or known.near is None or nearness(known.near) > nearness(one):
                found[one.hit.key] = _Found(one, name)
        for near in indications_near(sources.shield, name, question.offices):
            held = found.setdefault(near.protected.key, _Found(asked=name))
            held.indication = held.indication or near
    return found


def _like(question: Question, sources: Sources, name: str) -> list[SimilarName]:
    """The names most like one, of the offices and scripts of the question."""
    return similar_names(
        sources.shelf, name, offices=question.offices, scripts=question.scripts, parties=False, limit=LARGEST
    )


def _add_pictures(found: dict[str, _Found], hits: Sequence[PictureHit]) -> None:
    for hit in hits:
        one = found.setdefault(hit.key, _Found(asked=str(hit.image + 1)))
        if one.picture is None:
            one.picture = hit


def _hit(side: Side, one: _Found, bands: list[tuple[str, str]], question: Question) -> ClearHit | None:
    """A hit with all that explains it; None where the right is none that counts."""
    told = facts(side, dt.date.fromisoformat(question.day))
    if told["right"] not in RIGHTS:
        return None
    hit = one.indication or (one.near.hit if one.near else None)
    named = hit.protected if isinstance(hit, IndicationHit) else hit
    theirs = Goods(told["classes"], sides.goods_texts(side))
    own, their_name = ownership(question.applicant, side)
    alike = likeness.compare(Goods(question.classes, (question.goods,) if question.goods else ()), theirs)
    return ClearHit(
        **told, numbers=tuple(sides.numbers(side)), goods=relation(question, theirs, alike.score), goods_score=alike.score,
        goods_reasons=alike.reasons, closeness=bands[0][0], rules=tuple(rule for _band, rule in bands),
        score=hit.score if hit else 0.0, asked=one.asked, name=named.name if named else "", kind=named.kind if named else "",
        reasons=(*(hit.reasons if hit else ()), *([same_owner(question.applicant, their_name)] if own else ())), same_owner=own, features=hit.features if hit else {}, picture=one.picture.sha256 if one.picture else "",
        picture_score=round(one.picture.score, 4) if one.picture else 0.0,
    )  # fmt: skip


def ownership(applicant: str, side: Side) -> tuple[str, str]:
    """How the owner of a record stands to the applicant, and by which of the owner's names."""
    told = [(parties.same_party(applicant, name), name) for name in sides.owners(side)] if applicant else []
    for level in (parties.SAME, parties.LIKELY):
        for found, name in told:
            if found == level:
                return level, name
    return parties.OTHER, ""


def _bands(one: _Found) -> list[tuple[str, str]]:
    """The bands of what was found, the closest first, with their rules; none where nothing speaks for likeness."""
    found = []
    if one.near is not None:
        found.append((one.near.band, one.near.rule))
    if one.indication is not None:
        level = one.indication.level
        found.append((indication_band(level, one.indication.features), f"indication-{level}"))
    if one.picture is not None:
        band, rule = band_of(PICTURE_RULES, one.picture.features, one.picture.score)
        found.append((band, f"picture-{rule}" if rule else ""))
    return sorted((pair for pair in found if pair[0]), key=lambda pair: order(pair[0]))


def relation(question: Question, theirs: Goods, score: float) -> str:
    """How the goods of a record stand towards those asked for."""
    if not question.classes and not question.goods:
        return NOT_ASKED
    if not theirs.classes and not theirs.texts:
        return NO_CLASS
    if score >= LIKE_FROM:
        return LIKE
    return SAME_CLASS if set(theirs.classes) & set(question.classes) else OTHER


def _rank(hit: ClearHit) -> tuple[int, int, int, float, float, int, str]:
    """Hits by their bands; in a band rights that may stand in the way before later and ended ones, like goods first, and of
    those the nearest first."""
    group = GROUPS.index(hit.standing.group)
    return (order(hit.closeness), max(0, group - GROUPS.index(OPEN)), RELATIONS.index(hit.goods),
            -max(hit.score, hit.picture_score), -hit.goods_score, group, hit.key)  # fmt: skip


def read_report(text: bytes) -> Report:
    """A report from its JSON. Raises `msgspec.MsgspecError` for what is none."""
    return msgspec.json.decode(text, type=Report)


def written(report: Report) -> bytes:
    """A report as JSON."""
    return msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n"
