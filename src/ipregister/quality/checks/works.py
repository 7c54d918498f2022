"""Copyright deposits, and emblems under Article 6ter."""

from collections.abc import Iterator

from ipregister.model.emblem import Emblem
from ipregister.model.finding import Finding, FindingKind
from ipregister.model.status import is_past
from ipregister.model.work import Work
from ipregister.quality import remedies
from ipregister.quality.checks.patents import TITLE
from ipregister.quality.rule import Case, Rule, found

AUTHOR = FindingKind(
    "author-missing", "warning", "No author is named.", remedies.ADD, "Berne Convention, Article 15"
)
DATES = FindingKind(
    "work-dates",
    "warning",
    "The date {value} is before the work was made ({other}).",
    remedies.CORRECT_DATE,
    "",
)
OWNER = FindingKind(
    "emblem-owner-missing",
    "warning",
    "It is not told whose emblem this is.",
    remedies.ADD,
    "Paris Convention, Article 6ter",
)


def deposits(case: Case[Work]) -> Iterator[Finding]:
    """Title, author, and dates that follow the making."""
    record = case.record
    if not record.titles and not case.is_kept("/titles"):
        yield found(TITLE, "/titles")
    if not record.authors and not case.is_kept("/authors"):
        yield found(AUTHOR, "/authors")
    made = record.created
    for field, date in (("published", record.published), ("application_date", record.application_date)):
        if made and date and is_past(date, made) and date < made:
            yield found(DATES, f"/{field}", date, other=made)


def emblems(case: Case[Emblem]) -> Iterator[Finding]:
    """Whose the emblem is."""
    record = case.record
    if not (record.owners or record.country or record.organisation or record.holders or record.applicants):
        yield found(OWNER, "/owners")


WORKS: tuple[Rule[Work], ...] = (Rule((TITLE, AUTHOR, DATES), deposits),)
EMBLEMS: tuple[Rule[Emblem], ...] = (Rule((OWNER,), emblems),)
