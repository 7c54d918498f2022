"""Completeness: what an office says that it published, held against what the register has.

`declarations` takes in and keeps what offices declare: lists of numbers, of which `listed` tells one from the other in
every spelling, and tables of `totals`. `holding` collects what the
register holds; `ledger` holds one against the other. Without a declaration a line says so, and never "gap".
May import `model`, `exchange.st37`, `quality` and `store`.
"""
