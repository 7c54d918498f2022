"""Verifying what a register gave out, offline, with its public key alone.

`proving.verify` takes a file, a folder or an address; `sources` reads them, `folders` are publications and their
shelf, `parts` the lines in them, `logs` the log of a data folder.
"""
