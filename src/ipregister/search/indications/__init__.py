"""Marks against geographical indications, across scripts: does a mark use, hold or sound like a protected name?

`shield` holds the names of indications and compares a name with all of them by the forms and features of `similarity`;
`book` keeps what was found, in a file beside the index that can be thrown away. Imports `model` and `search` only.
Public: `shield.Shield`, `shield.Protected`, `book.ConflictBook`, `book.shield_of`.
"""
