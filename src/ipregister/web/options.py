"""The settings of an installation: typed, read once from `IPREGISTER_*`, printed by `ipregister settings`."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote, urlsplit, urlunsplit

import msgspec
from msgspec import Meta, Struct

from ipregister.model.errors import UsageError
from ipregister.portal.languages import LANGUAGES

PREFIX = "IPREGISTER_"
Role = Literal["public", "office", "both"]
"""What a process serves: the public portal, the office's own pages, or both."""


class Options(Struct, frozen=True, kw_only=True):
    """All settings of an installation. The setting `x_y` is read from `IPREGISTER_X_Y`.

    Lists are separated by commas; yes and no are `1` and `0`. Nothing here is secret except the password
    inside `database_url` and `smtp_password`: both are hidden where settings are printed.
    """

    data: Path = Path("ipregister-data")
    """The data folder: databases, packs, index, uploads, secret key."""
    database_url: str = ""
    """`postgresql://user:password@host:port/name`; empty = SQLite files in the data folder."""
    role: Role = "both"
    """`public` serves the portal (register read-only, no sign-in), the others the staff pages too."""
    host: str = "127.0.0.1"
    """Address that `serve` listens on."""
    port: Annotated[int, Meta(ge=1, le=65535)] = 8000
    """Port that `serve` listens on."""
    processes: Annotated[int, Meta(ge=1, le=64)] = 2
    """Number of web processes that `serve` starts."""
    allowed_hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    """Host names that the portal answers to."""
    public_address: Annotated[str, Meta(pattern="^(https?://[^/?#\\s]+.*)?$")] = ""
    """Address of the portal as people type it, for permanent addresses (`https://register.example.org`);
    empty = the address of the request."""
    https: bool = False
    """The portal stands behind HTTPS: cookies are sent over HTTPS only, browsers are told to stay there."""
    behind_proxy: bool = False
    """A reverse proxy in front sets `X-Forwarded-Proto` and `X-Forwarded-For`."""
    refine_pictures: bool = True
    """The worker shows pictures to the network and reads their letters, ten minutes after the last new picture;
    without, pictures are compared by their shapes alone."""
    language: str = "en"
    """Language of pages where the reader's browser asks for none of ours."""
    upload_limit_mb: Annotated[int, Meta(ge=1)] = 4096
    """Largest delivery that staff may upload, in MiB."""
    anonymous_per_minute: Annotated[int, Meta(ge=0)] = 120
    """Requests a minute to API, harvesting, change feed and feeds without a key, for each network; 0 = no limit."""
    key_per_minute: Annotated[int, Meta(ge=0)] = 600
    """The same with a key, for each key; 0 = no limit."""
    allow_private_hosts: bool = False
    """Outgoing addresses may lead into private and loopback networks."""
    smtp_host: str = ""
    """Mail server; empty = mails are put into the folder `mail` of the data folder."""
    smtp_port: Annotated[int, Meta(ge=1, le=65535)] = 587
    """Port of the mail server."""
    smtp_user: str = ""
    """User name at the mail server."""
    smtp_password: str = ""
    """Password at the mail server."""
    mail_from: str = ""
    """Sender of mails."""
    debug: bool = False
    """Show error pages with internals. Never on a server that others reach."""

    @property
    def address(self) -> str:
        """The address to open in a browser."""
        shown = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104 - compared, not bound
        return self.public_address or f"http://{f'[{shown}]' if ':' in shown else shown}:{self.port}/"

    def environment(self) -> dict[str, str]:
        """The `IPREGISTER_*` variables that `read` turns into these options again."""
        defaults = Options()
        given = {name: getattr(self, name) for name in self.__struct_fields__}
        return {
            PREFIX + name.upper(): _written(value)
            for name, value in given.items()
            if name == "data" or value != getattr(defaults, name)
        }

    def shown(self) -> dict[str, Any]:
        """The settings as they are printed: plain values, passwords hidden."""
        plain: dict[str, Any] = {name: getattr(self, name) for name in self.__struct_fields__}
        plain["data"] = str(self.data)
        plain["allowed_hosts"] = list(self.allowed_hosts)
        plain["smtp_password"] = "***" if self.smtp_password else ""
        plain["database_url"] = _without_password(self.database_url)
        return plain

    def path(self, name: str) -> Path:
        """A file or folder of the data folder."""
        return self.data / name

    def secret_key(self) -> str:
        """The installation's secret; before the data folder is made, one that lasts for this process."""
        file = self.path("secret.key")
        return file.read_text(encoding="ascii").strip() if file.exists() else _passing_secret()


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, tuple):
        return ",".join(str(item) for item in value)
    return str(value.absolute()) if isinstance(value, Path) else str(value)


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    if not parts.password:
        return url
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{unquote(parts.username or '')}:***@{host}"))


_passing: list[str] = []


def _passing_secret() -> str:
    if not _passing:
        _passing.append(secrets.token_urlsafe(50))
    return _passing[0]


def read(environ: Mapping[str, str], **overrides: Any) -> Options:
    """The options from an environment; `overrides` (from the command line; None = not given) win.

    Raises `UsageError` for an unknown `IPREGISTER_*` name or a value that is none of its type."""
    values: dict[str, Any] = {}
    known = set(Options.__struct_fields__)
    for name, text in environ.items():
        if not name.startswith(PREFIX) or name.startswith(OTHER_VARIABLES):
            continue
        setting = name[len(PREFIX) :].lower()
        if setting not in known:
            raise UsageError(f"unknown setting {name}", remedy=f"use one of {', '.join(sorted(known))}")
        values[setting] = _parsed(setting, text)
    values.update({name: value for name, value in overrides.items() if value is not None})
    try:
        found = msgspec.convert(values, Options, strict=False, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise UsageError(f"a setting is wrong: {error}") from error
    if found.language not in dict(LANGUAGES):
        raise UsageError(
            f"{PREFIX}LANGUAGE is {found.language!r}", remedy=f"use one of {', '.join(dict(LANGUAGES))}"
        )
    return found


OTHER_VARIABLES = ("IPREGISTER_TEST_", "IPREGISTER_PEER_", "IPREGISTER_BENCH")
"""Beginnings of variables with our prefix that are no settings."""


def _parsed(setting: str, text: str) -> Any:
    if setting == "allowed_hosts":
        return tuple(item.strip() for item in text.split(",") if item.strip())
    if setting in {"debug", "https", "behind_proxy", "allow_private_hosts"}:
        if text.strip().lower() not in {"0", "1", "yes", "no", "true", "false"}:
            raise UsageError(f"{PREFIX}{setting.upper()} is {text!r}", remedy="use 1 or 0")
        return text.strip().lower() in {"1", "yes", "true"}
    return text


def _path(kind: type, value: Any) -> Any:
    if kind is Path:
        return Path(value)
    raise NotImplementedError(kind)


def make_secret_key(file: Path) -> None:
    """Write a new secret to a file that only its owner may read; an existing one is left alone."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secrets.token_urlsafe(50))
        out.flush()
        os.fsync(out.fileno())
