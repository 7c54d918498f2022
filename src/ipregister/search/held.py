"""Which search fields a record has a value in: `has:goods`, `NOT has:priority`."""

from collections.abc import Collection

from ipregister.search.sources import Source

_OF_SIGN = {"verbal": "mark", "translations": "translation", "transliterations": "transliteration",
            "descriptions": "description", "disclaimers": "disclaimer"}  # fmt: skip
_OF_RECORD = {
    "applicants": "applicant", "holders": "holder", "representatives": "representative", "goods": "goods",
    "priorities": "priority", "publications": "published", "application_date": "filed",
    "registration_date": "registered", "expiry_date": "expires", "designations": "designated", "events": "event",
}  # fmt: skip


_OF_DESIGN = {
    part: _OF_RECORD[part]
    for part in ("applicants", "representatives", "priorities", "publications", "events")
}
HELD_FROM: dict[str, str] = {
    **_OF_RECORD, **{f"mark/{part}": name for part, name in _OF_SIGN.items()},
    **{f"designs/{part}": name for part, name in _OF_DESIGN.items()},
}  # fmt: skip


def held(source: Source) -> Collection[str]:
    """Names of the fields in which the record has a value, for those that are asked for by their absence."""
    public = source.public
    found = [name for part, name in _OF_RECORD.items() if public.get(part)]
    if mark := public.get("mark"):
        found += [name for part, name in _OF_SIGN.items() if mark.get(part)]
    designs = public.get("designs")
    if not designs:
        return found
    found += [name for part, name in _OF_DESIGN.items() if any(one.get(part) for one in designs)]
    return list(dict.fromkeys(found))
