"""Mirrors: a full node made from what another node publishes, proved at every step, and the edition for offline use.

`copying` takes publications over, `proving` holds them against the log and copies it, `deliveries` makes deliveries
out of them, which the belt loads like those of an office; `standing` compares what the register then holds.
`edition` packs an installation into one file. The log and the signatures of the publisher stay as evidence.
May import `model` and `store`.
"""
