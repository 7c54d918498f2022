"""What is handed to the register and what it hands back. Plain structs; no database in them."""

import datetime as dt

from msgspec import Struct

from ipregister.model.evidence import Origin
from ipregister.model.finding import Finding


class RawRef(Struct, frozen=True, gc=False):
    """Where a raw record lies: kept file (SHA-256), member inside it, offset and length in bytes."""

    blob: str
    member: str
    offset: int
    length: int


class StoredPlace(Struct, frozen=True, gc=False):
    """Where the raw record of a version lies inside its delivery; `number` is the latest reading of that state."""

    member: str
    offset: int
    length: int
    key: str
    number: int


class MediaRef(Struct, frozen=True, gc=False):
    """A picture or other file beside a record, inside the same kept file."""

    name: str
    member: str
    sha256: str
    mime: str
    width: int = 0
    height: int = 0


class Incoming(Struct, frozen=True):
    """One slice of a delivery, read and checked, on its way into the register.

    `quarantine` is a reason code where the slice must not enter. `cause` is empty where the register is to
    find it (first, legal-event, correction); `rereads` is the number of the version that is read anew.
    `content` is the hash of the body where it is made already; `part` what the slice is one document of
    (`joining`), empty for a state of its own; `rank` its place among the states of its extraction, empty where the hash of the
    body tells it (`closing`). `packed` are body and evidence as the register keeps them, if they are compressed already, and
    `evidence` may then be empty."""

    index: int
    key: str
    right: str
    office: str
    raw: RawRef
    body: bytes = b""
    evidence: dict[str, Origin] = {}
    findings: tuple[Finding, ...] = ()
    slice_repairs: tuple[str, ...] = ()
    spellings: tuple[tuple[str, str], ...] = ()
    media: tuple[MediaRef, ...] = ()
    deleted: bool = False
    cause: str = ""
    quarantine: str = ""
    detail: str = ""
    rereads: int = 0
    content: bytes = b""
    part: str = ""
    packed: tuple[bytes, bytes] | None = None
    rank: bytes = b""


class Counts(Struct, frozen=True):
    """What became of slices: taken in = stored + unchanged + quarantined."""

    taken: int = 0
    stored: int = 0
    unchanged: int = 0
    quarantined: int = 0
    findings: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.taken + other.taken, self.stored + other.stored, self.unchanged + other.unchanged,
                      self.quarantined + other.quarantined, self.findings + other.findings)  # fmt: skip


class NewDelivery(Struct, frozen=True):
    """A delivery as it was opened. `container` is the SHA-256 of the file kept in the packs; `dated`: the office or
    the operator says when it was extracted, it is not guessed from the file."""

    office: str
    digest: str
    name: str
    kind: str
    extracted: str
    container: str
    declared: int | None = None
    dated: bool = True


class DeliveryHead(Struct, frozen=True):
    """A delivery in the register. `state`: loading, or done."""

    id: int
    office: str
    digest: str
    name: str
    kind: str
    extracted: str
    container: str
    declared: int | None
    received_at: dt.datetime
    finished_at: dt.datetime | None
    reported: bool
    next_index: int
    counts: Counts

    @property
    def state(self) -> str:
        """`loading` until the last slice is in, then `done`."""
        return "done" if self.finished_at else "loading"


class Head(Struct, frozen=True):
    """The current state of a record, without its content."""

    key: str
    office: str
    right: str
    change: int
    versions: int
    extracted: str
    confirmed: str
    content_hash: str
    deleted: bool


class VersionHead(Struct, frozen=True, kw_only=True):
    """One version of a record, without its content. `current` where it is the record's present state."""

    key: str
    number: int
    change: int
    office: str
    right: str
    delivery: DeliveryHead
    cause: str
    extracted: str
    confirmed: str
    recorded_at: dt.datetime
    schema: int
    content_hash: str
    rereads: int
    deleted: bool
    current: bool
    raw: RawRef


class Present(Struct, frozen=True, gc=False):
    """The content of a record's current version: canonical bytes, and the schema they were stored under; `moved` is that
    of the record under its present number, where its office corrected it."""

    schema: int
    body: bytes
    moved: "Present | None" = None


class Version(VersionHead, frozen=True, kw_only=True):
    """One version with its content. Evidence and findings are filled where they were asked for. `present` is what it is
    judged by too: the current version, and the record under its present number (`store.former`)."""

    body: bytes
    present: Present | None = None
    evidence: dict[str, Origin] = {}
    findings: tuple[Finding, ...] = ()
    slice_repairs: tuple[str, ...] = ()
    media: tuple[MediaRef, ...] = ()
    media_blob: str = ""


class CurrentBody(Struct, frozen=True, gc=False):
    """The canonical JSON of a record's current version. `day` is the last day on which the office said so.

    `withheld`: by law, all of it but the numbers: no list tells of it, and no state is made of what is left. `present`:
    what a deleted one is judged by too (`Version`)."""

    key: str
    change: int
    office: str
    schema: int
    deleted: bool
    day: str
    body: bytes
    withheld: bool = False
    present: Present | None = None

    @property
    def is_there(self) -> bool:
        """Whether lists may tell of it: neither deleted nor withheld."""
        return not (self.deleted or self.withheld)


class Listed(CurrentBody, frozen=True, gc=False):
    """The same with the pictures of the version: what a list shows of a record."""

    media: tuple[MediaRef, ...] = ()


class Change(Struct, frozen=True, gc=False):
    """One line of the ordered list of changes; number order is commit order.

    `notice`: its kind where it is no version but a notice about a record (`store.notices`)."""

    number: int
    key: str
    version: int
    office: str
    right: str
    tombstone: bool
    cause: str
    notice: str = ""


class NewNotice(Struct, frozen=True, gc=False):
    """A notice on its way in: what is told of a record, since which day. `detail` is sorted JSON."""

    key: str
    office: str
    right: str
    kind: str
    day: str
    number: int = 0
    detail: str = ""


class StoredNotice(Struct, frozen=True, gc=False):
    """A notice with its change number."""

    change: int
    key: str
    number: int
    office: str
    right: str
    kind: str
    day: str
    detail: str
    recorded_at: dt.datetime


class Match(Struct, frozen=True):
    """One record that a typed number may mean. `kind` tells which number of the record it is."""

    key: str
    office: str
    right: str
    kind: str
    form: str
    deleted: bool = False


class StoredFinding(Struct, frozen=True):
    """A finding with its place in the register."""

    id: int
    delivery: str
    office: str
    key: str
    number: int
    slice_index: int
    finding: Finding


class Quarantined(Struct, frozen=True):
    """A slice in quarantine."""

    id: int
    delivery: str
    office: str
    slice_index: int
    right: str
    key: str
    reason: str
    detail: str
    raw: RawRef
    state: str
    recorded_at: dt.datetime
    body: bytes = b""


class StoredMedia(Struct, frozen=True):
    """A picture's place: the kept file and the member in it; `key` is a record that shows it."""

    key: str
    sha256: str
    mime: str
    width: int
    height: int
    name: str
    raw: RawRef
