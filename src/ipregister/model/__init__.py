"""What a right is: typed records, code lists, the facts of the offices. The ground floor.

Imports nothing of `ipregister` but itself, and no Django. Records are frozen `msgspec.Struct`s;
office facts are TOML files in `offices/`, code lists are CSV files in `codes/`.
"""
