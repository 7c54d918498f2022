"""Start Django for a set of options, and make a data folder."""

import logging
import os
from pathlib import Path
from pkgutil import iter_modules

import django
from django.apps import apps
from django.conf.locale import LANG_INFO
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from ipregister.model import offices
from ipregister.portal.compiling import compile_all
from ipregister.portal.languages import LAO
from ipregister.web.databases import SCHEMAS
from ipregister.web.options import OTHER_VARIABLES, PREFIX, Options, make_secret_key
from ipregister.web.routing import STORE

SETTINGS = "ipregister.web.settings"
OURS = "ipregister."
FOLDERS = ("packs", "index", "media", "inbox", "uploads", "offices")
_log = logging.getLogger("ipregister.web")


def setup(options: Options) -> None:
    """Hand the options to this process and all that it starts, and start Django; makes no file."""
    hand_down(options)
    offices.use_folder(options.path("offices"))
    django.setup()
    LANG_INFO.setdefault("lo", LAO)


def hand_down(options: Options) -> None:
    """Put the options into the environment of this process and of all that it starts."""
    for name in list(os.environ):
        if name.startswith(PREFIX) and not name.startswith(OTHER_VARIABLES):
            del os.environ[name]
    os.environ.update(options.environment())
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS


def application(options: Options) -> WSGIHandler:
    """The web application for the options."""
    setup(options)
    return WSGIHandler()


def prepare(options: Options) -> None:
    """Make the data folder and its secret key. Done before `setup`, which reads the key."""
    options.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in FOLDERS:
        options.path(name).mkdir(exist_ok=True)
    make_secret_key(options.path("secret.key"))


def init(options: Options) -> None:
    """Make or bring up to date all that an installation needs: folder, both databases. Safe to repeat.

    `setup` is done where Django is not started yet."""
    prepare(options)
    compile_all()
    setup(options)
    if options.database_url:
        _make_schemas()
    call_command("migrate", database="default", verbosity=0, interactive=False)
    call_command("migrate", "register_store", database="register", verbosity=0, interactive=False)
    _log.info("data folder %s is ready", options.data)


def unapplied() -> list[str]:
    """The changes of tables of this program (`register_store.0002_…`) that the databases do not have, by file names alone."""
    applied = {
        alias: set(MigrationRecorder(connections[alias]).applied_migrations())
        for alias in ("register", "default")
    }
    missing = []
    for app in apps.get_app_configs():
        folder = Path(app.path) / "migrations"
        if not app.name.startswith(OURS) or not folder.is_dir():
            continue
        there = applied["register" if app.label == STORE else "default"]
        found = sorted(one.name for one in iter_modules([str(folder)]))
        missing += [f"{app.label}.{name}" for name in found if (app.label, name) not in there]
    return missing


def _make_schemas() -> None:
    for alias, schema in SCHEMAS.items():
        with connections[alias].cursor() as cursor:
            cursor.execute(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')
