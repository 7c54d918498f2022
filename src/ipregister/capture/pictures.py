"""Which files a record means: the names it gives, its numbers, and pictures inside its own text."""

import re

from ipregister.capture.kept import decode
from ipregister.capture.slices import Attachment

_NAMES = re.compile(rb"<(?:[\w.-]+:)?(?:MarkImageFilename|MarkSoundFilename|MarkVideoFilename|file_name)(?:\s[^>]*)?>"
                    rb"\s*([^<]{1,300}?)\s*<")  # fmt: skip
_CITED = re.compile(rb"""\sfile\s*=\s*["']\s*([^"'<>]{1,300}?)\s*["']""")
"""A file that an element of a patent document stands for: `<img file="…">`, `<doc-page file="…">`."""
_NUMBERS = re.compile(rb"<(?:[\w.-]+:)?(?:ApplicationNumber|RegistrationNumber|tm_no|inid_210|inid_111|id)(?:\s[^>]*)?>"
                      rb"\s*([^<]{1,100}?)\s*<")  # fmt: skip
_EMBEDDED = re.compile(rb"<image(?:\s[^>]*)?>\s*(?:data:[^,<]{0,80},)?([A-Za-z0-9+/=\s]{64,})</image\s*>")
_LETTER = re.compile(r"(?<=\d)[A-Za-z]$")
_UNFIT = re.compile(r"[^\w.-]+")


def wanted(raw: bytes, member: str = "") -> list[str]:
    """The file names that would be this record's, best first: as it names them; without an ending; by its
    numbers, as they are and without the letter that a part of a Madrid registration carries; by the name
    of the record's own file."""
    names = [found.decode("utf-8", "replace") for found in _NAMES.findall(raw)]
    stems = [name.rpartition("/")[2].rpartition(".")[0] for name in names]
    numbers = [found.decode("utf-8", "replace") for found in _NUMBERS.findall(raw[: 1 << 16])]
    spelled: list[str] = []
    for name in [*names, *filter(None, stems), *numbers]:
        ending = name.rpartition(".")[2] if name in names and "." in name else ""
        short = _LETTER.sub("", name.removesuffix("." + ending) if ending else name)
        short = f"{short}.{ending}" if ending else short
        plain = [name, short] if name in names or "/" not in name else []
        spelled += [*plain, _UNFIT.sub("_", name)]
    spelled += [member.rpartition("/")[2].rpartition(".")[0]] if member else []
    return [name for name in dict.fromkeys(spelled) if name]


def cited(raw: bytes) -> list[str]:
    """The names of files that a document's drawings, pages and other elements give as what they stand for, each once."""
    if raw.find(b"file") < 0:  # `in` takes bytes for a number first
        return []
    return list(dict.fromkeys(found.decode("utf-8", "replace") for found in _CITED.findall(raw)))


def embedded(raw: bytes, member: str, offset: int) -> tuple[Attachment, ...]:
    """Pictures that stand as Base64 inside the record's delivered bytes."""
    if raw.find(b"<image") < 0:  # `in` takes bytes for a number first
        return ()
    pictures: list[Attachment] = []
    for number, text in enumerate(_EMBEDDED.finditer(raw), start=1):
        place = f"{member}#{offset + text.start(1)}+{len(text.group(1))}"
        data = decode(text.group(1))
        pictures.append(Attachment(place, "image" if number == 1 else f"image~{number}", len(data), data))
    return tuple(pictures)
