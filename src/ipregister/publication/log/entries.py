"""What the leaves of the log are, and signed tree heads. All of it is public."""

from typing import Literal

import msgspec
from msgspec import Struct

from ipregister.model.errors import Unproven
from ipregister.publication.keys import PublicKey, Signer
from ipregister.publication.log.merkle import leaf_hash

Kind = Literal["record", "deleted", "closed", "withdrawal", "publication"]
_encoder = msgspec.json.Encoder(order="sorted")


class Entry(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """One leaf. Its bytes are sorted JSON without empty fields.

    `record`: a version as it was released; `hash` is the SHA-256 over its salt and its canonical bytes. `deleted`:
    the office deleted the record. `closed`: it is no longer released. `withdrawal`: content was withheld on a legal
    `ground` from a `day` on (`version` 0 = all; `field`, `picture` where only these). `publication`: `name` and
    SHA-256 of a manifest."""

    kind: Kind
    key: str = ""
    version: int = 0
    change: int = 0
    hash: str = ""
    name: str = ""
    field: str = ""
    picture: str = ""
    ground: str = ""
    day: str = ""

    def content(self) -> bytes:
        """The bytes that are hashed."""
        return _encoder.encode(self)

    def leaf(self) -> bytes:
        """The hash of the leaf."""
        return leaf_hash(self.content())


class Tree(Struct, frozen=True, forbid_unknown_fields=True):
    """A tree: its number of leaves and its root (64 hex digits)."""

    size: int
    root: str


class TreeHead(Struct, frozen=True, forbid_unknown_fields=True):
    """A tree with what it covers: changes of the register up to `change`, which was recorded at `moment` (UTC)."""

    size: int
    root: str
    change: int
    moment: str


class SignedHead(Struct, frozen=True, forbid_unknown_fields=True):
    """A signed tree head. `key` is the short name of the key."""

    head: TreeHead
    key: str
    signature: str

    def content(self) -> bytes:
        """How it is written."""
        return _encoder.encode(self) + b"\n"


HEAD, WITHDRAWAL = "tree head", "withdrawal"
"""The kinds of the signatures of heads and of withdrawals in the change feed."""


def sign_head(head: TreeHead, signer: Signer) -> SignedHead:
    """Sign a tree head."""
    return SignedHead(head, signer.public.id, signer.sign(HEAD, _encoder.encode(head)))


def check_head(signed: SignedHead, key: PublicKey) -> None:
    """Raises `Unproven` where a tree head is not signed with a key."""
    if not key.holds(HEAD, _encoder.encode(signed.head), signed.signature) or signed.key != key.id:
        raise Unproven("the tree head is not signed with this key", remedy="ask for the key of the publisher")
