"""Standards in and out: one folder a standard, reader beside writer. Imports only `model`.

`formats.py` is the one table of formats; `origin.py` makes path and raw text of a value from the raw bytes
by its position alone; `loss.py` checks that a reader lost nothing; `findings.py` declares what readers find.
"""
