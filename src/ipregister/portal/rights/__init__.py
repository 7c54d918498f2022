"""The panels of each right's page beside those of trademarks: `PANELS_OF` is the one table of all."""

from ipregister.portal import panels as marks
from ipregister.portal.acts import events, notes, recordals
from ipregister.portal.designated import designations
from ipregister.portal.fields import Plain
from ipregister.portal.panels import Builder
from ipregister.portal.rights import designs, indications, patents, works
from ipregister.portal.sign import mark
from ipregister.portal.values import Panel

_LIFE: tuple[Builder, ...] = (
    marks.priorities,
    marks.publications,
    marks.references,
    recordals,
    events,
    notes,
)
_OWNERS: tuple[Builder, ...] = (marks.holders, marks.applicants)
_AGENTS: tuple[Builder, ...] = (marks.representatives, marks.correspondents)
_PATENT: tuple[Builder, ...] = (
    marks.numbers, patents.invention, *_OWNERS, patents.inventors, *_AGENTS, patents.examiners, patents.classifications, patents.claims,
    patents.priorities, patents.publications, marks.references, patents.family, patents.citations, patents.deposits,
    designations, recordals, events, patents.description, notes,
)  # fmt: skip

PANELS_OF: dict[str, tuple[Builder, ...]] = {
    "trademark": marks.PANELS,
    "patent": _PATENT,
    "utility-model": _PATENT,
    "design": (marks.numbers, designs.application, *_OWNERS, designs.designers, *_AGENTS, designs.designs,
               designations, *_LIFE),
    "indication": (marks.numbers, indications.indication, mark, indications.products, indications.area, *_OWNERS,
                   indications.producers, indications.control_bodies, indications.authorised_users, *_AGENTS,
                   designations, *_LIFE),
    "work": (marks.numbers, works.work, works.authors, *_OWNERS, *_AGENTS, designations, *_LIFE),
    "emblem": (marks.numbers, works.emblem, mark, works.objections, *_OWNERS, *_AGENTS, designations, *_LIFE),
}  # fmt: skip
"""Right -> its panels in the order of the page."""


def panels_of(record: Plain, lang: str) -> list[Panel]:
    """The panels of a public record that have something to show."""
    made = (build(record, lang) for build in PANELS_OF[record["right"]])
    return [panel for panel in made if panel is not None]
