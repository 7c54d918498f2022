"""Classes of the Locarno Classification as offices write them."""

import re
from functools import lru_cache

from ipregister.model.digits import to_ascii

LAST_LOCARNO = 32
"""The last class, of logos and graphic symbols."""

_LOCARNO = re.compile(r"(?i)(?:class|cl\.?|locarno)?\s*(\d{1,2})\s*[-./ ]\s*(\d{1,2})|(\d\d)(\d\d)")


@lru_cache(maxsize=4096)
def locarno(raw: str) -> str | None:
    """A class of the Locarno Classification as `CC-SS`, or None. Classes and subclasses count from 1; 00 is none yet."""
    found = _LOCARNO.fullmatch(to_ascii(raw).strip().rstrip("."))
    if found is None:
        return None
    main, sub = int(found[1] or found[3]), int(found[2] or found[4])
    return f"{main:02d}-{sub:02d}" if 1 <= main <= LAST_LOCARNO else None
