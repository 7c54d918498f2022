"""The tables as they were when a backup was made: by an older program they had fewer columns, and what newer programs
work out of their rows when they upgrade is not in them yet.

Such a backup goes into the tables of its own time, which are then brought up to date as those of an installation are.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from ipregister.model.errors import UnreadableInput

OWN_ALIAS = "register_store"
"""The application whose tables lie in the database of the register; all others lie in the service's."""

Headings = Mapping[str, Sequence[str]]
"""The columns of each table of a backup, by the label of its model (`register_store.Record`)."""
State = dict[str, str]
"""The last change of tables (`0008_told_days`) by application."""


def present(labels: Sequence[str]) -> State:
    """The state that this program makes, of the applications that have these models."""
    leaves = dict(MigrationLoader(None).graph.leaf_nodes())
    return {
        app: leaves[app]
        for app in dict.fromkeys(label.partition(".")[0] for label in labels)
        if app in leaves
    }


def state_for(headings: Headings, told: Mapping[str, str], place: str) -> State:
    """The state in which all these columns are, for each application of them: the one that is told, else the newest.

    Raises `UnreadableInput` where there is none: the tables are of a newer program, or of one that was never released."""
    loader = MigrationLoader(None)
    state: State = {}
    for app, leaf in present(list(headings)).items():
        own = {label: names for label, names in headings.items() if label.partition(".")[0] == app}
        chosen = next(
            (one for one in _back_from(loader, app, told.get(app, leaf)) if _fits(loader, app, one, own)), ""
        )
        if not chosen or (app in told and chosen != told[app]):
            raise UnreadableInput(
                f"the tables of {app} are not as any version known here had them",
                place=place, remedy="restore it with the version that made it, then `upgrade` there",
            )  # fmt: skip
        state[app] = chosen
    return state


def _back_from(loader: MigrationLoader, app: str, last: str) -> list[str]:
    """The changes of an application's tables from one back to the first."""
    if (app, last) not in loader.graph.nodes:
        return []
    return [name for label, name in reversed(loader.graph.forwards_plan((app, last))) if label == app]


def _fits(loader: MigrationLoader, app: str, change: str, headings: Headings) -> bool:
    then = loader.project_state((app, change)).apps
    models = {model._meta.label: model for model in then.get_models(include_auto_created=True)}
    return all(label in models and {*columns(models[label])} == {*names} for label, names in headings.items())


def columns(model: type[Model]) -> list[str]:
    """The columns of a table, in the order in which they are copied."""
    return [field.attname for field in model._meta.concrete_fields]


def models_in(state: State) -> dict[str, Any]:
    """The models of a state by label."""
    loader = MigrationLoader(None)
    then = loader.project_state(list(state.items())).apps
    return {model._meta.label: model for model in then.get_models(include_auto_created=True)}


def turn_back(state: State) -> bool:
    """Give empty tables the form that they had in a state; whether there was anything to do."""
    now = present([f"{app}." for app in state])
    older = {app: change for app, change in state.items() if now.get(app) != change}
    for app, change in older.items():
        call_command("migrate", app, change, database=_alias(app), verbosity=0, interactive=False)
    return bool(older)


def bring_up(state: State) -> None:
    """Bring tables up to date again, and work out what newer programs keep beside their rows."""
    for app in state:
        call_command("migrate", app, database=_alias(app), verbosity=0, interactive=False)


def _alias(app: str) -> str:
    return "register" if app == OWN_ALIAS else "default"
