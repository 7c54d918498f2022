"""The rows of a database, read by one query over a read-only connection."""

import datetime as dt
import decimal
import importlib
import ipaddress
import re
import socket
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from ipregister.exchange.json.cells import LIST, OBJECT, line
from ipregister.exchange.mapped.heads import names_of
from ipregister.model.errors import UnreadableInput, UsageError
from ipregister.model.lists import items

_QUERY = re.compile(r"(?:\s|--[^\n]*\n|/\*(?:[^*]|\*(?!/))*\*/)*+(?:select|with)\b", re.IGNORECASE)
_NAMED = re.compile(r"(?<![:\w\\]):(?=\w)")
"""What SQLAlchemy takes for the name of a parameter, also within quotes; a query of ours has none."""
_TEXTS = re.compile(r"'[^']*'|\"[^\"]*\"")
_OWN_QUOTES = re.compile(r"[\\`$\[#]|--|/\*|\b[qQ]'")
"""What begins a quote or a comment in one database and not in another."""
_AT_ONCE = 1000
_HOST_OPTIONS = ("host", "hostaddr", "server")
_ELSEWHERE = ("service", "servicefile", "unix_socket", "odbc_connect", "dsn", "read_default_file")
"""Options that tell a driver where to look for a host, or for a socket of this machine."""


_HOSTS = (ipaddress.IPv4Address, ipaddress.IPv6Address, ipaddress.IPv4Interface, ipaddress.IPv6Interface,
          ipaddress.IPv4Network, ipaddress.IPv6Network)  # fmt: skip
_PLAIN = (
    str,
    int,
    float,
    decimal.Decimal,
    bytes,
    memoryview,
    dt.date,
    dt.time,
    dt.timedelta,
    uuid.UUID,
    *_HOSTS,
)
"""What a single value may be."""


def is_address(text: str) -> bool:
    """Whether a text is the address of a database, not a path."""
    return bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", text))


def name_of(address: str) -> str:
    """What a database is called: without user and password. Raises `UsageError` for what is no address."""
    url = _url(address)
    return (
        re.sub(r"\W+", "-", f"{url.host or ''}-{Path(url.database or '').stem}").strip("-")
        or url.get_backend_name()
    )


def lines_of(address: str, query: str, *, private: bool) -> Iterator[bytes]:
    """Every row of a query as a line of JSON; nothing can be written over the connection.

    `private` allows addresses in private networks. Raises `UsageError` for what is no query or a host that is not
    allowed, `UnreadableInput` where the database does not answer it."""
    if not _QUERY.match(query) or ";" in _without_texts(query).rstrip("; \n\t"):
        raise UsageError(
            "the query (`--query`, or `query` under `[input]`) is not one SELECT",
            remedy="name the rows that shall be read, such as --query 'SELECT * FROM marks'",
        )
    url = _url(address)
    try:
        engine = _engine(url)
        _require_host(url, private=private)
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ImportError) as error:
        raise UsageError(
            f"no such address of a database: {error}", remedy="see docs/how-to/mapped-sources.md"
        ) from error
    try:
        with engine.connect() as connection, connection.begin() as transaction:
            _forbid_writing(connection)
            _keep_as_written(connection)
            result = connection.execution_options(stream_results=True).execute(
                sa.text(_NAMED.sub(r"\\:", query))
            )
            headings = names_of([[str(name) for name in result.keys()]])  # noqa: SIM118 - not a mapping
            number = 1
            for part in result.partitions(_AT_ONCE):
                for row in part:
                    number += 1
                    told = [given(value) for value in row]
                    forms = {n: form for n, (_, form) in enumerate(told, 1) if form}
                    yield line(number, headings, [text for text, _ in told], forms=forms)
            transaction.rollback()
    except sa.exc.SQLAlchemyError as error:
        raise UnreadableInput(f"the database refused: {str(error).splitlines()[0]}", place=name_of(address),
                              remedy="check address and query") from error  # fmt: skip
    finally:
        engine.dispose()


def _without_texts(query: str) -> str:
    """A query without what stands within quotes; whole where quotes may mean another thing than in standard SQL."""
    return query if _OWN_QUOTES.search(query) else _TEXTS.sub("", query)


def _url(address: str) -> sa.URL:
    """The parts of an address. Raises `UsageError` without a word of it: there may be a password in any place."""
    try:
        return sa.make_url(address)
    except (sa.exc.ArgumentError, ValueError):
        remedy = "write DIALECT://USER:PASSWORD@HOST:PORT/NAME, in a password @ as %40, : as %3A, / as %2F"
        raise UsageError("the address of the database cannot be read", remedy=remedy) from None


def _require_host(url: sa.URL, *, private: bool) -> None:
    """Raises `UsageError` for a host in a private network, or this machine, where that is not allowed."""
    if private or url.get_backend_name() == "sqlite":
        return
    remedy = "set IPREGISTER_ALLOW_PRIVATE_HOSTS=1 where that is meant"
    hosts = _hosts(url)
    if not hosts or any(host.startswith("/") for host in hosts):
        raise UsageError(
            "the address names no host: that is this machine, or one told elsewhere", remedy=remedy
        )
    for host in hosts:
        try:
            found = {info[4][0] for info in socket.getaddrinfo(host, url.port or 0)}
        except OSError as error:
            raise UnreadableInput("the host is not known", place=host, remedy="check the address") from error
        if any(not ipaddress.ip_address(str(one).partition("%")[0]).is_global for one in found):
            raise UsageError(f"{host} lies in a private network", remedy=remedy)


def _hosts(url: sa.URL) -> list[str]:
    """All hosts that an address names: in its place, and among its options, where drivers take them first. A socket
    or a service is this machine's."""
    told = [url.host or ""]
    for name in _HOST_OPTIONS:
        told += url.normalized_query.get(name, ())
    if any(name in url.query for name in _ELSEWHERE):
        return []
    hosts = [
        host.rpartition(":")[0] if host.count(":") == 1 else host for one in told for host in one.split(",")
    ]
    return [host for host in hosts if host]


def _engine(url: sa.URL) -> sa.Engine:
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")  # the driver that comes with ipregister[postgresql]
    if url.drivername == "postgresql+psycopg":
        return sa.create_engine(url, json_deserializer=as_written)
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url)
    path = Path(url.database or "")
    if not path.is_file():
        raise UnreadableInput("no such file", place=str(path), remedy="check the path")
    reading = {"mode": "ro", "uri": "true"}  # the file's name is quoted: a `#` or `?` in it would end it
    return sa.create_engine(sa.URL.create("sqlite", database=path.absolute().as_uri(), query=reading))


class _Document(str):
    """A value of JSON as it is written."""


def as_written(document: str | bytes) -> _Document:
    """A column of JSON as its text: read as values, `1e400` would be none."""
    return _Document(document.decode() if isinstance(document, bytes) else document)


def _keep_as_written(connection: sa.Connection) -> None:
    """Let a day that Python has not (`infinity`, before the year 1 or after 9999) and a period be the text that PostgreSQL writes:
    its driver refuses the one, and makes another of the other (a month becomes 30 days)."""
    if connection.dialect.driver != "psycopg":
        return
    driver: Any = connection.connection.dbapi_connection
    kinds: Any = importlib.import_module("psycopg.types.datetime")
    text: Any = importlib.import_module("psycopg.types.string").TextLoader
    refusal: Any = importlib.import_module("psycopg").DataError
    for name, loader in (("date", kinds.DateLoader), ("timestamp", kinds.TimestampLoader),
                         ("timestamptz", kinds.TimestamptzLoader)):  # fmt: skip
        driver.adapters.register_loader(name, _lenient(loader, refusal))
    driver.adapters.register_loader("interval", text)


def _lenient(loader: Any, refusal: Any) -> Any:
    """A loader of days that gives the text where there is no such day."""

    class Lenient(loader):  # type: ignore[misc]  # the driver is no part of every installation
        def load(self, data: Any) -> Any:
            try:
                return super().load(data)
            except refusal:
                return bytes(data).decode()

    return Lenient


def _forbid_writing(connection: sa.Connection) -> None:
    backend = connection.dialect.name
    if backend == "sqlite":
        connection.exec_driver_sql("PRAGMA query_only = ON")
    elif backend in ("postgresql", "mysql", "mariadb", "oracle"):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def given(value: Any) -> tuple[str, str]:
    """A value as text, with its form where it is a list or has parts in another way: a list that holds nothing is empty."""
    if isinstance(value, _Document):
        found = items(value)
        if found is None:
            return str(value), OBJECT
        return ("", "") if not any(found) else (str(value), "" if found == (value,) else LIST)
    if isinstance(value, list) and all(one is None or isinstance(one, _PLAIN) for one in value):
        texts = [None if one is None else _text(one) for one in value]
        return (msgspec.json.encode(texts).decode(), LIST) if any(texts) else ("", "")
    if value is None or isinstance(value, _PLAIN):
        return _text(value), ""
    return _text(value), OBJECT


def _text(value: Any) -> str:
    """A value as text: days and moments by ISO 8601, numbers without an exponent, bytes as UTF-8 where they are, else
    as the hexadecimal digits that databases write (`\\x…`), lists and objects as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return _text_of_bytes(bytes(value))
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dict | list | tuple):
        return msgspec.json.encode(value, enc_hook=str).decode()
    return str(value)


def _text_of_bytes(value: bytes) -> str:
    try:
        text = value.decode()
    except UnicodeDecodeError:
        return f"\\x{value.hex()}"
    binary = any(ord(sign) < 32 and sign not in "\t\n\r" for sign in text)
    return f"\\x{value.hex()}" if binary else text
