"""`ipregister check-name`: what of the register is close to a name, what cannot be seen, what was not checked."""

from typing import Annotated, Any

import msgspec
import typer

from ipregister.commands.following import follow
from ipregister.commands.limits import checked_name, classes_named, offices_named
from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import Json, lines
from ipregister.commands.rebuilding import follow_names
from ipregister.desk.name_check import CloseName, NameAnswer, Searched, check_name
from ipregister.desk.words import (
    BANDS,
    NOT_CHECKED,
    ONLY_TRADE_WORDS,
    blind_line,
    standing_line,
    verdict_line,
)
from ipregister.portal.searched import others, searched, sources_of
from ipregister.web.wiring import site_of


def check_a_name(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name in any script.")],
    classes: Annotated[
        list[int] | None, typer.Option("--class", help="Only marks of this class; may stand several times.")
    ] = None,
    chosen: Annotated[
        list[str] | None, typer.Option("--office", help="Only of this office; may stand several times.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Has somebody a name like this? Close marks, protected names and businesses, each office's blind period, and
    what was not checked."""
    checked_name(name)
    codes, numbers = offices_named(chosen), classes_named(classes)
    register = register_of(context)
    follow(options_of(context), register)
    follow_names(options_of(context), register)
    site = site_of(options_of(context))
    where = searched(site, codes)
    answer = check_name(sources_of(site), name, numbers, where, others(site, codes), site.today(), codes)
    with lines(as_json, f"Names close to {name}") as out:
        out.add(msgspec.to_builtins(answer) if out.plain else _told(answer))


def _told(answer: NameAnswer) -> dict[str, Any]:
    day = min((one.blind.data_day for one in answer.offices if one.blind.data_day), default="")
    told = {
        "verdict": verdict_line(answer.verdict, answer.records, day),
        "close marks": [_line(one) for one in answer.close],
        "nearest of the others": [_line(one) for one in answer.nearest],
        "protected names": [_line(one) for one in answer.protected],
        "businesses": [_line(one) for one in answer.businesses],
        "words of the trade": [f"{one.word} ({one.kind})" for one in answer.trade_words]
        + ([ONLY_TRADE_WORDS] if answer.only_trade_words else []),
        "stems of medicines": [f"{one.word}: -{one.stem} ({one.group})" for one in answer.stems],
        "looked at": [_office(one) for one in answer.offices],
        "not checked": [NOT_CHECKED[code] for code in answer.not_checked],
        "version": answer.version,
    }
    return {
        name: "\n".join(value) if isinstance(value, list) else value for name, value in told.items() if value
    }


def _line(one: CloseName) -> str:
    why = "; ".join(reason.text for reason in one.reasons)
    return f"{BANDS[one.closeness]}: {one.name} ({one.key}, {standing_line(one.standing)}) {why}"


def _office(one: Searched) -> str:
    return f"{one.office}: {one.records:,} records, data to {one.blind.data_day or 'no day'}. {blind_line(one.blind)}"
