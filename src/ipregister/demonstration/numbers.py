"""Application and registration numbers as each office writes them, by series."""

from collections.abc import Callable

CHECK = "ABCDEFGHJKLMNPQRTUVWXYZ"


def _bn(serial: int, year: int, series: str) -> str:
    return f"BN/M/{serial}" if series == "madrid" else f"{50000 + serial}"


def _kh(serial: int, year: int, series: str) -> str:
    if series == "madrid":
        return f"KH/{serial}/M"
    return f"KH/G/{year}/{serial}" if series == "indication" else f"KH/{40000 + serial}/{year % 100:02d}"


def _id(serial: int, year: int, series: str) -> str:
    if series == "madrid":
        return f"M00{year}{serial}"
    if year < 2015:
        return f"{series}00{year}{serial:06d}"
    return f"{series}ID{year}{serial:06d}"


def _la(serial: int, year: int, series: str) -> str:
    return f"M/{serial}" if series == "madrid" else f"{30000 + serial}"


def _my(serial: int, year: int, series: str) -> str:
    if series == "madrid" or year >= 2019:
        return f"TM{year}{serial % 10_000_000:06d}"
    if year >= 2010:
        return f"{year}{serial:06d}"
    if serial % 9 == 0:
        return f"{'MR'[serial % 2]}/{year % 100:02d}{serial:04d}"
    return f"{year % 100:02d}/{serial:05d}" if year < 1990 else f"{year % 100:02d}{serial:06d}"


def _ph(serial: int, year: int, series: str) -> str:
    if series == "madrid":
        return f"PHM{year}{serial:08d}"
    return f"PH/4{year}{serial:08d}" if serial % 7 == 0 else f"PH4{year}{serial:08d}"


def _sg(serial: int, year: int, series: str) -> str:
    check = CHECK[serial % len(CHECK)]
    if series in ("A", "L"):
        return f"{series}{year}{serial:05d}{check}"
    if year >= 2014:
        return f"40{year}{serial:05d}{check}"
    return f"T{year % 100:02d}{serial:05d}{check}"


def _th(serial: int, year: int, series: str) -> str:
    return (
        f"{(year + 543) % 100:02d}0{serial:06d}" if series == "madrid" else f"{year % 100:02d}1{serial:06d}"
    )


def _vn(serial: int, year: int, series: str) -> str:
    return f"MD-1-{year}-{serial:05d}" if series == "madrid" else f"4-{year}-{serial:05d}"


def _kz(serial: int, year: int, series: str) -> str:
    return f"{60000 + serial}"


def _wo(serial: int, year: int, series: str) -> str:
    return f"{serial}{series}"


SERIES: dict[str, Callable[[int, int, str], str]] = {
    "BN": _bn, "KH": _kh, "ID": _id, "LA": _la, "MY": _my, "PH": _ph,
    "SG": _sg, "TH": _th, "VN": _vn, "KZ": _kz, "WO": _wo,
}  # fmt: skip


def application_number(office: str, serial: int, year: int, series: str) -> str:
    """The application number of that serial, year and series (``madrid``: the serial is the IR number)."""
    return SERIES[office](serial, year, series)


def registration_number(office: str, index: int, year: int, international: str) -> str:
    """The registration number; a national copy bears the number of its international registration."""
    if international:
        return f"KH/M/{international}" if office == "KH" and index % 2 else international
    if office == "KH":
        return f"KH/{year}/{index + 100}"
    if office in ("SG", "WO"):
        return ""
    if office == "VN":
        return f"4-0{100000 + index}-000"
    return f"IDM{index:09d}" if office == "ID" else f"{20000 + index}"
