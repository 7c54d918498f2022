"""What a delivery is cut into: slices that hold one record each, and the files beside them."""

from msgspec import Struct


class Attachment(Struct, frozen=True, gc=False):
    """A file that was delivered with a record, nearly always a picture of the mark.

    `member` finds it again with `kept.read_member`: a member of the container, or for a picture inside a
    record `MEMBER#OFFSET+LENGTH`, the place of its Base64 text; then `data` has it decoded. `size` is that of the file.
    """

    member: str
    name: str
    size: int
    data: bytes = b""


class Slice(Struct, frozen=True):
    """One raw record: `length` bytes at `offset` of an uncompressed member of the delivery's container.

    `member` is empty for a container that is itself the XML file, `a/b.xml` in a zip, `inner.zip!a/b.xml`
    in a zip inside a zip. `data` is what a reader sees: the delivered bytes, made to a document of their
    own (`prologue`). `source` is the shape that the whole file told of itself, empty for the office's own feed.
    With a `problem` (a refusal code of `capture.findings`) there is no record in it.
    """

    index: int
    member: str
    offset: int
    length: int
    data: bytes
    problem: str = ""
    attachments: tuple[Attachment, ...] = ()
    source: str = ""
