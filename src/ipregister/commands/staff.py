"""`ipregister user`: the people of the staff pages."""

import getpass
import sys
from typing import Annotated

import typer
from django.contrib.auth.models import User

from ipregister.commands.opened import register_of
from ipregister.commands.printing import Json, lines
from ipregister.model.errors import UsageError
from ipregister.model.offices import office
from ipregister.portal.models import Assignment, AuditEntry
from ipregister.portal.staff.people import make_user

app = typer.Typer(no_args_is_help=True, help="Users of the staff pages.")


@app.command("add")
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name to sign in with.")],
    role: Annotated[str, typer.Option(help=f"One of {', '.join(Assignment.ROLES)}.")] = "clerk",
    office_code: Annotated[str, typer.Option("--office", help="For this office only; all without it.")] = "",
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from stdin, not from the keyboard.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Add a user with a role, or give a role to one who is there."""
    register_of(context)
    if role not in Assignment.ROLES:
        raise UsageError(f"no role {role!r}", remedy=f"use one of {', '.join(Assignment.ROLES)}")
    user = User.objects.filter(username=name).first()
    if user is not None:
        code = office(office_code).code if office_code else ""
        Assignment.objects.get_or_create(user=user, role=role, office=code)
    else:
        make_user(name, _password(password_stdin=password_stdin), role, office_code.upper())
    AuditEntry.objects.create(user="command line", action="role-given", office=office_code.upper(), object=name,
                              details={"role": role})  # fmt: skip
    with lines(as_json, "User") as out:
        out.add({"user": name, "role": role, "office": office_code.upper() or "*"})


@app.command("list")
def list_users(context: typer.Context, as_json: Json = False) -> None:
    """List the users and their roles."""
    register_of(context)
    with lines(as_json, "Users", ("user", "active", "roles")) as out:
        for user in User.objects.order_by("username"):
            roles = Assignment.objects.filter(user=user).order_by("role", "office")
            out.add({"user": user.username, "active": user.is_active,
                     "roles": [f"{one.role} {one.office or '*'}" for one in roles]})  # fmt: skip


def _password(*, password_stdin: bool) -> str:
    password = sys.stdin.readline().rstrip("\n") if password_stdin else getpass.getpass("Password: ")
    if not password_stdin and getpass.getpass("Once more: ") != password:
        raise UsageError("the two passwords differ", remedy="try again")
    return password
