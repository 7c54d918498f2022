"""What a mapping does with the columns of a source: which are fields, which have none, which share one."""

from collections.abc import Callable, Iterable

from ipregister.exchange.findings import SEVERITY
from ipregister.exchange.mapped.cells import folded
from ipregister.exchange.mapped.mapping import Field, Mapping
from ipregister.exchange.mapped.profile import Column, Profile
from ipregister.model.finding import Finding


def shared(mapping: Mapping) -> list[Finding]:
    """The fields that two columns are mapped to, unless they are texts whose languages are told apart."""
    found: dict[str, list[Field]] = {}
    for field in mapping.fields:
        found.setdefault(mapping.target(field).path, []).append(field)
    return [
        _finding("shared-target", f"/{path}", "", place=_named(one.source for one in fields), field=path)
        for path, fields in found.items()
        if len(fields) > 1 and not _in_languages(mapping, fields)
    ]


def _in_languages(mapping: Mapping, fields: list[Field]) -> bool:
    """Whether the columns are texts of one field, each in a language of its own."""
    languages = [field.lang or mapping.lang for field in fields]
    return mapping.target(fields[0]).kind == "text" and len(set(languages)) == len(languages)


def columns(mapping: Mapping, profile: Profile) -> list[Finding]:
    """What becomes of each column that was seen: how far it is filled, a few of its texts, its field."""
    fields: dict[str, list[str]] = {}
    for field in mapping.fields:
        fields.setdefault(folded(field.source), []).append(field.to)
    ignored = {folded(name) for name in mapping.ignore}
    return [
        _told(column, profile.records, fields.get(folded(name), []))
        for name, column in profile.columns.items()
        if folded(name) not in ignored
    ]


def repeated(told: Iterable[Finding]) -> Callable[[Finding], bool]:
    """Whether a finding on a record says again that a column has no field, as `columns` told. Not of a value that keeps
    its record closed."""
    open_ = {folded(one.arguments["place"]) for one in told if one.code == "column-unmapped"}

    def again(one: Finding) -> bool:
        known = one.code == "unknown-element" and one.path.startswith("/extra/")
        return known and folded(one.arguments.get("place", "")) in open_

    return again


def _told(column: Column, records: int, fields: list[str]) -> Finding:
    told = {"place": column.name, "filled": str(column.filled), "records": str(records)}
    if not fields:
        return _finding("column-unmapped", "", column.shown() or "nothing", **told)
    return _finding(
        "column-mapped", f"/{fields[0]}", column.shown() or "nothing", field=", ".join(fields), **told
    )


def _named(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _finding(code: str, path: str, value: str, **arguments: str) -> Finding:
    return Finding(code, SEVERITY[code], path, value, arguments)
