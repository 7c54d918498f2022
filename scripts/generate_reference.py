"""Write `docs/reference/` from the program itself: commands, settings, findings, search fields, offices.

python scripts/generate_reference.py             write
python scripts/generate_reference.py --check     exit 1 if a page is stale
"""

import argparse
import ast
import inspect
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import typer.main

from ipregister.capture import findings as capture_findings
from ipregister.exchange import findings as exchange_findings
from ipregister.exchange import refusals
from ipregister.exchange.formats import FORMATS
from ipregister.exchange.json import records
from ipregister.exchange.sources import SOURCES
from ipregister.exchange.writers import LACKS, NOTES
from ipregister.intake import findings as intake_findings
from ipregister.model import offices
from ipregister.model.finding import FindingKind
from ipregister.model.offices import Office
from ipregister.quality import rules
from ipregister.search.fields import FIELDS, Field
from ipregister.web import bootstrap, options

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
Command = Any
"""A command of the parser library; its own classes are no public interface of typer."""
MADE = "<!-- Written by scripts/generate_reference.py (make docs). Do not edit. -->\n"


def _escape(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_escape(cell) for cell in line)} |" for line in lines) + "\n"


# ----------------------------------------------------------------------------------------------- commands
def _walk(command: Command, path: str) -> Iterable[tuple[str, Command]]:
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        if not inner.hidden:
            yield from _walk(inner, f"{path} {name}")


def commands() -> list[tuple[str, Command]]:
    """Every verb with its command, in the order of the program."""
    from ipregister.commands import verbs  # after Django is started

    return list(_walk(typer.main.get_command(verbs.application()), "ipregister"))


def _context(path: str, command: Command) -> Any:
    return command.context_class(command, info_name=path, terminal_width=200, max_content_width=200)


def commands_page() -> str:
    """The verbs of the command line."""
    parts = [
        "# Commands\n\nResults go to stdout, progress to stderr. In a pipe, or with `--json`, results are lines of"
        " JSON. Exit codes: 0 done, 1 done with quarantined records, 2 wrong use, or a file or folder that this user has no right to, 3 input cannot be read at all,"
        " 4 another process holds what is needed, 5 stored data does not agree with itself, 70 an error of the program,"
        " 74 no room is left to write to.\n"
    ]
    for path, command in commands():
        context = _context(path, command)
        usage = command.get_usage(context).removeprefix("Usage:").strip()
        parts.append(f"## {path}\n\n```\n{usage}\n```\n\n{inspect.cleandoc(command.help or '')}\n")
        told = [one.get_help_record(context) for one in command.params if one.name != "help"]
        rows = [(f"`{names}`", meaning) for names, meaning in filter(None, told)]
        if rows:
            parts.append(_table(("", "meaning"), rows))
    return "\n".join(parts)


# ----------------------------------------------------------------------------------------------- settings
def _attribute_docs(owner: type, source: Path) -> dict[str, str]:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    body = next(n.body for n in tree.body if isinstance(n, ast.ClassDef) and n.name == owner.__name__)
    docs = {}
    for field, text in pairwise(body):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(text, ast.Expr)
        ):
            docs[field.target.id] = str(ast.literal_eval(text.value))
    return docs


def settings_page() -> str:
    """The settings of an installation."""
    docs = _attribute_docs(options.Options, Path(options.__file__))
    defaults = options.Options().shown()
    parts = [
        "# Settings\n\nRead once from the environment. `ipregister settings` prints those in force. Lists are"
        " separated by commas; yes and no are `1` and `0`.\n"
    ]
    for name, meaning in docs.items():
        value = defaults[name]
        default = (
            ",".join(value)
            if isinstance(value, list)
            else str(int(value) if isinstance(value, bool) else value)
        )
        parts.append(
            f"## IPREGISTER_{name.upper()}\n\n{_escape(meaning)} Default: {f'`{default}`' if default else 'empty'}.\n"
        )
    return "\n".join(parts)


# ----------------------------------------------------------------------------------------------- findings
def all_kinds() -> dict[str, list[FindingKind]]:
    """Every finding code by where it comes from."""
    return {
        "Delivery and slices": list(capture_findings.KINDS),
        "Reading": [*exchange_findings.KINDS, *refusals.KINDS],
        "Quality": list(rules.kinds()),
        "Loading": list(intake_findings.KINDS),
    }


def findings_page() -> str:
    """The codes of findings."""
    parts = [
        "# Findings\n\nWhat the register noticed about a delivered value. A finding never changes the value. *Error*:"
        " something is wrong or could not be read; *warning*: probably wrong; *notice*: worth knowing.\n"
    ]
    for topic, kinds in all_kinds().items():
        parts.append(f"## {topic}\n")
        for kind in sorted(kinds, key=lambda one: one.code):
            source = f" Source: {kind.source}." if kind.source else ""
            parts.append(
                f"### {kind.code}\n\n*{kind.severity}*. {kind.message}\n\nWhat to do: {kind.remedy}{source}\n"
            )
    return "\n".join(parts)


# ------------------------------------------------------------------------------------------ search fields
def _field_use(field: Field) -> str:
    uses = ["counted as a facet"] if field.facet else []
    uses += ["searched by the simple box"] if field.simple else []
    uses += [f"stands for {', '.join(field.covers)}"] if field.covers else []
    return "; ".join(uses)


def fields_page() -> str:
    """The fields of the query language."""
    parts = [
        '# Search fields\n\nWrite `field:words`, `field:"a phrase"`, `field:pre*`, `field:[a TO b]`, and join with'
        " AND, OR, NOT and parentheses.\n"
    ]
    for field in FIELDS:
        inid = f" INID ({field.inid})." if field.inid else ""
        use = _field_use(field)
        parts.append(
            f"## {field.name}\n\n{field.label}. Kind: {field.kind}.{inid}{f' {use.capitalize()}.' if use else ''}\n"
        )
    return "\n".join(parts)


# ------------------------------------------------------------------------------------------------ offices
def _office(office: Office) -> str:
    series = [
        (f"`{one.name}`", f"`{one.pattern}`", ", ".join(f"`{e}`" for e in one.examples))
        for one in office.series
    ]
    public = [(right, rule.record, rule.source) for right, rule in sorted(office.publicity.items())]
    notice = office.notice
    of_rights = [(right, one.text, one.attribution) for right, one in sorted(office.notices.items())]
    return "\n".join([
        f"## {office.code} {office.name}\n",
        f"Reader: `{office.feed.reader}`. Time zone: {office.zone}. Languages: {', '.join(office.languages)}.\n",
        *([f"> {_escape(notice.text)} {_escape(notice.certified_copy)}\n"] if notice else []),
        *([_table(("right", "notice", "attribution"), of_rights)] if of_rights else []),
        _table(("number series", "pattern", "examples"), series),
        _table(("right", "public", "by"), public),
    ])  # fmt: skip


def offices_page() -> str:
    """The offices and their number series."""
    intro = "# Offices\n\nEach is a file in `src/ipregister/model/offices/`. See [add an office](../how-to/add-an-office.md).\n"
    return "\n".join([intro, *(_office(offices.office(code)) for code in offices.codes())])


# ------------------------------------------------------------------------------------------------ formats
def formats_page() -> str:
    """What is read and what is written."""
    read = [(f"`{one.name}`", one.standard, ", ".join(one.rights), one.form) for one in SOURCES]
    wrote = [(f"`{one.name}`", one.standard, ", ".join(one.rights), one.media_type) for one in FORMATS]
    return "\n".join([
        "# Formats\n\nA delivery of any office may hold files of any of these shapes beside its own feed: each file is read"
        " by the shape that its first elements tell. What has another shape is read by a"
        " [mapping](../how-to/mapped-sources.md).\n",
        "## Read\n", _table(("name", "what", "rights", "form"), read),
        "A file of patents holds one published document a record (A1, B1, …). Documents of one application are one record:"
        " each is kept as a version of its own, and the state that they make together is the next version. Claims, a"
        " description or an abstract that name a publication and no application join the record of that publication, or wait"
        " for it in quarantine (`publication-parts`).\n",
        "An act of the Hague System that comes by itself (a refusal, a renewal, a change) becomes part of its registration,"
        " as a version with evidence. Where the registration is not held, the act waits in quarantine (`act-alone`) and is"
        " taken when it comes. Where the present registration tells the act itself, the act is kept beside it, and counts again"
        " as soon as a later registration does not tell it: the record is the same in whatever order they come. An act of"
        " several registrations that tell it stays in quarantine (`act-told`).\n",
        "## Written\n", _table(("name", "what", "rights", "media type"), wrote),
        "What a format lacks, where there is more to say than that it is for other rights:\n",
        "".join(f"- `{name}`, {right}: {why}.\n" for name, lacks in LACKS.items() for right, why in lacks.items()),
        "What is done otherwise than one would expect:\n",
        "".join(f"- `{name}`, {right}: {why}.\n" for name, notes in NOTES.items() for right, why in notes.items()),
        "A line of `jsonl` is as [record.schema.json](record.schema.json) says.\n",
    ])  # fmt: skip


def schema_page() -> str:
    """The JSON Schema of a record."""
    return msgspec.json.format(msgspec.json.encode(records.schema()), indent=1).decode() + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "settings.md": settings_page,
    "findings.md": findings_page,
    "search-fields.md": fields_page,
    "offices.md": offices_page,
    "formats.md": formats_page,
    "record.schema.json": schema_page,
}


def made(name: str) -> str:
    """A page as it is written; JSON holds no remark."""
    return PAGES[name]() if name.endswith(".json") else MADE + PAGES[name]()


def stale() -> list[str]:
    """Names of pages that are not what the program says now."""
    pages = {name: made(name) for name in PAGES}
    files = {name: FOLDER / name for name in pages}
    return [
        n
        for n, text in pages.items()
        if not files[n].exists() or files[n].read_text(encoding="utf-8") != text
    ]


def main() -> int:
    """Write the pages, or compare them."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--check", action="store_true", help="compare, write nothing")
    check = arguments.parse_args().check
    bootstrap.setup(options.Options(data=Path(tempfile.gettempdir()) / "no-installation"))
    if check:
        old = stale()
        sys.stdout.write(
            f"stale, run make docs: {', '.join(old)}\n" if old else "the reference is up to date\n"
        )
        return int(bool(old))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in PAGES:
        (FOLDER / name).write_text(made(name), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
