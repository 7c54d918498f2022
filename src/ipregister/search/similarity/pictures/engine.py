"""A network of a file (ONNX), opened when first needed; without the engine or the file there is none.

From 1.29 on the engine reports its use to its maker and leaves a number of the machine in the user's folder, from the moment
it is imported. What an office does is nobody's business: it is switched off before that (0039)."""

import os
import threading
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # noqa: TID251 - read by the engine alone, wherever it is imported from

try:
    import onnxruntime
except ImportError:  # no wheels for this machine: pictures are compared by their shapes alone
    onnxruntime = None


class Engine:
    """One network; safe between threads."""

    def __init__(self, file: Path, threads: int = 1) -> None:
        self._file = file
        self._threads = threads
        self._lock = threading.Lock()
        self._session: Any = None

    @property
    def is_there(self) -> bool:
        """Whether the network can be opened."""
        return onnxruntime is not None and self._file.exists()

    def run(self, given: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The first output for the only input."""
        session = self._opened()
        found: npt.NDArray[np.float32] = session.run(None, {session.get_inputs()[0].name: given})[0]
        return found

    def noted(self, name: str) -> str:
        """A text that is kept in the file."""
        return str(self._opened().get_modelmeta().custom_metadata_map.get(name, ""))

    def _opened(self) -> Any:
        with self._lock:
            if self._session is None:
                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads = self._threads
                options.inter_op_num_threads = 1
                options.add_session_config_entry("session.intra_op.allow_spinning", "0")
                self._session = onnxruntime.InferenceSession(
                    self._file, options, providers=["CPUExecutionProvider"]
                )
            return self._session
