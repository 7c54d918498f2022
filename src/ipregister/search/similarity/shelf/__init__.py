"""The forms of all names of the register, in files that all processes share.

`segment` is one immutable set of files, read by mapping them into memory; `making` writes one. A shelf is a folder
of segments (`shelf.Shelf`); changes come as new segments, and what they replace is marked as dead.
"""
