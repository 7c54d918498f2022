"""The vectors of many views, row by row: how they are packed, and the views of one picture made to rows."""

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from ipregister.search.similarity.pictures import views
from ipregister.search.similarity.pictures.letters import Reader, folded
from ipregister.search.similarity.pictures.models import Models
from ipregister.search.similarity.pictures.normalise import SIDE, Pixels
from ipregister.search.similarity.pictures.views import View

Packed = npt.NDArray[np.int8]
Vectors = npt.NDArray[np.float32]

EDGES, NETWORK, COARSE = 128, 256, 64
"""Length of the cheap vector, of the network vector, and of the beginning of each that is looked at first."""
ROW = np.dtype([("picture", "<u4"), ("kind", "u1"), ("cost", "u1"), ("box", "<u2", (4,)), ("network", "u1")])
"""What a row is beside its vectors: number of the picture, kind of view, its cost (in `COST_UNITS`), place in
the picture (65535 = its whole side), whether the network has seen it."""
COST_UNITS = 500
_WIDEST = 4.0


def scale(length: int) -> float:
    """What the numbers of a unit vector of a length are multiplied with to be bytes."""
    return 127.0 * float(np.sqrt(length)) / _WIDEST


def packed(vectors: Vectors) -> Packed:
    """Unit vectors in bytes."""
    found: Packed = np.clip(np.rint(vectors * scale(vectors.shape[1])), -127, 127).astype(np.int8)
    return found


def unpacked(rows: Packed) -> Vectors:
    """Bytes as unit vectors again; rows that hold nothing stay zero."""
    wide = rows.astype(np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", wide, wide))[:, None]
    found: Vectors = np.divide(wide, lengths, out=wide, where=lengths > 0)
    return found


class Letters(Struct):
    """What was read in pictures: a text and the picture it stands in, one a line."""

    texts: list[str]
    pictures: npt.NDArray[np.int64]


class Rows(Struct):
    """Rows of vectors, in memory or of files. Rows of one picture stand together, in order of pictures."""

    heads: npt.NDArray[np.void]
    edges: Packed
    network: Packed
    """All zero where the network has not seen the picture yet."""
    beginnings: Packed
    """The first `COARSE` numbers of the cheap vector and those of the network vector, side by side."""
    starts: npt.NDArray[np.int64]
    """First row of each picture, and the number of rows at the end."""
    letters: Letters
    facts: "Facts"


class Facts(Struct):
    """What is asked of all heads at once, each a row of its own in memory."""

    pictures: npt.NDArray[np.int64]
    costs: Vectors
    by_network: npt.NDArray[np.bool_]


def facts(heads: npt.NDArray[np.void]) -> Facts:
    """The facts of rows."""
    pictures, network = heads["picture"].astype(np.int64), heads["network"].astype(np.bool_)
    return Facts(pictures, told_costs(heads), network)


class Seen(Struct):
    """One picture looked at: its views, their vectors, what was read; `network` is None without the network."""

    views: list[View]
    edges: Vectors
    network: Vectors | None
    letters: tuple[str, ...] = ()


def look(pixels: Pixels, models: Models, reader: Reader | None = None, *, searched: bool = False) -> Seen:
    """The views of a picture with their vectors, and its letters where a reader is given."""
    found = (views.searched if searched else views.views)(pixels)
    fields = np.stack([view.field for view in found]) if found else np.zeros((0, SIDE, SIDE), np.float32)
    read = reader.read(pixels, found) if reader is not None else []
    texts = tuple(dict.fromkeys(folded(line.text) for line in read))
    return Seen(found, models.edges(fields), _network(found, fields, models), texts)


def _network(found: list[View], fields: Vectors, models: Models) -> Vectors | None:
    """What the network sees of the views; mirrored and turned ones are left to the cheap vectors."""
    if not models.has_network:
        return None
    plain = [place for place, view in enumerate(found) if view.kind not in (views.MIRRORED, views.TURNED)]
    vectors = np.zeros((len(found), NETWORK), np.float32)
    seen = models.network(fields[plain])
    if seen is not None:
        vectors[plain] = seen
    return vectors


def told_costs(heads: npt.NDArray[np.void]) -> Vectors:
    """The costs of rows."""
    return np.asarray(heads["cost"] / np.float32(COST_UNITS), np.float32)


def heads(number: int, seen: Seen) -> npt.NDArray[np.void]:
    """What the rows of a picture are."""
    made = np.zeros(len(seen.views), ROW)
    for place, view in enumerate(seen.views):
        made[place] = (
            number, views.KINDS.index(view.kind), min(255, round(COST_UNITS * view.cost)),
            tuple(round(65535 * edge) for edge in view.box), seen.network is not None,
        )  # fmt: skip
    return made


def beginnings(edges: Packed, network: Packed) -> Packed:
    """The beginnings of packed vectors, side by side: what all rows are looked at by."""
    found: Packed = np.concatenate([edges[:, :COARSE], network[:, :COARSE]], axis=1)
    return found


def gathered(pictures: list[Seen]) -> Rows:
    """The rows of pictures in memory, numbered as they come."""
    starts = np.concatenate([[0], np.cumsum([len(one.views) for one in pictures])]).astype(np.int64)
    edges = packed(np.concatenate([one.edges for one in pictures]))
    network = packed(np.concatenate([seen_by_network(one) for one in pictures]))
    told = np.concatenate([heads(number, one) for number, one in enumerate(pictures)])
    lines = [(text, number) for number, one in enumerate(pictures) for text in one.letters]
    read = Letters([text for text, _ in lines], np.array([number for _, number in lines], np.int64))
    return Rows(told, edges, network, beginnings(edges, network), starts, read, facts(told))


def seen_by_network(one: Seen) -> Vectors:
    """The network vectors of a picture; zero where it has none."""
    return one.network if one.network is not None else np.zeros((len(one.views), NETWORK), np.float32)
