"""What of a version goes out, and what the log says of it. Runs in worker processes: no database, no clock."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from ipregister.model import offices
from ipregister.model.offices import Office
from ipregister.model.publicity import PUBLIC, opening_after
from ipregister.publication.keys import Salts, commitment
from ipregister.publication.log.entries import Entry, Kind
from ipregister.publication.release import Release, Terms
from ipregister.publication.released import Released, side_of
from ipregister.store.causes import WITHHOLDING
from ipregister.store.packed import Outgoing
from ipregister.store.upcast import decode, ruling

PROJECTION = 1
"""Number of the way in which a record is made into its released side; a greater one means: look at all again."""


class Rules(Struct, frozen=True):
    """What decides on what goes out: switches, salts, the day of each office's data, its folder of office facts."""

    release: Release
    salts: Salts
    days: dict[str, str]
    folder: Path

    @property
    def digest(self) -> str:
        """SHA-256 over switches and publicity of all offices: when it changes, other things may go out."""
        facts = {code: offices.office(code) for code in offices.codes()}
        told = {code: (one.publicity, one.publicity_groups) for code, one in facts.items()}
        said = (PROJECTION, self.release.digest, told)
        return hashlib.sha256(msgspec.json.encode(said, order="sorted")).hexdigest()


class Examined(Struct, frozen=True, gc=False):
    """What the log is to say of a version; `opens`: the next day on which more of the record becomes public."""

    key: str
    number: int
    change: int
    part: str
    kind: Kind
    hash: str
    current: bool
    opens: str

    def entry(self) -> Entry:
        """The leaf."""
        return Entry(self.kind, self.key, self.number, self.change, self.hash)


class Examiner:
    """Examines versions under rules. Terms and facts are looked up once."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._known: dict[tuple[str, str], tuple[Office | None, Terms, dt.date]] = {}
        offices.use_folder(rules.folder)

    def known(self, office: str, right: str) -> tuple[Office | None, Terms, dt.date]:
        """Facts, terms and day of an office and right."""
        found = self._known.get((office, right))
        if found is None:
            facts = offices.office(office) if office in offices.codes() else None
            day = dt.date.fromisoformat(self.rules.days.get(office, "0001-01-01"))
            found = self._known[office, right] = facts, self.rules.release.terms(office, right), day
        return found

    def side(self, version: Outgoing) -> Released | None:
        """What of a version goes out; None where nothing does."""
        facts, terms, day = self.known(version.office, version.right)
        if facts is None or not terms.logged or version.deleted or version.cause == WITHHOLDING:
            return None
        return side_of(decode(version.body, version.schema), facts, day, terms, *ruling(version))

    def examine(self, versions: Sequence[Outgoing]) -> list[Examined]:
        """What the log is to say of versions."""
        return [self._one(version) for version in versions]

    def _one(self, version: Outgoing) -> Examined:
        facts, terms, day = self.known(version.office, version.right)
        kind: Kind = "deleted" if version.deleted else "closed"
        hash = opens = ""
        if facts is not None and terms.logged and not version.deleted and version.cause != WITHHOLDING:
            record = decode(version.body, version.schema)
            side = side_of(record, facts, day, terms, *ruling(version))
            if side is not None:
                kind, hash = "record", self.commit(version, side).hex()
            rules = facts.publicity.get(version.right)
            if version.current and rules is not None and rules.record != PUBLIC:
                opens = opening_after(record, facts, day)
        return Examined(version.key, version.number, version.change, f"{version.office}-{version.right}", kind,
                        hash, version.current, opens)  # fmt: skip

    def commit(self, version: Outgoing, side: Released) -> bytes:
        """The salted hash of what goes out."""
        return commitment(self.rules.salts.salt(version.key, version.number), side.body)


def examine(examiner: Examiner, versions: Sequence[Outgoing]) -> list[Examined]:
    """What an examiner says of versions: what worker processes run."""
    return examiner.examine(versions)
