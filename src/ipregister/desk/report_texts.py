"""The English texts of clearance reports: codes as words. Reports are written in English, as offices and agents use them."""

from ipregister.desk.clearance import ClearHit, Report
from ipregister.desk.name_check import Searched

BANDS = {"identical": "Identical", "very-close": "Very close", "close": "Close", "some": "Some likeness"}
GROUPS = {
    "earlier": "In force, earlier", "pending": "Pending, earlier", "grace": "Term over, late renewal possible",
    "open": "Cannot be told from the data", "later": "Filed later than the day asked", "dead": "Ended",
}  # fmt: skip
GOODS = {
    "like-goods": "like goods", "same-class": "same class", "no-goods": "no goods on record", "not-asked": "no goods asked",
    "other-goods": "other goods",
}  # fmt: skip
FINDINGS = {
    "no-picture-index": "The pictures were not compared: this register has no index of pictures.",
    "more-hits": "{0} more hits with less likeness are left out.",
    "no-font": "No font on this machine shows {0}. Such texts stand in brackets, by their sound in Latin letters. "
               "Install a font for this script and make the report again; the JSON and XLSX reports hold the texts as they are.",
}  # fmt: skip
NOT_LOOKED_AT = (
    "This report lists published records that are like the mark asked for. It is no legal opinion and no permission. Not looked at: "
    "applications that are not published yet, priorities that are still to be claimed, marks in use without registration, company and "
    "domain names, offices that are not in the table of coverage."
)


def finding(code: str, argument: str) -> str:
    """A finding as a sentence."""
    return FINDINGS.get(code, code).format(argument)


def why(hit: ClearHit) -> str:
    """Why a hit is there, in a line."""
    found = [reason.text for reason in hit.reasons]
    if hit.picture:
        found.append(
            f"picture like picture {hit.asked}" if hit.asked.isdecimal() and not hit.name else "picture alike"
        )
    if hit.goods in {"like-goods", "same-class"}:
        found += [reason.text for reason in hit.goods_reasons] or [GOODS[hit.goods]]
    return "; ".join(found)


def day_of(hit: ClearHit) -> str:
    """The day that counts for a hit."""
    if not hit.standing.day:
        return ""
    return f"{hit.standing.day} (priority)" if hit.standing.by_priority else hit.standing.day


def blind(one: Searched) -> str:
    """What of an office cannot be seen."""
    if one.blind.median is None:
        return "delay of publication not measured"
    return f"published within {one.blind.median} days (half) to {one.blind.most} days (nine of ten); complete to about {one.blind.seen_to}"


def question(report: Report) -> list[tuple[str, str]]:
    """The question and the state of the register, as lines of a table."""
    asked = report.question
    return [
        ("Names", " | ".join(asked.names)),
        ("Pictures (SHA-256)", " ".join(asked.pictures)),
        ("Classes", " ".join(map(str, asked.classes)) or "all"),
        ("Goods", asked.goods),
        ("Offices", " ".join(asked.offices) or "all"),
        ("Scripts", " ".join(asked.scripts) or "all"),
        ("Earlier than", asked.day),
        ("Made", report.made),
        ("Program", report.program),
        (
            "Algorithms",
            f"{report.algorithms.names}, {report.algorithms.pictures}, {report.algorithms.goods}, {report.algorithms.indications}, {report.algorithms.closeness}",
        ),
        ("Register at change", str(report.register.change)),
        ("Names compared to change", str(report.register.names_change)),
        ("Digest of the coverage", report.register.coverage_digest),
    ]
