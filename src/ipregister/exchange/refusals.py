"""Why a slice holds no record that can be read, and what to do then."""

from ipregister.model.finding import FindingKind

_CORRECT = "Have the file corrected at its source and deliver it again. It is kept as it came."

KINDS: tuple[FindingKind, ...] = (
    FindingKind("too-deep", "error", "Elements are nested deeper than the limit.", _CORRECT),
    FindingKind("too-many-elements", "error", "The record has more elements than the limit.", _CORRECT),
    FindingKind(
        "document-type",
        "error",
        "The file has a document type declaration with entities or outside parts; these are never read.",
        "Have the declaration taken out at the source and deliver the file again.",
    ),
    FindingKind(
        "not-well-formed", "error", "The file is not well-formed and could not be mended: {value}", _CORRECT
    ),
    FindingKind(
        "several-records",
        "error",
        "What should be one record holds several, so that none can be told from the others.",
        "Deliver each record in an element of its own.",
    ),
    FindingKind(
        "act-alone",
        "error",
        "A document that tells a part of a right that is not held, or of several: {value}.",
        "Nothing has to be done: it is kept, and taken when its registration or application comes. One of several "
        "registrations waits until these tell it (`ipregister quarantine retry`).",
    ),
    FindingKind(
        "act-told",
        "notice",
        "An act of the International Bureau that its registration, which is held, tells: {value}.",
        "Nothing has to be done.",
    ),
    FindingKind(
        "not-a-record",
        "error",
        "The file holds no record of this format: {value}.",
        "Check that it is the file that was meant, and its format (`ipregister formats`); deliver the record again.",
    ),
)
"""Reasons of the readers of `exchange`; `capture.findings` has those of empty and of large files."""

CODES = frozenset({"empty", "too-large", *(kind.code for kind in KINDS)})
"""Every code with which a reader may refuse a slice."""
