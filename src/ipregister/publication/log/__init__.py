"""The transparency log: an append-only Merkle tree (RFC 6962) over what was released, with signed tree heads.

`merkle` is the tree, `entries` what its leaves are, `ledger` where it lies, `following` how it keeps up with the
register.
"""
