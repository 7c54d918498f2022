"""Statistics of the register: filings, registrations, classes, origin, residence, pendency, rights in force.

Counted over the public projection alone, office by office; every figure has its definition beside it.
`tables.TABLES` is the one list of what is counted. May import `model` and `store`.
"""
