"""Search by picture on the web: hits with their reasons, secret, narrowed, from a record, without what is withheld."""

import base64
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from PIL import Image, ImageDraw, ImageOps

from ipregister.model.errors import UsageError
from ipregister.portal import images, pictures, publicly
from ipregister.portal.picture_form import crop_of, vienna_of
from ipregister.web.options import Options
from ipregister.web.urls import site
from tests.search.similarity.pictures.drawn import saved


@pytest.fixture(autouse=True, scope="module")
def _ended() -> Iterator[None]:
    """The child processes that decode end with these tests."""
    yield
    images.decoder.close()
    for index in pictures._indexes.values():
        index.close()


def shown() -> tuple[str, bytes]:
    """A Lao record with one picture, and its picture."""
    for (key,) in (
        pictures.index_of(site())
        .storage.reading()
        .execute("SELECT key FROM shown WHERE office = 'LA' ORDER BY key")
    ):
        if len(pictures.images_of(site(), key)) == 1:
            return key, pictures.images_of(site(), key)[0]
    raise LookupError("no picture")


def posted(client: Client, *images: bytes, **fields: str) -> dict[str, object]:
    files = [SimpleUploadedFile(f"{place}.png", image) for place, image in enumerate(images)]
    answer = client.post("/similar/image", {"file": files, "format": "json", **fields})
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def keys(told: dict[str, object]) -> list[str]:
    hits = told["hits"]
    assert isinstance(hits, list)
    return [hit["key"] for hit in hits]


def test_a_posted_picture_finds_its_record_first(filled: Options, client: Client) -> None:
    key, picture = shown()
    hit = json.loads(json.dumps(posted(client, picture)["hits"]))[0]
    assert hit["score"] > 0.99
    assert hit["alike"]["searched"] == "whole"
    assert {"address", "status", "features", "algorithm", "sha256"} <= set(hit)
    assert key in keys(posted(client, picture))[:3]


def test_a_mirrored_picture_is_found_and_shown_as_it_was_compared(filled: Options, client: Client) -> None:
    key, picture = shown()
    image = Image.new("RGB", (160, 120), "white")
    ImageDraw.Draw(image).polygon([(20, 20), (120, 20), (20, 100)], fill="black")
    index = pictures.index_of(site())
    pixels = index.pixels(saved(image))
    hit = pictures.public_hits(site(), [index.seen(pixels)], pictures.Searched())[0][0]
    cut = Image.open(io.BytesIO(base64.b64decode(pictures.cutout(pixels, hit.alike).partition(",")[2])))
    assert max(cut.size) <= pictures.CUTOUT
    with Image.open(io.BytesIO(picture)) as own:
        mirrored = saved(ImageOps.mirror(own.convert("RGB")))
    assert key in keys(posted(client, mirrored, limit="100"))


def test_the_page_shows_both_parts_side_by_side(filled: Options, client: Client) -> None:
    _, picture = shown()
    answer = client.post("/similar/image", {"file": SimpleUploadedFile("a.png", picture)})
    page = answer.content.decode()
    assert len(answer.content) < 100_000
    assert "Yours: the whole picture. The mark: the whole picture." in page
    assert page.count('class="pair"') == page.count('class="hit"') > 5
    theirs = re.search(r'src="(/r/[^"]+/part/[^"]+)"', page)
    assert theirs
    cut = client.get(theirs[1])
    assert cut["Content-Type"] == "image/webp"
    with Image.open(io.BytesIO(cut.content)) as image:
        assert max(image.size) <= images.THUMB


def test_a_search_is_narrowed_without_choosing_the_picture_again(filled: Options, client: Client) -> None:
    _, picture = shown()
    page = client.post("/similar/image", {"file": SimpleUploadedFile("a.png", picture)}).content.decode()
    held = re.findall(r'name="held" value="([^"]+)"', page)
    assert held
    answer = client.post("/similar/image", {"held": held, "office": "TH", "format": "json"})
    assert {hit["office"] for hit in answer.json()["hits"]} == {"TH"}
    assert client.post("/similar/image", {"held": "no base64!"}).status_code == 400


def test_a_record_finds_others_and_not_itself(filled: Options, client: Client) -> None:
    key, _ = shown()
    told = client.get("/similar/image", {"like": key, "format": "json"}).json()
    assert told["like"] == key
    assert len(told["hits"]) == 20
    assert key not in keys(told)
    assert client.get("/similar/image", {"like": "la-none"}).status_code == 404
    assert f"/similar/image?like={key}" in client.get(f"/r/{key}").content.decode()


def test_hits_are_narrowed_by_class_vienna_and_state(filled: Options, client: Client) -> None:
    _, picture = shown()
    every = posted(client, picture, limit="100")["hits"]
    assert isinstance(every, list)
    states = {hit["status"] for hit in every}
    assert len(states) > 1
    state = sorted(states)[0]
    told = posted(client, picture, state=state, limit="100")["hits"]
    assert isinstance(told, list)
    assert {hit["status"] for hit in told} == {state}
    reading = pictures.index_of(site()).storage.reading()
    for kind, field in (("class", "class"), ("vienna", "vienna")):
        (code,) = reading.execute("SELECT code FROM codes WHERE kind = ? ORDER BY code", (kind,)).fetchone()
        having = {
            key
            for (key,) in reading.execute("SELECT key FROM codes WHERE kind = ? AND code = ?", (kind, code))
        }
        assert set(keys(posted(client, picture, **{field: code}))) <= having


def test_what_became_restricted_since_is_not_shown(
    filled: Options, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, picture = shown()
    many, media = publicly.many, images.pictures
    assert key in keys(posted(client, picture, limit="100"))
    monkeypatch.setattr(
        publicly, "many", lambda site, keys: [side for side in many(site, keys) if side.key != key]
    )
    assert key not in keys(posted(client, picture, limit="100"))
    monkeypatch.undo()
    monkeypatch.setattr(images, "pictures", lambda side: [] if side.key == key else media(side))
    assert key not in keys(posted(client, picture, limit="100"))
    assert client.get("/similar/image", {"like": key}).status_code == 404


def test_several_pictures_at_once(filled: Options, client: Client) -> None:
    _, picture = shown()
    black = saved(Image.new("RGB", (64, 64), "black"))
    hits = posted(client, black, picture)["hits"]
    assert isinstance(hits, list)
    assert {hit["image"] for hit in hits} == {1}
    refused = client.post("/similar/image", {"file": SimpleUploadedFile("1.png", black)})
    assert (refused.status_code, "There is nothing in the picture" in refused.content.decode()) == (400, True)


def test_lines_of_json(filled: Options, client: Client) -> None:
    key, _ = shown()
    answer = client.get("/similar/image", {"like": key, "format": "jsonl", "limit": "3"})
    assert [json.loads(row)["algorithm"] for row in answer.content.splitlines()] == ["pictures/2"] * 3


def test_every_answer_is_kept_nowhere(filled: Options, client: Client) -> None:
    key, picture = shown()
    bad = SimpleUploadedFile("a.png", b"no picture")
    for answer in (client.get("/similar/image"), client.get("/similar/image", {"like": key}),
                   client.post("/similar/image", {"file": SimpleUploadedFile("a.png", picture)}),
                   client.post("/similar/image", {"file": bad}), client.post("/similar/image", {})):  # fmt: skip
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "no-referrer"


def test_no_file_is_written(
    filled: Options, client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    wide = saved(Image.effect_noise((1800, 1800), 90).convert("RGB"))
    assert 3_000_000 < len(wide) < 10_000_000
    assert posted(client, wide)["algorithm"]


@pytest.mark.parametrize("fields", [
    {"class": "99"}, {"office": "QQ"}, {"vienna": "x"}, {"state": "asleep"}, {"limit": "0"}, {"left": "-1"},
    {"left": "100"}, {"width": "0"}, {"top": "a"},
])  # fmt: skip
def test_what_cannot_be_asked_is_refused(filled: Options, client: Client, fields: dict[str, str]) -> None:
    _, picture = shown()
    answer = client.post(
        "/similar/image", {"file": SimpleUploadedFile("a.png", picture), "format": "json", **fields}
    )
    assert answer.status_code == 400
    assert answer.json()["message"]


@pytest.mark.parametrize("picture", [b"GIF89a", b"<svg", saved(Image.new("RGB", (9, 9)))])
def test_what_is_no_picture_is_told(filled: Options, client: Client, picture: bytes) -> None:
    answer = client.post("/similar/image", {"file": SimpleUploadedFile("a.png", picture)})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


def test_too_many_pictures_are_refused(filled: Options, client: Client) -> None:
    _, picture = shown()
    files = [SimpleUploadedFile(f"{n}.png", picture) for n in range(9)]
    assert client.post("/similar/image", {"file": files}).status_code == 400


@pytest.mark.parametrize(("text", "crop"), [
    ("", (0.0, 0.0, 1.0, 1.0)), ("left=50", (0.5, 0.0, 1.0, 1.0)), ("left=25&width=50", (0.25, 0.0, 0.75, 1.0)),
    ("top=10,5&height=200", (0.0, 0.105, 1.0, 1.0)),
])  # fmt: skip
def test_a_part_is_told_in_percent(text: str, crop: tuple[float, ...]) -> None:
    assert crop_of(QueryDict(text)) == crop


def test_vienna_codes_are_read() -> None:
    assert vienna_of(QueryDict("vienna=3.9, 24.15.1")) == ("24.15.1", "3.9")
    with pytest.raises(UsageError):
        vienna_of(QueryDict("vienna=3.9.1.2"))


@pytest.mark.parametrize(
    "box", ["", "0,0,1", "0,0,1,2", "0.5,0,0.5,1", "a,b,c,d", "0,0,1,1,1", "-0.1,0,1,1", "0,0,1e0,1"]
)
def test_no_part_of_a_picture_without_a_box(filled: Options, client: Client, box: str) -> None:
    key, _ = shown()
    (sha256,) = (
        pictures.index_of(site())
        .storage.reading()
        .execute(
            "SELECT p.sha256 FROM shown s JOIN pictures p ON p.number = s.number WHERE s.key = ?", (key,)
        )
        .fetchone()
    )
    assert client.get(f"/r/{key}/part/{sha256}?box={box}").status_code == 404
    assert client.get(f"/r/{key}/part/{sha256}?box=0,0,0.5,0.5").status_code == 200
    assert client.get(f"/r/{key}/part/{'0' * 64}?box=0,0,0.5,0.5").status_code == 404


@pytest.mark.slow
def test_a_clerk_is_told_vienna_codes_with_examples(own: Options, signed_in: Callable[..., Client]) -> None:
    clerk = signed_in("clerk", "LA")
    key, picture = shown()
    page = clerk.get(f"/staff/vienna?like={key}").content.decode()
    told = clerk.get(f"/staff/vienna?like={key}&format=json").json()["codes"]
    assert told
    assert [one["weight"] for one in told] == sorted((one["weight"] for one in told), reverse=True)
    assert all(key not in one["keys"] and 0 < one["weight"] <= 1 for one in told)
    for one in told:
        assert f"<code>{one['code']}</code>" in page
        assert all(f'href="/r/{example}"' in page for example in one["keys"])
    answer = clerk.post("/staff/vienna", {"file": SimpleUploadedFile("a.png", picture)})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert clerk.post("/staff/vienna", {"file": SimpleUploadedFile("a.png", b"x")}).status_code == 400
    assert clerk.get("/staff/vienna?like=la-none").status_code == 404
