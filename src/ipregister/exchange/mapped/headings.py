"""Headings as offices write them, and the fields they mean: for the proposal of a mapping, never for reading."""

import re

_TITLES = {"patent": "titles", "utility-model": "titles", "design": "titles", "work": "titles", "indication": "names",
           "emblem": "names", "trademark": "mark/verbal"}  # fmt: skip

_COMMON: tuple[tuple[str, str], ...] = (
    (r"(?:app|filing|file|serial).*(?:n[or°]|num)|^210$|inid.?210|n[or°]?.*de.?depot|nomor.*permohonan|số đơn|номер заявк|เลขที่คำขอ", "application_number"),
    (r"(?:filing|filed|app|lodg|depot).*da[ty]|^220$|inid.?220|tanggal.*permohonan|ngày nộp|дата подач|วันที่ยื่น", "application_date"),
    (r"(?:reg|cert|grant|patent).*(?:n[or°]|num)|^111$|inid.?111|nomor.*pendaftaran|số.*(?:bằng|đăng ký)|номер.*(?:регистр|свидет)|เลขทะเบียน", "registration_number"),
    (r"(?:reg|grant|issue).*da[ty]|^151$|inid.?151|tanggal.*pendaftaran|ngày cấp|дата регистр|วันที่จดทะเบียน", "registration_date"),
    (r"expir|valid.?(?:to|until)|^180$|inid.?180|kedaluwarsa|hết hạn|срок.*(?:истек|действ)|วันหมดอายุ", "expiry_date"),
    (r"status.*da[ty]", "status_date"),
    (r"status|^state$|legal.?state|trạng thái|статус|สถานะ", "office_status"),
    (r"publi.*da[ty]|gazette.*da[ty]", "publications/*/date"),
    (r"publi.*(?:n[or°]|num)|gazette|bulletin|journal", "publications/*/identifier"),
    (r"priorit.*da[ty]|^320$", "priorities/*/date"),
    (r"priorit.*(?:country|state|office)|^330$", "priorities/*/country"),
    (r"priorit|^310$", "priorities/*/number"),
    (r"agent.*addr|attorney.*addr|represent.*addr", "representatives/*/address_lines"),
    (r"agent|attorney|represent|мандатар|поверенн|kuasa|đại diện|ตัวแทน", "representatives/*/names"),
    (r"inventor|изобретат", "inventors/*/names"),
    (r"designer|дизайнер", "designers/*/names"),
    (r"author|автор", "authors/*/names"),
    (r"(?:owner|holder|propriet).*(?:country|nation|state)|страна.*(?:владел|правооблад)", "holders/*/country"),
    (r"(?:owner|holder|propriet).*addr|адрес.*(?:владел|правооблад)|alamat.*pemilik", "holders/*/address_lines"),
    (r"applicant.*(?:country|nation|state)|^country$|nationality|страна", "applicants/*/country"),
    (r"applicant.*addr|^address|адрес|alamat|địa chỉ|ที่อยู่", "applicants/*/address_lines"),
    (r"holder|owner|propriet|^732$|владел|правооблад|pemilik|chủ|เจ้าของ", "holders/*/names"),
    (r"applicant|^730$|^71$|заявител|pemohon|người nộp|ผู้ขอ", "applicants/*/names"),
    (r"madrid|intern.*reg|ir.?n", "international_number"),
)  # fmt: skip
_OF: dict[str, tuple[tuple[str, str], ...]] = {
    "trademark": (
        (r"class|^511$|kelas|nhóm|мкту|จำพวก", "goods/*/class_number"),
        (r"goods|services|specification|^510$|barang|hàng hoá|товар|รายการสินค้า", "goods/*/texts"),
        (r"vienna|figurat|^531$", "mark/images/0/vienna"),
        (r"colou?r", "mark/colour"),
        (r"disclaim|^526$", "mark/disclaimers"),
        (r"translat|meaning", "mark/translations"),
        (r"translit", "mark/transliterations"),
        (r"(?:image|logo|picture|file).*(?:name|file)?$", "mark/images/0/filename"),
        (r"(?:kind|type).*(?:sign|feature)|feature", "mark/feature"),
        (r"(?:mark|tm).*(?:type|kind|category)|^550$", "kinds"),
    ),
    "design": ((r"locarno|class|^51$", "products/*/number"), (r"product|article", "products/*/texts")),
    "indication": (
        (r"product", "products/*/texts"),
        (r"area|region|province|place", "areas/*/texts"),
        (r"origin|country", "origins"),
        (r"producer|group|associat", "producers/*/names"),
    ),
    "patent": ((r"ipc|class", "classifications/*/symbol"), (r"abstract|summary|^57$", "abstracts")),
    "utility-model": ((r"ipc|class", "classifications/*/symbol"), (r"abstract|summary|^57$", "abstracts")),
    "work": ((r"kind|type|category", "kinds"), (r"creat.*da[ty]", "created")),
}
_NAME = r"mark|name|title|word|denominat|invention|^54[01]?$|merek|nhãn|название|наимен|ชื่อ|tên"


def proposed(heading: str, right: str, *, is_date: bool) -> str:
    """The field that a heading seems to mean; empty where nothing tells. A column of dates is no number, and the
    reverse."""
    words = re.sub(r"[_\W]+", " ", re.sub(r"(?<=[a-zа-я])(?=[A-ZА-Я])", "_", heading)).strip().casefold()
    rules = (*_COMMON[:9], *_OF.get(right, ()), *_COMMON[9:], (_NAME, _TITLES[right]))
    for pattern, field in rules:
        dated = field.endswith("date") or field == "created"
        if dated == is_date and re.search(pattern, words):
            return field
    return ""
