"""Watches: what each kind is told of, in order and once; mails; a list of numbers is read as it comes."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest

from ipregister.demonstration.region import write_office
from ipregister.intake import indexer, names
from ipregister.intake.loading import load
from ipregister.model.errors import UsageError
from ipregister.model.offices import office
from ipregister.model.publicity import public_record
from ipregister.model.record import Record, decoder
from ipregister.search.index import TantivyIndex
from ipregister.search.similarity.few import Few
from ipregister.search.similarity.search import similar_names
from ipregister.search.similarity.shelf.folder import NameShelf
from ipregister.search.similarity.trained import encoder, ranking
from ipregister.store.register import Register
from ipregister.store.upcast import decode
from ipregister.watch import matching
from ipregister.watch.keeping import add_watch, owner_of
from ipregister.watch.kinds import KINDS, Ground, Kind, Wanted, numbers_in
from ipregister.watch.models import Match, Watch
from ipregister.web.options import Options
from tests.cli.conftest import command
from tests.installations import Fill

NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


class Held(Ground, frozen=True, kw_only=True):
    """What watches are held against, with the register that it is of."""

    register: Register


def public_records(register: Register, keys: Sequence[str]) -> list[tuple[str, Record]]:
    """Records as if all that is public went out."""
    found = ((one.key, public_record(decode(one.body, one.schema), office(one.office), NOW.date()))
             for one in register.current_bodies(keys))  # fmt: skip
    return [(key, record) for key, record in found if record is not None]


def _fill(options: Options) -> None:
    register = Register(packs=options.path("packs"))
    made = write_office(options.data.parent / "feeds", "LA", 40, day=dt.date(2026, 6, 30))[0]
    register.reported(load(register, office("LA"), made.path, scratch=options.data.parent / "scratch").id)
    indexer.catch_up(register, options.path("index"))
    names.catch_up(register, options.path("names"), encoder())


@pytest.fixture
def ground(filled_by: Callable[[Fill], Options]) -> Held:
    """An installation with some marks of Laos, indexed."""
    sqlite_database = filled_by(_fill)
    register = Register(packs=sqlite_database.path("packs"))
    shelf = NameShelf(sqlite_database.path("names"), encoder(), ranking())
    look = partial(public_records, register)
    return Held(TantivyIndex(sqlite_database.path("index")), shelf, look, register=register)


@pytest.fixture
def source(ground: Held) -> Callable[[int, int], tuple[list[dict[str, Any]], int]]:
    """All changes of the register, as if all were released."""

    def read(since: int, limit: int) -> tuple[list[dict[str, Any]], int]:
        found = ground.register.changes(since, limit)
        told = [{"change": c.number, "kind": "version", "key": c.key, "office": c.office, "right": c.right,
                 "address": f"https://x/r/{c.key}"} for c in found]  # fmt: skip
        return told, found[-1].number if found else since

    return read


def first_mark(ground: Held) -> tuple[str, str, str]:
    """Key, application number and words of a mark that has words in Latin letters."""
    for key in ground.register.keys(office="LA", right="trademark"):
        record = decoder.decode(ground.register.require(key).body)
        words = [text.text for text in record.mark.verbal]  # type: ignore[union-attr]
        if words and words[0].isascii() and record.application_number:
            return key, record.application_number, words[0]
    raise AssertionError("no mark with words")


def told_of(watch: Watch) -> list[str]:
    """Keys of the matches in their order."""
    return [row.key for row in Match.objects.filter(watch=watch).order_by("pk")]


@pytest.mark.parametrize("kind", ["query", "numbers", "name"])
def test_each_kind_finds_its_record(ground: Held, source: Any, kind: Kind) -> None:
    key, number, words = first_mark(ground)
    text = {"query": f'"{words}"', "numbers": f"number\n{number}\n", "name": words}[kind]
    watch = add_watch("me", "mine", Wanted(kind, text), 0, NOW)
    last = ground.register.last_change()
    assert matching.match_all(ground, source, last) > 0
    assert key in told_of(watch)
    watch.refresh_from_db()
    assert watch.position == last
    assert matching.match_all(ground, source, last) == 0
    reason = Match.objects.get(watch=watch, key=key).reason
    assert reason["code"] in ("query", "number", "name")


def test_a_party_is_found(ground: Held, source: Any) -> None:
    for key in ground.register.keys(office="LA", right="trademark"):
        record = decoder.decode(ground.register.require(key).body)
        if record.applicants and record.applicants[0].names:
            break
    watch = add_watch("me", "owner", Wanted("party", record.applicants[0].names[0].text), 0, NOW)
    matching.match_all(ground, source, ground.register.last_change())
    assert key in told_of(watch)


def test_what_the_indexes_have_not_passed_is_left_for_later(ground: Held, source: Any) -> None:
    watch = add_watch("me", "all", Wanted("query", "office:LA"), 0, NOW)
    matching.match_all(ground, source, 3)
    watch.refresh_from_db()
    assert watch.position == 3
    assert {row.change for row in Match.objects.all()} <= {1, 2, 3}
    matching.match_all(ground, source, ground.register.last_change())
    assert len(told_of(watch)) == len(set(told_of(watch))) > 3


def test_nothing_that_fits_not_is_told(ground: Held, source: Any) -> None:
    watch = add_watch("me", "none", Wanted("query", "office:TH"), 0, NOW)
    matching.match_all(ground, source, ground.register.last_change())
    assert told_of(watch) == []


def test_many_watches_read_a_batch_once(ground: Held, source: Any) -> None:
    key, number, words = first_mark(ground)
    for n in range(12):
        kind: Kind = ("query", "numbers", "name", "party")[n % 4]
        text = {"query": f'"{words}"', "numbers": number, "name": words, "party": "nobody at all"}[kind]
        add_watch(f"owner {n}", f"watch {n}", Wanted(kind, text), 0, NOW)
    asked: list[int] = []

    def counted(since: int, limit: int) -> Any:
        asked.append(since)
        return source(since, limit)

    last = ground.register.last_change()
    matching.match_all(ground, counted, last)
    assert asked == [0]
    for watch in Watch.objects.exclude(kind="party"):
        assert key in told_of(watch)
    assert set(Watch.objects.values_list("position", flat=True)) == {last}
    add_watch("late", "late", Wanted("query", f'"{words}"'), 0, NOW)
    matching.match_all(ground, counted, last)
    assert asked == [0, 0]
    assert key in told_of(Watch.objects.get(owner="late"))
    assert (
        len(told_of(Watch.objects.get(owner="owner 0"))) == Match.objects.filter(watch__owner="late").count()
    )


def test_a_new_name_is_told_though_many_older_ones_are_nearer(ground: Held) -> None:
    key, _number, words = first_mark(ground)
    whole = similar_names(ground.shelf, words, parties=False, limit=200)
    few = Few(ground.shelf, [key]).near(words, 0.0, parties=False)
    assert [hit.key for hit in few] == [key]
    same = next(hit for hit in whole if hit.key == key)
    assert (few[0].score, few[0].features) == (same.score, same.features)
    assert Few(ground.shelf, []).near(words, 0.0) == []


@pytest.mark.slow
def test_a_list_of_a_hundred_thousand_numbers_is_watched(ground: Held, source: Any) -> None:
    key, number, _words = first_mark(ground)
    listed = [f"N{n}" for n in range(99_999)]
    watch = add_watch("me", "list", Wanted("numbers", "\n".join([*listed, number])), 0, NOW)
    assert watch.numbers.count() == 100_000
    matching.match_all(ground, source, ground.register.last_change())
    assert key in told_of(watch)


@pytest.mark.parametrize("kind", ["name", "party"])
def test_a_match_keeps_no_name_of_what_is_not_given_any_more(ground: Held, source: Any, kind: Kind) -> None:
    key, _number, words = first_mark(ground)
    record = decoder.decode(ground.register.require(key).body)
    text = words if kind == "name" else record.applicants[0].names[0].text
    watch = add_watch("me", "mine", Wanted(kind, text), 0, NOW)
    last = ground.register.last_change()
    matching.match_all(ground, source, last)
    names = {row.key: row.reason.get("name") for row in Match.objects.filter(watch=watch)}
    assert names[key]

    def later(since: int, limit: int) -> tuple[list[dict[str, Any]], int]:
        gone = {"change": last + 1, "kind": "withdrawal", "key": key, "office": "LA", "right": "trademark",
                "address": ""}  # fmt: skip
        return [gone] if since == last else [], last + 1

    matching.match_all(ground, later, last + 1)
    assert Match.objects.get(watch=watch, change=last + 1).reason == {"code": "gone"}
    after = {row.key: row.reason for row in Match.objects.filter(watch=watch, change__lte=last)}
    assert "name" not in after[key]
    assert after[key]["code"] == kind
    assert {other: reason.get("name") for other, reason in after.items() if other != key} == {
        other: name for other, name in names.items() if other != key
    }


def test_withholding_takes_the_name_out_of_matches_at_once(
    ground: Held, source: Any, sqlite_database: Options
) -> None:
    key, _number, words = first_mark(ground)
    watch = add_watch("me", "mine", Wanted("name", words), 0, NOW)
    matching.match_all(ground, source, ground.register.last_change())
    assert Match.objects.get(watch=watch, key=key).reason["name"]
    order = ("--ground", "Decree 7, article 3", "--day", "2026-10-31")
    assert command(sqlite_database)("withhold", key, *order, "--json").code == 0
    assert "name" not in Match.objects.get(watch=watch, key=key).reason


def test_lists_of_numbers() -> None:
    assert numbers_in("number,words\nM/1421805,x\n\n37978\n37978\n") == (["m/1421805", "37978"], 0)
    for bad in ("", "number\n", "\n\n"):
        with pytest.raises(UsageError):
            numbers_in(bad)
    with pytest.raises(UsageError, match="more than 100000"):
        numbers_in("\n".join(map(str, range(100_002))))


@pytest.mark.parametrize("wanted", [Wanted("query", "("), Wanted("query", ""), Wanted("name", "x" * 500)])
def test_what_cannot_be_watched(service: Options, wanted: Wanted) -> None:
    with pytest.raises(UsageError):
        add_watch("me", "x", wanted, 0, NOW)
    assert not Watch.objects.exists()


def test_owners_are_known_by_a_hash_alone() -> None:
    assert "ipr_" not in owner_of("ipr_secret")
    assert len(owner_of("x")) == 64


def test_every_kind_has_a_function() -> None:
    assert set(KINDS) == {"query", "numbers", "party", "name"}


@pytest.mark.parametrize(
    "text",
    [
        "number;words\nM/1421805;tea, green\n37978;beer\n",
        "M/1421805\ttea\n37978\tbeer",
        "M/1421805\r37978\r",
        '"M/1421805\n"37978\n',
        f'M/1421805,"{"x" * 200_000}"\n37978\n',
    ],
)
def test_lists_of_numbers_are_read_as_spreadsheet_programs_write_them(text: str) -> None:
    assert numbers_in(text) == (["m/1421805", "37978"], 0)


def test_lines_without_a_number_are_told(ground: Held) -> None:
    watch = add_watch("me", "list", Wanted("numbers", "numbers\n12\nsee below\n34\n"), 0, NOW)
    assert watch.wanted == {"count": 2, "first": ["12", "34"], "left_out": 1}


def _gone(key: str, change: int, kind: str) -> Any:
    told = {"change": change, "kind": kind, "key": key, "office": "LA", "right": "trademark", "address": ""}
    return lambda since, _limit: ([told] if since < change else [], change)


@pytest.mark.parametrize("kind", ["query", "numbers", "name", "party"])
def test_who_was_told_of_a_record_is_told_when_it_goes(ground: Held, source: Any, kind: Kind) -> None:
    key, number, words = first_mark(ground)
    record = decoder.decode(ground.register.require(key).body)
    text = {
        "query": f'"{words}"',
        "numbers": number,
        "name": words,
        "party": record.applicants[0].names[0].text,
    }
    watch = add_watch("me", "mine", Wanted(kind, text[kind]), 0, NOW)
    other = add_watch("you", "yours", Wanted("query", "office:TH"), 0, NOW)
    last = ground.register.last_change()
    matching.match_all(ground, source, last)
    matching.match_all(ground, _gone(key, last + 1, "deletion"), last + 1)
    match = Match.objects.get(watch=watch, change=last + 1)
    assert (match.key, match.told["kind"]) == (key, "deletion")
    assert not Match.objects.filter(watch=other).exists()


def test_a_number_is_told_of_though_its_record_goes_without_a_change_before(ground: Held) -> None:
    key, _number, _words = first_mark(ground)
    last = ground.register.last_change()
    watch = add_watch("me", "mine", Wanted("numbers", key), last, NOW)
    matching.match_all(ground, _gone(key, last + 1, "withdrawal"), last + 1)
    assert Match.objects.get(watch=watch).told["kind"] == "withdrawal"


def test_what_is_too_long_for_a_number_is_left_out() -> None:
    assert numbers_in(f"12\n{'9' * 81}\n") == (["12"], 1)
