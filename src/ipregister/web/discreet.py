"""Crash reports that tell where a request failed and not what was asked: the text of an error may hold a search."""

import logging
import traceback
from types import TracebackType

Error = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class DiscreetFormatter(logging.Formatter):
    """Writes of an error its place and its kind, and of the errors that led to it the same; never their texts."""

    def formatException(self, ei: Error) -> str:
        """The stack of an error and the kinds of the whole chain."""
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__, limit=-12)
            lines += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
            lines.append(f"{type(error).__module__}.{type(error).__qualname__} (its text is not logged)")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)
