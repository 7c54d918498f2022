"""Industrial designs: one application, many designs, each with its views in order (ST.86, ST.96, Hague)."""

from msgspec import Struct

from ipregister.model.event import Event, Recordal
from ipregister.model.party import Party
from ipregister.model.right import Priority, Publication, Reference, Right
from ipregister.model.text import Text


class DesignParty(Party, frozen=True, omit_defaults=True):
    """A party of a design. `contracting_party` is the member of the Hague Agreement through which it is entitled,
    `residence` the country of its habitual residence (both ST.3); `hidden` says whether it is not to be named."""

    contracting_party: str = ""
    residence: str = ""
    incorporation_state: str = ""
    texts: tuple[Text, ...] = ()
    hidden: str = ""


class DesignEvent(Event, frozen=True, omit_defaults=True):
    """An event with the day until which an answer was due."""

    response_date: str | None = None


class DesignPriority(Priority, frozen=True, omit_defaults=True):
    """A priority with its code of the Digital Access Service, and its state in the office's word."""

    access_code: str = ""
    identifier: str = ""
    status: str = ""
    status_date: str | None = None


class ProductClass(Struct, frozen=True, omit_defaults=True):
    """The indication of products with its class, INID (51), (54). `scheme`: locarno, national, or the office's word."""

    scheme: str = "locarno"
    version: str = ""
    number: str = ""
    texts: tuple[Text, ...] = ()


class Specimen(Struct, frozen=True, omit_defaults=True):
    """An object, model or sample handed in with the application. `kind` is the office's word."""

    identifier: str = ""
    kind: str = ""
    filename: str = ""
    format: str = ""
    colour: str = ""
    texts: tuple[Text, ...] = ()


class View(Struct, frozen=True, omit_defaults=True):
    """One view of a design, INID (55), in the office's order. `kind` is the office's word (front, perspective, …).

    `number` is the number as printed (`1.2`), `sequence` the place where the office gives one; `form` is how it
    shows the design (drawing, photograph), `unit` that of its sizes, `thumbnail` the name of a small picture."""

    filename: str = ""
    number: str = ""
    sequence: str = ""
    kind: str = ""
    format: str = ""
    colour: str = ""
    width: str = ""
    height: str = ""
    published: str = ""
    texts: tuple[Text, ...] = ()
    data: str = ""
    form: str = ""
    unit: str = ""
    thumbnail: str = ""


class Citation(Struct, frozen=True, omit_defaults=True, gc=False):
    """A document cited against a design, INID (56)."""

    office: str = ""
    number: str = ""
    kind: str = ""
    name: str = ""
    date: str | None = None
    text: str = ""


class Exhibition(Struct, frozen=True, omit_defaults=True):
    """A showing at an exhibition, INID (23)."""

    name: str = ""
    place: str = ""
    country: str = ""
    date: str | None = None
    texts: tuple[Text, ...] = ()
    first_shown: str | None = None
    status: str = ""
    status_date: str | None = None


class SingleDesign(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One design of the application: what is shown and claimed, with its own numbers and state where it has them.

    `flags` are indicators and counts as `name=value` (`partial-design=true`, `sheets=7`). A deferment is a number
    of `deferment_unit` (the office's word: InMonth). What an office says of the only design of an application
    (number, dates, state, parties, priorities, publications, events) stands in the record itself."""

    identifier: str = ""
    reference: str = ""
    registration_number: str = ""
    registration_date: str | None = None
    expiry_date: str | None = None
    office_status: str = ""
    status_date: str | None = None
    titles: tuple[Text, ...] = ()  # (54)
    products: tuple[ProductClass, ...] = ()  # (51)
    descriptions: tuple[Text, ...] = ()  # (57)
    claims: tuple[Text, ...] = ()
    novelty_statements: tuple[Text, ...] = ()
    novelty_exceptions: tuple[Text, ...] = ()
    disclaimers: tuple[Text, ...] = ()
    colour_claims: tuple[Text, ...] = ()
    dimensions: tuple[str, ...] = ()
    specimens: tuple[Specimen, ...] = ()
    views: tuple[View, ...] = ()  # (55)
    designers: tuple[DesignParty, ...] = ()  # (72)
    applicants: tuple[DesignParty, ...] = ()
    representatives: tuple[DesignParty, ...] = ()
    priorities: tuple[DesignPriority, ...] = ()  # (30)
    exhibitions: tuple[Exhibition, ...] = ()
    publications: tuple[Publication, ...] = ()
    events: tuple[DesignEvent, ...] = ()
    principal: tuple[str, ...] = ()  # numbers of the main design this one is similar or related to
    references: tuple[Reference, ...] = ()
    citations: tuple[Citation, ...] = ()
    recordals: tuple[Recordal, ...] = ()
    examiners: tuple[DesignParty, ...] = ()
    effective_date: str | None = None
    deferment_requested: str = ""
    deferment_period: str = ""
    deferment_unit: str = ""
    flags: tuple[str, ...] = ()


class Design(Right, frozen=True, omit_defaults=True, kw_only=True, tag="design"):
    """One design application or registration as one office holds it, with one or more designs.

    `subtype`: DESIGN. What an office says once for all designs stands here, what it says of one in `designs`.
    `kinds`: SEALED for a sealed deposit, and the office's words. `deferment_requested` holds the place of the
    day until which publication is deferred, where the office gives none.
    """

    subtype: str = "DESIGN"
    priorities: tuple[DesignPriority, ...] = ()  # (30)
    applicants: tuple[DesignParty, ...] = ()  # (71)
    holders: tuple[DesignParty, ...] = ()  # (73)
    representatives: tuple[DesignParty, ...] = ()  # (74)
    correspondents: tuple[DesignParty, ...] = ()  # (75)
    events: tuple[DesignEvent, ...] = ()
    kinds: tuple[str, ...] = ()  # OPEN, SECRET, SINGLE, MULTIPLE, SET, …
    titles: tuple[Text, ...] = ()
    designs: tuple[SingleDesign, ...] = ()
    designs_count: int | None = None
    designers: tuple[DesignParty, ...] = ()  # (72)
    products: tuple[ProductClass, ...] = ()
    descriptions: tuple[Text, ...] = ()
    claims: tuple[Text, ...] = ()
    views: tuple[View, ...] = ()  # views that the office does not give to one design
    views_count: int | None = None
    exhibitions: tuple[Exhibition, ...] = ()
    deferment_requested: str = ""
    deferred_until: str | None = None  # (45) publication is deferred until then
    effective_date: str | None = None
    deferment_period: str = ""
    deferment_unit: str = ""
    flags: tuple[str, ...] = ()
    receipt_number: str = ""
    correspondence_language: str = ""
