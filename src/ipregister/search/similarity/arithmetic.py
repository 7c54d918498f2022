"""Products of small tables by one thread: the threads that a library starts for so little work keep a processor busy for
longer than the work takes, and other requests wait."""

import numpy as np
from numpy.typing import NDArray

SMALL = 200_000
"""So many multiplications are done in one call; OpenBLAS starts threads above 262,144."""
Floats = NDArray[np.float32]


def product(rows: Floats, weights: Floats) -> Floats:
    """`rows @ weights` for a table of rows and weights of one or two dimensions."""
    if weights.ndim == 1:
        return np.asarray(np.einsum("ij,j->i", rows, weights), np.float32)
    part = max(1, SMALL // weights.size)
    if len(rows) <= part:
        return np.asarray(rows @ weights)
    return np.concatenate([rows[first : first + part] @ weights for first in range(0, len(rows), part)])
