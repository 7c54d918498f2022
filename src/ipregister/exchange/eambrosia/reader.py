"""The reader of one indication of the European list: an object of JSON with a fixed set of members."""

from collections.abc import Callable

from ipregister.exchange.json.slices import parse
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.exchange.xml.slices import MAX_BYTES
from ipregister.model.evidence import Reading
from ipregister.model.languages import SCRIPTS, written_in
from ipregister.model.offices import Office

USUAL = "GI"
Member = Callable[[Sheet, str, str], None]

NAMES, COUNTRIES = " / ", ", "
"""What stands between several names of one indication, and between several countries."""

ONE_SCRIPT = ("km", "lo", "my", "th")
"""Languages that a script tells alone."""


def _text(field: str) -> Member:
    def put(sheet: Sheet, raw: str, pointer: str) -> None:
        sheet.put(sheet.record, "", field, raw, pointer)

    return put


def _date(field: str) -> Member:
    def put(sheet: Sheet, raw: str, pointer: str) -> None:
        sheet.put_date(sheet.record, "", field, raw, pointer)

    return put


def _put_line(sheet: Sheet, texts: list[Plain], place: str, raw: str, pointer: str, *repairs: str) -> None:
    """A text in words; runs of blanks stay, odd ones become one."""
    text = raw.strip()
    done = (*repairs, "trim") if text != raw and not repairs else repairs
    if not text.isprintable():
        text, done = " ".join(text.split()), (*done, "space")
    sheet.evidence[f"{place}/{len(texts)}/text"] = (pointer, *done) if done else pointer
    tag = next((tag for tag in ONE_SCRIPT if written_in(text, tag) and tag in SCRIPTS), "")
    texts.append({"text": text, **({"lang": tag} if tag else {})})


def _put_names(sheet: Sheet, raw: str, pointer: str) -> None:
    names: list[Plain] = []
    parts = raw.split(NAMES)
    for number, part in enumerate(parts, start=1):
        if part.strip():
            _put_line(sheet, names, "/names", part.strip() if len(parts) > 1 else part, pointer,
                      *((f"name-part:{number}",) if len(parts) > 1 else ()))  # fmt: skip
    sheet.record["names"] = names


def _put_product(scheme: str) -> Member:
    def put(sheet: Sheet, raw: str, pointer: str) -> None:
        products: list[Plain] = sheet.record.setdefault("products", [])
        texts: list[Plain] = []
        _put_line(sheet, texts, f"/products/{len(products)}/texts", raw, pointer)
        products.append({"scheme": scheme, "texts": texts})

    return put


def _put_type(sheet: Sheet, raw: str, pointer: str) -> None:
    if not sheet.put_word(sheet.record, "", "subtype", raw, pointer, table="subtypes"):
        sheet.keep("/subtype", raw, "unknown-code", pointer, "unknown-kind")
    elif sheet.record["subtype"] == USUAL:  # a default is never set: canonical bytes leave it out
        del sheet.record["subtype"]


def _put_countries(sheet: Sheet, raw: str, pointer: str) -> None:
    parts = raw.split(COUNTRIES)
    origins: list[str] = sheet.record.setdefault("origins", [])
    for number, part in enumerate(parts, start=1):
        code = sheet.lookups.country(part.strip())
        repairs = (f"list-part:{number}",) if len(parts) > 1 else ()
        if code is None:
            sheet.keep(f"/origins/{len(origins)}", raw, "not-a-country", pointer, "not-a-country")
        else:
            sheet.evidence[f"/origins/{len(origins)}"] = (pointer, *repairs, "country")
            origins.append(code)
    if not origins:
        del sheet.record["origins"]


def _put_instrument(sheet: Sheet, raw: str, pointer: str) -> None:
    _put_line(sheet, sheet.record.setdefault("legal_basis", []), "/legal_basis", raw, pointer)


def _put_publication(sheet: Sheet, raw: str, pointer: str) -> None:
    entry: Plain = {}
    sheet.put_date(entry, "/publications/0", "date", raw, pointer)
    if entry:
        sheet.record["publications"] = [{"kind": "application", **entry}]


def _put_status(sheet: Sheet, raw: str, pointer: str) -> None:
    if sheet.put(sheet.record, "", "office_status", raw, pointer) and not sheet.lookups.word(
        "indication/statuses", raw
    ):
        sheet.find("unknown-status", "/office_status", raw)


def _beside(sheet: Sheet, raw: str, pointer: str) -> None:
    """A member that is made of others for searching: known, and no field of its own."""
    sheet.spare(pointer.removeprefix("/"), raw, pointer)


MEMBERS: dict[str, Member] = {
    "DEF_OriginalOrder": _text("identifier"),
    "DEF_Register": _text("list_name"),
    "EA_ProductType": _put_product("eu-product-type"),
    "EA_Name": _put_names,
    "DEF_SearchName": _beside,
    "DEF_SearchNameAndCategory": _beside,
    "DEF_SearchTextAll": _beside,
    "DEF_SearchCategory": _beside,
    "EA_ProductCategory": _put_product("eu-product-category"),
    "EA_FileNumber": _text("application_number"),
    "EA_Type": _put_type,
    "EA_Country": _put_countries,
    "EA_Status": _put_status,
    "EA_LegalInstrument": _put_instrument,
    "EA_ApplicationDate": _date("application_date"),
    "EA_DateRegistration": _date("registration_date"),
    "EA_DatePublication": _put_publication,
}
"""Where each member goes."""


def read(raw: bytes, office: Office, limit: int = MAX_BYTES) -> Reading:
    """The record of one object of the list with its evidence; never raises for bad input."""
    members = parse(raw, limit)
    if members.parsed.refusal:
        return members.refused()
    if not {"/EA_FileNumber", "/EA_Name"} & members.texts.keys():
        return members.refused("not-a-record", "neither EA_FileNumber nor EA_Name")
    sheet = Sheet(office, "indication")
    for pointer, text in members.texts.items():
        put = MEMBERS.get(pointer[1:])
        if put is not None:
            put(sheet, text, pointer)
            continue
        sheet.find("unknown-element", f"/extra/{len(sheet.extra)}", place=pointer[1:])
        sheet.spare(pointer[1:], text, pointer)
    return sheet.done(members.parsed)
