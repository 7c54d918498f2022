"""The IPAS export: one ST.66 document with the ``wo`` extension per mark (BN KH ID LA MY PH TH VN)."""

from xml.sax.saxutils import escape, quoteattr

from .sheets import PartyLines, Sheet
from .vocabulary import words

TM = "http://www.wipo.int/standards/XMLSchema/trademarks"
WO = "http://www.wipo.int/standards/XMLSchema/wo-trademarks"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
OPENING = f'<Transaction xmlns="{TM}" xmlns:wo="{WO}">\n  <TradeMarkTransactionBody>\n'
CLOSING = "  </TradeMarkTransactionBody>\n</Transaction>\n"
HEAD = "            <TradeMark>\n"
PAD = " " * 14


def document(sheet: Sheet) -> str:
    """The whole document of one mark."""
    return DECLARATION + OPENING + content(sheet) + CLOSING


def content(sheet: Sheet) -> str:
    """The transaction of one mark, as it stands in its own document or in a bulk file."""
    header = ""
    if "no-header" not in sheet.notes:
        header = (
            f"      <TransactionIdentifier>{escape(sheet.identifier)}</TransactionIdentifier>\n"
            f"      <TransactionCode>{escape(sheet.transaction)}</TransactionCode>\n"
            f"      <TransactionSubCode>{escape(sheet.subtransaction)}</TransactionSubCode>\n"
        )
    return (
        f"    <TransactionContentDetails>\n{header}      <TransactionData>\n        <TradeMarkApplication>\n"
        f"          <TradeMarkDetails>\n{HEAD}{_body(sheet)}            </TradeMark>\n"
        "          </TradeMarkDetails>\n        </TradeMarkApplication>\n      </TransactionData>\n"
        "    </TransactionContentDetails>\n"
    )


def _body(sheet: Sheet) -> str:
    if "delete" in sheet.notes:
        return _one("RegistrationOfficeCode", sheet.office) + _one("ApplicationNumber", sheet.number)
    parts = [
        _one("RegistrationOfficeCode", sheet.office),
        _one("ApplicationNumber", sheet.number, always="no-number" not in sheet.notes),
        _one("ApplicationDate", sheet.filed, always="empty-filed" in sheet.notes),
        _one("RegistrationNumber", sheet.registration),
        _one("RegistrationDate", sheet.registered),
        _one("ApplicationLanguageCode", sheet.language),
        _one("ExpiryDate", sheet.expiry),
        _one("MarkCurrentStatusDate", sheet.status_day),
        _one("KindMark", sheet.kind),
        _one("MarkFeature", sheet.shape),
        _nested("MarkDisclaimerDetails", "MarkDisclaimer", sheet.disclaimer, sheet.language),
        _picture(sheet),
        _classes(sheet),
        _priorities(sheet),
        _publication(sheet),
        _parties("Applicant", sheet.owners),
        _parties("Representative", sheet.agents),
        _verbal(sheet),
        _events(sheet),
    ]
    if "no-status" not in sheet.notes:
        parts.append(f"{PAD}<wo:MarkCurrentStatusCode>{escape(sheet.status)}</wo:MarkCurrentStatusCode>\n")
    return "".join(parts)


def _one(name: str, text: str, *, always: bool = False) -> str:
    return f"{PAD}<{name}>{escape(text)}</{name}>\n" if text or always else ""


def _nested(outer: str, inner: str, text: str, language: str) -> str:
    if not text:
        return ""
    code = quoteattr(language)
    line = f"<{inner} languageCode={code}>{escape(text)}</{inner}>"
    return f"{PAD}<{outer}>\n{PAD}  {line}\n{PAD}</{outer}>\n"


def _picture(sheet: Sheet) -> str:
    if not sheet.picture_name:
        return f"{PAD}<MarkImageDetails>\n{PAD}  <MarkImage/>\n{PAD}</MarkImageDetails>\n"
    pad = PAD + "    "
    form = sheet.notes.get("picture-format", "JPEG")
    parts = [
        f"{PAD}<MarkImageDetails>\n{PAD}  <MarkImage>\n"
        f"{pad}<MarkImageFilename>{escape(sheet.picture_name)}</MarkImageFilename>\n"
        f"{pad}<MarkImageFileFormat>{form}</MarkImageFileFormat>\n"
    ]
    if sheet.colours:
        names = words("features")["colours"]
        known = names.get(sheet.language, names["en"])
        text = ", ".join(known[place] for place in sheet.colours)
        code = quoteattr(sheet.language)
        parts.append(
            f"{pad}<MarkImageColourClaimedText languageCode={code}>{text}</MarkImageColourClaimedText>\n"
        )
    if sheet.vienna:
        codes = "".join(f"{pad}    <CategoryCode>{escape(code)}</CategoryCode>\n" for code in sheet.vienna)
        parts.append(
            f"{pad}<MarkImageCategory>\n{pad}  <CategoryKind>Vienna</CategoryKind>\n"
            f"{pad}  <CategoryVersion>7</CategoryVersion>\n{pad}  <CategoryCodeDetails>\n{codes}"
            f"{pad}  </CategoryCodeDetails>\n{pad}</MarkImageCategory>\n"
        )
    return "".join(parts) + f"{PAD}  </MarkImage>\n{PAD}</MarkImageDetails>\n"


def _classes(sheet: Sheet) -> str:
    pad = PAD + "      "
    parts = []
    for item in sheet.classes:
        texts = "".join(
            f"{pad}  <GoodsServicesDescription languageCode={quoteattr(language)}>{escape(text)}"
            "</GoodsServicesDescription>\n"
            for language, text in item.texts
        )
        parts.append(
            f"{pad}<ClassDescription>\n{pad}  <ClassNumber>{escape(item.number)}</ClassNumber>\n{texts}"
            f"{pad}</ClassDescription>\n"
        )
    return (
        f"{PAD}<GoodsServicesDetails>\n{PAD}  <GoodsServices>\n{PAD}    <ClassDescriptionDetails>\n"
        f"{''.join(parts)}{PAD}    </ClassDescriptionDetails>\n{PAD}  </GoodsServices>\n"
        f"{PAD}</GoodsServicesDetails>\n"
    )


def _priorities(sheet: Sheet) -> str:
    if not sheet.priorities:
        return ""
    claims = "".join(
        f"{PAD}  <Priority>\n{PAD}    <PriorityCountryCode>{escape(country)}</PriorityCountryCode>\n"
        f"{PAD}    <PriorityNumber>{escape(number)}</PriorityNumber>\n"
        f"{PAD}    <PriorityDate>{escape(day)}</PriorityDate>\n{PAD}  </Priority>\n"
        for country, number, day in sheet.priorities
    )
    return f"{PAD}<PriorityDetails>\n{claims}{PAD}</PriorityDetails>\n"


def _publication(sheet: Sheet) -> str:
    if not sheet.published:
        return ""
    return (
        f"{PAD}<PublicationDetails>\n{PAD}  <Publication>\n"
        f"{PAD}    <PublicationIdentifier>{escape(sheet.publication)}</PublicationIdentifier>\n"
        f"{PAD}    <PublicationDate>{escape(sheet.published)}</PublicationDate>\n"
        f"{PAD}  </Publication>\n{PAD}</PublicationDetails>\n"
    )


def _parties(role: str, parties: list[PartyLines]) -> str:
    if not parties:
        return ""
    return f"{PAD}<{role}Details>\n{''.join(_party(role, party) for party in parties)}{PAD}</{role}Details>\n"


def _party(role: str, party: PartyLines) -> str:
    pad = PAD + "        "
    names = "".join(
        f"{pad}      <FreeFormatNameLine"
        f"{f' languageCode={quoteattr(language)}' if language else ''}>{escape(name)}</FreeFormatNameLine>\n"
        for language, name in party.names
    )
    lines = "".join(
        f"{pad}    <FreeFormatAddressLine>{escape(line)}</FreeFormatAddressLine>\n"
        for line in party.addresses
    )
    return (
        f"{PAD}  <{role}>\n{PAD}    <{role}AddressBook>\n{PAD}      <FormattedNameAddress>\n"
        f"{pad}<Name>\n{pad}  <FreeFormatName>\n{pad}    <FreeFormatNameDetails>\n{names}"
        f"{pad}    </FreeFormatNameDetails>\n{pad}  </FreeFormatName>\n{pad}</Name>\n"
        f"{pad}<Address>\n{pad}  <AddressCountryCode>{escape(party.country)}</AddressCountryCode>\n"
        f"{pad}  <FreeFormatAddress>\n{lines}{pad}  </FreeFormatAddress>\n{pad}</Address>\n"
        f"{PAD}      </FormattedNameAddress>\n{PAD}    </{role}AddressBook>\n{PAD}  </{role}>\n"
    )


def _verbal(sheet: Sheet) -> str:
    if not (sheet.texts or sheet.significant):
        return ""
    lines = [
        f"{PAD}  <wo:MarkVerbalElementText languageCode={quoteattr(language)}>{escape(text)}"
        "</wo:MarkVerbalElementText>\n"
        for language, text in sheet.texts
    ]
    for name, text in (
        ("MarkSignificantVerbalElement", sheet.significant),
        ("MarkTranslation", sheet.translation),
        ("MarkTransliteration", sheet.reading),
    ):
        if text:
            lines.append(f"{PAD}  <wo:{name}>{escape(text)}</wo:{name}>\n")
    return f"{PAD}<wo:WordMarkSpecification>\n{''.join(lines)}{PAD}</wo:WordMarkSpecification>\n"


def _events(sheet: Sheet) -> str:
    parts = []
    for event in sheet.events:
        lines = [f"{PAD}    <wo:MarkEventDate>{escape(event.day)}</wo:MarkEventDate>\n"]
        if event.code:
            lines.append(f"{PAD}    <wo:MarkEventCode>{escape(event.code)}</wo:MarkEventCode>\n")
        name, number = escape(event.name), escape(event.number)
        lines.append(f"{PAD}    <wo:OfficeSpecificMarkEventName>{name}</wo:OfficeSpecificMarkEventName>\n")
        if number:
            code = quoteattr(sheet.language)
            description = escape(event.description)
            lines.append(
                f"{PAD}    <wo:OfficeSpecificMarkEventCode>{number}</wo:OfficeSpecificMarkEventCode>\n"
                f"{PAD}    <wo:OfficeSpecificMarkEventDescription languageCode={code}>{description}"
                "</wo:OfficeSpecificMarkEventDescription>\n"
            )
        parts.append(f"{PAD}  <wo:MarkEvent>\n{''.join(lines)}{PAD}  </wo:MarkEvent>\n")
    return f"{PAD}<wo:MarkEventDetails>\n{''.join(parts)}{PAD}</wo:MarkEventDetails>\n"
