"""The verbs of the command line, one module a topic; `verbs.VERBS` lists them all.

A verb prints its result on stdout (a table for a person, JSON lines for a program) and its progress on
stderr. Exit codes: 0 done, 1 done with quarantined records, 2 wrong use, 3 input that cannot be read.
"""
