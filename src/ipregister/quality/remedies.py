"""What an office should do about a finding: the sentences that rules share. Each is a key of the translations."""

ADD = "Enter the missing value in the office's system and deliver the record again."
CORRECT = "Correct the value in the office's system and deliver the record again."
CORRECT_DATE = "Compare the date with the file or the gazette, correct it and deliver the record again."
COMPARE = (
    "Compare the record with the file; correct it if it is wrong. If it is right, nothing is to be done."
)
NOTHING = "Nothing has to be done. The register keeps the value as delivered."
COUNTRY = "Use the two-letter code of WIPO standard ST.3."
LANGUAGE = "Use the two-letter code of ISO 639-1 for the language the text is written in."
SPLIT = "Keep one entry and delete the repeated one."
RETYPE = "Enter the text again from the file, in Unicode, and deliver the record again."
CONVERT = (
    "Have the text converted to Unicode at its source. Ask the operator of the register for the converter."
)
CLASSIFY = "Enter each class by itself, with its goods and services, and deliver the record again."
PICTURE = "Deliver the picture together with the record."
MOVE = "Move the description of the picture to the field for descriptions."
EMPTY = "Leave the field empty where there is nothing to say."
NUMBER = (
    "Compare the number with the file. If it is a new series of numbers, tell the operator of the register."
)
TERM = "Enter the renewal, or let the office say that the registration has expired."
STATUS = "Enter the missing event or correct the status, and deliver the record again."
MERGE = "Find out whether one of the records was entered twice. If so, delete one."

ALL = (
    ADD,
    CORRECT,
    CORRECT_DATE,
    COMPARE,
    NOTHING,
    COUNTRY,
    LANGUAGE,
    SPLIT,
    RETYPE,
    CONVERT,
    CLASSIFY,
    PICTURE,
    MOVE,
    EMPTY,
    NUMBER,
    TERM,
    STATUS,
    MERGE,
)
"""All remedies that rules use."""
