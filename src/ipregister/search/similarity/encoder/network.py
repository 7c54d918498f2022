"""The network that reads names, with numpy alone: letters, three layers that each look at neighbours, one vector.

The arithmetic is that of `scripts/train_names.py`; the weights are kept in 16 bits and used in 32.
"""

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ipregister.search.similarity.arithmetic import product
from ipregister.search.similarity.encoder.characters import numbers
from ipregister.search.similarity.names import Forms

Floats = NDArray[np.float32]
BATCH = 64


class Encoder:
    """Vectors of length 1 for names: their product tells how much alike two names are read."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as held:
            weights = {name: held[name] for name in held.files}
        self._vocabulary = {char: place for place, char in enumerate(str(weights.pop("vocabulary")))}
        w = {name: value.astype(np.float32) for name, value in weights.items()}
        self._letters, self._out, self._bias = w["letters.weight"], w["out.weight"].T.copy(), w["out.bias"]
        self._layers = [
            (
                w[f"norms.{i}.weight"],
                w[f"norms.{i}.bias"],
                w[f"windows.{i}.weight"].T.copy(),
                w[f"windows.{i}.bias"],
            )
            for i in range(sum(name.startswith("windows") for name in w) // 2)
        ]
        self.width = len(self._bias)
        self.fingerprint = f"{zlib.crc32(path.read_bytes()):08x}"

    def vectors(self, names: Sequence[Forms]) -> Floats:
        """One row a name, in their order."""
        rows = [numbers(forms.spoken, forms.folded, self._vocabulary) for forms in names]
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        found = np.zeros((len(rows), self.width), np.float32)
        for first in range(0, len(order), BATCH):
            part = order[first : first + BATCH]
            found[part] = self._read([rows[i] for i in part])
        return found

    def _read(self, rows: list[list[int]]) -> Floats:
        table = np.zeros((len(rows), max(map(len, rows))), np.int64)
        for place, row in enumerate(rows):
            table[place, : len(row)] = row
        there = (table != 0)[..., None]
        times = product if len(rows) == 1 else np.matmul
        x = self._letters[table]
        for scale, shift, window, bias in self._layers:
            y = np.maximum(_normal(x) * scale + shift, 0) * there
            wide = np.zeros((*y.shape[:2], 3 * y.shape[2]), np.float32)
            size = y.shape[2]
            wide[:, 1:, :size] = y[:, :-1]
            wide[:, :, size : 2 * size] = y
            wide[:, :-1, 2 * size :] = y[:, 1:]
            x = x + times(wide.reshape(-1, 3 * size), window).reshape(x.shape) + bias
        mean = (x * there).sum(1) / there.sum(1)
        most = np.where(there, x, np.float32(-1e4)).max(1)
        vectors = times(np.concatenate([mean, most], axis=1), self._out) + self._bias
        return np.asarray(
            vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6), np.float32
        )


def _normal(x: Floats) -> Floats:
    centred = x - x.mean(-1, keepdims=True)
    return np.asarray(centred / np.sqrt((centred * centred).mean(-1, keepdims=True) + 1e-5), np.float32)
