"""Check the licence of every locked package: permissive, or one of the named separate packages.

python scripts/check_licences.py           exit 1 and a line for each package that may not be used
python scripts/check_licences.py --list    a table of all packages with their licences
"""

import argparse
import importlib.metadata
import re
import sys
from email.message import Message
from pathlib import Path
from typing import cast

ROOT = Path(__file__).resolve().parent.parent

PERMISSIVE = {
    "0BSD", "AFL-2.1", "Apache-2.0", "Apache", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "HPND", "ISC",
    "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "PSFL", "Python-2.0", "Unicode-3.0", "Unlicense", "Zlib",
}  # fmt: skip

SEPARATE = {
    "psycopg": ("LGPL-3.0-only", "the PostgreSQL driver; an extra, installed unmodified as its own package"),
    "psycopg-binary": ("LGPL-3.0-only", "the same with its C library"),
    "certifi": ("MPL-2.0", "test only: authorities that harvesting clients trust; unmodified"),
    "hypothesis": ("MPL-2.0", "test only; unmodified"),
    "pathspec": ("MPL-2.0", "build and lint only; unmodified"),
    "axe-playwright-python": ("MIT", "test only; carries axe-core, MPL-2.0, unmodified"),
}
"""Packages under a weak copyleft: used as unmodified separate packages, each with its reason."""

ELSEWHERE = {"colorama": "BSD-3-Clause", "httpx2-jsfetch": "BSD-3-Clause"}
"""Packages that are locked for other platforms than this one, read by hand."""

STATED = {
    "protobuf": "BSD-3-Clause",
    "resvg-py": "MIT",
    "django-stubs": "MIT",
    "django-stubs-ext": "MIT",
}
"""Packages whose metadata is unclear, read by hand in their licence files."""

CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "MIT No Attribution License (MIT-0)": "MIT-0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}


def locked() -> list[str]:
    """Names of all locked packages."""
    names = set()
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text(encoding="utf-8")
        names.update(re.findall(r"^([A-Za-z0-9][\w.-]*)==", text, re.MULTILINE))
    return sorted(names)


def licence(name: str) -> str:
    """The licence expression of an installed package as its metadata states it; empty where it does not."""
    metadata = cast(Message, importlib.metadata.metadata(name))
    expression = metadata.get("License-Expression")
    if expression:
        return str(expression)
    endings = [
        c.rsplit(" :: ", 1)[-1] for c in metadata.get_all("Classifier", []) if c.startswith("License ::")
    ]
    known = [CLASSIFIERS[ending] for ending in endings if ending in CLASSIFIERS]
    if known:
        return " OR ".join(known)
    text = str(metadata.get("License") or "").strip()
    return text if len(text) < 40 else ""


def permissive(expression: str) -> bool:
    """Whether a licence expression can be met by permissive licences alone."""
    choices = re.split(r"\s+OR\s+", expression.replace("(", " ").replace(")", " "))
    return any(
        all(
            part.strip().removesuffix(" License") in PERMISSIVE
            for part in re.split(r"\s+AND\s+|\s+WITH\s+", c)
        )
        for c in choices
    )


def judge(name: str) -> tuple[str, str]:
    """The licence of a package and what is wrong with it, or an empty text."""
    try:
        stated = STATED.get(name) or licence(name)
    except importlib.metadata.PackageNotFoundError:
        stated = ELSEWHERE.get(name, "")
        return stated, "" if permissive(stated) else "not installed here and not listed as read by hand"
    if name in SEPARATE:
        return f"{SEPARATE[name][0]} ({SEPARATE[name][1]})", ""
    if permissive(stated):
        return stated, ""
    return stated, f"licence {stated or 'not stated'!r} is not on the permissive list"


def main() -> int:
    """Judge every locked package."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--list", action="store_true", help="print the table")
    table = options.parse_args().list
    wrong = 0
    names = locked()
    for name in names:
        stated, trouble = judge(name)
        if trouble or table:
            sys.stdout.write(f"{name:28} {trouble or stated}\n")
        wrong += bool(trouble)
    sys.stdout.write(f"licences: {len(names)} locked packages, {wrong} that may not be used\n")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
