"""What hits are limited to, and how the index of pictures is asked for it."""

from msgspec import Struct


class Wanted(Struct, frozen=True):
    """What hits are limited to; empty is everything.

    A Vienna code stands for itself and all codes under it: `3` and `03` for category 3, `3.9` for its division 9.
    `without` are keys of records that are no hits: a record is not like itself."""

    offices: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    vienna: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def condition(wanted: Wanted, *, of_few: bool = False) -> tuple[str, tuple[str, ...]]:
    """The condition on a row `s` of the table `shown`, and its values.

    `of_few`: where few rows are asked for, the codes of each are looked up; else the rows of the codes are."""
    parts, values = ["1"], list[str]()
    if wanted.offices:
        parts.append(f"s.office IN ({_marks(wanted.offices)})")
        values += wanted.offices
    if wanted.without:
        parts.append(f"s.key NOT IN ({_marks(wanted.without)})")
        values += wanted.without
    if wanted.classes:
        parts.append(_with_codes("class", f"c.code IN ({_marks(wanted.classes)})", of_few=of_few))
        values += [one.strip().lstrip("0") for one in wanted.classes]
    if wanted.vienna:
        under = " OR ".join("c.code = ? OR (c.code > ? AND c.code < ?)" for _ in wanted.vienna)
        parts.append(_with_codes("vienna", f"({under})", of_few=of_few))
        for code in map(_two_digits, wanted.vienna):
            values += [code, f"{code}.", f"{code}/"]
    return " AND ".join(parts), tuple(values)


def _with_codes(kind: str, codes: str, *, of_few: bool) -> str:
    if of_few:
        return f"EXISTS (SELECT 1 FROM codes c WHERE c.key = s.key AND c.kind = '{kind}' AND {codes})"  # noqa: S608
    return f"s.key IN (SELECT c.key FROM codes c WHERE c.kind = '{kind}' AND {codes})"  # noqa: S608


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))


def _two_digits(code: str) -> str:
    """A Vienna code with two digits a part, as records hold it: `3.9` is `03.09`."""
    return ".".join(part.zfill(2) for part in code.strip().strip(".").split("."))
