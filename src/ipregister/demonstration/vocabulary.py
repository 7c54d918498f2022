"""The words of the demonstration: TOML files beside the code, read once."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(name: str) -> dict[str, Any]:
    """One vocabulary file, such as ``words("marks")``."""
    text = (files(__package__) / "words" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def office_words(office: str) -> dict[str, Any]:
    """The row of one office in ``offices.toml``."""
    row: dict[str, Any] = words("offices")[office]
    return row


@cache
def status_word(office: str, stage: str) -> str:
    """What the office writes for a stage of a mark's life."""
    tables = words("statuses")
    word: str = tables.get(office, {}).get(stage) or tables["other"][stage]
    return word


@cache
def feature_word(office: str, feature: str) -> str:
    """What the office writes for a feature (word, combined, sound)."""
    tables = words("features")["features"]
    word: str = tables.get(office, {}).get(feature) or tables["other"][feature]
    return word


def offices() -> list[str]:
    """The offices of the region, in the order of their codes."""
    return sorted(words("offices"))
