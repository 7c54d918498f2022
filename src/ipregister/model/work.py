"""Copyright deposits: a record that a work was deposited, never of title. The copy itself is never public."""

from msgspec import Struct

from ipregister.model.party import Party
from ipregister.model.right import Right
from ipregister.model.text import Text


class Copy(Struct, frozen=True, omit_defaults=True):
    """A deposited copy: never public. `filename` names the file in the delivery."""

    filename: str = ""
    format: str = ""
    identifier: str = ""
    texts: tuple[Text, ...] = ()


class Work(Right, frozen=True, omit_defaults=True, kw_only=True, tag="work"):
    """One deposit (or recordal, or voluntary registration) of a work under copyright, or of a related right.

    `subtype`: WORK, RELATED-RIGHT, SOFTWARE, DATABASE. The `holders` are those who claim the rights.
    """

    subtype: str = "WORK"
    titles: tuple[Text, ...] = ()
    kinds: tuple[
        str, ...
    ] = ()  # literary, musical, artistic, software, …: codes/work_kinds.csv or the office's word
    descriptions: tuple[Text, ...] = ()
    authors: tuple[Party, ...] = ()
    languages: tuple[str, ...] = ()
    created: str | None = None
    published: str | None = None
    publication_place: str = ""
    publication_country: str = ""
    derived_from: tuple[Text, ...] = ()
    identifiers: tuple[str, ...] = ()  # ISBN, ISWC, ISRC, …
    copies: tuple[Copy, ...] = ()
