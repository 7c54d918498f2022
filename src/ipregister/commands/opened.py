"""The installation that a verb works on."""

import typer

from ipregister.model.errors import UsageError
from ipregister.store.register import Register
from ipregister.web import bootstrap
from ipregister.web.options import Options


def options_of(context: typer.Context) -> Options:
    """The options of this run."""
    options = context.find_root().obj
    if not isinstance(options, Options):
        raise UsageError("the program was started without its options")
    return options


def register_of(context: typer.Context) -> Register:
    """The register of the installation. Raises `UsageError` where `init` was never run, and where its tables are those of an
    older version."""
    options = options_of(context)
    if not is_made(options):
        remedy = f"run `ipregister --data {options.data} init`"
        raise UsageError(f"there is no register in {options.data}", remedy=remedy)
    if missing := bootstrap.unapplied():
        remedy = f"make a backup, then run `ipregister --data {options.data} upgrade`"
        raise UsageError(
            f"the data folder {options.data} is of an older version of ipregister: {len(missing)} changes of its tables are "
            f"missing ({missing[0]})",
            remedy=remedy,
        )
    return Register(packs=options.path("packs"))


def is_made(options: Options) -> bool:
    """Whether the installation has been made."""
    made = options.path("secret.key").is_file()
    return made if options.database_url else made and options.path("register.sqlite3").is_file()
