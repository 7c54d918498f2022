"""What is wrong with what a publisher gave: a feed that the log does not bear out, offices that are not his."""

import datetime as dt
from collections.abc import Iterable

from ipregister.intake.findings import (
    FEED_OTHER_RULES,
    FEED_SILENT,
    FEED_UNPROVED,
    FOREIGN_OFFICE,
    SOURCE_CONFLICT,
)
from ipregister.model.finding import Finding
from ipregister.model.record import Record
from ipregister.publication.bulk.manifest import Manifest
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.mirroring.copying import Origin
from ipregister.publication.mirroring.federation import Sources, contradictions
from ipregister.publication.mirroring.feed import Feed
from ipregister.publication.mirroring.settling import silences, unproved
from ipregister.store import retracting
from ipregister.store.register import Register
from ipregister.store.upcast import decode


def held_against(
    register: Register, origin: Origin, feed: Feed, ledger: Ledger, manifest: Manifest
) -> Iterable[Finding]:
    """Hold what the feed told against the log; what the log has not is taken out again.

    Where the publisher's rules are not those of the publication before, the feed told by the old ones, and nobody
    can say any more whether it was right: that is a notice, and no fault."""
    pending = feed.pending(manifest.changes[1])
    position, folder = feed.position(), origin.folder / manifest.name
    changed = origin.rules_before(manifest) not in ("", manifest.rules)
    for one in unproved(pending, ledger, manifest, folder):
        retracting.retract(register.alias, one.key, one.content, dt.datetime.now(dt.UTC))
        told = {"change": str(one.change)}
        yield (Finding(FEED_OTHER_RULES, "notice", value=one.key, arguments=told) if changed
               else Finding(FEED_UNPROVED, "error", value=one.key, arguments=told))  # fmt: skip
    if position:
        for silent in silences(pending, ledger, manifest, position, origin.reached()):
            yield Finding(FEED_SILENT, "error", value=silent.key, arguments={"change": str(silent.change)})


def foreign(
    register: Register, sources: Sources, origin: Origin, own: str, manifest: Manifest, taken: frozenset[str]
) -> Iterable[Finding]:
    """What is given of offices that are taken from another publisher, or that this one does not speak for (`own`: it
    is the node of that office)."""

    def present(keys: list[str]) -> dict[str, Record]:
        return {one.key: decode(one.body, one.schema) for one in register.current_bodies(keys)}

    folder = origin.folder / manifest.name
    others = {code for code in manifest.offices - taken if own or sources.of(code) not in ("", origin.id)}
    amounts: dict[str, int] = {}
    for one in contradictions(manifest, folder, others, present):
        amounts[one.office] = amounts.get(one.office, 0) + 1
        if one.differs:
            yield Finding(SOURCE_CONFLICT, "error", value=one.key, arguments={"source": origin.source.place})
    for code, amount in sorted(amounts.items()):
        yield Finding(FOREIGN_OFFICE, "warning", value=code, arguments={"amount": str(amount)})
