"""The two databases, `register` and `default` (service), as SQLite files or two schemas of one PostgreSQL."""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from ipregister.model.errors import UsageError
from ipregister.web.options import Options

_PRAGMAS = ("PRAGMA busy_timeout=30000; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536; "
            "PRAGMA mmap_size=268435456; PRAGMA wal_autocheckpoint=8000;")  # fmt: skip
_UNCHANGING = "&immutable=1"
"""SQLite makes files beside a database that it reads. In a folder where it may not, it can read one that nobody has open,
which it takes for one that does not change."""
SCHEMAS = {"register": "register", "default": "service"}
"""PostgreSQL schema of each database alias."""


def databases(options: Options) -> dict[str, dict[str, Any]]:
    """Django's `DATABASES`. In the role `public` the register is opened read-only, and so are both in a folder that this user
    may not write to."""
    if options.database_url:
        return {alias: _postgresql(options, alias) for alias in SCHEMAS}
    return {
        "default": _sqlite(options, "service.sqlite3", read_only=False, durable=False),
        "register": _sqlite(options, "register.sqlite3", read_only=options.role == "public", durable=True),
    }


def _sqlite(options: Options, name: str, *, read_only: bool, durable: bool) -> dict[str, Any]:
    path = options.path(name).absolute()
    common = {"ENGINE": "django.db.backends.sqlite3", "CONN_MAX_AGE": None}
    closed = path.exists() and not os.access(path.parent, os.W_OK)
    if read_only or closed:
        opened = {"timeout": 30, "init_command": f"{_PRAGMAS} PRAGMA query_only=ON;"}
        return {
            **common,
            "NAME": f"{path.as_uri()}?mode=ro{_UNCHANGING if closed and not _is_open(path) else ''}",
            "OPTIONS": {**opened, "uri": True},
        }
    synchronous = "FULL" if durable else "NORMAL"
    command = f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; {_PRAGMAS}"
    opened = {"timeout": 30, "transaction_mode": "IMMEDIATE", "init_command": command}
    return {**common, "NAME": str(path), "OPTIONS": opened}


def _is_open(path: Path) -> bool:
    """Whether a program has a SQLite database open, or left something beside it that belongs to it."""
    return path.with_name(path.name + "-wal").exists()


def _postgresql(options: Options, alias: str) -> dict[str, Any]:
    url = urlsplit(options.database_url)
    if url.scheme not in {"postgresql", "postgres"} or not url.path.strip("/"):
        raise UsageError("IPREGISTER_DATABASE_URL is no PostgreSQL address",
                         remedy="write postgresql://user:password@host:port/name")  # fmt: skip
    if find_spec("psycopg") is None:
        raise UsageError("the driver of PostgreSQL is not installed",
                         remedy="run `pip install -r requirements-postgresql.lock` in the environment")  # fmt: skip
    session = f"-c search_path={SCHEMAS[alias]}"
    if alias == "register" and options.role == "public":
        session += " -c default_transaction_read_only=on"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.strip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**dict(parse_qsl(url.query)), "options": session},
    }
