"""Letters that reading replaced by U+FFFD, told apart from those that were lost before delivery."""

import re
from collections.abc import Collection, Iterable, Sequence

from msgspec.structs import replace

from ipregister.model.finding import Finding
from ipregister.quality.checks.texts import LOST

REPLACED = "replaced-on-reading"
"""Finding code: signs of the file that are no letters were replaced; the rules' own finding says that the office sent it so."""
_REPLACING = ("byte", "control")
"""Repairs of a slice that put U+FFFD."""
_PLACE = re.compile("[^\ufffd]{0,3}\ufffd+[^\ufffd]{0,3}")


def replaced_in(found: Sequence[Finding], repairs: Sequence[str], raw: bytes) -> set[str]:
    """The paths of values whose lost letters reading has replaced: the slice as it was delivered has no U+FFFD between the
    letters that they stand between."""
    if not any(code.partition(":")[0] in _REPLACING for code in repairs):
        return set()
    lost = (one for one in found if one.code == LOST.code)
    return {one.path for one in lost if any(part.encode() not in raw for part in _PLACE.findall(one.value))}


def told(found: Iterable[Finding], paths: Collection[str]) -> list[Finding]:
    """The findings, those on lost letters at these paths as replaced on reading."""
    return [
        replace(one, code=REPLACED) if one.code == LOST.code and one.path in paths else one for one in found
    ]


def paths_of(found: Iterable[Finding]) -> set[str]:
    """The paths of values that were told as replaced on reading."""
    return {one.path for one in found if one.code == REPLACED}
