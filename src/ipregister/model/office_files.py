"""The files of offices read and checked: a mistake in one is told with its place, since operators write them, too."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import msgspec

from ipregister.model import codelists
from ipregister.model.digits import bare_number
from ipregister.model.errors import UsageError

Facts = TypeVar("Facts")
_REMEDY = "correct the file; docs/how-to/add-an-office.md says what stands where"


def read(file: Traversable) -> dict[str, Any]:
    """The facts of a file as they stand. Raises `UsageError` for what is no TOML, with the line."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"is no TOML: {error}", place=str(file), remedy=_REMEDY) from error


@cache
def shared(name: str) -> dict[str, Any]:
    """What a file of `offices/shared/` says; offices take it over, none changes it."""
    path = resources.files("ipregister.model") / "offices" / "shared" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """The facts of two files, table by table; those of the second stand over those of the first."""
    out = {**base, **over}
    for name in base.keys() & over.keys():
        if isinstance(base[name], dict):
            out[name] = merged(base[name], over[name])
    return out


def typed(facts: Mapping[str, Any], kind: type[Facts], place: str) -> Facts:
    """The facts as their type. Raises `UsageError` for a wrong value, and for a state that is none."""
    try:
        made = msgspec.convert(facts, kind)
    except msgspec.ValidationError as error:
        raise UsageError(f"is no file of an office: {error}", place=place, remedy=_REMEDY) from error
    known = codelists.codes("states")
    wrong = {word: state for word, state in facts.get("statuses", {}).items() if state not in known}
    if wrong:
        told = ", ".join(f"{word!r} = {state!r}" for word, state in wrong.items())
        raise UsageError(
            f"[statuses]: no such state: {told}", place=place, remedy=f"use one of {', '.join(sorted(known))}"
        )
    return made


def require_sound(series: str, pattern: str, examples: Sequence[str], place: str) -> None:
    """Raises `UsageError` for a pattern of numbers that is none, or that one of its own examples does not match."""
    try:
        written = re.compile(pattern, re.ASCII)
    except re.error as error:
        raise UsageError(
            f"[[series]] {series!r}: the pattern is none: {error}", place=place, remedy=_REMEDY
        ) from error
    for example in examples:
        if written.fullmatch(bare_number(example)) is None:
            raise UsageError(
                f"[[series]] {series!r}: the example {example!r} is compared as {bare_number(example)!r}, which the pattern "
                "does not match",
                place=place,
                remedy="numbers are compared in upper case, without blanks and in ASCII digits: leave the blanks out of the pattern",
            )
