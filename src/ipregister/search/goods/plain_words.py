"""Words of our own for goods and services, in eight languages. Machine-made, not reviewed."""

import csv
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from msgspec import Struct

from ipregister.search.analyzer import Analyzer, analyzer

LANGUAGES = ("en", "lo", "km", "th", "vi", "id", "ru", "kk")
MARKED = "vi"
"""The language whose words are others with other marks: `sữa` is milk, `sửa` repairs."""
IDLE = frozenset(
    "i we my our you us a an the of for and or to in on at by with from also sell sells selling make makes making run running own "
    "have has do does offer provide produce want open new small big business company goods products services service "
    "tôi bán và làm có của cho các một mở kinh doanh saya kami jual menjual dan membuat buat punya usaha di untuk yang "
    "я мы продаю продаём продаем делаю делаем и у нас есть свой свою для мен біз сатамын сатамыз және жасаймын бар "
    "ฉัน ผม เรา ขาย และ ทำ มี เปิด ຂ້ອຍ ຂ້າພະເຈົ້າ ພວກເຮົາ ຂາຍ ແລະ ເຮັດ ມີ ເປີດ ខ្ញុំ យើង លក់ និង ធ្វើ មាន បើក".split()
)
"""Words that say nothing of the goods."""
SPOKEN = IDLE - frozenset(
    "a an the of for and or to in on at by with from goods products services service".split()
)
"""Those of them that stand in no term of a list."""


_POINTS = ".,;:!?()\"'«»“”"
OWN, THINGS, NEIGHBOURS = "plain_words.csv", "things.csv", "neighbour_words.csv"
"""Our own words, names of things by Unicode CLDR, and our own words in `NEIGHBOUR_LANGUAGES`. The picker reads the first
two; what compares goods reads ours alone, since a thing's name (`rose`, `ring`) may be a name too; what takes names apart
reads the first and the last."""
NEIGHBOUR_LANGUAGES = ("my", "zh")


class Idea(Struct, frozen=True):
    """One thing that is sold or done: its class, and its words as tokens, by language."""

    number: int
    class_number: int
    words: tuple[tuple[str, tuple[str, ...]], ...]
    marked: frozenset[str] = frozenset()
    """Its Vietnamese words as they are written, where no other language has them without marks."""


def _table(name: str) -> Iterator[dict[str, str]]:
    text = files("ipregister.search.goods").joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))


@cache
def ideas(*tables: str) -> tuple[Idea, ...]:
    """All ideas of tables; of our own words where none is named."""
    found, reading = [], Analyzer()
    for number, row in enumerate(row for name in tables or (OWN,) for row in _table(name)):
        said = [(lang, row[lang]) for lang in (*LANGUAGES, *NEIGHBOUR_LANGUAGES) if lang in row]
        words = [(lang, tuple(reading.tokens(word))) for lang, cell in said for word in cell.split("|")]
        others = {" ".join(word) for lang, word in words if lang != MARKED}
        marked = {
            _written(word) for word in row.get(MARKED, "").split("|") if reading.words(word) not in others
        }
        found.append(Idea(number, int(row["class"]), tuple(dict.fromkeys(words)), frozenset(marked - others)))
    return tuple(found)


@cache
def _by_first(*tables: str) -> dict[str, list[tuple[tuple[str, ...], Idea]]]:
    """Words by their first token, the longest first."""
    found: dict[str, dict[tuple[tuple[str, ...], int], Idea]] = {}
    for idea in ideas(*tables):
        for _, word in idea.words:
            if word:
                found.setdefault(word[0], {})[word, idea.number] = idea
    return {
        first: sorted(((word, idea) for (word, _), idea in entries.items()), key=lambda one: -len(one[0]))
        for first, entries in found.items()
    }


def found_in(tokens: Sequence[str], *tables: str) -> list[tuple[str, Idea]]:
    """The ideas that a text names, with the words that name them. A longer word hides the shorter inside it. Looked up
    in our own words, or in the tables that are named."""
    by_first = _by_first(*tables)
    out: list[tuple[str, Idea]] = []
    place = 0
    while place < len(tokens):
        fit = [(word, idea) for start in _forms(tokens[place]) for word, idea in by_first.get(start, ())
               if tuple(tokens[place + 1 : place + len(word)]) == word[1:]]  # fmt: skip
        longest = max((len(word) for word, _ in fit), default=0)
        out += [(" ".join(word), idea) for word, idea in fit if len(word) == longest]
        place += max(1, longest)
    return out


def is_meant(text: str, words: str, idea: Idea) -> bool:
    """Whether a text that has these words (tokens) means the idea: it does not where it writes them with other marks."""
    size = len(words.split())
    pieces = [piece.strip(_POINTS) for piece in _written(text).split()]
    runs = (" ".join(pieces[place : place + size]) for place in range(len(pieces)))
    written = {_marks(run) for run in runs if analyzer().words(run) == words}
    spelled = {_marks(one) for one in idea.marked if analyzer().words(one) == words}
    return not written or not spelled or bool(written & (spelled | {_marks(words)}))


def _marks(text: str) -> tuple[str, ...]:
    """The words of a text, the marks of each behind its letters: `hóa` is `hoá`."""
    words = (unicodedata.normalize("NFD", word) for word in text.split())
    return tuple(
        "".join(
            sorted(
                word,
                key=lambda sign: (
                    unicodedata.combining(sign) > 0,
                    sign if unicodedata.combining(sign) else "",
                ),
            )
        )
        for word in words
    )


def idle_in(text: str) -> frozenset[str]:
    """The tokens of those words of a text that say nothing of the goods, whatever marks they have."""
    pieces = (piece.strip(_POINTS) for piece in _written(text).split())
    return IDLE.union(*(analyzer().tokens(piece) for piece in pieces if piece in IDLE))


def _written(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower()


def _forms(token: str) -> tuple[str, ...]:
    """A token, and its English singular."""
    return (token, token[:-1]) if token.isascii() and token.endswith("s") and len(token) > 3 else (token,)


@cache
def related() -> dict[tuple[int, int], float]:
    """How near two different classes are, 0 to 1; pairs that are not there are not near. Both orders."""
    table: dict[tuple[int, int], float] = {}
    for row in _table("related_classes.csv"):
        one, other, weight = int(row["one"]), int(row["other"]), float(row["weight"])
        table[one, other] = table[other, one] = weight
    return table
