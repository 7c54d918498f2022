"""Cheap vectors: directions of edges in a grid of cells, made with numpy alone."""

import numpy as np
import numpy.typing as npt

CELLS, DIRECTIONS = 8, 8
LENGTH = CELLS * CELLS * DIRECTIONS
_SIDE = 64
_PER_CELL = _SIDE // CELLS


def edges(fields: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Vectors of n views (n x 128 x 128): n x `LENGTH`, each of length 1; directions without sign, so that a
    mark and its negative are alike."""
    count = len(fields)
    small = fields.reshape(count, _SIDE, 2, _SIDE, 2).mean(axis=(2, 4))
    wide = np.pad(small, ((0, 0), (1, 1), (1, 1)))
    across = wide[:, 1:-1, 2:] - wide[:, 1:-1, :-2]
    down = wide[:, 2:, 1:-1] - wide[:, :-2, 1:-1]
    strength = np.hypot(across, down)
    turn = (np.arctan2(down, across) / np.pi % 1.0) * DIRECTIONS
    lower = np.floor(turn)
    upper_share = turn - lower
    first = lower.astype(np.intp) % DIRECTIONS
    histogram = np.zeros((count, CELLS, CELLS, DIRECTIONS), np.float32)
    for direction in range(DIRECTIONS):
        weight = strength * np.where(first == direction, 1 - upper_share, 0.0)
        weight += strength * np.where((first + 1) % DIRECTIONS == direction, upper_share, 0.0)
        cells = weight.reshape(count, CELLS, _PER_CELL, CELLS, _PER_CELL)
        histogram[..., direction] = cells.sum(axis=(2, 4))
    return _unit(np.sqrt(histogram.reshape(count, LENGTH)))


def coarser(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The same with a quarter of the cells: n x 128."""
    cells = vectors.reshape(-1, CELLS // 2, 2, CELLS // 2, 2, DIRECTIONS)
    found: npt.NDArray[np.float32] = cells.mean(axis=(2, 4)).reshape(-1, LENGTH // 4)
    return found


def _unit(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    found: npt.NDArray[np.float32] = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return found
