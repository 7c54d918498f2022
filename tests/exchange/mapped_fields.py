"""The text of a mapping: a table for each of its fields. For all tests with a mapping of their own."""


def field(column: str, place: str, **more: str) -> str:
    """The table that takes a column to its place in the record, with what else is said of it (`split`, `codes`)."""
    said = {"from": column, "to": place, **more}
    return "[[field]]\n" + "".join(f'{word} = "{text}"\n' for word, text in said.items())


def fields(places: dict[str, str], **more: str) -> str:
    """The tables of several columns; what else is said holds for each."""
    return "".join(field(column, place, **more) for column, place in places.items())


MARKS = {"No": "application_number", "Filed": "application_date", "Mark": "mark/verbal"}
"""The columns with which a table of marks begins."""
CLASSES = "goods/*/class_number"
GOODS = "goods/*/texts"
