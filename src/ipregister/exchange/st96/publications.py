"""A publication, written in the elements of a standard: those of trademarks, of indications, of ST.66 differ in names and
order alone."""

from collections.abc import Callable, Mapping

from ipregister.exchange.st96.pen import Pen
from ipregister.model.right import Publication

PublicationWriter = Callable[[Pen, Publication, str], None]


def publication_writer(tag: str, identifier: str, rest: Mapping[str, str]) -> PublicationWriter:
    """A function that writes a publication: its element, that of its identifier, which is always there, and the elements
    of the fields that follow, in the order of the standard. Its kind is carried."""

    def write(pen: Pen, one: Publication, pointer: str) -> None:
        pen.out.append(f"<{tag}>")
        if not pen.text(identifier, one.identifier, f"{pointer}/identifier"):
            pen.out.append(f"<{identifier}/>")
        for name, element in rest.items():
            put = pen.date if name == "date" else pen.text
            put(element, getattr(one, name), f"{pointer}/{name}")
        pen.out.append(f"</{tag}>")
        if one.kind:
            pen.carry(f"{pointer}/kind", one.kind)

    return write
