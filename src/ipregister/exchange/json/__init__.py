"""JSON records: one slice parsed alone and bounded, its texts by JSON pointer (RFC 6901).

`slices.parse` gives the texts of a record; a reader puts them on a `Sheet` with the pointer as position.
"""
