"""Benchmarks of similarity: ranks for a scorer, by the same code that answers readers."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from ipregister.commands.bench_names import rank_names, score_names
from ipregister.commands.bench_pictures import rank_logos
from ipregister.commands.printing import Json, lines
from ipregister.model.errors import UsageError

app = typer.Typer(no_args_is_help=True, help="Benchmarks of similarity.")

Untrained = Annotated[bool, typer.Option("--untrained", help="Without any trained weights.")]
KINDS = ("words", "conf", "logos")


@app.callback()
def bench() -> None:
    """Benchmarks of similarity."""


@app.command("rank")
def rank(
    kind: Annotated[str, typer.Argument(help=f"One of {', '.join(KINDS)}.")],
    queries: Annotated[Path, typer.Option(help="Names (tab-separated), or pictures (.npy).")],
    output: Annotated[Path, typer.Option("-o", help="Written: a query a line, with the best documents.")],
    docs: Annotated[
        Path | None, typer.Option(help="Names to find: id, entity, source, script, name.")
    ] = None,
    corpus: Annotated[Path | None, typer.Option(help="Pictures to find, as an array of bytes.")] = None,
    untrained: Untrained = False,
) -> None:
    """Rank the documents of a benchmark for each of its queries, and write what `score.py` reads."""
    if kind not in KINDS:
        raise UsageError(f"no benchmark {kind!r}", remedy=f"use one of {', '.join(KINDS)}")
    found = corpus if kind == "logos" else docs
    if found is None:
        raise UsageError("nothing to rank", remedy="give --corpus for logos, --docs for words and conf")
    if kind == "logos":
        count = rank_logos(found, queries, output, network=not untrained)
    else:
        count = rank_names(found, queries, output, trained=not untrained)
    typer.echo(f"{count} queries ranked", err=True)


@app.command("similarity")
def similarity(
    folder: Annotated[
        Path, typer.Argument(help="Holds words_docs.tsv, words_queries_dev.tsv, conf_queries_dev.tsv.")
    ],
    untrained: Untrained = False,
    every: Annotated[int, typer.Option(min=1, help="Each so many-th question only.")] = 1,
    as_json: Json = False,
) -> None:
    """Rank and score the benchmarks of names, by script and by kind, with one index and one rule."""
    columns = ("group", "first", "ten", "pairs", "fifty", "mean_reciprocal", "benchmark")
    with lines(as_json, "Found at rank 1, to rank 10, to rank 50", columns) as out:
        for kind, one in score_names(folder, trained=not untrained, every=every):
            out.add({"benchmark": kind, **msgspec.to_builtins(one)})
