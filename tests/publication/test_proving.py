"""What a mirror proves of a publication before it loads any of it, in one process and in several; and the deliveries that
it makes of what was proved."""

import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from ipregister.model.errors import Unproven
from ipregister.publication.bulk.lines import Line, LineFile, Picture, read_lines
from ipregister.publication.bulk.manifest import Manifest, load
from ipregister.publication.keys import commitment
from ipregister.publication.log.entries import Entry
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.mirroring import deliveries
from ipregister.publication.mirroring.feed import Feed
from ipregister.publication.mirroring.proving import copy_log, prove_lines
from tests.publication.conftest import body_of

Forge = Callable[[list[Line]], list[Line]]


@pytest.fixture
def copied(shelf: Path, tmp_path: Path) -> Path:
    """The publication, as a mirror fetched it."""
    (found,) = (path for path in shelf.iterdir() if path.is_dir())
    folder = tmp_path / "origin" / found.name
    shutil.copytree(found, folder)
    return folder


@pytest.fixture
def ledger(copied: Path) -> Iterator[Ledger]:
    """The log that the mirror copies."""
    with closing(Ledger(copied.parent)) as made:
        yield made


def lines_in(copied: Path) -> Path:
    """The file of the present states."""
    (found,) = (
        one for one in copied.glob("*.jsonl.zst") if "history" not in one.name and "log" not in one.name
    )
    return found


def forge(copied: Path, change: Forge) -> Manifest:
    """Write other lines; whoever forges them signs them too, so that no hash of a file tells it."""
    path = lines_in(copied)
    changed = change([msgspec.json.decode(one, type=Line) for one in read_lines(path)])
    out = LineFile(path, always=True)
    for line in changed:
        out.add(line.content())
    out.close()
    return load(copied)[0]


def another_record(lines: list[Line]) -> list[Line]:
    """The text of a mark is another one."""
    body = body_of("1", "FORGED")
    return [msgspec.structs.replace(lines[0], record=msgspec.Raw(body)), *lines[1:]]


def another_hash(lines: list[Line]) -> list[Line]:
    """The text and its hash are other ones."""
    (line, *rest), body = lines, body_of("1", "FORGED")
    hash = commitment(bytes.fromhex(line.salt), body).hex()
    return [msgspec.structs.replace(line, record=msgspec.Raw(body), hash=hash), *rest]


def no_salt(lines: list[Line]) -> list[Line]:
    """The salt is none."""
    return [msgspec.structs.replace(lines[0], salt="no salt"), *lines[1:]]


def one_less(lines: list[Line]) -> list[Line]:
    """A record is left out."""
    return lines[1:]


def twice(lines: list[Line]) -> list[Line]:
    """A record is there under the key of another one."""
    return [*lines[:-1], msgspec.structs.replace(lines[-1], key=lines[0].key)]


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize(
    ("change", "reason"),
    [(another_record, "is not the one in the log"), (another_hash, "is not leaf"), (no_salt, "cannot be read"),
     (one_less, "do not give the register root"), (twice, "is not leaf")],
)  # fmt: skip
def test_a_forged_line_is_refused(
    change: Forge, reason: str, processes: int, copied: Path, ledger: Ledger
) -> None:
    manifest = forge(copied, change)
    copy_log(ledger, manifest, copied)
    with pytest.raises(Unproven, match=reason):
        prove_lines(ledger, Feed(copied.parent), manifest, copied, processes)


@pytest.mark.parametrize("processes", [1, 2])
def test_what_was_published_is_proved(processes: int, copied: Path, ledger: Ledger) -> None:
    manifest, feed = load(copied)[0], Feed(copied.parent)
    copy_log(ledger, manifest, copied)
    prove_lines(ledger, feed, manifest, copied, processes)
    lines = [msgspec.json.decode(one, type=Line) for one in read_lines(lines_in(copied))]
    assert len(lines) == 3
    assert [feed.salt(line.number) for line in lines] == [bytes.fromhex(line.salt) for line in lines]
    assert ledger.parts() == {"LA-trademark": 3}


def test_a_missing_or_changed_leaf_is_refused(copied: Path, tmp_path: Path) -> None:
    manifest = load(copied)[0]
    (log,) = copied.glob("log*.jsonl.zst")
    entries = list(read_lines(log))
    changed = msgspec.structs.replace(msgspec.json.decode(entries[0], type=Entry), version=7).content()
    for number, leaves in enumerate((entries[:-1], [changed, *entries[1:]], entries[::-1])):
        out = LineFile(log)
        for one in leaves:
            out.add(one)
        out.close()
        with (
            closing(Ledger(tmp_path / str(number))) as fresh,
            pytest.raises(Unproven, match="root of the log"),
        ):
            copy_log(fresh, manifest, copied)


def line_of(number: int, name: str, sha256: str, extracted: str = "2026-01-01") -> Line:
    """A line with one picture."""
    return Line(key=f"la-{number}", kind="record", number=number, version=1, office="LA", right="trademark",
                extracted=extracted, salt="00", media=(Picture(name, sha256, "image/png"),) if name else (),
                record=msgspec.Raw(body_of(str(number))))  # fmt: skip


ABOUT = deliveries.About("2026-full", "key", {}, "2026-01-01")


def test_a_delivery_has_each_record_once_with_its_own_pictures(tmp_path: Path) -> None:
    """Pictures of one name and other content lie beside their record alone."""
    pictures = {f"{one}.png": tmp_path / f"{one}.png" for one in ("aa", "bb", "cc")}
    for name, path in pictures.items():
        path.write_bytes(name.encode())
    lines = [line_of(1, "mark.png", "aa"), line_of(2, "MARK.png", "bb"), line_of(3, "", ""), line_of(4, "mark.png", "aa"),
             line_of(5, "other.png", "cc"), line_of(6, "gone.png", "dd")]  # fmt: skip
    (made,) = deliveries.make_of(lines, ABOUT, tmp_path / "work", lambda _key: None, pictures)
    with zipfile.ZipFile(made.path) as found:
        held = {name: found.read(name) for name in found.namelist()}
    assert list(held) == ["mark.png", "la-2-1/MARK.png", "other.png", "la-2-1/record.json", "records.jsonl"]
    assert (held["mark.png"], held["la-2-1/MARK.png"], held["other.png"]) == (b"aa.png", b"bb.png", b"cc.png")
    rows = [msgspec.json.decode(row) for row in held["records.jsonl"].splitlines()]
    assert [row["key"] for row in rows] == ["la-1", "la-3", "la-4", "la-5", "la-6"]
    alone = msgspec.json.decode(held["la-2-1/record.json"])
    assert alone.pop("key") == "la-2"
    assert alone.pop("source")["notice"] == "2026-full, leaf 2, key key"
    assert alone == msgspec.json.decode(body_of("2"))
    again = deliveries.make_of(lines, ABOUT, tmp_path / "again", lambda _key: None, pictures)
    assert again[0].path.read_bytes() == made.path.read_bytes()
    assert sorted(path.name for path in made.path.parent.iterdir()) == [made.path.name]


GOOD = line_of(1, "", "")


@pytest.mark.parametrize(
    "line",
    [*(msgspec.structs.replace(GOOD, extracted=day) for day in ("../2026-01-01", "2026-01-01/../x", "2026-01-01#x")),
     msgspec.structs.replace(GOOD, office="../LA"), msgspec.structs.replace(GOOD, record=msgspec.Raw(b"5"))],
)  # fmt: skip
def test_a_line_of_no_office_day_or_record_leads_nowhere(line: Line, tmp_path: Path) -> None:
    lines = [line]
    with pytest.raises(Unproven, match="extracted"):
        deliveries.make_of(lines, ABOUT, tmp_path / "work", lambda _key: None, {})
    assert [path.name for path in tmp_path.rglob("*")] == ["work"]


def test_many_days_are_many_deliveries_and_no_file_stays_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "_KEPT", 500)
    lines = [line_of(number, "", "", f"2026-01-{number % 28 + 1:02d}") for number in range(1, 200)]
    held = len(list(Path("/proc/self/fd").iterdir()))
    most: list[int] = []

    def noted() -> Iterator[Line]:
        for line in lines:
            yield line
            most.append(len(list(Path("/proc/self/fd").iterdir())))

    made = deliveries.make_of(noted(), ABOUT, tmp_path / "work", lambda _key: None, {})
    assert max(most) < held + 10  # of 28 days; other things of the process may open a file meanwhile
    assert [one.day.day for one in made] == list(range(1, 29))
    for one in made:
        with zipfile.ZipFile(one.path) as found:
            rows = [msgspec.json.decode(row)["key"] for row in found.read("records.jsonl").splitlines()]
        assert rows == [f"la-{line.number}" for line in lines if line.extracted == one.day.isoformat()]


@pytest.mark.parametrize(
    "line",
    [
        Line(key="la-1", kind="deleted", number=7),
        Line(key="la-1", kind="deleted", number=7, office="KH"),
        Line(key="kh-1", kind="record", number=7, office="LA", record=msgspec.Raw(body_of("1"))),
        Line(key="LA-1", kind="closed", number=7),
    ],
)
def test_a_publisher_speaks_of_no_record_of_another_office(line: Line) -> None:
    own = Line(key="kh-2", kind="record", number=8, office="KH", record=msgspec.Raw(body_of("2")))
    assert list(deliveries.held_to(frozenset({"KH", "TH"}), [own])) == [own]
    with pytest.raises(Unproven, match="not taken from this publisher"):
        list(deliveries.held_to(frozenset({"KH", "TH"}), [own, line]))
