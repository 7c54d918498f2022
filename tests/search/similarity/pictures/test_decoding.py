"""Pictures of others are decoded in a child process with limits."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ipregister.search.similarity.pictures import decoding, opening
from ipregister.search.similarity.pictures.decoding import Decoded, Decoder
from tests.search.similarity.pictures.drawn import image_of, saved

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20">{}</svg>'


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    made = Decoder()
    yield made
    made.close()


def _pixels(decoded: Decoded) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.frombuffer(decoded.pixels, np.uint8).reshape(decoded.height, decoded.width, 3)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP"])
def test_formats_are_read(decoder: Decoder, form: str) -> None:
    decoded = decoder.decode(saved(image_of("house"), form), 80)
    assert (decoded.width, decoded.height, decoded.problem) == (80, 80, "")
    assert _pixels(decoded)[50, 25].max() < 60


def test_a_drawing_is_read(decoder: Decoder) -> None:
    decoded = decoder.decode(SVG.format('<rect width="20" height="20" fill="#f00"/>').encode(), 100)
    assert (decoded.width, decoded.height) == (100, 50)
    assert _pixels(decoded)[25, 20].tolist() == [255, 0, 0]
    assert _pixels(decoded)[25, 80].tolist() == [255, 255, 255]


def test_a_drawing_reads_no_file(decoder: Decoder, tmp_path: Path) -> None:
    file = tmp_path / "secret.png"
    file.write_bytes(saved(Image.new("RGB", (40, 20), "blue")))
    for address in (file, f"file://{file}"):
        inner = f'<image xlink:href="{address}" width="40" height="20"/><rect width="9" height="9"/>'
        decoded = decoder.decode(SVG.format(inner).encode(), 100)
        assert not decoded.problem
        assert _pixels(decoded)[25, 80].tolist() == [255, 255, 255]


def test_entities_are_not_resolved(decoder: Decoder) -> None:
    text = '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format('<rect width="9" height="9"/><title>&a;</title>')
    assert not decoder.decode(text.encode(), 100).problem


def test_a_drawing_too_deep_is_refused(decoder: Decoder) -> None:
    deep = "<g>" * 100 + "</g>" * 100
    assert decoder.decode(SVG.format(deep).encode(), 100).problem == "large"


@pytest.mark.parametrize("family", ["Arial", "A font of nobody", "serif"])
def test_letters_of_a_drawing_are_drawn_or_it_is_refused(decoder: Decoder, family: str) -> None:
    text = SVG.format(f'<text x="2" y="18" font-size="18" font-family="{family}">HELLO</text>')
    decoded = decoder.decode(text.encode(), 100)
    assert decoded.problem == "letters" or _pixels(decoded).min() < 60


def test_a_drawing_with_letters_is_refused_where_no_font_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_FAMILIES", ("A font of nobody",))
    opening._family.cache_clear()
    with pytest.raises(opening.Unlettered):
        opening.opened(SVG.format("<rect width='9' height='9'/><text>HELLO</text>").encode(), 100)
    opening._family.cache_clear()


def test_a_drawing_that_takes_too_long_is_told_so(decoder: Decoder) -> None:
    noise = '<filter id="f"><feTurbulence numOctaves="9"/></filter><rect width="40" height="20" filter="url(#f)"/>'
    assert decoder.decode(SVG.format(noise * 200).encode(), 512, seconds=0.2).problem == "slow"
    assert decoder.decode(saved(image_of("bolt")), 50).width == 50


def test_who_does_not_wait_for_others_is_told_that_they_are_there(decoder: Decoder) -> None:
    with decoder._lock:
        assert decoder.decode(saved(image_of("bolt")), 50, patience=0.01).problem == "busy"


def test_part_of_a_picture(decoder: Decoder) -> None:
    decoded = decoder.decode(saved(image_of("house")), 100, (0.5, 0.0, 1.0, 1.0))
    assert (decoded.width, decoded.height) == (50, 100)


@pytest.mark.parametrize(("data", "problem"), [
    (b"", "unreadable"), (b"\x89PNG\r\n\x1a\nbroken", "unreadable"), (b"<svg", "unreadable"),
    (b"\0" * (decoding.MOST_BYTES + 1), "large"),
])  # fmt: skip
def test_what_is_no_picture_is_told(decoder: Decoder, data: bytes, problem: str) -> None:
    assert decoder.decode(data, 100).problem == problem


def test_too_many_pixels_are_refused(decoder: Decoder) -> None:
    assert decoder.decode(saved(Image.new("1", (9000, 9000))), 100).problem == "large"


def test_a_tiny_picture_is_refused(decoder: Decoder) -> None:
    assert decoder.decode(saved(Image.new("RGB", (8, 8))), 100).problem == "small"


def test_32_pixels_are_enough(decoder: Decoder) -> None:
    assert decoder.decode(saved(image_of("fish").resize((32, 32))), 100).width == 32


def test_a_white_mark_without_ground_is_seen(decoder: Decoder) -> None:
    image = Image.new("RGBA", (60, 60))
    image.paste((255, 255, 255, 255), (20, 20, 40, 40))
    pixels = _pixels(decoder.decode(saved(image), 100))
    assert pixels[5, 5].max() < 100 < pixels[30, 30].min()


def test_more_than_256_greys(decoder: Decoder) -> None:
    grey = Image.fromarray(np.tile(np.linspace(0, 40_000, 64).astype(np.uint16), (64, 1)))
    pixels = _pixels(decoder.decode(saved(grey, "TIFF"), 100))
    assert pixels[30, 2].max() < 20
    assert pixels[30, 61].min() > 230


def test_a_child_that_died_is_replaced(decoder: Decoder) -> None:
    decoder.decode(saved(image_of("bolt")), 50)
    child = decoder._child
    assert child is not None
    child.kill()
    child.wait()
    assert decoder.decode(saved(image_of("bolt")), 50).width == 50
