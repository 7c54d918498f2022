"""All hits of a search, however many, as lines or a file."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ipregister.commands.writing import beside
from ipregister.model.errors import UsageError
from ipregister.portal.exports.walking import walk
from ipregister.portal.exports.writing import FORMS, Form, workbook
from ipregister.portal.site import Site
from ipregister.publication.release import Release

LANGUAGE = "en"


def found_as_file(site: Site, query: str, name: str, output: Path | None) -> None:
    """Write the hits of a query, flat in memory; a file is written whole or not at all. Raises `UsageError`."""
    form = FORMS.get(name)
    if form is None:
        raise UsageError(f"no format {name!r}", remedy=f"use one of {', '.join(FORMS)}")
    if output is None:
        if form.name == "xlsx":
            raise UsageError("xlsx is written to a file", remedy="-o FILE.xlsx")
        for text in _texts(site, query, form):
            sys.stdout.write(text)
        return
    with beside(output) as part, tempfile.TemporaryDirectory(dir=part.parent) as scratch:
        lines = Path(scratch) / "lines"
        with lines.open("w", encoding="utf-8", newline="") as file:
            file.writelines(_texts(site, query, form))
        if form.name == "xlsx":
            workbook(lines, part)
        else:
            lines.replace(part)


def _texts(site: Site, query: str, form: Form) -> Iterator[str]:
    yield form.heading
    release = Release.load(site.data)
    for page in walk(site, query, {}, release=None):
        for side in page.sides:
            yield form.line(side, LANGUAGE, release.terms(side.office.code, side.plain["right"]))
