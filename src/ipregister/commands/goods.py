"""Goods and services: classes for plain words, terms with their classes, how near two lists are."""

import re
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import Json, lines
from ipregister.model.errors import UsageError
from ipregister.portal.goods import terms_of
from ipregister.search.goods.likeness import Goods, compare
from ipregister.search.goods.suggest import suggest as suggested
from ipregister.search.goods.terms import keep, lists, read_terms
from ipregister.web.wiring import site_of

app = typer.Typer(no_args_is_help=True, help="Goods and services: classes, terms, likeness of lists.")
nice = typer.Typer(
    no_args_is_help=True, help="The list of terms of goods and services that the operator gives."
)
_CLASSES = re.compile(r"\s*(\d{1,2}(?:\s*,\s*\d{1,2})*)\s*:")


@app.command()
def suggest(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="What is sold or done, in plain words of any language.")],
    limit: Annotated[int, typer.Option(min=1, max=45, help="So many classes.")] = 5,
    as_json: Json = False,
) -> None:
    """Classes for plain words, with score and clues."""
    register_of(context)
    options = options_of(context)
    found = suggested(text, site_of(options).index, lists(options.data), limit=limit)
    with lines(as_json, f"Classes for {text}", ("class_number", "score", "why")) as out:
        for one in found:
            row = msgspec.to_builtins(one)
            out.add(
                row if out.plain else {**row, "why": "; ".join(f"{c.kind}: {c.words}" for c in one.clues)}
            )


@app.command()
def terms(
    context: typer.Context,
    words: Annotated[str, typer.Argument(help="Words that stand in the terms.")],
    limit: Annotated[int, typer.Option(min=1, max=200, help="So many terms.")] = 20,
    as_json: Json = False,
) -> None:
    """Terms with these words: of the loaded list, and as published records say them, with their classes."""
    register_of(context)
    with lines(as_json, f"Terms with {words}", ("class_number", "text", "source", "count")) as out:
        for one in terms_of(site_of(options_of(context)), words, limit):
            out.add(msgspec.to_builtins(one))


@app.command("compare")
def compare_lists(
    one: Annotated[str, typer.Argument(help='A list, such as "30: coffee; tea".')],
    other: Annotated[str, typer.Argument(help='Another, such as "43: coffee shops" or "29,30:".')],
    as_json: Json = False,
) -> None:
    """How near two lists of goods are, with features and reasons."""
    found = compare(_list(one), _list(other))
    with lines(as_json, "Likeness of goods", ("score", "features", "reasons")) as out:
        out.add(msgspec.to_builtins(found))


def _list(text: str) -> Goods:
    match = _CLASSES.match(text)
    rest = text[match.end() :].strip() if match else text
    return Goods(
        tuple(int(number) for number in match[1].split(",")) if match else (), (rest,) if rest else ()
    )


@nice.command()
def load(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="CSV in UTF-8 with the columns class (or class_number) and term.")
    ],
    language: Annotated[str, typer.Option("--language", help="Language of the terms, such as en.")] = "en",
    as_json: Json = False,
) -> None:
    """Load a list of terms (such as the Nice list in one language) for the picker and the suggestions. It takes the
    place of the list of that language. See that its licence allows your use: none comes with the program."""
    register_of(context)
    if not file.is_file():
        raise UsageError("there is no such file", place=str(file))
    found = read_terms(file, language)
    keep(options_of(context).data, found, language)
    with lines(as_json, "Terms", ("language", "terms", "classes")) as out:
        out.add(
            {"language": language, "terms": len(found), "classes": len({term.class_number for term in found})}
        )
