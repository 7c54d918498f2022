"""Answers that only the holder of a link can read: neither the office's staff nor who copies the disk.

Each answer is encrypted with a key that stands in its link alone; the file's name is a hash of the link. Answers are
deleted `KEPT_DAYS` after they were made.
"""

import datetime as dt
import hashlib
import os
import re
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

KEPT_DAYS = 7
_LINK = re.compile(r"[A-Za-z0-9_-]{43}=", re.ASCII)
_SEALED = ".sealed"


def new_link() -> str:
    """A new link: a random key."""
    return Fernet.generate_key().decode("ascii")


def is_link(text: str) -> bool:
    """Whether a text has the form of a link."""
    return _LINK.fullmatch(text) is not None


def number_of(link: str) -> str:
    """The number under which what belongs to a link is kept; the link cannot be made from it."""
    return hashlib.sha256(link.encode("ascii")).hexdigest()[:40]


class SealedAnswers:
    """The folder of answers. Made when the first answer is kept; only its owner may look into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, link: str, content: bytes, kind: str = _SEALED) -> None:
        """Keep an answer, or what there is of it so far (another `kind`), under a link, in one step."""
        write_private(self.folder / f"{number_of(link)}{kind}", Fernet(link).encrypt(content))

    def read(self, link: str, kind: str = _SEALED) -> bytes | None:
        """The answer of a link; None where there is none (any more)."""
        if not is_link(link):
            return None
        try:
            return Fernet(link).decrypt((self.folder / f"{number_of(link)}{kind}").read_bytes())
        except (FileNotFoundError, InvalidToken):
            return None

    def forget(self, link: str) -> None:
        """Delete all that belongs to a link."""
        if is_link(link):
            for file in self.folder.glob(f"{number_of(link)}.*"):
                file.unlink(missing_ok=True)

    def sweep(self, now: dt.datetime) -> int:
        """Delete what is too old, of whatever kind; how many files."""
        oldest = now.timestamp() - KEPT_DAYS * 86_400
        old = [file for file in self.folder.glob("*") if file.is_file() and file.stat().st_mtime < oldest]
        for file in old:
            file.unlink(missing_ok=True)
        return len(old)


def write_private(file: Path, content: bytes) -> None:
    """Write a file that only its owner may read, in one step."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    scratch = file.with_suffix(f".{os.getpid()}-{os.urandom(4).hex()}.new")
    handle = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    scratch.replace(file)
