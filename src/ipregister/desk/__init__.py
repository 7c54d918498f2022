"""What a help desk works out for people: is my name taken, clear a mark, batches of names, reports.

Functions and tables only, no pages: the portal and the verbs show what comes from here. Imports `model`, `quality`,
`store`, `search`. Works on the public sides of records that the caller hands in (`sides.Look`), never on records.
Public: `name_check.check_name`, `clearance.clear`, `clearance_again.compared`, `name_lists.read_names`,
`sealed.SealedAnswers`.
"""
