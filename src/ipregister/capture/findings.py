"""The finding codes of this floor: what can be wrong with a delivery, a slice, a KZ or SG record."""

from ipregister.model.finding import FindingKind

_AGAIN = "Ask the office to deliver the file again."
_LOOK = "Look at the slice in quarantine. If it is a record, ask the office for it."

DELIVERY_KINDS: tuple[FindingKind, ...] = (
    FindingKind("split-count", "warning",
                "{member}: the byte splitter found {split} records, the streaming parse {parsed}; the parse counts.",
                "Nothing to do; tell the maintainers of ipregister, so that the splitter learns this shape."),
    FindingKind("damaged-file", "error", "{member} is damaged in the zip: {value}. Its records were read as far as they go.",
                _AGAIN),
    FindingKind("cut-off-file", "error", "{member} ends before its outer element is closed.",
                "Check the last records of the delivery. " + _AGAIN),
    FindingKind("file-header", "notice", "{member} begins with values outside of any record: {value}",
                "Nothing to do; the values stay in the kept file."),
    FindingKind("file-trailer", "notice", "{member} ends with values outside of any record: {value}",
                "Nothing to do; the values stay in the kept file."),
    FindingKind("unsafe-name", "warning", "A file in the delivery has an unsafe or repeated name; it is known as {value}.",
                "Ask the office to use plain, distinct file names."),
    FindingKind("link-skipped", "warning", "{value} is a symbolic link; it was not followed.",
                "Ask the office to deliver the file itself."),
    FindingKind("unassigned-file", "notice", "{count} files belong to no record, the first is {value}.",
                "Check the file names against the records' file names or numbers."),
    FindingKind("unopened-archive", "warning",
                "{value} is an archive of a kind that is not opened; records in it were not read.",
                "Unpack it and load the folder, or pack its files as zip and load that."),
    FindingKind("nested-too-deep", "warning", "{value}: zips are inside one another too deep; it was not opened.",
                "Repack the delivery with fewer levels."),
    FindingKind("day-guessed", "notice", "The delivery's name does not say its day; {value} was taken from its files.",
                "Give the day when loading, or name the file as agreed with the office."),
)  # fmt: skip

REFUSAL_KINDS: tuple[FindingKind, ...] = (
    FindingKind("empty", "error", "The file is empty.", _AGAIN),
    FindingKind("not-xml", "error", "The file is not XML.", _AGAIN),
    FindingKind("no-record", "error", "The file has no record of this office's feed.",
                "Check that the delivery is this office's. " + _AGAIN),
    FindingKind("service-answer", "notice", "An answer of a data service that holds no record of a right: {value}.",
                "Nothing is missing. Load what the service gives as documents: bibliographic data, claims, description, "
                "families."),
    FindingKind("package-contents", "notice", "The table of contents of a package of documents; it names {value} files and "
                "holds no record.", "Nothing to do; the values stay in the kept file."),
    FindingKind("service-error", "warning", "A data service answered with an error: {value}.",
                "Ask the service again, and load its answer."),
    FindingKind("between-records", "error", "Text between records that is no part of a record.", _LOOK),
    FindingKind("unclosed", "error", "The record has no end: the next one begins before it is closed.", _LOOK),
    FindingKind("truncated", "error", "The file ends within the record.", _AGAIN),
    FindingKind("too-large", "error", "The record or file is larger than the limit.",
                "If it is a real record, ask the office to deliver its pictures as files beside it."),
    FindingKind("damaged-member", "error", "The file in the zip is damaged.", _AGAIN),
    FindingKind("encrypted-member", "error", "The file in the zip is encrypted.",
                "Unpack it with the office's password and load the folder."),
    FindingKind("unknown-compression", "error", "The file in the zip is packed by a method that is not read.",
                "Unpack it and load the folder."),
    FindingKind("not-a-zip", "error", "The zip inside the delivery cannot be opened.", _AGAIN),
    FindingKind("members-overlap", "error", "The zip inside the delivery is forged: its members overlap.", _AGAIN),
    FindingKind("expands-too-far", "error", "The zip inside the delivery would expand beyond the limit.", _AGAIN),
    FindingKind("too-many-members", "error", "The zip inside the delivery has more files than the limit.",
                "Split the delivery."),
    FindingKind("reader-failed", "error", "The reader could not read the record: {value}",
                "Tell the maintainers of ipregister and send them the record."),
)  # fmt: skip

READER_KINDS: tuple[FindingKind, ...] = (
    FindingKind("feature-derived", "notice",
                "The feed does not say what kind of sign the mark is; {value} follows from its texts, pictures and flags.",
                "Deliver the kind of sign (550)."),
    FindingKind("goods-unmatched", "warning",
                "{classes} classes and {lists} lists of goods: which list belongs to which class cannot be told.",
                "Deliver one list for each class, in the same order. The goods are kept without a class."),
    FindingKind("country-differs", "warning",
                "The name ends with {value}, the country of the party is {country}.",
                "Correct the country or the name. Both are kept as delivered."),
)  # fmt: skip

KINDS: tuple[FindingKind, ...] = (*DELIVERY_KINDS, *REFUSAL_KINDS, *READER_KINDS)

SEVERITY = {kind.code: kind.severity for kind in KINDS}
"""Severity of each code, for those who emit it."""
