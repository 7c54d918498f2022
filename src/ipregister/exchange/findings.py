"""Every finding that a reader of `exchange` may emit; why a slice may be refused is in `refusals`."""

from ipregister.exchange import sheet_findings
from ipregister.model.finding import FindingKind

KINDS: tuple[FindingKind, ...] = (
    FindingKind(
        "not-a-date",
        "error",
        "{value} is not a day of the calendar in the form this office uses.",
        "Correct the date in the office's system. The delivered text is kept; the field stays empty.",
        "ISO 8601; WIPO ST.2",
    ),
    FindingKind(
        "visak-year",
        "error",
        "{value}: here the Buddhist year changes at Visak, in the middle of a common year, so that it does not tell that one.",
        "Correct the date in the office's system. The delivered text is kept; the field stays empty.",
        "lunisolar Buddhist calendars",
    ),
    FindingKind(
        "serial-day",
        "error",
        "{value} is no date as it stands; it may be the number of a day as spreadsheets count them.",
        "Give the column the form of a date in the spreadsheet and save it again, or set `dates` of the column to "
        "`serial` in the mapping. The delivered text is kept; the field stays empty.",
        "ISO/IEC 29500-1, dates",
    ),
    FindingKind(
        "not-a-class",
        "error",
        "{value} is not a class number.",
        "Enter one class from 1 to 45 for each block of goods and services.",
        "Nice Classification",
    ),
    FindingKind(
        "classes-in-one",
        "warning",
        "{value} names several classes for one list of goods and services.",
        "Deliver one block a class. Both classes are recorded; the text is assigned to none of them.",
        "WIPO ST.66, ClassDescription",
    ),
    FindingKind(
        "not-a-country",
        "error",
        "{value} is neither a country code nor a country name we know.",
        "Use a two-letter code of WIPO standard ST.3.",
        "WIPO ST.3",
    ),
    FindingKind(
        "not-a-vienna-code",
        "warning",
        "{value} is not written as a Vienna code.",
        "Write category, division and section as three pairs of digits.",
        "Vienna Classification",
    ),
    FindingKind(
        "not-a-locarno-class",
        "warning",
        "{value} is not a class of the Locarno Classification.",
        "Write class and subclass as two pairs of digits with a dash, such as 06-01. The delivered text is shown.",
        "Locarno Classification",
    ),
    FindingKind(
        "not-a-number",
        "warning",
        "{value} is not a whole number.",
        "Correct the number in the office's system. The delivered text is kept.",
    ),
    FindingKind(
        "unknown-status",
        "warning",
        "The status {value} is not in this office's table of statuses.",
        "Add the word to the office's file with the state it means. The word is shown as delivered.",
    ),
    FindingKind(
        "unknown-feature",
        "warning",
        "The kind of sign {value} is not in this office's table.",
        "Add the word to the office's file. The delivered text is kept; the field stays empty.",
    ),
    FindingKind(
        "unknown-kind",
        "warning",
        "The kind of mark {value} is not in this office's table.",
        "Add the word to the office's file. The delivered text is kept; the field stays empty.",
    ),
    FindingKind(
        "unknown-event",
        "notice",
        "The event {value} is not in this office's table of events.",
        "Add the word to the office's file. The office's word is kept; our event kind stays empty.",
    ),
    FindingKind(
        "unknown-recordal",
        "notice",
        "The recorded act {value} is not in this office's table.",
        "Add the word to the office's file. The office's word is kept; our kind stays empty.",
    ),
    FindingKind(
        "unknown-language",
        "warning",
        "{value} is not a language code.",
        "Use a code of ISO 639. The text is kept with its language undetermined.",
        "ISO 639; BCP 47",
    ),
    FindingKind(
        "unknown-element",
        "notice",
        "The place {place} has no field in the register; its text is kept beside the record.",
        "Tell the operator, so that a field can be added.",
    ),
    FindingKind(
        "repeated-element",
        "warning",
        "{place} comes more than once where the record holds one value.",
        "Deliver the element once. The first value is in the field, the others are kept beside the record.",
    ),
    FindingKind(
        "repaired-slice",
        "warning",
        "The record's file was not well-formed XML and was mended: {repair}.",
        "Correct the program that writes the file. What was delivered is kept unchanged.",
        "W3C XML 1.0",
    ),
    FindingKind(
        "unknown-entity",
        "warning",
        "The entity {value} is not defined; it stands in the text as it was written.",
        "Write the character itself in UTF-8.",
        "W3C XML 1.0",
    ),
    FindingKind(
        "legacy-converted",
        "notice",
        "The text was in an old encoding or font ({encoding}) and was converted: “{value}”.",
        "Check the converted text; correct it in the office's system, in Unicode. What was delivered is kept.",
        "Unicode Standard",
    ),
    FindingKind(
        "header-missing",
        "notice",
        "The record has no transaction header.",
        "Deliver the record with TransactionCode and TransactionSubCode.",
        "WIPO ST.66, TransactionContentDetails",
    ),
    FindingKind(
        "unknown-word",
        "warning",
        "The word {value} is in no table of the mapping or the office.",
        "Add the word to the table with the code it means. The delivered text is kept; the field stays empty.",
    ),
    FindingKind(
        "lists-differ",
        "warning",
        "{place} holds {values} values for {elements} elements, so that nobody can say what belongs to what.",
        "Deliver as many values as elements. The values are kept beside the record.",
    ),
    FindingKind(
        "row-shape",
        "error",
        "The row does not have as many cells as the heading: {value}.",
        "Correct the row in the source: a sign that parts cells stands inside a text, or a cell is missing.",
    ),
    FindingKind(
        "shifted-row",
        "error",
        "The cells of the row stand one column or two off their headings: {value}.",
        "Put the cells of the row under their headings, and load the source again.",
    ),
    FindingKind(
        "rows-held",
        "error",
        "Rows of the record cannot be read, and it is held with them: {value}.",
        "Correct these rows in the source, as the quarantine says of each, and load it again: a record is taken whole or "
        "not at all.",
    ),
    FindingKind(
        "beside-unread",
        "error",
        "A row beside the record cannot be read, nor of which record it is; perhaps it is of this one: {value}.",
        "Correct these rows in the source, as the quarantine says of each, and load it again: a record is taken whole or "
        "not at all.",
    ),
    FindingKind(
        "rows-apart",
        "error",
        "Rows of one number stand apart in the table and differ, so that none of them is the whole record: {value}.",
        "Sort the table by the columns that `group` names, and load it again: rows that stand together are one record.",
    ),
    FindingKind(
        "rows-disagree",
        "error",
        "Rows of one number tell different days on which it becomes public, and none of them is taken: {value}.",
        "Say in the source which row is right, and load it again: nothing becomes public that a row says is not.",
    ),
    FindingKind(
        "placeholder-name",
        "notice",
        "“{value}” stands where the name of the right should be and is taken for none.",
        "If it is the name, take the word out of `placeholders` in the office's file and load it again. "
        "The delivered text is kept.",
    ),
    FindingKind(
        "perhaps-shifted",
        "warning",
        "The cells of the row may stand one column or two off their headings ({shift}): {value}.",
        "Look at the row: each cell is shown after the heading it stands under. Where it is wrong, correct it in the source "
        "and load it again; where it is right, name its number in in_place of the mapping's [input].",
    ),
    FindingKind(
        "unclosed-quote",
        "error",
        "A quotation mark in the row is not closed, or stands inside of a cell without being doubled: {value}.",
        "Close the mark, or double it, and load the source again; the rows after it were read each by itself. Where "
        "nothing in the file is quoted, set input.quote of the mapping to nothing.",
        "RFC 4180",
    ),
    *sheet_findings.KINDS,
    FindingKind(
        "structured-value",
        "error",
        "{value} has parts, and is neither a single value nor a list of such.",
        "Ask for its parts in the SELECT, each as a column of its own. What the database gave is kept; the field stays empty.",
    ),
    FindingKind(
        "not-a-row",
        "notice",
        "The row is no record, but {value}.",
        "Nothing is to be done where it is a total, a remark or a row of the heading; else correct its first cell.",
    ),
    FindingKind(
        "column-mapped",
        "notice",
        "The column {place} is the field {field}; it is filled in {filled} records of {records}, such as {value}.",
        "Check that the values are what the field says; else correct the mapping.",
    ),
    FindingKind(
        "column-unmapped",
        "notice",
        "The column {place} has no field; it is filled in {filled} records of {records}, such as {value}.",
        "Its values are kept beside the record. Give it a field in the mapping, or name it in `ignore`.",
    ),
    FindingKind(
        "shared-target",
        "warning",
        "The columns {place} are all mapped to the field {field}.",
        "Give one of them another field, or take it out of the mapping; texts in two languages need `lang` each. Of "
        "several values for one field the first is taken, the others are kept beside the record.",
    ),
    FindingKind(
        "deferment-open",
        "warning",
        "Publication is deferred, and it is not told until when.",
        "It stays hidden until the office says more: deliver the day on which the deferment ends, or its length with the "
        "unit, and the day of filing.",
        "INID 45",
    ),
    FindingKind(
        "deferment-from-filing",
        "notice",
        "The deferment until {value} was counted from the filing, although a priority is claimed.",
        "If the law of the office counts from the priority, deliver the day on which the deferment ends.",
        "INID 45; Hague Agreement (1999), Article 11",
    ),
    FindingKind(
        "undecodable-row",
        "error",
        "The row has bytes that are not in the encoding of the file: {value}.",
        "Say the right encoding in the mapping, or correct the row.",
    ),
)
"""Codes of findings, with message and remedy."""

SEVERITY = {kind.code: kind.severity for kind in KINDS}
"""Severity of each code, for those who emit it."""
