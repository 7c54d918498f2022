"""One filing: the whole truth about a mark in an office, made from (seed, office, index) and nothing else.

A feed shows a filing as the office knew it on a day (``sheets.sheet``).
"""

from dataclasses import dataclass, field
from random import Random

from . import goods, lives, madrid, marks, numbers, owners
from .goods import Goods
from .lives import Event
from .marks import Words
from .owners import Party
from .vocabulary import office_words, offices

LOGOS_PER_OFFICE = 300
NATURES = ("3d", "sound", "hologram", "colour", "motion", "position", "smell")
LATE_PUBLICATION = ("LA", "KH", "MY")
LONG = 100_000


@dataclass(slots=True)
class Filing:
    """A mark's application, with its life up to today and the dirt its office adds to it."""

    office: str
    index: int
    number: str
    registration: str
    series: str
    kind: str
    feature: str
    words: Words | None
    logo: int | None
    goods: list[Goods]
    owners: list[Party]
    agent: Party | None
    life: list[Event]
    priorities: list[tuple[str, str, int]]
    disclaimer: str
    international: str = ""
    designated: list[str] = field(default_factory=list)
    heir: Party | None = None
    corrected: int = 0
    deleted: int = 0
    quirks: tuple[str, ...] = ()

    def happened(self, kind: str) -> int:
        """The day of the first event of that kind, 0 if there is none."""
        return next((event.day for event in self.life if event.kind == kind), 0)


@dataclass(frozen=True, slots=True)
class Source:
    """What decides every filing: the seed, today, and how many international registrations there are."""

    seed: int
    today: int
    registrations: int

    def chance(self, office: str, index: int, purpose: int = 0) -> Random:
        """The chance of one record."""
        place = offices().index(office)
        key = ((self.seed * 64 + place) * 16 + purpose) * 100_000_007 + index
        return Random(key)


def filed_on(source: Source, office: str, index: int) -> int:
    """The day of filing, without making the rest of the filing."""
    return lives.filing_day(source.chance(office, index), source.today)


def filing(source: Source, office: str, index: int, *, full: bool = False, national: bool = False) -> Filing:
    """The filing with that index. ``full``: one that has everything (for the showcase of the dirt)."""
    if office == "WO":
        return international_filing(source, index, full=full)
    chosen = None if national else madrid.original(office, index, source.registrations)
    if chosen is not None:
        return national_copy(source, office, index, chosen)
    rng, row = source.chance(office, index), office_words(office)
    filed = lives.filing_day(rng, source.today)
    if full:
        filed = source.today - 365 * 3 - index * 7 % 1500
    mark = _mark(rng, office, row, index, full)
    kind = "individual" if full or rng.random() < 0.96 else ("collective", "certification")[index % 2]
    words, logo, feature = mark
    language = row["goods"][int(rng.random() * len(row["goods"]))]
    listed = goods.goods(rng, language, language, 2 if full else 1)
    if index == len(marks.special_marks()):
        listed = [goods.long_goods(30, language, LONG)]
    series = _series(office, index, listed)
    number = numbers.application_number(office, index, lives.year(filed), series)
    life = lives.life(
        rng, filed, source.today, term_from=row["term_from"],
        late_publication=office in LATE_PUBLICATION, full=full,
    )  # fmt: skip
    made = Filing(
        office, index, number, "", series, kind, feature, words, logo, listed, _owners(rng, row["owners"]),
        _agent(rng, office), life, _priorities(rng, filed, full), _disclaimer(rng, words, full),
    )  # fmt: skip
    return _changes(rng, made, source, row["owners"])


def _mark(
    rng: Random, office: str, row: dict[str, list[str]], index: int, full: bool
) -> tuple[Words | None, int | None, str]:
    """The words, the logo and the feature of a mark."""
    words = marks.mark_words(rng, row["marks"][int(rng.random() * len(row["marks"]))])
    chance = rng.random()
    logo = offices().index(office) * LOGOS_PER_OFFICE + int(rng.random() * LOGOS_PER_OFFICE)
    if index < len(marks.special_marks()):
        return Words(marks.special_marks()[index], "en", ""), None, "word"
    if full or chance < 0.42:
        return words, logo, "combined"
    if chance < 0.86:
        return words, None, "word"
    if chance < 0.97:
        return None, logo, "figurative"
    return words, logo, NATURES[index % len(NATURES)]


def _series(office: str, index: int, listed: list[Goods]) -> str:
    if office == "ID":
        return "J" if all(item.number > 34 for item in listed) else "D"
    if office == "SG":
        return "A" if index % 120 == 61 else "L" if index % 120 == 62 else ""
    return "indication" if office == "KH" and index % 150 == 71 else ""


def _owners(rng: Random, countries: list[str]) -> list[Party]:
    count = 1 if rng.random() < 0.93 else 2
    return [owners.owner(*owners.pick(rng, countries)) for _ in range(count)]


def _agent(rng: Random, office: str) -> Party | None:
    country = "DE" if office == "WO" else office
    return owners.agent(country, int(rng.random() * 60)) if rng.random() < 0.85 else None


def _priorities(rng: Random, filed: int, full: bool) -> list[tuple[str, str, int]]:
    if not full and rng.random() > 0.12:
        return []
    day = filed - 20 - int(rng.random() * 160)
    country = ("US", "DE", "JP", "CN", "KR", "FR")[int(rng.random() * 6)]
    return [(country, f"{80000000 + int(rng.random() * 9999999)}", day)]


def _disclaimer(rng: Random, words: Words | None, full: bool) -> str:
    if words is None or not (full or rng.random() < 0.1):
        return ""
    return f"No exclusive right is given to the word {words.text.split(' ')[-1].upper()}"


def _changes(rng: Random, made: Filing, source: Source, countries: list[str]) -> Filing:
    """Transfer, correction and deletion; and the registration number."""
    registered = made.happened("registered")
    if made.happened("transferred"):
        made.heir = owners.owner(*owners.pick(rng, countries))
    if rng.random() < 0.02:
        made.corrected = source.today - 1 - int(rng.random() * 140)
    if rng.random() < 0.004 and made.life[0].day < source.today - 200:
        made.deleted = source.today - 1 - int(rng.random() * 40)
    if registered:
        made.registration = numbers.registration_number(
            made.office, made.index, lives.year(registered), made.international
        )
    return made


def international_filing(source: Source, index: int, *, full: bool = False) -> Filing:
    """A record of the International Bureau: registered on the day of filing, protected office by office."""
    rng, row = source.chance("WO", index), office_words("WO")
    filed = lives.filing_day(rng, source.today)
    if full:
        filed = source.today - 365 * 3 - index * 7 % 1500
    words, logo, feature = _mark(rng, "WO", row, index, full)
    listed = goods.goods(rng, "en", "fr" if rng.random() < 0.8 else "en", 2 if full else 1)
    if index == len(marks.special_marks()):
        listed = [goods.long_goods(30, "en", LONG)]
    series = "A" if index % 50 == 7 else ""
    life = lives.international_life(rng, filed, source.today, full=full)
    made = Filing(
        "WO", index, f"{madrid.number(index)}{series}", "", series, "individual", feature, words, logo, listed,
        _owners(rng, row["owners"]), _agent(rng, "WO"), life, _priorities(rng, filed, full), "",
        f"{madrid.number(index)}{series}", madrid.designated(index),
    )  # fmt: skip
    made = _changes(rng, made, source, row["owners"])
    made.deleted = 0
    return made


def national_copy(source: Source, office: str, index: int, chosen: int) -> Filing:
    """The designated office's record of an international registration: same mark, logo and owner."""
    parent, rng = international_filing(source, chosen), source.chance(office, index)
    notified = min(parent.life[0].day + 30 + int(rng.random() * 200), source.today)
    serial = index if office in ("MY", "PH", "VN", "TH") else madrid.number(chosen)
    number = numbers.application_number(office, serial, lives.year(notified), "madrid")
    if parent.series and office in ("KH", "LA"):
        number = f"KH/{parent.number}/M" if office == "KH" else f"M/{parent.number}"
    life = lives.life(rng, notified, source.today, term_from="filed", late_publication=False, full=False)
    made = Filing(
        office, index, number, "", "madrid", "individual", parent.feature, parent.words, parent.logo,
        parent.goods, parent.owners, _agent(rng, "WO"), life, parent.priorities, "", parent.number,
    )  # fmt: skip
    return _changes(rng, made, source, office_words("WO")["owners"])
