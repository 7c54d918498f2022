"""`ipregister clear`: the rights that may stand in the way of a mark, as a report; of a list of names; asked again."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec
import typer
from django.utils.translation import override

from ipregister.commands.following import follow
from ipregister.commands.limits import checked_name, classes_named, offices_named, scripts_named
from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import Json, lines, progress
from ipregister.commands.rebuilding import follow_names
from ipregister.desk.clearance import Question, Report, Surroundings, clear, written
from ipregister.desk.clearance_again import (
    MOST_GOODS,
    MOST_SPELLINGS,
    Comparison,
    compared,
    is_fair,
    reports_of,
)
from ipregister.desk.clearance_paper import paper
from ipregister.desk.clearance_sheet import sheet
from ipregister.desk.fonts import typesetter
from ipregister.desk.name_batches import FORMAT, BatchReport, question_of
from ipregister.desk.name_lists import LONGEST, read_names
from ipregister.desk.words import finding
from ipregister.model.errors import RegisterError, UnreadableInput, UsageError
from ipregister.portal.clearance_ground import surroundings
from ipregister.portal.languages import LANGUAGES
from ipregister.portal.speaking import language
from ipregister.web.wiring import site_of

_HIT = ("closeness", "standing", "title", "key", "why", "score", "goods", "owner", "office")
"""Columns on a terminal, the most important first."""


def clear_a_mark(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(help="The mark; further spellings beside it.")] = None,
    images: Annotated[list[Path] | None, typer.Option("--image", help="A picture of the mark; up to 8.")] = None,
    classes: Annotated[list[int] | None, typer.Option("--class", help="A class of the goods; several times.")] = None,
    goods: Annotated[str, typer.Option(help="The goods in words.")] = "",
    chosen: Annotated[list[str] | None, typer.Option("--office", help="Only this office; several times.")] = None,
    scripts: Annotated[list[str] | None, typer.Option("--script", help="Only names in this script (Latn, Thai, …).")] = None,
    applicant: Annotated[str, typer.Option(help="Whose mark it is: rights that seem to be theirs are told as such.")] = "",
    day: Annotated[str, typer.Option(help="Rights must be earlier than this day (YYYY-MM-DD); today without.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=200, help="So many hits.")] = 100,
    batch: Annotated[Path | None, typer.Option(help="A list of up to 1,000 names: XLSX, CSV or text.")] = None,
    again: Annotated[Path | None, typer.Option(help="A report (JSON), also of a list: ask it again, tell what is new and gone.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write the report: .json, .xlsx or .pdf.")] = None,
    lang: Annotated[str, typer.Option(help="Language of an .xlsx or .pdf: en, lo, km, th, vi, id, ru, kk.")] = "en",
    as_json: Json = False,
) -> None:  # fmt: skip
    """Rights that may stand in the way of a mark, ranked, explained, grouped by closeness and state; as a report that
    can be asked again. See also `check-name`."""
    question = msgspec.structs.replace(
        _question(names, classes, goods, chosen, scripts, day, limit), applicant=_applicant(applicant)
    )
    _check_question(question)
    target = _Target(output, lang, options_of(context).data)
    _check_output(target, batch)
    if again is not None:
        befores = _reports_of(again, images or (), target)
        around = _around(context, befores[0].question.offices)
        _ask_again(befores, [_read(image) for image in images or ()], around, target, as_json=as_json)
    elif batch is not None:
        _clear_batch(batch, question, _around(context, question.offices), target, as_json=as_json)
    elif not question.names and not images:
        raise UsageError(
            "nothing to clear", remedy="give a name, --image FILE, --batch FILE or --again REPORT.json"
        )
    else:
        report = clear(question, [_read(image) for image in images or ()], _around(context, question.offices))
        _give([report], target, as_json=as_json)


def _question(names: list[str] | None, classes: list[int] | None, goods: str, chosen: list[str] | None,
              scripts: list[str] | None, day: str, limit: int) -> Question:  # fmt: skip
    codes, numbers = offices_named(chosen), classes_named(classes)
    if day:
        try:
            dt.date.fromisoformat(day)
        except ValueError as error:
            raise UsageError(f"{day!r} is no day", remedy="write YYYY-MM-DD") from error
    kept = tuple(checked_name(name.strip()) for name in names or () if name.strip())
    return Question(names=kept, classes=numbers, goods=goods, offices=codes, scripts=scripts_named(scripts),
                    day=day, limit=limit)  # fmt: skip


def _check_question(question: Question) -> None:
    if not is_fair(msgspec.structs.replace(question, day=question.day or "2026-01-01")):
        raise UsageError(
            f"too much for one question: at most {MOST_SPELLINGS} spellings of {LONGEST} characters and "
            f"{MOST_GOODS} characters of goods", remedy="ask in parts, or give a list with --batch"
        )  # fmt: skip


def _applicant(name: str) -> str:
    name = " ".join(name.split())
    if len(name) > LONGEST:
        raise UsageError(f"the applicant has more than {LONGEST} characters", remedy="shorten the name")
    return name


class _Target(NamedTuple):
    """Where a report is written, in which language, with the fonts of which data folder."""

    file: Path | None
    lang: str
    data: Path


def _check_output(target: _Target, batch: Path | None) -> None:
    output = target.file
    if target.lang not in dict(LANGUAGES):
        raise UsageError(f"no language {target.lang!r}", remedy=f"use one of {', '.join(dict(LANGUAGES))}")
    kinds = {".json", ".xlsx"} if batch else {".json", ".xlsx", ".pdf"}
    if output is not None and output.suffix.lower() not in kinds:
        raise UsageError(
            f"no report of the kind {output.suffix!r}", remedy=f"end the name with {', '.join(sorted(kinds))}"
        )
    if batch is not None and output is None:
        raise UsageError("a batch needs a file to write to", remedy="give -o REPORT.xlsx or -o REPORT.json")


def _around(context: typer.Context, chosen: Sequence[str]) -> Surroundings:
    register = register_of(context)
    follow(options_of(context), register)
    follow_names(options_of(context), register)
    return surroundings(site_of(options_of(context)), chosen)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {path}", remedy="give the path of a file that is there") from error


def _clear_batch(
    file: Path, question: Question, around: Surroundings, target: _Target, *, as_json: bool
) -> None:
    listed = read_names(_read(file))
    for code, argument in listed.findings:
        print(finding(code, argument), file=typer.get_text_stream("stderr"))
    reports = []
    with progress("names") as step:
        for done, one in enumerate(listed.names, 1):
            reports.append(clear(question_of(question, one), (), around))
            step(done, len(listed.names))
    _give(reports, target, as_json=as_json)


def _reports_of(file: Path, images: Sequence[Path], target: _Target) -> tuple[Report, ...]:
    try:
        befores = reports_of(_read(file))
    except UnreadableInput as error:
        raise UnreadableInput(f"{file}: {error.message}", remedy=error.remedy) from error
    if any(before.question.pictures for before in befores) and not images:
        raise UsageError("the report was made with pictures", remedy="give the same pictures with --image")
    if len(befores) > 1 and target.file is not None and target.file.suffix.lower() == ".pdf":
        raise UsageError("a list of names has no PDF", remedy="give -o REPORT.xlsx or -o REPORT.json")
    return befores


def _ask_again(
    befores: Sequence[Report],
    images: Sequence[bytes],
    around: Surroundings,
    target: _Target,
    *,
    as_json: bool,
) -> None:
    asked = []
    with progress("names") as step:
        for done, before in enumerate(befores, 1):
            asked.append(clear(before.question, images, around))
            step(done, len(befores))
    if target.file is not None:
        _write(asked, target)
    with lines(as_json, "Asked again", ("asked", "what", "key", "title", "changes")) as out:
        for before, now in zip(befores, asked, strict=True):
            name = " | ".join(before.question.names)
            if out.plain:
                out.add({"asked": name} | msgspec.to_builtins(compared(before, now)))
            else:
                for row in _told(compared(before, now)):
                    out.add({"asked": name} | row)


def _told(found: Comparison) -> Iterator[dict[str, str]]:
    for what, hits in (("new", found.new), ("gone", found.gone)):
        for hit in hits:
            yield {"what": what, "key": hit.key, "title": hit.title, "changes": hit.closeness}
    for one in found.changed:
        told = "; ".join(f"{what}: {before} > {now}" for what, before, now in one.changes)
        yield {"what": "changed", "key": one.key, "title": one.title, "changes": told}
    yield {"what": "same", "key": "", "title": f"{found.same} hits", "changes": ""}


def _give(reports: list[Report], target: _Target, *, as_json: bool) -> None:
    if target.file is None:
        with lines(as_json, "Rights that may stand in the way", _HIT) as out:
            if out.plain:
                out.add(msgspec.to_builtins(reports[0]))
                return
            for hit in reports[0].hits:
                why = "; ".join(reason.text for reason in hit.reasons)
                out.add(msgspec.to_builtins(hit) | {"standing": hit.standing.group, "why": why})
        return
    _write(reports, target)
    with lines(as_json) as out:
        out.add(
            {
                "report": str(target.file),
                "names": len(reports),
                "hits": sum(len(report.hits) for report in reports),
            }
        )


def _write(reports: list[Report], target: _Target) -> None:
    output = target.file
    if output is None:
        return
    with override(target.lang):
        content = _content(reports, output.suffix.lower(), target.data)
    try:
        output.write_bytes(content)
    except OSError as error:
        raise RegisterError(
            f"cannot write {output}", remedy="choose a folder that may be written to"
        ) from error


def _content(reports: list[Report], kind: str, data: Path) -> bytes:
    if kind == ".xlsx":
        return sheet(reports, language())
    if kind == ".pdf":
        return paper(reports[0], language(), typesetter(data))
    if len(reports) == 1:
        return written(reports[0])
    return msgspec.json.encode(BatchReport(FORMAT, tuple(reports)))
