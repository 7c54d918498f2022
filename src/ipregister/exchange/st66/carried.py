"""What a document of ours carries beside the standard's elements, in a namespace of its own: at the end of the trademark
(ST.66), of the application (ST.86)."""

from collections.abc import Callable

from ipregister.exchange.st96.carried import Carried, CarryingSheet, aside, spare_document
from ipregister.exchange.st96.pen import Pen, escaped
from ipregister.exchange.st96.words import ABSENCE, CARRIED, ENTRY, ORDER
from ipregister.exchange.xml.rules import Element, Rule, group
from ipregister.exchange.xml.sheet import Plain, Sheet, path_of
from ipregister.model.offices import Office

SPACE = "urn:ipregister:carried"
KINDS = {"value": CARRIED, "order": ORDER, "entry": ENTRY, "absent": ABSENCE}
_WORDS = {ours: word for word, ours in KINDS.items()}
_ATTRIBUTES = ("kind", "pointer", "languageCode")


class FeedSheet(CarryingSheet):
    """The sheet of a record of an office's feed, in whose form dates are read."""

    __slots__ = ()

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.form = self.lookups.form


class Quill(Pen):
    """A pen for documents of ST.66: languages and carried values are written in its own way."""

    __slots__ = ("place",)

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.place: Callable[[str], str] = str

    def language(self, lang: str, words: str) -> str:
        """The attribute for a language, empty where none can be written."""
        return super().language(lang, words).replace(" com:", " ")

    def _document(self, kind: str, pointer: str, value: str, attribute: str) -> None:
        said = attribute.replace(" com:", " ")
        self._documents.append(
            f'<ipr:Value kind="{_WORDS[kind]}" pointer="{escaped(self.place(pointer))}"{said}>{escaped(value)}</ipr:Value>'
        )

    def fill_documents(self, place: int) -> None:
        """Write what is carried at its place."""
        if self._documents:
            body = "".join(self._documents)
            self.out[place] = f'<ipr:Register xmlns:ipr="{SPACE}">{body}</ipr:Register>'


def _take(sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
    path = path_of(element)
    found = Carried(
        kind=KINDS.get(element.get("kind", ""), ""),
        pointer=element.get("pointer", ""),
        lang=element.get("languageCode", ""),
        value=element.text or "",
        position=position,
        texts=[],
    )
    for name in _ATTRIBUTES:
        said = element.get(name)
        if said is not None:
            sheet.taken += 1
            if said and not said.isspace():
                found.texts.append((f"{path}/@{name}", said, f"{position}@{name}"))
    if element.text is not None:
        sheet.taken += 1
        found.texts.append((path, element.text, position))
    if isinstance(sheet, CarryingSheet) and found.kind and found.pointer.startswith("/"):
        sheet.carried.append(found)
    else:
        spare_document(sheet, found)
    return aside(sheet, element, position, *_ATTRIBUTES)


REGISTER: dict[str, Rule] = {f"{{{SPACE}}}Register": group({f"{{{SPACE}}}Value": _take})}
"""The element that holds what is carried."""
