"""The log follows the register: every released version, each deletion, and what opened or closed meanwhile.

Where it was cut off it goes on: leaves, what stands, and the change they reach to are written at once.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain, islice
from pathlib import Path

from msgspec import Struct

from ipregister.publication.keys import Salts, Signer, signer
from ipregister.publication.log.entries import Entry, SignedHead, TreeHead, sign_head
from ipregister.publication.log.examining import Examined, Examiner, Rules, examine
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.log.tables import Numbered
from ipregister.publication.release import Release
from ipregister.publication.working import Workers
from ipregister.store import notices, outgoing
from ipregister.store.packed import Outgoing
from ipregister.store.register import Register

Step = Callable[[int, int | None], None]
_PIECE, _BATCH, _MANY = 1000, 20, 5000
"""Versions examined at once; such pieces written at once; from so many versions on several processes work."""


class Followed(Struct, frozen=True):
    """Where the log stands after it followed: its signed head, the change it reaches to, the rules it was made by."""

    head: SignedHead
    change: int
    moment: str
    rules: Rules


def rules_of(register: Register, data: Path) -> Rules:
    """The rules of an installation as it is now. The day of an office is that of its data, or a later one on which the
    register told that something opened."""
    days = {code: day[:10] for code, day in register.freshness().items()}
    for code, day in notices.calendar_days(register.alias).items():
        days[code] = max(day, days.get(code, ""))
    return Rules(Release.load(data), Salts.of(data), days, data / "offices")


def follow(
    register: Register, data: Path, ledger: Ledger, *, processes: int = 2, progress: Step | None = None,
    again: Sequence[str] = (),
) -> Followed:  # fmt: skip
    """Bring the log up to the register, and sign its head. Called inside a snapshot of the register.

    Records whose keys are in `again` are looked at although the register noted no change of them. A log that begins has
    looked at all versions under the present rules: notices tell it nothing more."""
    ledger.make()
    rules, until = rules_of(register, data), register.last_change()
    position, digest = int(ledger.fact("change") or 0), rules.digest
    changed = bool(ledger.fact("rules")) and ledger.fact("rules") != digest
    many = until - position > _MANY or changed
    with closing(Workers(processes if many else 1, Examiner, rules, examine)) as workers:
        done = _follow_new(register, ledger, workers, until, progress)
        told = notices.keys_between(register.alias, position, until) if position else ()
        done = _follow_again(ledger, workers, chain(again, told), register, done, progress)
        if changed:
            done = _follow_again(ledger, workers, _all_keys(register), register, done, progress)
        elif position:
            opened = ledger.opened(max(rules.days.values(), default=""))
            _follow_again(ledger, workers, opened, register, done, progress)
    with ledger.writing():
        ledger.note("rules", digest)
    moment = outgoing.moment(register.alias, until)
    return Followed(signed_head(ledger, signer(data), until, moment), until, moment, rules)


def signed_head(ledger: Ledger, key: Signer, change: int, moment: str) -> SignedHead:
    """The head of the log as it is now, signed and kept."""
    tree = ledger.tree()
    latest = ledger.heads()
    if latest and latest[0].head.size == tree.size and latest[0].key == key.public.id:
        return latest[0]
    signed = sign_head(TreeHead(tree.size, tree.root, change, moment), key)
    with ledger.writing():
        ledger.keep_head(signed)
    return signed


Pool = Workers[Sequence[Outgoing], list[Examined]]


def _follow_new(register: Register, ledger: Ledger, workers: Pool, until: int, progress: Step | None) -> int:
    position = int(ledger.fact("change") or 0)
    results = workers.results(_pieces(register, position, until))
    done = 0
    while batch := list(islice(results, _BATCH)):
        found = [one for piece in batch for one in piece]
        with ledger.writing():
            _write(ledger, found)
            ledger.note("change", str(found[-1].change))
        done += len(found)
        if progress is not None:
            progress(done, None)
    if until > int(ledger.fact("change") or 0):
        with ledger.writing():
            ledger.note("change", str(until))
    return done


def _pieces(register: Register, position: int, until: int) -> Iterator[Sequence[Outgoing]]:
    while piece := outgoing.since(register.alias, position, until, _PIECE):
        yield piece
        position = piece[-1].change


def _write(ledger: Ledger, found: Sequence[Examined]) -> None:
    """Add leaves for versions that the log does not know."""
    gone = [one.key for one in found if one.current and one.kind != "record"]
    stood = set(ledger.standing(gone)) if gone else set()
    stood |= {one.key for one in found if one.kind == "record"}
    fresh = [one for one in found if one.kind == "record" or (one.current and one.key in stood)]
    _add(ledger, fresh)
    ledger.wait((one.key, one.opens) for one in found if one.current)


def _add(ledger: Ledger, fresh: Sequence[Examined]) -> None:
    first = ledger.append([one.entry() for one in fresh])
    ledger.stand((one.key, number, one.part) for number, one in enumerate(fresh, first) if one.current)


def _all_keys(register: Register) -> Iterator[str]:
    after = ""
    while keys := register.keys(after=after, limit=_PIECE):
        yield from keys
        after = keys[-1]


def _follow_again(
    ledger: Ledger, workers: Pool, keys: Iterable[str], register: Register, done: int, progress: Step | None
) -> int:
    """Look at known records again: say what goes out otherwise than the log has it."""
    wanted = iter(keys)
    pieces = iter(lambda: list(islice(wanted, _PIECE)), [])
    for found in workers.results(outgoing.of_keys(register.alias, part) for part in pieces):
        with ledger.writing():
            _write_again(ledger, found)
        done += len(found)
        if progress is not None:
            progress(done, None)
    return done


def _write_again(ledger: Ledger, found: Sequence[Examined]) -> None:
    keys = list(dict.fromkeys(one.key for one in found))
    said: dict[tuple[str, int], str] = {}
    for known in ledger.of_keys(keys):
        if known.entry.kind == "record":
            said[known.entry.key, known.entry.version] = known.entry.hash
    standing = ledger.standing(keys)
    _add(ledger, [one for one in found if _is_news(one, said, standing.get(one.key))])
    ledger.wait((one.key, one.opens) for one in found if one.current)


def _is_news(one: Examined, said: dict[tuple[str, int], str], stands: Numbered | None) -> bool:
    entry = one.entry()
    known: Entry | None = stands.entry if stands else None
    if one.current:
        if one.kind == "record":
            return known != entry
        return known is not None and (
            known.kind == "record" or (one.kind, known.kind) == ("deleted", "closed")
        )
    return one.kind == "record" and said.get((one.key, one.number)) != entry.hash
