"""Views of designs drawn by ourselves: a product in lines, from the front, the side, above, or in perspective."""

from functools import lru_cache
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageDraw

SIDES = ("Front", "Side", "Perspective", "Top")
GROUNDS = ((250, 250, 250), (240, 244, 248), (248, 243, 236), (238, 245, 238))
INKS = ((120, 72, 40), (30, 90, 140), (40, 120, 80), (150, 40, 50), (90, 90, 100), (190, 140, 40))
SIZE = 220
Box = tuple[float, float, float, float]


class Look(NamedTuple):
    """What makes one product of a form differ from another: proportions, ornament and colours."""

    form: str
    width: int
    height: int
    ornament: int
    ink: int


class _Sheet:
    """A drawing that is being made; places are shares of its width and height."""

    def __init__(self, look: Look, side: str) -> None:
        self.image = Image.new("RGB", (SIZE, SIZE), GROUNDS[look.ornament % len(GROUNDS)])
        self.pen = ImageDraw.Draw(self.image)
        self.ink = INKS[look.ink % len(INKS)]
        self.pale = tuple((255 * 2 + part) // 3 for part in self.ink)
        wide = 0.34 + look.width * 0.05
        self.wide = wide * (0.6 if side == "Side" else 1)
        self.high = 0.5 + look.height * 0.05
        self.side = side
        self.ornament = look.ornament

    def box(self, left: float, top: float, right: float, bottom: float, *, round: float = 0.0) -> None:
        """A filled part, in shares of the product's own width and height."""
        self.pen.rounded_rectangle(self.at(left, top, right, bottom), SIZE * round, fill=self.pale, outline=self.ink,
                                   width=3)  # fmt: skip

    def oval(self, left: float, top: float, right: float, bottom: float) -> None:
        """A round part."""
        self.pen.ellipse(self.at(left, top, right, bottom), fill=self.pale, outline=self.ink, width=3)

    def line(self, left: float, top: float, right: float, bottom: float) -> None:
        """A line."""
        x, y, to_x, to_y = self.at(left, top, right, bottom)
        self.pen.line((x, y, to_x, to_y), fill=self.ink, width=4)

    def at(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Shares of the product as places of the picture."""
        x, y = 0.5 - self.wide / 2, 0.5 - self.high / 2
        return ((x + left * self.wide) * SIZE, (y + top * self.high) * SIZE,
                (x + right * self.wide) * SIZE, (y + bottom * self.high) * SIZE)  # fmt: skip


def _seat(sheet: _Sheet) -> None:
    sheet.box(0.08, 0, 0.92, 0.5, round=0.02)
    sheet.box(0, 0.5, 1, 0.6, round=0.02)
    for place in (0.06, 0.94):
        sheet.line(place, 0.6, place + (place - 0.5) * 0.1, 1)


def _lamp(sheet: _Sheet) -> None:
    sheet.line(0.5, 0.4, 0.5, 0.95)
    x, y, to_x, to_y = sheet.at(0, 0, 1, 0.42)
    sheet.pen.polygon([(x + SIZE * 0.06, y), (to_x - SIZE * 0.06, y), (to_x, to_y), (x, to_y)], fill=sheet.pale,
                      outline=sheet.ink, width=3)  # fmt: skip
    sheet.oval(0.2, 0.9, 0.8, 1)


def _vase(sheet: _Sheet) -> None:
    sheet.box(0.32, 0, 0.68, 0.35)
    sheet.oval(0, 0.25, 1, 0.95)
    sheet.box(0.25, 0.92, 0.75, 1)


def _bottle(sheet: _Sheet) -> None:
    sheet.box(0.38, 0, 0.62, 0.3)
    sheet.box(0.18, 0.28, 0.82, 1, round=0.07)
    sheet.line(0.2, 0.55, 0.8, 0.55)


def _table(sheet: _Sheet) -> None:
    sheet.box(-0.15, 0.25, 1.15, 0.36, round=0.02)
    for place in (0, 1):
        sheet.line(place, 0.36, place, 1)


def _fan(sheet: _Sheet) -> None:
    sheet.oval(0, 0, 1, 0.6)
    for turn in (0.2, 0.5, 0.8):
        sheet.line(0.5, 0.3, turn, 0.05 if turn == 0.5 else 0.5)
    sheet.line(0.5, 0.6, 0.5, 0.95)
    sheet.box(0.2, 0.93, 0.8, 1)


def _clock(sheet: _Sheet) -> None:
    sheet.oval(0, 0.1, 1, 0.9)
    sheet.oval(0.1, 0.18, 0.9, 0.82)
    sheet.line(0.5, 0.5, 0.5, 0.25)
    sheet.line(0.5, 0.5, 0.72, 0.56)


def _bag(sheet: _Sheet) -> None:
    sheet.pen.arc(sheet.at(0.25, 0, 0.75, 0.6), 180, 360, fill=sheet.ink, width=5)
    sheet.box(0, 0.3, 1, 1, round=0.05)


def _box(sheet: _Sheet) -> None:
    sheet.box(0, 0.2, 1, 1)
    sheet.line(0, 0.4, 1, 0.4)
    sheet.line(0.5, 0.2, 0.5, 0.4)


def _cloth(sheet: _Sheet) -> None:
    sheet.box(0, 0, 1, 1)
    for place in range(1, 6):
        sheet.line(place / 6, 0, place / 6, 1)


_FORMS = {
    "seat": _seat, "lamp": _lamp, "vase": _vase, "bottle": _bottle, "table": _table, "fan": _fan, "clock": _clock,
    "bag": _bag, "box": _box, "cloth": _cloth,
}  # fmt: skip
"""Form -> what draws it."""


def _ornament(sheet: _Sheet) -> None:
    """A pattern of its own on the product."""
    for place in range(1 + sheet.ornament % 4):
        left = 0.3 + place * 0.12
        if sheet.ornament % 3 == 0:
            sheet.oval(left, 0.68, left + 0.1, 0.76)
        elif sheet.ornament % 3 == 1:
            sheet.line(left, 0.66, left + 0.08, 0.8)
        else:
            sheet.box(left, 0.7, left + 0.09, 0.77)


@lru_cache(512)
def view(look: Look, side: str) -> bytes:
    """The bytes of one view as JPEG."""
    sheet = _Sheet(look, side)
    if side == "Top":
        sheet.oval(0, 0.15, 1, 0.85) if look.form in ("vase", "bottle", "lamp", "fan") else sheet.box(
            0, 0.2, 1, 0.8
        )
    else:
        _FORMS[look.form](sheet)
    _ornament(sheet)
    image = sheet.image
    if side == "Perspective":
        image = image.transform(
            image.size, Image.Transform.AFFINE, (1, 0.18, -20, 0.05, 1, -6), fillcolor=GROUNDS[0]
        )
    out = BytesIO()
    image.save(out, "JPEG", quality=60)
    return out.getvalue()
