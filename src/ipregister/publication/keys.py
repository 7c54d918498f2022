"""Keys of the installation: Ed25519 (RFC 8032) for what it signs, and a secret from which salts are made.

`keys/NAME.key` is readable by its owner alone, `keys/NAME.pub` is for everybody; `salts.sha256` tells that there is a
secret. A public part without its private one (restored without keys) is an error, and never a reason for a new key.
What is signed is a kind, a line feed and the bytes, so that a signature for one purpose is none for another.
"""

import hashlib
import hmac
import os
import re
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Struct

from ipregister.model.errors import NotFound, UnreadableInput, UsageError

FOLDER = "keys"
NODE = "node"
"""Name of the key that an installation signs with."""
SALT_BYTES = 16
_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")


class PublicKey(Struct, frozen=True):
    """A public key; `raw` are its 32 bytes."""

    raw: bytes

    @property
    def id(self) -> str:
        """Its short name: the first 16 hex digits of the SHA-256 of its bytes."""
        return hashlib.sha256(self.raw).hexdigest()[:16]

    @property
    def text(self) -> str:
        """How it is written down: `ed25519:` and 64 hex digits."""
        return f"ed25519:{self.raw.hex()}"

    def holds(self, kind: str, content: bytes, signature: str) -> bool:
        """Whether a signature (128 hex digits) is of this key over a content."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(
                bytes.fromhex(signature), _signed(kind, content)
            )
        except (InvalidSignature, ValueError):
            return False
        return signature == signature.lower()


class Signer(Struct, frozen=True):
    """A private key with its public one."""

    private: Ed25519PrivateKey
    public: PublicKey

    def sign(self, kind: str, content: bytes) -> str:
        """The signature over a content, 128 hex digits; the same content always gives the same."""
        return self.private.sign(_signed(kind, content)).hex()


def _signed(kind: str, content: bytes) -> bytes:
    return f"ipregister {kind}\n".encode() + content


def signer(data: Path, name: str = NODE, *, make: bool = True) -> Signer:
    """The key of an installation; made at the first use. Raises `NotFound` where it is not to be made."""
    path = data / FOLDER / f"{name}.key"
    if not path.exists():
        if path.with_suffix(".pub").exists():
            raise NotFound(f"the private part of the key {name!r} is not here", place=str(path),
                           remedy="put the saved file back; or move the .pub away, and sign with a new key")  # fmt: skip
        if not make:
            raise NotFound(f"there is no key {name!r}", remedy="run `ipregister keys new`")
        new(data, name)
    try:
        private = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError) as error:
        raise UnreadableInput(
            "is no private key", place=str(path), remedy="put the saved key back"
        ) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise UnreadableInput("is no Ed25519 key", place=str(path), remedy="make one: `ipregister keys new`")
    return Signer(private, PublicKey(private.public_key().public_bytes_raw()))


def new(data: Path, name: str = NODE) -> PublicKey:
    """Make a key. Raises `UsageError` where there is one of that name: what it signed would lose its proof."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"no name for a key: {name!r}", remedy="use small letters, digits, hyphens")
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = PublicKey(private.public_key().public_bytes_raw())
    folder = data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    if not _write_new(folder / f"{name}.key", pem, 0o600):
        raise UsageError(
            f"there is a key {name!r} already", remedy="give another name, or move the old one away"
        )
    _write_new(folder / f"{name}.pub", f"{public.text}\n".encode(), 0o644)
    return public


def _write_new(path: Path, content: bytes, mode: int) -> bool:
    """Write a file that is not there yet, whole or not at all; False where it is there."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(beside, path)
    except FileExistsError:
        return False
    finally:
        beside.unlink()
    return True


def named(data: Path) -> dict[str, PublicKey]:
    """The public keys of an installation by name."""
    paths = sorted((data / FOLDER).glob("*.key"))
    return {path.stem: signer(data, path.stem).public for path in paths if path.stem != "salts"}


def public_key(text: str) -> PublicKey:
    """The key that a person gives: a file, or the text itself (`ed25519:` and hex digits, or PEM). Raises `UsageError`."""
    path = Path(text)
    written = (
        path.read_text(encoding="ascii", errors="replace") if len(text) < 4096 and path.is_file() else text
    )
    written = written.strip()
    if written.startswith("-----BEGIN"):
        try:
            loaded = serialization.load_pem_public_key(written.encode())
        except ValueError as error:
            raise UsageError("this is no public key", remedy="give a file with a public key") from error
        if isinstance(loaded, Ed25519PublicKey):
            return PublicKey(loaded.public_bytes_raw())
    found = re.fullmatch(r"(?:ed25519:)?([0-9a-f]{64})", written)
    if not found:
        raise UsageError("this is no public key", remedy="give a file, or ed25519: and 64 hex digits")
    return PublicKey(bytes.fromhex(found[1]))


class Salts(Struct, frozen=True):
    """Gives each version its salt. Made from a secret of the installation: the same version has the same salt."""

    secret: bytes

    @classmethod
    def of(cls, data: Path) -> "Salts":
        """The salts of an installation; the secret is made at the first use."""
        path = data / FOLDER / "salts.key"
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if not path.exists():
            if path.with_suffix(".sha256").exists():
                raise NotFound("the secret of the salts is not here: nothing of the log could be proved", place=str(path),
                               remedy="put the saved file back beside the keys")  # fmt: skip
            secret = secrets.token_hex(32).encode()
            if _write_new(path, secret, 0o600):
                _write_new(path.with_suffix(".sha256"), hashlib.sha256(secret).hexdigest().encode(), 0o644)
        return cls(bytes.fromhex(path.read_text(encoding="ascii").strip()))

    def salt(self, key: str, version: int) -> bytes:
        """The salt of a version."""
        return hmac.digest(self.secret, f"{key}\n{version}".encode(), "sha256")[:SALT_BYTES]


def commitment(salt: bytes, body: bytes) -> bytes:
    """The salted hash that stands in the log for canonical bytes: it tells nothing to who has no salt."""
    return hashlib.sha256(salt + body).digest()
