"""The Madrid feed of the International Bureau: one bulk file of ST.66 ``TradeMark`` elements, no ``wo`` prefix."""

from xml.sax.saxutils import escape

from .goods import terms
from .sheets import EventLine, PartyLines, Sheet
from .vocabulary import words

TM = "http://www.wipo.int/standards/XMLSchema/trademarks"
HEADER = "<TransactionCode>Madrid Export</TransactionCode>"
OPENING = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<Transaction xmlns="{TM}">\n'
    f"<TradeMarkTransactionBody><TransactionContentDetails>{HEADER}\n"
    "<TransactionData><TradeMarkApplication><TradeMarkDetails>\n"
)
CLOSING = (
    "</TradeMarkDetails></TradeMarkApplication></TransactionData>\n"
    "</TransactionContentDetails></TradeMarkTransactionBody>\n</Transaction>\n"
)
NATURES = {"word": "Word", "combined": "Figurative", "figurative": "Figurative", "3d": "Three dimensional"}


def record(sheet: Sheet, picture: bytes) -> str:
    """One ``TradeMark`` element of the bulk file."""
    country = sheet.owners[0].country if sheet.owners else "DE"
    parts = [
        _one("RegistrationOfficeCode", "WO"),
        _one("ReceivingOfficeCode", country),
        _one("ApplicationNumber", sheet.number),
        _one("ApplicationDate", sheet.filed),
        _one("ApplicationLanguageCode", "en"),
        _one("ExpiryDate", sheet.expiry),
        _one("InternationalRegistrationDuration", "10"),
        _designated(sheet),
        _basic(sheet),
        _one("KindMark", sheet.kind),
        _one("MarkFeature", NATURES.get(sheet.feature, sheet.shape)),
        _words(sheet),
        _picture(sheet),
        _goods(sheet),
        _priorities(sheet),
        _parties("Applicant", sheet.owners, sheet),
        _parties("Representative", sheet.agents, sheet),
        _records(sheet),
    ]
    return f"<TradeMark>\n{''.join(parts)}</TradeMark>\n"


def _one(name: str, text: str) -> str:
    return f"  <{name}>{escape(text)}</{name}>\n" if text else ""


def _basic(sheet: Sheet) -> str:
    steps = ("BasicRegistrationApplicationDetails", "BasicRegistrationApplication", "BasicApplicationDetails",
             "BasicApplication")  # fmt: skip
    inner = _one("BasicApplicationNumber", f"3020{sheet.index:08d}") + _one(
        "BasicApplicationDate", sheet.filed
    )
    return (
        "".join(f"<{step}>" for step in steps) + "\n" + inner + "".join(f"</{s}>" for s in steps[::-1]) + "\n"
    )


def _designated(sheet: Sheet) -> str:
    inner = "".join(
        f"    <DesignatedCountry><DesignatedCountryCode>{code}</DesignatedCountryCode>"
        f"<DesignatedUnderCode>{under}</DesignatedUnderCode></DesignatedCountry>\n"
        for code, under in sheet.designated
    )
    return f"  <DesignatedCountryDetails>\n{inner}  </DesignatedCountryDetails>\n"


def _picture(sheet: Sheet) -> str:
    if not sheet.picture_name:
        return ""
    claimed = ""
    if sheet.colours:
        for language in ("en", "fr", "es"):
            names = words("features")["colours"][language]
            text = ", ".join(names[place] for place in sheet.colours).capitalize()
            claimed += f'    <MarkImageColourClaimedText languageCode="{language}">{text}.</MarkImageColourClaimedText>\n'
    codes = "".join(f"<CategoryCode>{code.replace('.', '')}</CategoryCode>" for code in sheet.vienna)
    return (
        "  <MarkImageDetails><MarkImage>\n"
        f"    <MarkImageFilename>{escape(sheet.picture_name)}</MarkImageFilename>\n"
        "    <MarkImageFileFormat>JPEG</MarkImageFileFormat>\n"
        f"    <MarkImageColourIndicator>{'true' if sheet.colours else 'false'}</MarkImageColourIndicator>\n"
        f"{claimed}    <MarkImageCategoryDetails><MarkImageCategory>"
        "<CategoryKind>Vienna Three Levels</CategoryKind>"
        f"<CategoryCodeDetails>{codes}</CategoryCodeDetails>"
        "</MarkImageCategory></MarkImageCategoryDetails>\n  </MarkImage></MarkImageDetails>\n"
    )


def _words(sheet: Sheet) -> str:
    lines = "".join(
        f"    <MarkVerbalElementText>{escape(text)}</MarkVerbalElementText>\n" for _, text in sheet.texts
    )
    if sheet.reading:
        lines += f"    <MarkTransliteration>{escape(sheet.reading)}</MarkTransliteration>\n"
    return f"  <WordMarkSpecification>\n{lines}  </WordMarkSpecification>\n" if lines else ""


def _goods(sheet: Sheet) -> str:
    parts = []
    for item in sheet.classes:
        number = item.number if len(item.number) != 1 or not item.number.isdigit() else f"0{item.number}"
        texts = list(item.texts)
        for language in ("fr", "es"):
            known = terms(language, int(item.number)) if item.number.isdigit() else []
            if known:
                texts.append((language, "; ".join(known).capitalize() + "."))
        lines = "".join(
            f'      <GoodsServicesDescription languageCode="{language}">{escape(text)}</GoodsServicesDescription>\n'
            for language, text in texts
        )
        parts.append(
            f"    <ClassDescription>\n      <ClassNumber>{escape(number)}</ClassNumber>\n{lines}"
            "    </ClassDescription>\n"
        )
    return (
        "  <GoodsServicesDetails><GoodsServices>\n    <ClassificationVersion>12</ClassificationVersion>\n"
        f"    <ClassDescriptionDetails>\n{''.join(parts)}    </ClassDescriptionDetails>\n"
        "  </GoodsServices></GoodsServicesDetails>\n"
    )


def _priorities(sheet: Sheet) -> str:
    claims = "".join(
        f"    <Priority><PriorityCountryCode>{escape(country)}</PriorityCountryCode>"
        f"<PriorityNumber>{escape(number)}</PriorityNumber><PriorityDate>{escape(day)}</PriorityDate></Priority>\n"
        for country, number, day in sheet.priorities
    )
    return f"  <PriorityDetails>\n{claims}  </PriorityDetails>\n" if claims else ""


def _parties(role: str, parties: list[PartyLines], sheet: Sheet) -> str:
    inner = "".join(_party(role, party, sheet) for party in parties)
    return f"  <{role}Details>\n{inner}  </{role}Details>\n" if inner else ""


def _party(role: str, party: PartyLines, sheet: Sheet) -> str:
    code = "" if "line-language" not in sheet.notes else ' languageCode="en"'
    names = "".join(
        f"<FreeFormatNameLine{code}>{escape(name)}</FreeFormatNameLine>" for _, name in party.names
    )
    lines = "".join(
        f"<FreeFormatAddressLine>{escape(line)}</FreeFormatAddressLine>"
        for address in party.addresses
        for line in address.split(", ")
    )
    identifier = "0" if "no-identifier" in sheet.notes else party.code[2:].lstrip("0") or "1"
    entitled = (
        f"    <ApplicantEntitlement><EntitlementNationalityCode>{escape(party.country)}"
        "</EntitlementNationalityCode></ApplicantEntitlement>\n"
    )
    return (
        f"   <{role}>\n    <{role}Identifier>{identifier}</{role}Identifier>\n"
        f"    <{role}AddressBook><FormattedNameAddress>\n"
        f"     <Name><FreeFormatName><FreeFormatNameDetails>{names}</FreeFormatNameDetails></FreeFormatName></Name>\n"
        f"     <Address><AddressCountryCode>{escape(party.country)}</AddressCountryCode>"
        f"<FreeFormatAddress>{lines}</FreeFormatAddress></Address>\n"
        f"    </FormattedNameAddress></{role}AddressBook>\n"
        f"{entitled if role == 'Applicant' else ''}   </{role}>\n"
    )


def _records(sheet: Sheet) -> str:
    offices = [code for code, _ in sheet.designated] or ["CN"]
    inner = "".join(
        _recording(event, offices[place % len(offices)]) for place, event in enumerate(sheet.events[1:])
    )
    return f"  <MarkRecordDetails>\n{inner}  </MarkRecordDetails>\n" if inner else ""


def _recording(event: EventLine, office: str) -> str:
    days = (
        f"<RecordNotificationDate>{event.day}</RecordNotificationDate>"
        f"<RecordEffectiveDate>{event.day}</RecordEffectiveDate>"
    )
    if event.name == "transferred":
        kind = "<RecordTransferKind>Total Transfer</RecordTransferKind>"
        return f"   <MarkRecord><RecordTransfer>{days}{kind}</RecordTransfer></MarkRecord>\n"
    interested = ""
    if event.code in ("Total Refusal", "Protection Granted", "Limitation"):
        interested = f"<RecordInterestedOfficeCode>{office}</RecordInterestedOfficeCode>"
    return (
        f"   <MarkRecord><BasicRecord>{days}<BasicRecordKind>{event.code}</BasicRecordKind>"
        f"{interested}</BasicRecord></MarkRecord>\n"
    )
