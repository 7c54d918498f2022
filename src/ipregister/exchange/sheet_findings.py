"""The findings on what a spreadsheet program has done to the cells of a table."""

from ipregister.model.finding import FindingKind

KINDS: tuple[FindingKind, ...] = (
    FindingKind(
        "not-calculated",
        "error",
        "A cell holds the formula {value} and no value: nobody has calculated it.",
        "Open the workbook in a spreadsheet program, save it with calculated values, and load it again.",
        "ISO/IEC 29500-1, cell values",
    ),
    FindingKind(
        "cell-error",
        "error",
        "A cell holds the error {value} instead of a value.",
        "Mend the formula in the spreadsheet, save it, and load it again. The error is kept; the field stays empty.",
        "ISO/IEC 29500-1, cell values",
    ),
    FindingKind(
        "precision-lost",
        "error",
        "{value} is a number as a spreadsheet rounds it: its last digits are lost.",
        "Take the numbers from the office's system again, as text: give the column the format Text before they are "
        "entered or imported.",
    ),
    FindingKind(
        "spreadsheet-made",
        "error",
        "A spreadsheet program has made {value}, in the format {form}, of what was typed.",
        "Give the column the format Text, type the value again as it was, and deliver the table again. What the cell holds "
        "is kept; the field stays empty.",
        "ISO/IEC 29500-1, number formats",
    ),
    FindingKind(
        "spreadsheet-made-number",
        "error",
        "A spreadsheet program has made {value} of the number by which the record is known.",
        "Give the column the format Text, type the number again as it was, and deliver the table again.",
        "ISO/IEC 29500-1, number formats",
    ),
    FindingKind(
        "merged-cells",
        "error",
        "The row has a part in a merged cell ({value}), so that nobody can say which rows its value belongs to.",
        "Undo the merging in the spreadsheet, write the value into each row it belongs to, and load it again.",
    ),
    FindingKind(
        "cut-cell",
        "error",
        "The text of a cell goes on in a sheet of the workbook that is not at hand: {value}.",
        "Load the workbook itself, not one of its sheets saved by itself. The sheet `continued` has to be in it.",
    ),
)
