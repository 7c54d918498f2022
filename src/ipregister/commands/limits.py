"""What a question of a verb is limited to, proved before anything is asked: offices, classes, scripts, Vienna codes."""

from collections.abc import Sequence

from ipregister.model import offices
from ipregister.model.errors import UsageError
from ipregister.model.mark import NICE_CLASSES
from ipregister.portal.picture_form import VIENNA_CODE
from ipregister.search.similarity.names import has_letters
from ipregister.search.similarity.romanise.script import SCRIPTS


def offices_named(codes: Sequence[str] | None) -> tuple[str, ...]:
    """The codes of offices in capitals. Raises `UsageError` for one that there is not."""
    found = tuple(code.upper() for code in codes or ())
    for code in found:
        offices.office(code)
    return found


def classes_named(classes: Sequence[int] | None) -> tuple[int, ...]:
    """The classes, each once, in order. Raises `UsageError`."""
    if any(number not in NICE_CLASSES for number in classes or ()):
        raise UsageError("classes are numbers from 1 to 45", remedy="give --class 1 to --class 45")
    return tuple(sorted(set(classes or ())))


def scripts_named(scripts: Sequence[str] | None) -> tuple[str, ...]:
    """The codes of scripts (ISO 15924). Raises `UsageError`."""
    if unknown := set(scripts or ()) - set(SCRIPTS):
        raise UsageError(f"no script {min(unknown)!r}", remedy=f"use one of {', '.join(SCRIPTS[1:])}")
    return tuple(scripts or ())


def vienna_named(codes: Sequence[str] | None) -> tuple[str, ...]:
    """Vienna codes. Raises `UsageError`."""
    for code in codes or ():
        if not VIENNA_CODE.fullmatch(code):
            raise UsageError(f"no Vienna code {code!r}", remedy="write it like 3, 3.9 or 3.9.1")
    return tuple(codes or ())


def checked_name(name: str) -> str:
    """A name with a letter or digit. Raises `UsageError` for one of signs alone."""
    if not has_letters(name):
        raise UsageError("the name has no letters", remedy="write the name after the verb")
    return name
