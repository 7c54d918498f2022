"""The learned parts of the picture search: small weights beside the code, each of which may be missing.

`edges.npz` (matrix of the cheap vector), `network.onnx` (network with its last matrix, ImageNet weights of
EfficientNet-Lite0, Apache-2.0, refined on open drawings). Made by `python -m scripts.pictures.train`.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from ipregister.search.similarity.pictures import shapes
from ipregister.search.similarity.pictures.engine import Engine
from ipregister.search.similarity.pictures.matrices import products

Vectors = npt.NDArray[np.float32]
WEIGHTS = Path(__file__).parent / "weights"
NONE = WEIGHTS / "none"
"""A folder without weights: what is found by shapes alone."""
BATCH = 16
"""Views that the network sees at once."""


class Models:
    """The weights of one folder, each read when first needed."""

    def __init__(self, folder: Path = WEIGHTS, *, threads: int = 1, network: bool = True) -> None:
        self._folder = folder
        self._matrix: tuple[Vectors, Vectors] | None = None
        self._network = Engine(folder / "network.onnx", threads)
        self.has_network = network and self._network.is_there

    def edges(self, fields: Vectors) -> Vectors:
        """Cheap vectors of views (n x 128 x 128): n x 128, of length 1."""
        found = shapes.edges(fields)
        if self._matrix is None:
            file = self._folder / "edges.npz"
            if not file.exists():
                return unit(shapes.coarser(found))
            with np.load(file) as held:
                self._matrix = held["matrix"].astype(np.float32), held["centre"].astype(np.float32)
        matrix, centre = self._matrix
        return unit(products(found - centre, np.ascontiguousarray(matrix.T)))

    def network(self, fields: Vectors) -> Vectors | None:
        """Network vectors of views: n x 256, of length 1; None where the weights are missing."""
        if not self.has_network:
            return None
        found = [np.zeros((0, 256), np.float32)]
        for start in range(0, len(fields), BATCH):
            part = np.ascontiguousarray(fields[start : start + BATCH, None])
            found.append(self._network.run(part).astype(np.float32, copy=False))
        return unit(np.concatenate(found))


def unit(vectors: Vectors) -> Vectors:
    """Vectors of length 1."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    found: Vectors = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return found
