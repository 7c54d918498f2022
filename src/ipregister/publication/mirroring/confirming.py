"""Confirmations: a mirror says, signed with its own key, that it withheld what the publisher withheld.

They stand in one file of the mirror, which it gives out beside its publications; the publisher reads them there.
"""

from pathlib import Path

import msgspec
from msgspec import Struct

from ipregister.model.errors import Unproven
from ipregister.publication.files import write_whole
from ipregister.publication.keys import Signer, public_key
from ipregister.publication.log.entries import Entry

FILE = "confirmations.json"
KIND = "confirmation"
"""The kind of its signature."""
_encoder = msgspec.json.Encoder(order="sorted")


class Confirmation(Struct, frozen=True, forbid_unknown_fields=True):
    """What was withheld, as the publisher's log tells it without its change number; the publisher's key; how many
    versions and kept files were emptied here, and on which day (UTC)."""

    withdrawal: Entry
    publisher: str
    versions: int
    kept_files: int
    day: str

    def content(self) -> bytes:
        """The bytes that are signed."""
        return _encoder.encode(self)


class SignedConfirmation(Struct, frozen=True, forbid_unknown_fields=True):
    """The same with the mirror's public key and signature."""

    confirmation: Confirmation
    key: str
    signature: str


def what(entry: Entry) -> Entry:
    """A withdrawal without its change number, which a mirror may learn later."""
    return msgspec.structs.replace(entry, change=0)


def confirmations(data: Path) -> list[SignedConfirmation]:
    """The confirmations of an installation."""
    try:
        return read((data / FILE).read_bytes())
    except FileNotFoundError:
        return []


def confirm(data: Path, confirmation: Confirmation, signer: Signer) -> None:
    """Add a confirmation, once."""
    known = confirmations(data)
    said = (confirmation.withdrawal, confirmation.publisher)
    if said in {(one.confirmation.withdrawal, one.confirmation.publisher) for one in known}:
        return
    signature = signer.sign(KIND, confirmation.content())
    known.append(SignedConfirmation(confirmation, signer.public.text, signature))
    write_whole(data / FILE, msgspec.json.format(_encoder.encode(known), indent=1) + b"\n")


def read(content: bytes) -> list[SignedConfirmation]:
    """Confirmations, each checked. Raises `Unproven`."""
    try:
        found = msgspec.json.decode(content, type=list[SignedConfirmation])
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Unproven(f"are no confirmations: {error}") from error
    for one in found:
        if not public_key(one.key).holds(KIND, one.confirmation.content(), one.signature):
            raise Unproven("holds a confirmation that is not signed", place=one.confirmation.withdrawal.key)
    return found
