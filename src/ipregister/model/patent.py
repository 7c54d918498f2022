"""Patents and utility models: bibliographic data, text, classifications, citations, family (ST.36, ST.96)."""

from msgspec import Struct

from ipregister.model.event import Event
from ipregister.model.party import Party
from ipregister.model.right import Priority, Publication, Reference, Right
from ipregister.model.text import Text


class Document(Struct, frozen=True, omit_defaults=True, gc=False):
    """A document number: office (ST.3), number, kind (ST.16), date; `form` where several spellings are given
    (docdb, epodoc, original)."""

    office: str = ""
    number: str = ""
    kind_code: str = ""
    date: str | None = None
    form: str = ""
    names: tuple[str, ...] = ()
    language: str = ""


class Remark(Struct, frozen=True, omit_defaults=True):
    """A short statement that a standard or office names and for which no field stands: `kind` is that name."""

    kind: str = ""
    texts: tuple[Text, ...] = ()


class PatentParty(Party, frozen=True, omit_defaults=True):
    """A party with what patents alone say of it: the states it is applicant for (`designation`), whether its name
    is not to be published (`hidden`)."""

    designation: str = ""
    hidden: str = ""


class PatentEvent(Event, frozen=True, omit_defaults=True):
    """An event as legal status data tell it (ST.27, EPO legal events): day on which it takes effect, whether it
    helps or hurts the right (`influence`), when it was recorded and changed, and what more is said of it."""

    effective_date: str | None = None
    influence: str = ""
    number: str = ""
    kind_code: str = ""
    right_type: str = ""
    stage: str = ""
    recorded: str = ""
    changed: str = ""
    details: tuple[Remark, ...] = ()


class PatentPriority(Priority, frozen=True, omit_defaults=True):
    """A priority with the kind of the first filing (ST.16) and the spelling of its number (docdb, epodoc, original).

    `kind` is also national, regional or international; `status` says whether it is still claimed, `linkage` how
    it hangs together with the application; `documents` are further spellings of its number."""

    kind_code: str = ""
    status: str = ""
    access_code: str = ""  # Digital Access Service
    form: str = ""
    linkage: str = ""
    documents: tuple[Document, ...] = ()


class PatentPublication(Publication, frozen=True, omit_defaults=True, gc=False):
    """A published document: its number is `identifier`, its kind ST.16 (`A1`, `B2`); `gazette` is the issue it was
    announced in, `status` whether it is new or corrected, `documents` are further spellings of its number."""

    kind_code: str = ""
    office: str = ""
    language: str = ""
    form: str = ""
    gazette: str = ""
    status: str = ""
    word: str = ""
    documents: tuple[Document, ...] = ()


class PatentReference(Reference, frozen=True, omit_defaults=True):
    """Another application or document: the international one, a parent, a continuation, an addition.

    `kind` is the relation, with `-parent` or `-child` for its side (`division-parent`); `status` what has become of
    the other one, `gazette` the issue it was announced in."""

    kind_code: str = ""
    language: str = ""
    form: str = ""
    status: str = ""
    gazette: str = ""
    texts: tuple[Text, ...] = ()
    documents: tuple[Document, ...] = ()


class Classification(Struct, frozen=True, omit_defaults=True, gc=False):
    """One classification symbol, INID (51), (52), (58).

    `scheme`: ipc, cpc, national, or the office's word; `use`: classification, search-field, locarno-like
    schemes have none. `symbol` as printed (`A61K 31/00`). `version` is the edition or version indicator,
    `level` core/advanced or a subclass level, `position` first/later, `value` inventive/additional, `date` the day of
    the action, `rank` the place in a combination set,
    `office` the classifying office (ST.3), `source` human/machine/generated, `group` the number of a combination set.
    """

    scheme: str
    symbol: str = ""
    use: str = ""
    version: str = ""
    level: str = ""
    position: str = ""
    value: str = ""
    office: str = ""
    status: str = ""
    source: str = ""
    date: str | None = None
    group: str = ""
    rank: str = ""


class Claim(Struct, frozen=True, omit_defaults=True):
    """One claim, INID (57) in older documents: its number as printed and its text in one or more languages.

    `status` where the document says it (amended, cancelled), `kind` whether it stands alone (Independent).
    `depends_on` are numbers of the claims it refers to. Lines of a text are its parts."""

    number: str = ""
    texts: tuple[Text, ...] = ()
    status: str = ""
    kind: str = ""
    depends_on: tuple[str, ...] = ()


class Passage(Struct, frozen=True, omit_defaults=True):
    """A paragraph or heading of the description, in document order. `kind`: heading, paragraph, table, formula.

    `section` is the part of the description it stands in (technical-field, background-art, …)."""

    number: str = ""
    texts: tuple[Text, ...] = ()
    kind: str = ""
    section: str = ""


class Citation(Struct, frozen=True, omit_defaults=True):
    """A cited document, INID (56). `kind`: patent or literature. `phase` is who cited it (search, examination,
    applicant, opposition, …), `cited_by` the same by person, `categories` the search report's letters (X, Y, A, …)
    with the claims they concern."""

    kind: str = ""
    identifier: str = ""
    phase: str = ""
    cited_by: str = ""
    number_type: str = ""
    office: str = ""
    documents: tuple[Document, ...] = ()
    texts: tuple[Text, ...] = ()
    categories: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


class FamilyMember(Struct, frozen=True, omit_defaults=True):
    """A member of the patent family. `family` is the family's number, `kind` its definition (simple, extended),
    `representative` whether it stands for the family."""

    family: str = ""
    kind: str = ""
    representative: str = ""
    applications: tuple[Document, ...] = ()
    publications: tuple[Document, ...] = ()
    priorities: tuple[Document, ...] = ()


class Drawing(Struct, frozen=True, omit_defaults=True):
    """A file of the document: a drawing, a page image, a sequence listing, the whole document as PDF.

    `kind`: drawing, abstract-drawing, page, formula, table, sequence-listing, document, …. Sizes as delivered.
    """

    kind: str = ""
    identifier: str = ""
    number: str = ""
    filename: str = ""
    format: str = ""
    width: str = ""
    height: str = ""
    content: str = ""
    orientation: str = ""
    inline: str = ""
    texts: tuple[Text, ...] = ()


class Deposit(Struct, frozen=True, omit_defaults=True):
    """A deposit of biological material (INID 83)."""

    institution: str = ""
    number: str = ""
    date: str | None = None
    texts: tuple[Text, ...] = ()


class Patent(Right, frozen=True, omit_defaults=True, kw_only=True, tag="patent"):
    """One patent application or patent as one office holds it.

    `subtype`: PATENT, or PETTY, INNOVATION, SPC, PLANT, ADDITION, … where the office grants such kinds.
    The publications carry number (`identifier`), kind code and date. The international application and
    publication (86), (87), divisions, additions, continuations stand in `references`.
    """

    subtype: str = "PATENT"
    applicants: tuple[PatentParty, ...] = ()  # (71)
    holders: tuple[PatentParty, ...] = ()  # (73)
    representatives: tuple[PatentParty, ...] = ()  # (74)
    correspondents: tuple[PatentParty, ...] = ()
    events: tuple[PatentEvent, ...] = ()
    priorities: tuple[PatentPriority, ...] = ()  # (30)
    publications: tuple[PatentPublication, ...] = ()  # (10), (40)
    references: tuple[PatentReference, ...] = ()  # (60), (86), (87)
    kind_code: str = ""  # (13) ST.16 of the newest document
    titles: tuple[Text, ...] = ()  # (54)
    abstracts: tuple[Text, ...] = ()  # (57)
    classifications: tuple[Classification, ...] = ()  # (51), (52), (58)
    name_words: tuple[Text, ...] = ()  # (12) the office's name for documents of this kind
    application_kind: str = ""
    application_documents: tuple[Document, ...] = ()  # further spellings of the application number
    document_language: str = ""  # (26) language of the document as a whole
    procedure_language: str = ""
    inventors: tuple[PatentParty, ...] = ()  # (72)
    examiners: tuple[PatentParty, ...] = ()
    claims: tuple[Claim, ...] = ()
    claims_count: int | None = None
    claims_statement: str = ""
    exemplary_claims: tuple[str, ...] = ()
    description: tuple[Passage, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    drawings_count: int | None = None
    sheets_count: int | None = None
    pages_count: int | None = None
    abstract_figure: str = ""
    citations: tuple[Citation, ...] = ()  # (56)
    family: tuple[FamilyMember, ...] = ()
    deposits: tuple[Deposit, ...] = ()
    search_date: str | None = None
    search_type: str = ""
    search_office: str = ""
    examination_date: str | None = None
    national_phase_date: str | None = None  # (85)
    international_date: str | None = None  # (86)
    remarks: tuple[Remark, ...] = ()


class UtilityModel(Patent, frozen=True, omit_defaults=True, kw_only=True, tag="utility-model"):
    """One utility model, petty patent or simple patent, under its office's own name (`name_word`).

    `subtype`: UTILITY-MODEL, PETTY-PATENT, SIMPLE-PATENT, INNOVATION, …"""

    subtype: str = "UTILITY-MODEL"
