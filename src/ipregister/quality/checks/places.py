"""Countries and offices anywhere in the record are codes of ST.3."""

from collections.abc import Iterator

from ipregister.model import codelists
from ipregister.model.finding import Finding, FindingKind
from ipregister.model.party import Party
from ipregister.quality import remedies
from ipregister.quality.rule import Case, Rule, found

_CODES = codelists.codes("st3") | {""}
_ROLES = ("applicants", "holders", "representatives", "correspondents")

COUNTRY = FindingKind(
    "country-unknown",
    "warning",
    "“{value}” is no code of a country or organisation.",
    remedies.COUNTRY,
    "WIPO ST.3",
)


def countries(case: Case) -> Iterator[Finding]:
    """Every country code of the record."""
    record, known = case.record, _CODES
    if record.receiving_office not in known:
        yield found(COUNTRY, "/receiving_office", record.receiving_office)
    for place, priority in enumerate(record.priorities):
        if priority.country not in known:
            yield found(COUNTRY, f"/priorities/{place}/country", priority.country)
    for place, designation in enumerate(record.designations):
        if designation.country not in known:
            yield found(COUNTRY, f"/designations/{place}/country", designation.country)
    for place, reference in enumerate(record.references):
        if reference.office not in known:
            yield found(COUNTRY, f"/references/{place}/office", reference.office)
    for place, event in enumerate(record.events):
        if event.country not in known:
            yield found(COUNTRY, f"/events/{place}/country", event.country)
    for place, act in enumerate(record.recordals):
        for number, office in enumerate(act.offices):
            if office not in known:
                yield found(COUNTRY, f"/recordals/{place}/offices/{number}", office)
        yield from _of_parties(f"/recordals/{place}/parties", act.parties)
    for role in _ROLES:
        yield from _of_parties(f"/{role}", getattr(record, role))


def _of_parties(path: str, parties: tuple[Party, ...]) -> Iterator[Finding]:
    for place, party in enumerate(parties):
        if party.country not in _CODES:
            yield found(COUNTRY, f"{path}/{place}/country", party.country)
        for field in ("nationality", "establishment", "domicile"):
            code = getattr(party, field)
            if code and code not in _CODES:
                yield found(COUNTRY, f"{path}/{place}/{field}", code)


RULES = (Rule((COUNTRY,), countries),)
