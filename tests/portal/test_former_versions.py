"""What the present version of a record closes is closed in its former versions too, at every door, until its day comes."""

import datetime as dt
import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from msgspec.structs import replace

from ipregister.intake import indexer, logos
from ipregister.model import canonical
from ipregister.model.design import Design, SingleDesign, View
from ipregister.model.patent import Drawing, Patent, PatentPublication
from ipregister.model.publicity import lies_in_content
from ipregister.model.record import Record, right_of
from ipregister.model.text import Text
from ipregister.portal import images, pictures
from ipregister.portal.exports import making
from ipregister.portal.exports.asking import Export, Request, ask
from ipregister.publication.bulk.lines import read_lines
from ipregister.publication.bulk.publishing import publish
from ipregister.store.register import Register
from ipregister.store.rows import MediaRef, NewDelivery, RawRef
from ipregister.web.options import Options
from ipregister.web.urls import site
from tests.portal.releasing import release
from tests.search.similarity.pictures.drawn import image_of, saved
from tests.store.filings import mark, slice_of

BEFORE, CORRECTED, OPEN = (
    dt.datetime(*day, 12, tzinfo=dt.UTC) for day in ((2026, 3, 2), (2026, 4, 1), (2027, 7, 1))
)


@pytest.fixture(autouse=True, scope="module")
def _ended() -> Iterator[None]:
    """The child processes that decode, and the indexes of pictures, end with these tests."""
    yield
    images.decoder.close()
    for index in pictures._indexes.values():
        index.close()


KEY, DAY, WORD = "la-612", "2027-06-01", "CANARYBASKET"
PICTURE = saved(image_of("fish"))
SHA = hashlib.sha256(PICTURE).hexdigest()
DESIGN = Design(
    office="LA", application_number="612", application_date="2025-03-04", registration_number="588",
    registration_date="2025-10-10", designs=(SingleDesign(titles=(Text(WORD, "en"),), views=(View("fish.png"),)),),
)  # fmt: skip
PATENT = Patent(
    office="LA", application_number="612", application_date="2025-03-04", titles=(Text(WORD, "en"),),
    publications=(PatentPublication(date="2025-10-10"),), drawings=(Drawing(filename="fish.png"),),
)  # fmt: skip
CASES: dict[str, tuple[Record, Record]] = {
    "design-deferred": (DESIGN, replace(DESIGN, deferred_until=DAY)),
    "design-sealed": (DESIGN, replace(DESIGN, kinds=("SEALED",))),
    "patent-published-later": (PATENT, replace(PATENT, publications=(PatentPublication(date=DAY),))),
    "patent-publication-withdrawn": (PATENT, replace(PATENT, publications=())),
}
"""A record as it was first, and as its office corrected it."""
OPENS = {"design-deferred", "patent-published-later"}
OF_RECORD = [
    f"/r/{KEY}{asked}{form}"
    for asked in ("?", "?version=1", "?version=2", "?as-of=2026-03-05", "?as-of=2026-03-05&known=2026-03-05")
    for form in ("", "&format=json", "&format=xml")
] + [
    f"/r/{KEY}/history", f"/r/{KEY}/history?format=json", f"/r/{KEY}.ics", f"/r/{KEY}/copy", f"/r/{KEY}/copy?version=1",
    f"/r/{KEY}/evidence?pointer=/application_number&format=json", f"/r/{KEY}/image/{SHA}", f"/r/{KEY}/thumb/{SHA}",
    f"/r/{KEY}/converted/{SHA}", f"/r/{KEY}/part/{SHA}?box=0,0,1,1", f"/api/v1/records/{KEY}",
    f"/api/v1/records/{KEY}?version=1", f"/api/v1/records/{KEY}?asOf=2026-03-05", f"/api/v1/records/{KEY}/history",
    f"/api/v1/records/{KEY}/events", f"/api/v1/records/{KEY}/parties", f"/similar/image?like={KEY}&format=json",
]  # fmt: skip
LISTS = [
    "/search?q=", "/search?q=&format=json", f"/search?q={WORD.lower()}&format=json", "/api/v1/records?office=LA",
    "/api/v1/search?q=&include=record", "/changes?include=record", "/oai?verb=ListRecords&metadataPrefix=st96",
    "/oai?verb=ListRecords&metadataPrefix=oai_dc", "/feeds/atom?q=", "/feeds/calendar?q=",
    f"/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:ipregister.localhost:{KEY}",
]  # fmt: skip


class World:
    """An installation whose clock can be set, and to which states of one record are delivered."""

    def __init__(self, options: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.options, self.monkeypatch = options, monkeypatch
        self.register = Register(packs=options.path("packs"))
        packed = tmp_path / "delivery.zip"
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("fish.png", PICTURE)
        self._kept = self.register.packs.keep(packed)
        release(options.data)

    def say(self, day: str, record: Record, key: str = KEY) -> None:
        """The office delivers a state of the record, with its picture, and a mark that is always public."""
        body, media = canonical.encode(record), (MediaRef("fish.png", "fish.png", SHA, "image/png", 64, 64),)
        raw = RawRef(self._kept, "fish.png", 0, 10)
        one = replace(
            slice_of(0, key, body, media=media, deleted=record.deleted), right=right_of(record), raw=raw
        )
        new = NewDelivery("LA", day * 6, f"{day}.zip", "delta", day, self._kept)
        now = dt.datetime.fromisoformat(f"{day}T12:00:00+00:00")
        begun = self.register.begin(new, now)
        other = replace(slice_of(1, "la-9", mark("9")), raw=raw)
        self.register.put(begun.id, [one, other], next_index=2, now=now)
        self.register.finish(begun.id, now)

    def at(self, now: dt.datetime) -> None:
        """It is that time, and all that follows the register has followed."""
        self.monkeypatch.setattr(site(), "clock", lambda: now)
        indexer.catch_up(self.register, self.options.path("index"), clock=lambda: now)
        with logos.opened(self.register, self.options.path("pictures"), clock=lambda: now) as index:
            index.catch_up()

    def published(self) -> Iterator[str]:
        """All lines and names of files of a whole publication."""
        press = publish(
            self.register, self.options.data, self.options.path("publications"), "full", processes=1
        )
        for path in sorted(press.folder.iterdir()):
            if path.name.endswith(".jsonl.zst"):
                yield from (line.decode() for line in read_lines(path))
            elif path.suffix == ".zip":
                with zipfile.ZipFile(path) as packed:
                    yield from packed.namelist()
                    yield from (packed.read(name).decode("utf-8", "replace") for name in packed.namelist())

    def exported(self) -> bytes:
        """The file of all hits."""
        asked = ask(site().data, Request(line="", filters={}, form="jsonl", lang="en", owner="x"))
        making.make(site(), asked.number)
        return Export(site().data, asked.number).file.read_bytes()


@pytest.fixture
def world(sqlite_database: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    return World(sqlite_database, tmp_path, monkeypatch)


def answers(client: Client, addresses: list[str]) -> dict[str, tuple[int, bytes]]:
    told = ((one, client.get(one)) for one in addresses)
    return {one: (answer.status_code, b"".join(answer)) for one, answer in told}


def like_the_picture(client: Client) -> list[str]:
    """The records found by the picture itself."""
    file = SimpleUploadedFile("fish.png", PICTURE)
    told = client.post("/similar/image", {"file": [file], "format": "json"}).json()
    return [hit["key"] for hit in told["hits"] if hit["key"] == KEY]


def telling(found: dict[str, tuple[int, bytes]]) -> set[str]:
    """The addresses that give the record's words, or one of its pictures, or its name of file."""
    return {one for one, (status, content) in found.items()
            if WORD.encode() in content or (SHA in one and status == 200)}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_no_door_gives_a_former_version_of_what_is_closed_now(
    world: World, client: Client, case: str
) -> None:
    first, corrected = CASES[case]
    world.say("2026-03-01", first)
    world.at(BEFORE)
    assert any(WORD in line for line in world.published())
    before = answers(client, [*OF_RECORD, *LISTS])
    assert {one for one in OF_RECORD if before[one][0] != 200} <= {
        one for one in OF_RECORD if "version=2" in one or "copy" in one
    }
    assert before[f"/r/{KEY}/copy"][0] == 200
    assert like_the_picture(client) == ([KEY] if case.startswith("design") else [])
    world.say("2026-03-22", corrected)
    world.at(CORRECTED)
    assert like_the_picture(client) == []
    found = answers(client, [*OF_RECORD, *LISTS])
    assert telling(found) == set()
    assert {one: found[one][0] for one in OF_RECORD if found[one][0] != 404} == {}
    assert [line for line in world.published() if WORD in line or SHA in line] == []
    assert WORD.encode() not in world.exported()
    (told,) = [one for one in client.get("/changes").json()["changes"] if one["key"] == KEY]
    assert (told["kind"], told["version"], told.get("record")) == ("withdrawal", 2, None)


@pytest.mark.parametrize("case", sorted(OPENS))
def test_all_versions_open_again_with_the_day(world: World, client: Client, case: str) -> None:
    first, corrected = CASES[case]
    world.say("2026-03-01", first)
    world.say("2026-03-22", corrected)
    world.at(CORRECTED)
    assert telling(answers(client, [*OF_RECORD, *LISTS])) == set()
    assert not any(WORD in line for line in world.published())
    world.at(OPEN)
    assert sum(WORD in line for line in world.published()) >= 2
    found = answers(client, OF_RECORD)
    assert {one: found[one][0] for one in OF_RECORD if found[one][0] != 200} == {}
    assert WORD.encode() in world.exported()


def test_an_unknown_key_and_a_closed_one_are_answered_alike(world: World, client: Client) -> None:
    """Not even that there was something before a day."""
    world.say("2026-03-22", CASES["design-sealed"][1])
    world.at(CORRECTED)
    for asked in ("?as-of=1990-01-01&format=json", "?version=7&format=json"):
        closed, unknown = (client.get(f"/r/{key}{asked}").json() for key in (KEY, "la-613"))
        assert closed["error"] == unknown["error"] == "not-found"


def test_only_former_versions_that_content_rules_carry_the_present_one(world: World) -> None:
    """Lists and harvests read current versions, marks are public whatever they say: nothing more is read for them."""
    world.say("2026-03-01", DESIGN)
    world.say("2026-03-22", CASES["design-deferred"][1])
    register = world.register
    former, present = register.get(KEY, 1), register.get(KEY)
    assert former is not None
    assert present is not None
    assert former.present is not None
    assert former.present.body == present.body
    assert present.present is None
    assert [one.present for one in register.listed([KEY]).values()] == [None]
    assert (lies_in_content("LA", "trademark"), lies_in_content("LA", "patent"), lies_in_content("XX", "patent")) == (
        False, True, False,
    )  # fmt: skip
