"""The words an office's export begins with: transaction code, subcode, and the kind of the mark."""

from .filings import Filing

KINDS = {"individual": "Individual", "collective": "Collective", "certification": "Certificate"}
MALAYSIAN = {"individual": "TRADE MARK", "collective": "COLLECTIVE MARK", "certification": "CERTIFICATION"}


def transaction(filing: Filing) -> tuple[str, str, str]:
    """Transaction code, subcode and kind, as the office writes them."""
    kind = KINDS[filing.kind]
    services = all(item.number > 34 for item in filing.goods)
    mixed = not services and any(item.number > 34 for item in filing.goods)
    madrid = filing.series == "madrid"
    match filing.office:
        case "KH":
            return _cambodian(filing, services, madrid, kind)
        case "ID":
            return _indonesian(filing, services, mixed, madrid, kind)
        case "LA":
            return (*_lao(filing, madrid), "")
        case "MY":
            code = MALAYSIAN[filing.kind]
            return code, "Madrid" if madrid else "", code
        case "TH":
            name = {"collective": "Collective mark", "certification": "Certificate mark"}.get(filing.kind)
            return name or ("Service mark" if services else "Trademark"), "Madrid" if madrid else "", kind
        case "VN":
            return "TradeMark", "TradeMark", kind
        case "PH":
            national = ("National", "Trademark (National)", "Trademark (national)", "Part A")[
                filing.index % 4
            ]
            name = "Trademark(s) (Madrid)"
            return (name, name, kind) if madrid else ("Trademark(s)", national, kind)
        case "BN":
            name = "Trademark-Madrid" if madrid else "Trademark"
            return name, name, kind
        case "SG":
            name = {"collective": "Collective Mark", "certification": "Certification Mark"}.get(filing.kind)
            return name or "Trade Mark", "", kind
    return ("Коллективный товарный знак" if filing.kind == "collective" else "Товарный знак"), "", kind


def _cambodian(filing: Filing, services: bool, madrid: bool, kind: str) -> tuple[str, str, str]:
    if madrid:
        return "Madrid Designated", "Madrid Mark", kind
    origin = "Domestic" if filing.owners[0].country == "KH" else "Foreign"
    if filing.series == "indication":
        return origin, f"{origin} GI", kind
    name = {"collective": "Collective Mark", "certification": "Certification Mark"}.get(filing.kind)
    return origin, f"{origin} {name or ('Service Mark' if services else 'Trademark')}", kind


def _indonesian(filing: Filing, services: bool, mixed: bool, madrid: bool, kind: str) -> tuple[str, str, str]:
    if madrid:
        code = ("Trademark - Madrid (DCP)", "Madrid DCP (MIGRASI)", "Madrid BIRTH transaction")[
            filing.index % 3
        ]
        return code, code, kind
    code = "Merek Jasa" if services else "Merek Dagang & Jasa" if mixed else "Merek Dagang"
    if filing.kind == "collective":
        code = "Merek Kolektif"
    elif filing.happened("renewed") and filing.index % 2:
        code = "Merek Perpanjangan (R)"
    return code, f"{code} {'Non UMKM' if filing.index % 3 else 'UMKM'}", kind


def _lao(filing: Filing, madrid: bool) -> tuple[str, str]:
    if madrid:
        return "Trademark - Madrid", "Trademark - Madrid"
    if filing.kind == "collective":
        return "Trademark - Collective", "Collective Mark"
    if filing.kind == "certification":
        return "Trademark", "Certification Mark"
    if filing.index % 3 == 0:
        return "Trademark", "Trademark"
    renewal = " - Renewal" if filing.happened("renewed") else ""
    return "Trademark - Individual", f"TM Individual{renewal}"
