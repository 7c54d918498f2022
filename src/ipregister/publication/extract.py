"""A verified copy of published data: one version of a record as this register published it, with its proof.

It proves what this register published, not who owns what: it is no certificate.
"""

from pathlib import Path

import msgspec
from msgspec import Struct

from ipregister.model.canonical import SCHEMA
from ipregister.model.errors import NotFound, Unproven
from ipregister.model.offices import codes, office
from ipregister.publication.keys import PublicKey, Signer, commitment, signer
from ipregister.publication.log import merkle
from ipregister.publication.log.entries import Entry, SignedHead, check_head
from ipregister.publication.log.examining import Examiner
from ipregister.publication.log.following import rules_of
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.log.tables import Numbered
from ipregister.publication.release import Terms
from ipregister.store import outgoing
from ipregister.store.register import Register

TITLE = "verified copy of published data"
KIND = "copy"
"""The kind of its signature."""
FORMAT = 1
_encoder = msgspec.json.Encoder(order="sorted")


class Copy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A copy. `record` are the canonical bytes of what was published, `salt` the salt of their hash in the leaf
    `entry` with the number `leaf`; `path` leads from it to the root of the signed `head`.

    `extracted` and `confirmed`: since when and until when the office said so. `check` is where to ask whether it still
    stands."""

    format: int = FORMAT
    title: str = TITLE
    schema: int = SCHEMA
    office: str
    office_name: str
    notice: str
    extracted: str
    confirmed: str
    terms: Terms
    entry: Entry
    leaf: int
    salt: str
    path: tuple[str, ...]
    head: SignedHead
    check: str
    record: msgspec.Raw

    def content(self) -> bytes:
        """The bytes that are signed."""
        return _encoder.encode(self)


class SignedCopy(Struct, frozen=True, forbid_unknown_fields=True):
    """A copy with the public key and the signature over it."""

    copy: Copy
    key: str
    signature: str

    def content(self) -> bytes:
        """The file."""
        return _encoder.encode(self) + b"\n"


def name_of(number: int, entry: Entry) -> str:
    """The name under which a leaf is asked for: its number, and the beginning of its hash."""
    return f"{number}-{entry.leaf().hex()[:16]}"


def copy(
    register: Register, data: Path, key: str, version: int | None = None, address: str = ""
) -> SignedCopy:
    """A copy of a record's present version, or another. Raises `NotFound` for what is not published."""
    ledger = Ledger(data)
    if not ledger.exists:
        raise NotFound("nothing is published yet", remedy="run `ipregister publish`")
    try:
        return _copy(register, data, ledger, key, version, address)
    finally:
        ledger.close()


def _copy(
    register: Register, data: Path, ledger: Ledger, key: str, version: int | None, address: str
) -> SignedCopy:
    leaf, heads = _leaf(ledger, key, version), ledger.heads()
    rules = rules_of(register, data)
    examiner, found = Examiner(rules), outgoing.at_changes(register.alias, [leaf.entry.change])
    stored = found.get(leaf.entry.change)
    side = examiner.side(stored) if stored else None
    if stored is None or side is None or examiner.commit(stored, side).hex() != leaf.entry.hash:
        raise NotFound(f"{key} is not published as it is now", remedy="publish first: `ipregister publish`")
    if not heads or heads[0].head.size <= leaf.number:
        raise NotFound(
            f"{key} is not under a signed tree head yet", remedy="publish first: `ipregister publish`"
        )
    head = heads[0]
    facts = office(stored.office) if stored.office in codes() else None
    notice = facts.notice_on(stored.right) if facts else None
    made = Copy(
        office=stored.office,
        office_name=facts.name if facts else stored.office,
        notice=notice.text if notice else "",
        extracted=stored.extracted,
        confirmed=stored.confirmed,
        terms=rules.release.terms(stored.office, stored.right),
        entry=leaf.entry,
        leaf=leaf.number,
        salt=rules.salts.salt(stored.key, stored.number).hex(),
        path=tuple(one.hex() for one in merkle.inclusion(ledger.node, leaf.number, head.head.size)),
        head=head,
        check=f"{address.rstrip('/')}/verify/{name_of(leaf.number, leaf.entry)}",
        record=msgspec.Raw(side.body),
    )
    return _signed(made, signer(data, make=False))


def _signed(made: Copy, key: Signer) -> SignedCopy:
    return SignedCopy(made, key.public.text, key.sign(KIND, made.content()))


def _leaf(ledger: Ledger, key: str, version: int | None) -> Numbered:
    """The latest leaf of a version, or the one that tells the present state."""
    if version is None:
        standing = ledger.standing([key]).get(key)
        if standing is not None and standing.entry.kind == "record":
            return standing
        raise NotFound(f"no published record {key!r}")
    leaves = [
        one for one in ledger.of_keys([key]) if one.entry.kind == "record" and one.entry.version == version
    ]
    if not leaves:
        raise NotFound(f"no published version {version} of {key!r}")
    return leaves[-1]


def check_copy(content: bytes, key: PublicKey | None, place: str) -> SignedCopy:
    """The copy of a file, where all in it holds. Raises `Unproven` with what does not."""
    try:
        found = msgspec.json.decode(content, type=SignedCopy)
        signed_by = PublicKey(bytes.fromhex(found.key.removeprefix("ed25519:")))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Unproven(f"is no copy of published data: {error}", place=place,
                       remedy="name a copy as JSON, an offline edition, or a file of a publication that lies beside its "
                       "manifest.json; if it is one of these, take it again, whole") from error  # fmt: skip
    made = found.copy
    if found.content() != content:
        raise Unproven(
            "is not written as it was given out", place=place, remedy="take the file as it was downloaded"
        )
    if key is not None and key != signed_by:
        raise Unproven(
            f"is signed with another key ({signed_by.id})",
            place=place,
            remedy="ask the publisher for its key",
        )
    if not signed_by.holds(KIND, made.content(), found.signature):
        raise Unproven("is not what was signed", place=place, remedy="take another copy")
    if commitment(bytes.fromhex(made.salt), bytes(made.record)).hex() != made.entry.hash:
        raise Unproven("the record is not the one in the log", place=place)
    check_head(made.head, signed_by)
    path, root = [bytes.fromhex(one) for one in made.path], bytes.fromhex(made.head.head.root)
    if not merkle.is_included(made.entry.leaf(), made.leaf, made.head.head.size, path, root):
        raise Unproven("the leaf is not in the log", place=place)
    return found


State = str
"""`current`, `superseded` (a later version is published), `deleted` (by the office), `withdrawn` (withheld by law),
`closed` (no longer released)."""


def state_of(ledger: Ledger, name: str) -> tuple[State, Numbered]:
    """What became of a leaf since, and the leaf that tells the present state. Raises `NotFound` for no such leaf."""
    number, _, _ = name.partition("-")
    entry = ledger.entry(int(number)) if number.isdecimal() and len(number) < 16 and ledger.exists else None
    if entry is None or entry.kind != "record" or name_of(int(number), entry) != name:
        raise NotFound(f"no published version {name!r}", remedy="type the name as it stands on the copy")
    leaves = ledger.of_keys([entry.key])
    withheld = [one for one in leaves if one.entry.kind == "withdrawal" and one.entry.version in (0, entry.version)
                and one.number > int(number)]  # fmt: skip
    if withheld:
        return "withdrawn", withheld[-1]
    standing = ledger.standing([entry.key]).get(entry.key, leaves[-1])
    if standing.number == int(number):
        return "current", standing
    states = {"record": "superseded", "deleted": "deleted", "withdrawal": "withdrawn"}
    return states.get(standing.entry.kind, "closed"), standing
