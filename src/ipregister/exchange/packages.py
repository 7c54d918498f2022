"""Zip files with a document for each record: where a standard has no document of several."""

import zipfile
from collections.abc import Iterable
from pathlib import Path

_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of every member: the same records give the same bytes."""


def member(name: str) -> zipfile.ZipInfo:
    """The head of a member, the same on every machine and at every time."""
    head = zipfile.ZipInfo(name, _TIME)
    head.create_system, head.external_attr = 3, 0o644 << 16
    return head


def deflated(name: str) -> zipfile.ZipInfo:
    """The head of a member that is compressed."""
    head = member(name)
    head.compress_type = zipfile.ZIP_DEFLATED
    return head


def write_package(path: Path, documents: Iterable[tuple[str, str]]) -> int:
    """Write documents (name, text) into a zip file; how many."""
    count = 0
    with zipfile.ZipFile(path, "w") as made:
        for name, text in documents:
            made.writestr(deflated(name), text)
            count += 1
    return count
