"""What the first row of a list of names calls its columns, in the languages of the region."""

from collections.abc import Sequence

from msgspec import Struct

_OF_NAMES = frozenset(
    "name names mark marks brand brands word trademark trademarks ຊື່ ເຄື່ອງໝາຍ ឈ្មោះ ម៉ាក ชื่อ เครื่องหมาย tên nhãn nama merek имя "
    "название наименование знак атауы атау белгі".split()
) | {
    *(
        f"{one} name{s}"
        for one in ("trade", "brand", "mark", "trademark", "trade mark", "product", "proposed")
        for s in ("", "s")
    ),
    *(f"name of {one}" for one in ("mark", "the mark", "trademark", "the trademark", "brand", "the brand")),
    "trade mark",
    "trade marks",
    "word mark",
    "word marks",
    "proposed mark",
    "thương hiệu",
    "tên thương hiệu",
    "nama merek",
    "nama merk",
    "merk",
    "бренд",
    "название бренда",
    "название знака",
    "наименование знака",
    "бренд атауы",
    "белгі атауы",
    "ຍີ່ຫໍ້",
    "ຊື່ຍີ່ຫໍ້",
    "ຊື່ເຄື່ອງໝາຍ",
    "ຊື່ເຄື່ອງໝາຍການຄ້າ",
    "យីហោ",
    "ឈ្មោះម៉ាក",
    "ឈ្មោះយីហោ",
    "แบรนด์",
    "ยี่ห้อ",
    "ชื่อแบรนด์",
    "ชื่อยี่ห้อ",
    "ชื่อเครื่องหมายการค้า",
    "tên nhãn hiệu",
    "nhãn hiệu",
    "товарный знак",
    "ชื่อเครื่องหมาย",
    "тауар белгісі",
}
_OF_CLASSES = frozenset(
    "class classes nice ໝວດ ຊັ້ນ ថ្នាក់ จำพวก nhóm lớp kelas класс классы мкту сынып".split()
) | {"nice class", "nice classes", "class number"}
_OF_APPLICANTS = frozenset(
    "applicant applicants owner owners holder holders proprietor ຜູ້ຍື່ນ ຜູ້ຍື່ນຄຳຂໍ ເຈົ້າຂອງ អ្នកដាក់ពាក្យ ម្ចាស់ ผู้ขอ ผู้ยื่นคำขอ เจ้าของ pemohon pemilik "
    "заявитель владелец правообладатель иесі".split()
) | {
    "applicant name",
    "name of applicant",
    "người nộp đơn",
    "chủ đơn",
    "chủ sở hữu",
    "өтінім беруші",
    "өтініш беруші",
}
_OF_ROWS = frozenset(
    "no nos nr № # n id row stt tt лп ລ/ດ ລຳດັບ ល.រ លេខ ที่ ลำดับ ลำดับที่ nomor р/с п/п".split()
) | {
    "s.no",
    "sl.no",
    "sr.no",
    "s/n",
    "№ п/п",
    "số thứ tự",
}
"""Columns that count the rows."""


class Columns(Struct, frozen=True):
    """The places of names, of classes and of applicants in a row, from 0; applicants stand only where a heading says.
    `name` is None where a heading leaves open which of several columns it is."""

    name: int | None = 0
    classes: int = 1
    applicant: int | None = None

    @property
    def read(self) -> set[int]:
        """The places of all that is read."""
        return {place for place in (self.name, self.classes, self.applicant) if place is not None}


def headed_by(cells: Sequence[str]) -> Columns | None:
    """The columns that a first row names; None where it is no heading: it names none of names, nor one of classes behind
    the first. Where it names one of classes alone, the names stand in the only other one that is not a count of rows or of
    applicants."""
    told = [cell.casefold().strip(".: ") for cell in cells]
    named = [place for place, cell in enumerate(told) if cell in _OF_NAMES]
    classes = [place for place, cell in enumerate(told) if cell in _OF_CLASSES]
    if not named and not (classes and classes[0] > 0):
        return None
    applicants = [
        place for place, cell in enumerate(told) if cell in _OF_APPLICANTS and place not in named[:1]
    ]
    name = named[0] if named else _left(told)
    beside = name + 1 if name is not None and not any(told[name + 1 : name + 2]) else len(cells)
    return Columns(name, classes[0] if classes else beside, applicants[0] if applicants else None)


def _left(told: Sequence[str]) -> int | None:
    """The only column of a heading that may be one of names: the first where it has no heading."""
    known = _OF_CLASSES | _OF_APPLICANTS | _OF_ROWS
    left = [place for place, cell in enumerate(told) if cell and cell not in known]
    if not left and not told[0]:
        return 0
    return left[0] if len(left) == 1 else None
