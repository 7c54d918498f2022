"""The finding codes of this floor, and the table of all codes that the register knows."""

from ipregister.capture import findings as capture_findings
from ipregister.exchange import findings as exchange_findings
from ipregister.exchange import refusals
from ipregister.model.finding import FindingKind
from ipregister.quality import rules

CUT_OTHERWISE = "cut-otherwise"
"""Finding code of reading again: the present splitter cuts the delivery otherwise than at the load."""

NOT_COMPARED = "not-compared"
"""Finding code of the book of conflicts: a stored record cannot be read."""

NOT_LISTED = "not-listed"
"""Finding code of a report: not all findings of a code are in its list."""

FEED_UNPROVED, FEED_SILENT = "feed-unproved", "feed-silent"
"""Finding codes of a mirror: the publisher's change feed and his log do not agree."""

FEED_OTHER_RULES = "feed-other-rules"
"""Finding code of a mirror: the same, but meanwhile the publisher changed what he gives out."""

FOREIGN_OFFICE, SOURCE_CONFLICT = "foreign-office", "source-conflict"
"""Finding codes of a node with several publishers: one gives records of an office that is taken from another."""

KINDS: tuple[FindingKind, ...] = (
    FindingKind("no-number", "error", "The record has no application number.",
                "Deliver the record again with its number; until then it stays in quarantine.", "INID 210"),
    FindingKind("member-of-another-office", "notice", "A member of another office: the document is of {value}.",
                "Nothing is missing for {office}. Load the file for that office too (`ipregister load {value} FILE`), "
                "where the register has its facts.", "WIPO ST.36"),
    FindingKind("publication-parts", "notice",
                "Parts of the publication {value}, which the register does not hold yet: they are kept, and wait for it.",
                "Nothing has to be done: they join the record of {value} as soon as a document that has the number of "
                "its application is loaded.",
                "WIPO ST.36"),
    FindingKind("unknown-series", "error", "{value} is no number of a series that is known for this office.",
                "Correct the number. If the office does number so, add a `[[series]]` to its file in `offices/` of the data "
                "folder; if the office came with the register, tell those who make the register. Then run "
                "`ipregister quarantine retry`.",
                "INID 210"),
    FindingKind("key-collision", "error",
                "The delivery holds two different records with one number ({key}); the first was taken.",
                "Say which of the two is right, and give the other its own number.", "INID 210"),
    FindingKind("key-collision-closing", "error",
                "The delivery holds two different records with one number ({key}); this one holds, since by it the record is "
                "not public as early.",
                "Say which of the two is right, and give the other its own number.", "INID 210"),
    FindingKind("acts-left-out", "warning",
                "Acts that one state of the registration tells, and its present state does not: {value}.",
                "Compare with the International Register. Where the acts hold, deliver the registration with its history, or "
                "the acts by themselves.", "WIPO ST.96, Hague Express"),
    FindingKind("number-reused", "warning",
                "The number {key} seems to be given to another right: filing day, registration, words and applicants all "
                "differ from the version before, as far as both tell them.",
                "Compare the two versions of the record. If they are two rights, give one of them its own number and deliver "
                "both again. If they are one, nothing is to be done.", "INID 210"),
    FindingKind("absent-from-full", "warning",
                "The register holds the record, and the full delivery does not.",
                "Nothing is deleted. If the record is to go, send it with a deletion."),
    FindingKind("replaced-on-reading", "error",
                "Bytes or control signs that are no letters were replaced by � on reading: “{value}”.",
                "Correct the encoding of the file, or take the control signs out, and deliver the record again. The delivered "
                "bytes are kept.",
                "Unicode, U+FFFD"),
    FindingKind("image-unreadable", "warning", "{value} is no picture that can be opened.",
                "Deliver the picture again."),
    FindingKind("image-too-large", "warning", "The picture {value} has too many pixels to be shown.",
                "Deliver the picture with fewer pixels."),
    FindingKind(NOT_COMPARED, "error", "The stored record {value} cannot be read and was not compared with indications.",
                "Restore the register from a backup, or load the delivery of the record again; it is compared as soon "
                "as it changes."),
    FindingKind(NOT_LISTED, "notice",
                "{listed} of the {total} findings “{value}” are listed here; "
                "the others are of records that did not change.",
                "Look for the others in the reports of the earlier deliveries."),
    FindingKind(FEED_UNPROVED, "error",
                "The publisher's change feed told a version of {value} (change {change}) that is not in his log.",
                "The version was taken out again, and what was published holds. Ask the publisher."),
    FindingKind(FEED_OTHER_RULES, "notice",
                "The publisher's change feed told a version of {value} (change {change}) that he does not give out so any "
                "more: his rules changed before he published.",
                "Nothing has to be done: the version was taken out again, and what was published holds."),
    FindingKind(FEED_SILENT, "error",
                "The publisher's log has a version of {value} (change {change}) that his change feed passed over.",
                "It was taken from the publication. Ask the publisher."),
    FindingKind(FOREIGN_OFFICE, "warning",
                "A publisher gives {amount} records of {value}, an office that is taken from another publisher.",
                "They were not taken. Ask both publishers who speaks for the office."),
    FindingKind(SOURCE_CONFLICT, "error", "Two publishers give {value} with different content.",
                "What its office's own publisher gives stands. Ask both publishers."),
    FindingKind(CUT_OTHERWISE, "notice",
                "The delivery was loaded in {then} pieces and would now be cut into {now}; {elsewhere} stored "
                "pieces lie elsewhere in it now. They were read as they were stored.",
                "Look at what is in quarantine, and try it again with `ipregister quarantine retry`."),
)  # fmt: skip
"""Codes that intake and the store emit."""


def kinds() -> dict[str, FindingKind]:
    """Every finding code of the register, by code."""
    tables = (*exchange_findings.KINDS, *refusals.KINDS, *capture_findings.KINDS, *rules.kinds(), *KINDS)
    return {kind.code: kind for kind in tables}
