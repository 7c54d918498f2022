"""`ipregister gi-conflicts`: marks that come near a geographical indication, in any script."""

from typing import Annotated

import msgspec
import typer

from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import Json, lines
from ipregister.intake import conflicts as following
from ipregister.intake.findings import kinds
from ipregister.model.errors import Busy
from ipregister.model.offices import office
from ipregister.search.indications.book import ConflictBook

_ROW = ("level", "score", "mark_name", "indication_name", "mark", "indication", "goods", "why")
_PAGE = 500


def gi_conflicts(
    context: typer.Context,
    offices: Annotated[
        list[str] | None, typer.Option("--office", help="Only marks of this office; may stand several times.")
    ] = None,
    indication: Annotated[str, typer.Option(help="Only against the indication with this key.")] = "",
    limit: Annotated[int, typer.Option(min=0, help="So many, the newest first; 0 = all.")] = 50,
    as_json: Json = False,
) -> None:
    """Marks that hold, are or sound like the name of a geographical indication, with reasons. For the offices' own
    use: records are among them that are not public."""
    register, options = register_of(context), options_of(context)
    codes = [office(code).code for code in offices or ()]
    folder = options.path("indications")
    try:
        following.catch_up(register, folder)
    except Busy:
        print(
            "the worker is at it; these are the conflicts found so far", file=typer.get_text_stream("stderr")
        )
    with ConflictBook(folder) as book, lines(as_json, "Conflicts with indications", _ROW) as out:
        for finding in book.findings():
            print(
                kinds()[finding.code].message.format(value=finding.value),
                file=typer.get_text_stream("stderr"),
            )
        before, left = 0, limit or -1
        while left and (found := book.conflicts(codes, indication=indication, before=before, limit=_PAGE)):
            for one in found[: left if left > 0 else None]:
                row = msgspec.to_builtins(one)
                out.add(
                    row if out.plain else {**row, "why": "; ".join(reason.text for reason in one.reasons)}
                )
            left = max(0, left - len(found)) if left > 0 else left
            before = found[-1].number
