"""Offices of the tests: only the shape of their feeds matters here."""

from ipregister.model.offices import Feed, Office

NAMES = (r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:_(?P<number>\d+))?\.",)


def office(*tags: str, reader: str = "st66", code: str = "LA") -> Office:
    """An office whose records are the elements `tags`."""
    feed = Feed(reader=reader, record_tags=tags, name_patterns=NAMES, full_patterns=("FULL",))
    return Office(code=code, name=code, zone="Asia/Vientiane", feed=feed, series=())


LA = office("Transaction")
SG = office("Trademark", "Article6ter", "R13", code="SG", reader="sg")
