"""Mapped sources: any table, XML or JSON, read by a mapping file that says which column or path is which field.

`mapping` is the file, checked against the record; `rows` and `database` turn tables into lines of JSON, a row each;
`reader.read` makes a reading of one row, element or object; `shifted` finds rows that do not fit their heading;
`profile` looks at a source and proposes a mapping.
"""
