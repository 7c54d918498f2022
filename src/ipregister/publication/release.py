"""The release switches: what each office lets go, by right and channel, under which terms.

They stand in `release.toml` in the data folder, which the operator writes. Without it every record has its
page and nothing else. The most exact entry holds: office and right, office, right, all; of equals the later.
"""

import hashlib
import tomllib
from pathlib import Path
from typing import Literal, get_args

import msgspec
from msgspec import Struct

from ipregister.model.errors import UsageError
from ipregister.model.offices import codes, office
from ipregister.model.record import RIGHTS
from ipregister.publication.hiding import REMEDY, fault_of, with_designs

FILE = "release.toml"
ANY = "*"
Channel = Literal["page", "api", "bulk", "images", "addresses"]
"""`page`: pages for people. `api`: API, OAI-PMH, change feed. `bulk`: publications and their log. `images`: pictures
go out with `api` and `bulk`. `addresses`: addresses of parties go out with them."""
CHANNELS: tuple[Channel, ...] = get_args(Channel)

EVERYTHING = """\
# What the demonstration region releases: everything. All of it is invented.
# docs/how-to/release-data.md tells what can stand here.

[[release]]
channels = ["page", "api", "bulk", "images", "addresses"]
licence = "CC0-1.0"
attribution = "Demonstration region of ipregister: invented data"
source = "invented data: no office stands behind it"
image_licence = "CC0-1.0"
"""
"""The `release.toml` of the demonstration region."""


class Switch(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One entry of the file. `hidden` are fields that do not go out (`applicants/*/identifier`), nor are found there."""

    office: str = ANY
    right: str = ANY
    channels: tuple[Channel, ...] = ("page",)
    hidden: tuple[str, ...] = ()
    licence: str = ""
    attribution: str = ""
    source: str = ""
    image_licence: str = ""
    image_attribution: str = ""

    @property
    def exactness(self) -> tuple[bool, bool]:
        """The more exact of two entries is the greater."""
        return self.office != ANY, self.right != ANY


class Terms(Struct, frozen=True, kw_only=True):
    """On what terms the records of an office and right go out. `source` is the legal source of the release."""

    office: str
    right: str
    channels: frozenset[Channel] = frozenset({"page"})
    hidden: tuple[str, ...] = ()
    licence: str = ""
    attribution: str = ""
    source: str = ""
    image_licence: str = ""
    image_attribution: str = ""

    def allows(self, channel: Channel) -> bool:
        """Whether records go out by a channel."""
        return channel in self.channels

    @property
    def logged(self) -> bool:
        """Whether records go out to machines at all, and so stand in the log."""
        return self.allows("api") or self.allows("bulk")


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    unpublished_totals: tuple[str, ...] = ()
    release: tuple[Switch, ...] = ()


class Release(Struct, frozen=True):
    """All switches of an installation. `totals` are the offices that let the number of their unpublished records out."""

    switches: tuple[Switch, ...] = ()
    totals: frozenset[str] = frozenset()

    @classmethod
    def load(cls, data: Path) -> "Release":
        """The switches of a data folder; none where the operator wrote no file. Raises `UsageError`."""
        path = data / FILE
        try:
            text = path.read_text(encoding="utf-8")
            file = msgspec.convert(tomllib.loads(text), _File)
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError, msgspec.ValidationError) as error:
            raise UsageError(
                f"cannot be used: {error}", place=str(path), remedy="correct the file"
            ) from error
        for one in file.release:
            _check(one, path)
        for code in file.unpublished_totals:
            _check(Switch(office=code), path)
        switches = (
            msgspec.structs.replace(one, hidden=with_designs(one.hidden, one.right)) for one in file.release
        )
        return cls(tuple(switches), frozenset(file.unpublished_totals))

    def gives_total(self, office_code: str) -> bool:
        """Whether the number of an office's unpublished records, over all rights, goes out."""
        return bool(self.totals & {ANY, office_code})

    def terms(self, office_code: str, right: str) -> Terms:
        """The terms of an office and right. Licence and attribution are the office's own where no entry says any."""
        fit = [s for s in self.switches if s.office in (ANY, office_code) and s.right in (ANY, right)]
        if not fit:
            return Terms(office=office_code, right=right)
        best = max(fit, key=lambda switch: switch.exactness)
        best = [switch for switch in fit if switch.exactness == best.exactness][-1]
        notice = office(office_code).notice_on(right) if office_code in codes() else None
        return Terms(
            office=office_code,
            right=right,
            channels=frozenset(best.channels),
            hidden=best.hidden,
            licence=best.licence or (notice.licence if notice else ""),
            attribution=best.attribution or (notice.attribution if notice else ""),
            source=best.source,
            image_licence=best.image_licence,
            image_attribution=best.image_attribution,
        )

    @property
    def digest(self) -> str:
        """SHA-256 over the switches: it changes when what goes out may change."""
        return hashlib.sha256(msgspec.json.encode(self.switches, order="sorted")).hexdigest()


def _check(one: Switch, path: Path) -> None:
    if one.office != ANY and one.office not in codes():
        raise UsageError(
            f"no office {one.office!r}", place=str(path), remedy=f"use {ANY} or one of {', '.join(codes())}"
        )
    if one.right != ANY and one.right not in RIGHTS:
        raise UsageError(
            f"no right {one.right!r}", place=str(path), remedy=f"use {ANY} or one of {', '.join(RIGHTS)}"
        )

    for hidden in one.hidden:
        if fault := fault_of(hidden, one.right):
            raise UsageError(fault, place=str(path), remedy=REMEDY)


def release_all(data: Path) -> None:
    """Write switches that let everything go, where there are none yet: for the demonstration region."""
    path = data / FILE
    if not path.exists():
        beside = path.with_suffix(".new")
        beside.write_text(EVERYTHING, encoding="utf-8")
        beside.replace(path)
