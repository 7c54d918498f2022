"""The one table of search fields. A new field is one row here (and its label in the catalogues)."""

import hashlib
from typing import Literal

from msgspec import Struct

from ipregister.model import codelists
from ipregister.model.record import RIGHTS
from ipregister.search import rights, sources
from ipregister.search.held import HELD_FROM, held
from ipregister.search.sources import Values

Kind = Literal["text", "names", "code", "integer", "date", "number", "group"]
"""text: words; names: words, and their letters for parts of words; code: one exact value, case aside;
integer: a number that can be ranged over; date; number: a right's number in any spelling;
group: stands for the fields it covers."""


ALL = frozenset(RIGHTS)
OTHERS = ALL - {"trademark"}


class Field(Struct, frozen=True):
    """One field. `label` is English and the message key; `inid` the INID code shown on demand.

    `facet` fields are counted, from `facet_values` where these differ from the searched ones;
    `simple` fields are searched by the simple box; `covers` names the fields of a group; `sorted_by` marks
    dates that stand in the index only as the sort number of that order; `of` are the rights whose records have it."""

    name: str
    kind: Kind
    label: str
    values: Values = lambda _: ()
    inid: str = ""
    facet: bool = False
    facet_values: Values | None = None
    simple: bool = False
    sorted_by: str = ""
    covers: tuple[str, ...] = ()
    of: frozenset[str] = ALL
    only: frozenset[str] = frozenset()
    """The values that a code can have, where they are few and known: another one is a mistake, not a search for nothing."""

    @property
    def facet_name(self) -> str:
        """The name under which the facet's values are kept in the index."""
        return f"{self.name}_facet" if self.facet_values else self.name


FIELDS: tuple[Field, ...] = (
    Field("mark", "names", "Mark", sources.of_mark("verbal", "significant"), "540", simple=True),
    Field("translation", "text", "Translation of the mark", sources.of_mark("translations", own="translations"), "566", simple=True),
    Field("transliteration", "names", "Transliteration", sources.of_mark("transliterations", own="transliterations"), "561", simple=True),
    Field("description", "text", "Description", sources.of_mark("descriptions"), "571", simple=True),
    Field("disclaimer", "text", "Disclaimer", sources.of_mark("disclaimers"), "526", simple=True),
    Field("goods", "text", "Goods and services", sources.goods, "511", simple=True),
    Field("title", "names", "Title or name", rights.titles, "54", simple=True, of=OTHERS),
    Field("abstract", "text", "Abstract or description", rights.text_of("abstracts", "descriptions"), "57", simple=True, of=OTHERS),
    Field("claims", "text", "Claims", rights.text_inside("claims"), of=OTHERS),
    Field("fulltext", "text", "Description of the invention", rights.text_inside("description"), of=OTHERS),
    Field("product", "text", "Product", rights.products, "54", simple=True, of=OTHERS),
    Field("area", "text", "Area of production", rights.areas, simple=True, of=OTHERS),
    Field("ipc", "code", "Patent classification (IPC)", rights.symbols("ipc"), "51", facet=True,
          facet_values=rights.subclasses, of=OTHERS),
    Field("cpc", "code", "Cooperative patent classification (CPC)", rights.symbols("cpc"), "51", of=OTHERS),
    Field("locarno", "code", "Locarno class", rights.locarno, "51", facet=True, facet_values=rights.locarno_classes, of=OTHERS),
    Field("inventor", "names", "Inventor", rights.people("inventors"), "72", simple=True, of=OTHERS),
    Field("designer", "names", "Designer", rights.people("designers"), "72", simple=True, of=OTHERS),
    Field("author", "names", "Author", rights.people("authors"), simple=True, of=OTHERS),
    Field("producer", "names", "Producers", rights.people("producers"), simple=True, of=OTHERS),
    Field("origin", "code", "Country of origin", rights.origins, facet=True, of=OTHERS),
    Field("kind_code", "code", "Kind of document", sources.scalar("kind_code"), "13", of=OTHERS),
    Field("cites", "code", "Cited document", rights.cited, "56", of=OTHERS),
    Field("subtype", "code", "Office's sort of the right", sources.subtype),
    Field("applicant", "names", "Applicant", sources.names_of("applicants"), "731", simple=True),
    Field("holder", "names", "Holder", sources.names_of("holders"), "732", simple=True),
    Field("representative", "names", "Representative", sources.names_of("representatives"), "740", simple=True),
    Field("owner", "group", "Applicant or holder", covers=("applicant", "holder"), inid="730"),
    Field("number", "number", "Number", sources.numbers, "210"),
    Field("office", "code", "Office", sources.scalar("office"), "190", facet=True),
    Field("right", "code", "Kind of right", sources.right, facet=True),
    Field("status", "code", "Status", sources.status, facet=True, only=frozenset(codelists.table("states"))),
    Field("office_status", "text", "Status in the office's words", sources.scalar("office_status")),
    Field("kind", "code", "Kind of mark", sources.kinds, "550", facet=True),
    Field("feature", "code", "Kind of sign", sources.feature, "550", facet=True),
    Field("class", "integer", "Class", sources.classes, "511", facet=True, facet_values=sources.class_words),
    Field("vienna", "code", "Figurative elements", sources.vienna, "531", facet=True,
          facet_values=sources.vienna_divisions),
    Field("year", "integer", "Year of filing", sources.year, "220", facet=True),
    Field("filed", "date", "Filing date", sources.scalar("application_date"), "220", sorted_by="filed"),
    Field("registered", "date", "Registration date", sources.scalar("registration_date"), "151", sorted_by="registered"),
    Field("expires", "date", "Expiry date", sources.scalar("expiry_date"), "180", sorted_by="expires"),
    Field("published", "date", "Publication date", sources.each("publications", "date"), "440"),
    Field("priority_date", "date", "Priority date", sources.each("priorities", "date"), "320"),
    Field("priority_number", "number", "Priority number", sources.plain_numbers("priorities", "number"), "310"),
    Field("gazette", "number", "Gazette or document number", sources.plain_numbers("publications", "identifier"), "442"),
    Field("priority_country", "code", "Priority country", sources.each("priorities", "country"), "330"),
    Field("country", "code", "Country of the owner", sources.owner_countries, "732", facet=True),
    Field("rep_country", "code", "Country of the representative", sources.representative_countries, "740"),
    Field("designated", "code", "Designated country", sources.each("designations", "country"), "831"),
    Field("event", "code", "Event", sources.events),
    Field("language", "code", "Language", sources.languages),
    Field("has_image", "code", "Has a picture", sources.has_image, only=frozenset({"yes", "no"})),
    Field("has", "code", "Has a value in the field", held, only=frozenset(HELD_FROM.values())),
    Field("text", "group", "Everything",
          covers=("mark", "translation", "transliteration", "description", "disclaimer", "goods", "title", "abstract",
                  "claims", "fulltext", "product", "area", "inventor", "designer", "author", "producer", "applicant",
                  "holder", "representative")),
)  # fmt: skip

BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}
FACETS: tuple[str, ...] = tuple(
    field.name for field in sorted(FIELDS, key=lambda field: field.of != ALL) if field.facet
)
"""The facets as they are shown: those of every right, then those of some."""
KEY = "key"
"""The index's own field for the record key, in its natural order (`order.natural`)."""

SCOPED = "goods"
"""The field that can be searched within one class: `goods/30:tea`."""

SUGGESTED = "mark"
"""The field whose whole names are suggested; they stand in the index with their spaces too."""

LAYOUT = 9
"""Raised by hand when the index holds the same fields in another way."""


class Sort(Struct, frozen=True):
    """One order of the hits. `kind`: relevance, date or text; `field` is the index's field that sorts."""

    name: str
    label: str
    kind: Literal["relevance", "date", "text"]
    descending: bool = False
    field: str = ""


SORTS: tuple[Sort, ...] = (
    Sort("relevance", "Best match", "relevance"),
    Sort("filed", "Filing date", "date", descending=True, field="filed_order"),
    Sort("registered", "Registration date", "date", descending=True, field="registered_order"),
    Sort("expires", "Expiry date", "date", field="expires_order"),
    Sort("mark", "Mark", "text", field="mark_order"),
    Sort("number", "Number", "text", field=KEY),
)
"""The orders, each with its usual direction. `-name` or `+name` asks for descending or ascending."""


def fingerprint() -> str:
    """Changes when the table changes in a way that makes an existing index useless."""
    rows = [f"{f.name}:{f.kind}:{f.facet_name if f.facet else ''}:{','.join(f.covers)}" for f in FIELDS]
    text = "|".join([str(LAYOUT), *rows, *(f"{sort.name}:{sort.kind}" for sort in SORTS)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]
