"""A proposed mapping, written as a TOML file that an operator reads and corrects; and facts of a new office."""

import json
from collections.abc import Sequence

from ipregister.exchange.mapped.headings import plain
from ipregister.exchange.mapped.headings import table as table_of
from ipregister.exchange.mapped.mapping import Input
from ipregister.exchange.mapped.profile import Profile
from ipregister.exchange.mapped.proposing import Proposal
from ipregister.exchange.mapped.targets import said_beside
from ipregister.model import codelists
from ipregister.model.record import RIGHTS

BESIDE = {"classifications/*/scheme": "ipc"}
"""What headings of the vocabulary mean by a field that they do not name."""


def quoted(text: str) -> str:
    """A text in TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def mapping_text(
    office: str, right: str, told: Input, profile: Profile, found: Sequence[Proposal], name: str
) -> str:
    """The mapping file: what is proposed, and what is not as comments, each with its fill rate and samples."""
    dates = [one.dates for one in found if one.dates]
    form = max(set(dates), key=dates.count) if dates else "iso"
    parts = [
        f"# Mapping of {_line(name)}: {profile.records} records were looked at.",
        "# Each [[field]] says which column (or path) is which field of the record, and how sure that is (evidence 0 to 1).",
        "# Correct what is wrong, take the # off what is missing, and try it: ipregister map check FILE MAPPING",
        "",
        f"office = {quoted(office)}",
        f"right = {quoted(right)}",
        f'dates = "{form}"  # how the source writes dates: iso, dmy (31/12/2025), mdy (12/31/2025) or serial (45523)',
        "",
        "[input]",
        *_input(told),
        "",
    ]
    for one in found:
        parts += [*_field(one, profile.records, form), ""]
    return "\n".join([*parts, *_constants(right, found)])


def _constants(right: str, found: Sequence[Proposal]) -> list[str]:
    """What must stand beside the proposed fields and is the same in every record; to be written where nobody can know it."""
    given = {one.to for one in found if one.sure}
    needed = dict.fromkeys(path for one in found if one.sure for path in said_beside(one.to, right))
    lines: list[str] = []
    for path in needed:
        if path not in given:
            mark, value = ("", BESIDE[path]) if path in BESIDE else ("# ", "?")
            lines += [f"# every value says which {path.rpartition('/')[2]} it is of: check that it is this one",
                      f"{mark}[[constant]]", f"{mark}to = {quoted(path)}", f"{mark}value = {quoted(value)}", ""]  # fmt: skip
    return lines


def _input(told: Input) -> list[str]:
    lines = [f'kind = "{told.kind}"']
    for name, value in (("encoding", told.encoding if told.kind == "csv" else ""), ("delimiter", told.delimiter),
                        ("sheet", told.sheet), ("records", told.records), ("query", told.query)):  # fmt: skip
        if value:
            lines.append(f"{name} = {quoted(value)}")
    if told.guarded:
        lines.append(
            "guarded = true  # the apostrophe before a cell that a spreadsheet would run is taken off again"
        )
    if told.group:
        names = ", ".join(map(quoted, told.group))
        lines.append(
            f"group = [{names}]  # rows that stand together and agree in it are one record: check that they are"
        )
    if told.header != 1:
        lines.append(f"header = {told.header}  # the row of the heading")
    if told.header_rows != 1:
        lines.append(f"header_rows = {told.header_rows}  # so many rows are the heading")
    return lines


def _field(one: Proposal, records: int, form: str) -> list[str]:
    column = one.column
    rate = 100 * column.filled / records if records else 0
    lines = [
        f"# {rate:.0f} % filled, {len(column.texts)} different, such as {_line(column.shown()) or 'nothing'}"
    ]
    lines += [f"# {line}" for line in _reasons(one)]
    mark = "" if one.sure else "# "
    lines += [
        f"{mark}[[field]]",
        f"{mark}from = {quoted(column.name)}",
        f"{mark}to = {quoted(one.to or '?')}",
    ]
    if one.split:
        lines.append(f"{mark}split = {quoted(one.split)}")
    if one.lang:
        lines.append(f"{mark}lang = {quoted(one.lang)}")
    if one.dates and one.dates != form:
        lines.append(f'{mark}dates = "{one.dates}"')
    return lines


def _reasons(one: Proposal) -> list[str]:
    """Why a field is proposed or not, and what a person should look at."""
    lines = (
        [f"LOOK: {_line(one.made)}: map check tells those of which nobody can say what was typed"]
        if one.made
        else []
    )
    if one.to:
        lines.append(f"evidence {one.score:.2f}: {_line(one.why)}")
    if one.rival:
        lines.append(
            f"NOT PROPOSED: the column {quoted(one.rival)} seems to be {one.to}, too, and has it. Decide which of"
        )
        lines.append(
            "the two is right; give the other another field, or leave it: it is kept beside the record."
        )
    elif one.to and not one.sure and not one.far:
        lines.append("WEAK, NOT PROPOSED: take the # off the next lines if that is what the column is.")
    elif not one.to:
        lines.append("Nothing tells what this is. It is kept beside the record unless it gets a field here.")
    if one.unsplit == "\n":
        lines.append(
            "Some cells have several lines, and nothing tells whether these are one value or several: they are taken"
        )
        lines.append('whole. If they are several, write split = "\\n".')
    elif one.unsplit:
        lines.append(
            f"Some cells hold {quoted(one.unsplit)}, but it does not part them into as many values as the list has:"
        )
        lines.append("they are taken whole.")
    lines += _of_dates(one)
    if one.column.native_digits and one.to.endswith(("number", "identifier")):
        lines.append("The digits are of the office's own script; numbers are found in either.")
    if one.lang in ("ru", "zh"):
        lines.append(f'The language "{one.lang}" is taken from the letters alone: check it.')
    return lines


def _of_dates(one: Proposal) -> list[str]:
    """What a person should look at where a column holds days."""
    lines = []
    if one.far:
        lines.append(
            "NOT PROPOSED: write these days in the common era in a column of their own, and map that one."
        )
    if one.column.ambiguous and one.dates:
        lines.append("Day and month could be the other way round: check the form of the dates.")
    if one.dates == "serial":
        lines.append(
            "The dates are numbers of days as a spreadsheet counts them (45523 is 2024-08-19); serial-1904 for a"
        )
        lines.append("workbook that counts from 1904.")
    return lines


def _line(text: str) -> str:
    """A text as it can stand in a comment: in one line, without control characters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def statuses_text(right: str, words: Sequence[str]) -> str:
    """What is added to the facts of a new office: the words of status that the source has and nobody knows, each to be
    given the state it means; as comments. Empty where there is none."""
    if not words:
        return ""
    table = "statuses" if right == "trademark" else f"words.{right}.statuses"
    states = ", ".join(code for code in codelists.table("states") if code != "unknown")
    lines = ["", f"[{table}]  # the office's word = our state; take the # off each line that you have confirmed with the office",
             f"# states: {states}"]  # fmt: skip
    known = {plain(row["heading"]): row["meaning"] for row in table_of("statuses")}
    lines += [f"# {quoted(word)} = {quoted(known.get(plain(word), '?'))}" for word in words]
    return "\n".join(lines) + "\n"


_SERIES = """[[series]]
name = "{name}"
right = "{right}"
pattern = '(?P<number>[A-Z0-9]+(?:[-/._][A-Z0-9]+)*)'
key = "{{number}}"

[[series]]
name = "{name}-registered"
right = "{right}"
field = "registration_number"
pattern = '(?P<number>[A-Z0-9]+(?:[-/._][A-Z0-9]+)*)'
key = "r-{{number}}"
"""


def office_text(code: str, name: str, zone: str, language: str) -> str:
    """The facts of a new office: enough to load its records of every right; nobody has confirmed them."""
    series = "\n".join(_SERIES.format(name=f"{right}s", right=right) for right in RIGHTS)
    return f"""# {name}: drafted when its first source was mapped. Nobody has confirmed these facts yet.

code = {quoted(code)}
name = {quoted(name)}
zone = {quoted(zone)}  # the office's time zone, such as Asia/Bangkok
include = ["ipas", "publicity", "designs", "patents"]  # shared words of statuses; what is public: confirm it with the office's law
languages = [{quoted(language)}]  # the first is the language of its reports

[feed]
reader = "st66"
record_tags = ["TransactionContentDetails"]
name_patterns = ['(?P<year>20\\d{{2}})-?(?P<month>\\d{{2}})-?(?P<day>\\d{{2}})(?:[_.-](?P<number>\\d{{1,4}}))?']
full_patterns = ['(?i)(?:^|[^a-z])(?:full|all|initial|complete)(?:[^a-z]|$)']

# How the record's address is made of its number, for each right: by the number of its application, else of its
# registration. Numbers with other signs than A to Z, 0 to 9 and - / . _ between them go to quarantine (unknown-series).
{series}
[notice]
text = "For information only. The register and the official gazette of {name} prevail over what is shown here."
certified_copy = "Certified copies and extracts are issued by {name}; ask the office for its form and fee."
"""
