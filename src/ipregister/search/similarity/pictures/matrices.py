"""Products of matrices that are small, beside other processes that make them too."""

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
ONE_THREAD = 1 << 18
"""Multiplications up to which a product of matrices is made by one thread. Several threads that wait for each
other are slower here, and far slower beside other processes."""


def products(searched: Vectors, held: Vectors) -> Vectors:
    """Every searched vector by every held one (m x k, n x k: m x n), in pieces that one thread makes each."""
    count, length = held.shape
    piece = max(16, ONE_THREAD // max(1, len(searched) * length) // 16 * 16)
    whole = count // piece * piece
    found = np.empty((len(searched), count), np.float32)
    if whole:
        pieces = held[:whole].reshape(-1, piece, length).transpose(0, 2, 1)
        made = np.matmul(searched, pieces)
        found[:, :whole].reshape(len(searched), -1, piece)[:] = made.transpose(1, 0, 2)
    found[:, whole:] = searched @ held[whole:].T
    return found
