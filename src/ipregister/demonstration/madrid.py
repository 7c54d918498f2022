"""Madrid: which international registration designates which office, and which national record copies it.

Both are found by arithmetic from the index alone, so that offices can be written one by one.
"""

from .vocabulary import office_words, offices

FIRST_NUMBER = 750000
ELSEWHERE = ("CN", "US", "JP", "EM", "AU", "IN", "KR", "KZ", "SG")


def number(index: int) -> int:
    """The number of the international registration with that index."""
    return FIRST_NUMBER + index


def designated(index: int) -> list[str]:
    """The offices of the region, then others, designated in that registration."""
    region = []
    for place, office in enumerate(offices()):
        every = office_words(office)["designated_every"]
        if every and index % every == place % every:
            region.append(office)
    others = [code for place, code in enumerate(ELSEWHERE) if (index + place) % 3]
    return region + others[: 1 + index % 5]


def original(office: str, index: int, registrations: int) -> int | None:
    """The international registration whose national copy this record is, if it is one."""
    row = office_words(office)
    if not row["national_copy_every"] or index % row["national_copy_every"] != 2:
        return None
    ordinal, every = index // row["national_copy_every"], row["designated_every"]
    found: int = ordinal * every + offices().index(office) % every
    return found if found < registrations else None
