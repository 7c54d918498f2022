"""Which table is in which database: the register's tables in `register`, all others in `default`."""

from typing import Any

STORE = "register_store"
"""App label of `ipregister.store`."""


class TwoDatabases:
    """Django's database router for the two databases; they are never joined."""

    def db_for_read(self, model: Any, **_hints: Any) -> str:
        """`register` for a table of the store."""
        return "register" if model._meta.app_label == STORE else "default"

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """The same as for reading."""
        return self.db_for_read(model, **hints)

    def allow_relation(self, one: Any, other: Any, **_hints: Any) -> bool:
        """Only inside one database."""
        return bool((one._meta.app_label == STORE) == (other._meta.app_label == STORE))

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        """The store's migrations in `register`, all others in `default`."""
        return (db == "register") == (app_label == STORE)
