"""Taking over what another node publishes: publications, and between them the changes of its feed."""

import datetime as dt
import hashlib
import shutil
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import msgspec
from msgspec import Struct

from ipregister.capture.naming import latest_day
from ipregister.commands.doubting import foreign, held_against
from ipregister.commands.following import abreast, follow, processes_for, reading_ahead
from ipregister.commands.forgetting import forget
from ipregister.commands.printing import progress
from ipregister.intake import loading
from ipregister.model.errors import RegisterError, UnreadableInput
from ipregister.model.finding import Finding
from ipregister.model.offices import codes, office
from ipregister.model.record import Record
from ipregister.publication.bulk.images import ENDINGS
from ipregister.publication.bulk.lines import Line
from ipregister.publication.bulk.manifest import MANIFEST, Manifest, office_of
from ipregister.publication.keys import commitment, signer
from ipregister.publication.log.entries import Entry
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.mirroring import deliveries
from ipregister.publication.mirroring.confirming import Confirmation, confirm, confirmations, what
from ipregister.publication.mirroring.copying import Origin
from ipregister.publication.mirroring.ended import ended_of, ends, living
from ipregister.publication.mirroring.federation import Sources
from ipregister.publication.mirroring.feed import Feed, FeedPage, fetch_images
from ipregister.publication.mirroring.proving import copy_log, keep_head, prove_lines
from ipregister.publication.mirroring.standing import Compared, check_roots, compare, records_of, said_last
from ipregister.publication.withholding.planned import Order
from ipregister.publication.withholding.withholding import withhold
from ipregister.store.register import Register
from ipregister.store.rows import NewDelivery
from ipregister.store.upcast import decode
from ipregister.web.options import Options

_SHOWN, _NAMED = 100, 5
"""So many findings of one kind are noted one by one (the last tells how many there are in all), and so many records named."""


class Taken(Struct, frozen=True):
    """What was taken over: a publication (`compared`), or changes of the feed up to a number; the findings; the keys of
    the records of which content was withheld here by it."""

    name: str
    compared: Compared | None = None
    changes: int = 0
    until: int = 0
    findings: tuple[Finding, ...] = ()
    withdrawn: tuple[str, ...] = ()


class Taker:
    """Takes over from one publisher. `only`: one office alone; `own`: the publisher is the node of that office, and
    speaks for no other. `processes`: how many work at it; 0 = by the number of records."""

    def __init__(
        self, register: Register, options: Options, origin: Origin, only: str = "", own: str = "",
        processes: int = 0,
    ) -> None:  # fmt: skip
        self.register, self.options, self.origin = register, options, origin
        self._processes, self.took = processes, False
        self.feed, self.sources = Feed(origin.folder), Sources(options.data)
        self._only = own or only
        self._own = own

    def publication(self, name: str) -> Taken:
        """Take one publication over: copy, prove, hold the feed against it, withhold, load, compare.

        It withholds first, so that no deletion that is loaded holds again what was withheld."""
        origin, register, self.took = self.origin, self.register, True
        manifest = origin.fetch(name)
        folder, work = origin.folder / name, origin.folder / f".work-{name}"
        processes = processes_for(
            sum(sum(kinds.values()) for kinds in manifest.counts.values()), self._processes
        )
        with closing(Ledger(origin.folder)) as ledger:
            copy_log(ledger, manifest, folder)
            prove_lines(ledger, self.feed, manifest, folder, processes)
            findings = list(held_against(register, origin, self.feed, ledger, manifest))
            offices = self._offices(manifest.offices.union(office_of(part) for part in ledger.parts()))
            findings += foreign(register, self.sources, origin, self._own, manifest, offices)
            entries = [entry for number, entry in ledger.withdrawals()
                       if manifest.since.size <= number < manifest.tree.size]  # fmt: skip
            withdrawn = tuple(self._withhold(ledger, entries))
            passed = self._never_here(entries)
            self._load(deliveries.make(manifest, folder, work, self._present, offices, processes), processes)
            self._confirm_passed(ledger, passed)
            ahead = frozenset(one.key for one in self.feed.pending() if one.change > manifest.changes[1])
            about = deliveries.About(f"{name}-ended", manifest.key, manifest.days, manifest.day)
            gone = [one.key for one in living(register, ended_of(ledger, offices), ahead)]
            self._end(gone, offices, about, work)
            follow(self.options, register)
            compared = compare(
                register, ledger, manifest, records_of(manifest, folder, offices), ahead, offices
            )
            if compared.mended:
                follow(self.options, register)
            check_roots(compared, manifest)
            keep_head(ledger, origin.index)
        self._note(manifest, findings)
        self.feed.settled(manifest.changes[1])
        origin.note_differing((*origin.differing(), *compared.keys))
        origin.done(name)
        shutil.rmtree(work, ignore_errors=True)
        return Taken(name, compared, until=manifest.changes[1], findings=tuple(findings), withdrawn=withdrawn)

    def again(self) -> Taken | None:
        """Look again at the records that differed before: what the last publication that has one says of it is loaded
        once more. None where none differed. Raises `UnreadableInput` where that cannot be had any more."""
        wanted = frozenset(self.origin.differing())
        if not wanted:
            return None
        lines, last = self._said_last(wanted), self.origin.last()
        self.took, name = True, f"again-{self.register.last_change()}"
        work, about = (
            self.origin.folder / f".work-{name}",
            deliveries.About(name, last.key, last.days, last.day),
        )
        self._load(deliveries.make_of(lines, about, work, self._present, {}))
        ahead = frozenset(one.key for one in self.feed.pending())
        with closing(Ledger(self.origin.folder)) as ledger:
            offices = self._offices(office_of(part) for part in ledger.parts())
            gone = {one.key for one in living(self.register, ended_of(ledger, offices), ahead)}
            self._end(
                sorted(gone & wanted), offices, msgspec.structs.replace(about, name=f"{name}-ended"), work
            )
            compared = compare(self.register, ledger, last, lines, ahead, offices)
        follow(self.options, self.register)
        self.origin.note_differing((*compared.keys, *(wanted & ahead)))
        shutil.rmtree(work, ignore_errors=True)
        return Taken(name, compared, until=last.changes[1])

    def _said_last(self, wanted: frozenset[str]) -> list[Line]:
        try:
            return list(said_last(self.origin, wanted))
        except RegisterError as error:
            shown = ", ".join(sorted(wanted)[:_NAMED])
            raise UnreadableInput(
                f"{len(wanted)} records here differ from what was published ({shown}), and cannot be taken again: {error}",
                place=self.origin.source.place,
                remedy="run it again when the publisher gives them; else begin in a fresh folder",
            ) from error

    def unchanged(self) -> Taken:
        """How far this mirror is. Raises `Damaged` where its log is not that of the last publication."""
        position = max(self.feed.position(), self.origin.reached())
        if not self.origin.state.loaded:
            return Taken("", until=position)
        last = self.origin.last()
        with closing(Ledger(self.origin.folder)) as ledger:
            compared = compare(self.register, ledger, last, ())
        check_roots(compared, last)
        return Taken(last.name, msgspec.structs.replace(compared, records=last.records), until=position)

    def changes(self) -> Taken | None:
        """Take the next page of the change feed over, where there is one; it is proved by the next publication."""
        position = max(self.feed.position(), self.origin.reached())
        page = self.feed.page(self.origin.node, position) if self.origin.node and position else None
        if page is None:
            return None
        self.took, name = True, f"changes-{page.since}-{page.next}"
        work = self.origin.folder / f".work-{name}"
        with closing(Ledger(self.origin.folder)) as ledger:
            told = [one.withdrawal(self.origin.key) for one in page.changes]
            withdrawn = tuple(self._withhold(ledger, [entry for entry in told if entry is not None]))
        self._load(self._made(page, name, work))
        offices = self._offices({one.office for one in page.changes})
        self._end(page.closed, offices, deliveries.About(f"{name}-ended", self.origin.key.text, {}, ""), work)
        follow(self.options, self.register)
        self.feed.note(page)
        shutil.rmtree(work, ignore_errors=True)
        return Taken(name, changes=len(page.changes), until=page.next, withdrawn=withdrawn)

    # -- loading

    def _present(self, key: str) -> Record | None:
        found = self.register.current_bodies([key])
        return decode(found[0].body, found[0].schema) if found else None

    def _offices(self, named: Iterable[str]) -> frozenset[str]:
        """The offices that are taken from this publisher."""
        wanted = [code for code in sorted(set(named)) if code in codes() and self._only in ("", code)]
        return frozenset(code for code in wanted if self.sources.bind(code, self.origin.id))

    def _made(self, page: FeedPage, name: str, work: Path) -> list[deliveries.Made]:
        offices = self._offices({one.office for one in page.changes})
        limit = latest_day().isoformat()
        chosen = [one for one in page.changes if one.office in offices and one.extracted[:10] <= limit
                  and not (one.kind == "withdrawal" and one.ground)]  # fmt: skip
        found = fetch_images(self.origin.node, self.origin.folder / "images", chosen)
        mimes = {image.sha256: image.type for one in chosen for image in one.images}
        pictures = {f"{sha256}.{ENDINGS.get(mimes[sha256], 'bin')}": path for sha256, path in found.items()}
        day = max((one.extracted for one in chosen), default="")
        about = deliveries.About(name, self.origin.key.text, {}, day)
        told = {one.key: one.record for one in chosen if bytes(one.record)}

        def present(key: str) -> Record | None:
            return self._present(key) or (decode(bytes(told[key])) if key in told else None)

        lines = deliveries.held_to(offices, (one.line() for one in chosen))
        return deliveries.make_of(lines, about, work, present, pictures)

    def _end(self, keys: Iterable[str], offices: frozenset[str], about: deliveries.About, work: Path) -> None:
        """Delete here what has ended there, behind all that stands."""
        lines = ends(self.register, keys, offices, about)
        self._load(deliveries.make_of(lines, about, work, self._present, {}))

    def _load(self, made: Iterable[deliveries.Made], processes: int = 1) -> None:
        scratch = Path(self.options.path("scratch"))
        with (
            reading_ahead(self.options, processes) as ahead,
            abreast(self.options, self.register) as follower,
        ):
            for one in made:
                with progress(one.path.name) as step:
                    result = loading.load(self.register, office(one.office), one.path, scratch=scratch, day=one.day,
                                          kind="delta", progress=step, follower=follower, ahead=ahead)  # fmt: skip
                self.register.reported(result.id)

    # -- withholding

    def _withhold(self, ledger: Ledger, entries: Iterable[Entry]) -> Iterable[str]:
        """Withhold here what the publisher withheld, on the same ground, and confirm it; the keys of the records."""
        confirmed = {one.confirmation.withdrawal for one in confirmations(self.options.data)}
        for entry in entries:
            if entry.kind != "withdrawal" or what(entry) in confirmed:
                continue
            version = self._version_of(ledger, entry)
            head = self.register.head(entry.key)
            if head is None or version is None or self.sources.of(head.office) != self.origin.id:
                continue
            order = Order(entry.key, entry.ground, entry.day, version, entry.field, entry.picture)
            done = withhold(
                self.register, self.options.data, order, waiting=lambda _seconds: None, followed=True
            )
            forget(self.options, self.register, done.keys, lambda _seconds: None)
            self._confirm(entry, done.versions, done.kept_files)
            yield entry.key

    def _never_here(self, entries: Iterable[Entry]) -> list[Entry]:
        """Withdrawals of records that never stood here: what is loaded of them comes without the content."""
        return [one for one in entries if one.kind == "withdrawal" and self.register.head(one.key) is None]

    def _confirm_passed(self, ledger: Ledger, passed: list[Entry]) -> None:
        """Confirm withdrawals of records that came without the content, or not at all, of offices that are taken from
        this publisher."""
        places = ledger.places([one.key for one in passed])
        for entry in passed:
            if self.sources.of(office_of(places.get(entry.key, ""))) == self.origin.id:
                self._confirm(entry, 0, 0)

    def _confirm(self, entry: Entry, versions: int, kept_files: int) -> None:
        day = dt.datetime.now(dt.UTC).date().isoformat()
        said = Confirmation(what(entry), self.origin.key.text, versions, kept_files, day)
        confirm(self.options.data, said, signer(self.options.data))

    def _version_of(self, ledger: Ledger, entry: Entry) -> int | None:
        """The number that the version of a withdrawal has here: it is known by its salted hash, since two nodes may
        count differently, or by what the feed told of it, before its salt came. 0 for the whole record, None where it
        is not here (or not to be told yet)."""
        if not entry.version:
            return 0
        told = {
            one.content for one in self.feed.pending() if (one.key, one.version) == (entry.key, entry.version)
        }
        numbers = [one.number for one in ledger.of_keys([entry.key])
                   if one.entry.kind == "record" and one.entry.hash == entry.hash] if ledger.exists else []  # fmt: skip
        salts = [salt for number in numbers if (salt := self.feed.salt(number)) is not None]
        for head in self.register.history(entry.key):
            version = self.register.get(entry.key, head.number)
            body = version.body if version else b""
            if any(commitment(salt, body).hex() == entry.hash for salt in salts):
                return head.number
            if body and hashlib.sha256(body).hexdigest() in told:
                return head.number
        return None

    # -- findings

    def _note(self, manifest: Manifest, findings: list[Finding]) -> None:
        """Note findings about a publication; the signed manifest is kept as what they are about."""
        if not findings:
            return
        path = self.origin.folder / manifest.name / MANIFEST
        digest = self.register.packs.keep(path)
        code = self._own or min(manifest.offices, default="")
        day = manifest.days.get(code, manifest.day)
        delivery = self.register.begin(
            NewDelivery(code, digest, f"{manifest.name} of {self.origin.source.place}", "delta", day, digest)
        )
        self.register.finish(delivery.id, findings=findings[:_SHOWN])
