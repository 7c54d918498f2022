"""One immutable set of names, mapped from files.

What names that are written the same have in common (forms, vectors, script) is a text and stands here once: arrays of texts,
sorted by script and length. Arrays of rows, one a name, hold what else is told of a name, and which text it is. A register
holds the names of its larger owners thousands of times.
"""

import zlib
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ipregister.search.similarity.bags import KEPT, bags
from ipregister.search.similarity.meanings import meaning, meaning_stamp
from ipregister.search.similarity.names import Forms
from ipregister.search.similarity.patterns import ALPHABETS, LONGEST, Columns, columns
from ipregister.search.similarity.romanise.script import OTHER, SCRIPTS, script_of_letter
from ipregister.search.similarity.shelf.entry import (
    NAME_KINDS,
    Entry,
    class_bits,
    packed,
    unpacked,
    unpacked_entry,
    written_stamp,
)
from ipregister.search.similarity.sounds import word_key
from ipregister.search.similarity.words import stamp

SHORT = 48
KEYS = ("spoken", "sounds", "bones")
"""The forms that a query is compared with in all names."""
_SCRIPT = {code: number for number, code in enumerate(SCRIPTS)}
OF_ROWS = frozenset({"text", "classes", "office", "kind"})
"""The arrays of rows; all others that a search reads are of texts."""
Made = tuple[Entry, Forms]
Arrays = dict[str, NDArray[Any]]
Rows = NDArray[np.int64]
Counted = NDArray[np.bool_]


def script_number(code: str) -> int:
    """The place of a script in the index."""
    return _SCRIPT.get(code, _SCRIPT[OTHER])


def letters(forms: Forms, key: str) -> bytes:
    """The letters of a form that are compared in all names."""
    return str(getattr(forms, key)).replace(" ", "").encode("ascii", "replace")[:LONGEST]


def word_stamps(spoken: str) -> list[int]:
    """The numbers under which the words of a name are found: by their sounds, so that spellings fall together."""
    return [stamp(word_key(word)) for word in dict.fromkeys(spoken.split())]


def look_stamp(look: str) -> int:
    """The number under which a name is found by its look."""
    return zlib.crc32(look.replace(" ", "").encode())


def key_stamp(key: str) -> int:
    """The number under which the names of a record are found."""
    return zlib.crc32(key.encode())


def shortened(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The first numbers of vectors, as vectors of length 1: enough to find candidates by."""
    first = vectors[..., :SHORT]
    return np.asarray(first / np.maximum(np.linalg.norm(first, axis=-1, keepdims=True), 1e-6), np.float32)


def is_mixed(forms: Forms) -> bool:
    """Whether a name has letters of another script than its own."""
    return not forms.folded.isascii() and any(
        script_of_letter(char) not in (forms.script, OTHER) for char in forms.folded
    )


class Segment:
    """Names with their compared forms. Arrays are views of files or of memory; nothing here writes."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self.made_ready: dict[int, Any] = {}
        self.choices: dict[Any, Any] = {}
        self.remembers = 4096
        self._mixed: tuple[Rows, Rows, bytes] | None = None
        self.total, self.texts = len(arrays["text"]), len(arrays["script"])
        self.script: NDArray[np.uint8] = arrays["script"]
        bounds = np.searchsorted(self.script, np.arange(len(SCRIPTS) + 1)).tolist()
        self.of_script = [(first, last) for first, last in pairwise(bounds) if first < last]
        self._columns = {key: Columns(arrays[key], arrays[f"{key}_starts"], arrays[f"{key}_length"], ALPHABETS[key])
                         for key in KEYS}  # fmt: skip

    @classmethod
    def opened(cls, folder: Path) -> "Segment":
        """The segment of a folder, its files mapped. Raises `FileNotFoundError` where one of them is gone."""
        arrays = {file.stem: np.asarray(np.load(file, mmap_mode="r")).view(np.ndarray)
                  for file in sorted(folder.glob("*.npy"))}  # fmt: skip
        try:
            return cls(arrays)
        except KeyError as error:
            raise FileNotFoundError(f"{folder} has no {error}") from error

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self._arrays[name]

    @property
    def arrays(self) -> Arrays:
        """All arrays by name."""
        return self._arrays

    def has(self, name: str) -> bool:
        """Whether the segment has an array of that name."""
        return name in self._arrays

    def columns(self, key: str) -> Columns:
        """A form of all names as columns of letters."""
        return self._columns[key]

    def told(self, name: str, rows: Rows) -> NDArray[Any]:
        """An array at some rows; what is told of their texts, at these."""
        array = self._arrays[name]
        return np.asarray(array[rows] if name in OF_ROWS else array[self._arrays["text"][rows]])

    def names_counted(self, counted: Counted | None) -> NDArray[np.int32]:
        """How many rows of each text count; None: all do."""
        if counted is None:
            return np.diff(self._arrays["text_starts"])
        return np.bincount(self._arrays["text"][counted], minlength=self.texts).astype(np.int32)

    def first_counted(self, texts: Rows, counted: Counted | None) -> Rows:
        """The first row that counts of each of some texts, each of which has one."""
        found = self._arrays["first"][texts].astype(np.int64)
        if counted is None or not len(texts):
            return found
        other = np.flatnonzero(~counted[found])
        first = self._arrays["text_starts"][texts[other]].astype(np.int64)
        many = self._arrays["text_starts"][texts[other] + 1] - first
        before = np.cumsum(many) - many
        rows = self._arrays["text_row"][np.repeat(first - before, many) + np.arange(many.sum())]
        rows = np.where(counted[rows], rows, self.total)
        found[other] = np.minimum.reduceat(rows, before) if len(other) else found[other]
        return found

    def entry(self, row: int) -> Made:
        """The entry of a row and its forms."""
        return unpacked(self.held(row))

    def entry_alone(self, row: int) -> Entry:
        """The entry of a row without its forms."""
        return unpacked_entry(self.held(row))

    def held(self, row: int) -> bytes:
        """The entry of a row and its forms as they are kept."""
        starts = self._arrays["held_starts"]
        return self._arrays["held"][int(starts[row]) : int(starts[row + 1])].tobytes()

    def written(self, row: int) -> int:
        """The number of what is written the same as the name of a row."""
        return int(self._arrays["written"][self._arrays["text"][row]])

    def mixed_with(self, part: bytes) -> Rows:
        """The texts with letters of several scripts whose forms, without spaces, hold some bytes."""
        if self._mixed is None:
            texts = np.flatnonzero(self._arrays["mixed"])
            held = [b" " + self.held(row).replace(b" ", b"") for row in self._arrays["first"][texts].tolist()]
            self._mixed = texts, np.cumsum([0, *map(len, held)]), b"".join(held)
        texts, starts, together = self._mixed
        places, place = [], together.find(part)
        while place >= 0:
            places.append(int(np.searchsorted(starts, place, "right")) - 1)
            place = together.find(part, int(starts[places[-1] + 1]))
        return np.asarray(texts[places], np.int64)

    def with_word(self, word: int) -> NDArray[np.int32]:
        """The rows whose names have a word, by its number."""
        stamps = self._arrays["word_stamp"]
        first, last = stamps.searchsorted([word, word + 1])
        return np.asarray(self._arrays["word_row"][int(first) : int(last)])

    def with_words(self, words: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many names have each of some words, by their numbers."""
        stamps = self._arrays["word_stamp"]
        return np.asarray(stamps.searchsorted(words, "right") - stamps.searchsorted(words))

    def of_record(self, key: str) -> list[int]:
        """The rows of a record's names."""
        stamps, number = self._arrays["key_stamp"], key_stamp(key)
        first, last = np.searchsorted(stamps, [number, number + 1])
        rows = self._arrays["key_row"][int(first) : int(last)].tolist()
        return [row for row in rows if self.entry(row)[0].key == key]

    def listed(self, kind: str, numbers: NDArray[np.int64], most: int | None = None) -> NDArray[np.int64]:
        """The rows under some numbers (`key`: `key_stamp`; `look`: `look_stamp`), at most so many of each; a few more may
        be among them by chance."""
        stamps, rows = self._arrays[f"{kind}_stamp"], self._arrays[f"{kind}_row"]
        first, last = stamps.searchsorted(numbers), stamps.searchsorted(numbers, "right")
        spans = [rows[a:b][:most] for a, b in zip(first.tolist(), last.tolist(), strict=True) if a < b]
        return np.concatenate([np.zeros(0, np.int64), *spans]).astype(np.int64)

    def save(self, folder: Path) -> None:
        """Writes the arrays into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, array in self._arrays.items():
            np.save(folder / f"{name}.npy", array)


def segment_of(made: list[Made], vectors: NDArray[np.float32] | None = None) -> Segment:
    """A segment in memory. `vectors` (names, width), where there are any, are in the order of `made`."""
    order = np.array(sorted(range(len(made)), key=lambda i: _place(made[i][1])), np.int64)
    ordered = [made[i] for i in order]
    arrays = _texts_of(np.array([written_stamp(*one) for one in ordered], np.uint64))
    first = arrays["first"]
    texts = [ordered[row][1] for row in first.tolist()]
    arrays["classes"] = np.array([class_bits(entry.classes) for entry, _ in ordered], np.uint64)
    arrays["office"] = np.array(
        [int.from_bytes(one.office.encode()[:2], "big") for one, _ in ordered], np.uint16
    )
    arrays["kind"] = np.array([NAME_KINDS.index(entry.kind) for entry, _ in ordered], np.uint8)
    _hold_texts(arrays, texts)
    _hold(arrays, ordered)
    _list_words(arrays, ordered)
    _list_numbers(arrays, "look", [look_stamp(forms.look) for _, forms in ordered])
    _list_numbers(arrays, "key", [key_stamp(entry.key) for entry, _ in ordered])
    _list_meanings(arrays, ordered)
    if vectors is not None:
        own = vectors[order[first]]
        arrays["vectors"] = np.ascontiguousarray(own, np.float16)
        arrays["short_vectors"] = shortened(own)
    return Segment(arrays)


def _texts_of(written: NDArray[np.uint64]) -> Arrays:
    """Which text each row is, in the order of their first rows; the first row and all rows of each."""
    _, first, place = np.unique(written, return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first))
    text = rank[place].astype(np.int32)
    row = np.argsort(text, kind="stable").astype(np.int32)
    starts = np.concatenate([[0], np.cumsum(np.bincount(text, minlength=len(first)))]).astype(np.int32)
    first = np.sort(first)
    return {
        "text": text,
        "first": first.astype(np.int32),
        "written": written[first],
        "text_row": row,
        "text_starts": starts,
    }


def _hold_texts(arrays: Arrays, texts: list[Forms]) -> None:
    arrays["script"] = np.array([script_number(forms.script) for forms in texts], np.uint8)
    for key in KEYS:
        held = columns([letters(forms, key) for forms in texts], ALPHABETS[key])
        arrays[key], arrays[f"{key}_starts"], arrays[f"{key}_length"] = held[:3]
        if key in KEPT:
            arrays[f"{key}_bag"] = bags(held, key)
    arrays["mixed"] = np.array([is_mixed(forms) for forms in texts], np.bool_)


def _place(forms: Forms) -> tuple[int, int, int]:
    """Where a name stands in a segment: by script, then with names of its length."""
    return script_number(forms.script), len(forms.sounds), len(forms.spoken)


def _hold(arrays: Arrays, ordered: list[Made]) -> None:
    held = [packed(entry, forms) for entry, forms in ordered]
    arrays["held"] = np.frombuffer(b"".join(held), np.uint8)
    arrays["held_starts"] = np.concatenate([[0], np.cumsum([len(one) for one in held], dtype=np.int64)])


def _list_numbers(arrays: Arrays, name: str, numbers: list[int]) -> None:
    stamps = np.array(numbers, np.int64)
    arrays[f"{name}_row"] = np.argsort(stamps, kind="stable").astype(np.int32)
    arrays[f"{name}_stamp"] = stamps[arrays[f"{name}_row"]]


def _list_meanings(arrays: Arrays, ordered: list[Made]) -> None:
    """The few names that have a meaning, by its number."""
    told = [
        (meaning_stamp(one), row) for row, (_, forms) in enumerate(ordered) if (one := meaning(forms.folded))
    ]
    told.sort()
    arrays["meaning_stamp"] = np.array([number for number, _ in told], np.int64)
    arrays["meaning_row"] = np.array([row for _, row in told], np.int32)


def _list_words(arrays: Arrays, ordered: list[Made]) -> None:
    found = [(word, row) for row, (_, forms) in enumerate(ordered) for word in word_stamps(forms.spoken)]
    stamps = np.array([word for word, _ in found], np.int64)
    rows = np.array([row for _, row in found], np.int32)
    order = np.argsort(stamps, kind="stable")
    arrays["word_stamp"], arrays["word_row"] = stamps[order], rows[order]
