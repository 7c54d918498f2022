"""Where a value comes from: the position of its node in the raw record, and the repairs it went through.

In XML a position counts elements in document order from the root of the record's slice (root = 0):
`12` is the text of element 12, `"12@languageCode"` its attribute, `"12~"` the text after its end tag,
`"12*"` all that stands inside element 12, as plain markup (`model.markup`).
In JSON it is a JSON pointer (RFC 6901) in the slice: `"/names/0/text"`, with `#2` after the name of a member that
comes in its object for the second time. In a table it is `"row:column"`, both counted from 1 as a spreadsheet
does, the heading included.
Of a value that a right's other documents tell, the position begins with the number of the version that has them:
`"2!12"` is position 12 in the raw record of version 2.
The invariant: `repairs.apply(raw text at the position, repairs, office) == str(value)`.
Path and raw text are made from the raw bytes by the position alone, without any reader (`exchange.origin`).
"""

from msgspec import Struct

from ipregister.model.finding import Finding
from ipregister.model.record import Record

Origin = int | str | tuple[int | str, ...]
"""A position alone, or a tuple of a position and the repair codes in the order applied."""


class Reading(Struct, frozen=True):
    """What a reader makes of one raw record.

    `record` is None where the slice holds no record that can be read; then `refusal` is the code of the
    reason. `evidence` maps the JSON pointer of every leaf of the record that came from the document to its
    origin; leaves without evidence are constants of the reader (office code, subtype). `slice_repairs` are
    repairs applied to the bytes before parsing (undefined entities, control characters, encoding).

    `part` tells that the record is one document of a right beside which others may stand: `publication` (of an
    application), `act` (of a registration). `used` are positions of texts that hold no value but say how the document is made: its version, where a
    value belongs.
    """

    record: Record | None
    evidence: dict[str, Origin] = {}
    findings: tuple[Finding, ...] = ()
    slice_repairs: tuple[str, ...] = ()
    refusal: str = ""
    refusal_detail: str = ""
    used: tuple[int | str, ...] = ()
    part: str = ""


def elsewhere(version: int, position: str) -> str:
    """A position in the raw record of another version."""
    return f"{version}!{position}"


def version_of(position: str) -> tuple[int, str]:
    """The number of the version whose raw record a position is in (0 = its own), and the position there."""
    number, mark, rest = position.partition("!")
    return (int(number), rest) if mark and number.isdecimal() else (0, position)


def split_origin(origin: Origin) -> tuple[str, tuple[str, ...]]:
    """Position as text, and the repair codes."""
    if isinstance(origin, tuple):
        return str(origin[0]), tuple(str(code) for code in origin[1:])
    return str(origin), ()
