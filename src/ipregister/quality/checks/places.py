"""Countries and offices anywhere in the record are codes of ST.3."""

from ipregister.model import codelists
from ipregister.model.finding import Finding, FindingKind
from ipregister.model.party import Party
from ipregister.model.right import Right
from ipregister.quality import remedies
from ipregister.quality.rule import Case, Rule, found

_CODES = codelists.codes("st3") | {""}

COUNTRY = FindingKind(
    "country-unknown",
    "warning",
    "“{value}” is no code of a country or organisation.",
    remedies.COUNTRY,
    "WIPO ST.3",
)


def countries(case: Case[Right]) -> list[Finding]:
    """Every country code of the record."""
    record, findings = case.record, list[Finding]()
    _one("/receiving_office", record.receiving_office, findings)
    for place, priority in enumerate(record.priorities):
        if priority.country not in _CODES:
            _one(f"/priorities/{place}/country", priority.country, findings)
    for place, designation in enumerate(record.designations):
        if designation.country not in _CODES:
            _one(f"/designations/{place}/country", designation.country, findings)
    for place, reference in enumerate(record.references):
        if reference.office not in _CODES:
            _one(f"/references/{place}/office", reference.office, findings)
    for place, event in enumerate(record.events):
        if event.country:
            _one(f"/events/{place}/country", event.country, findings)
    for place, act in enumerate(record.recordals):
        for number, office in enumerate(act.offices):
            _one(f"/recordals/{place}/offices/{number}", office, findings)
        _of_parties(f"/recordals/{place}/parties", act.parties, findings)
    _of_parties("/applicants", record.applicants, findings)
    _of_parties("/holders", record.holders, findings)
    _of_parties("/representatives", record.representatives, findings)
    _of_parties("/correspondents", record.correspondents, findings)
    return findings


def _one(path: str, code: str, findings: list[Finding]) -> None:
    if code not in _CODES:
        findings.append(found(COUNTRY, path, code))


def _of_parties(path: str, parties: tuple[Party, ...], findings: list[Finding]) -> None:
    for place, party in enumerate(parties):
        if party.country not in _CODES:
            _one(f"{path}/{place}/country", party.country, findings)
        if party.nationality or party.establishment or party.domicile:
            _one(f"{path}/{place}/nationality", party.nationality, findings)
            _one(f"{path}/{place}/establishment", party.establishment, findings)
            _one(f"{path}/{place}/domicile", party.domicile, findings)


RULES: tuple[Rule[Right], ...] = (Rule((COUNTRY,), countries),)
