"""The names and closed lists of ST.96 V6.0 that the trademark writer needs, as its XSD has them."""

TRADEMARK = "http://www.wipo.int/standards/XMLSchema/ST96/Trademark"
COMMON = "http://www.wipo.int/standards/XMLSchema/ST96/Common"
VERSION = "V6_0"

CARRIED, ORDER, ENTRY, ABSENCE = "Register value", "Register order", "Register entry", "Register absence"
"""`DocumentKindCategory` of the trademark documents that carry what the standard has no element for."""

HOLDER = "Holder"
"""The comment that makes an applicant a holder: the standard's trademark has no list of holders."""

NEUTRAL_EVENT = "National prosecution history entry"
"""The category of an event that says nothing of it; an event must have one."""

SCHEMES = {"nice": "Nice", "national": "Domestic"}
MADRID = frozenset({"Agreement", "Protocol", "Protocol article 9 sexies"})
BOOLEANS = frozenset({"true", "false", "1", "0"})
IMAGE_FORMATS = frozenset({"JPEG", "TIFF", "PNG", "GIF", "SVG"})
SOUND_FORMATS = frozenset({"MP3", "WAV", "WMA"})
MULTIMEDIA_FORMATS = frozenset({"MPG", "GIF", "MPEG", "AVI", "WMV", "WAV"})
COLOUR_MODES = frozenset({"Black and white", "Greyscale", "Colour"})
CLASS_STATUSES = frozenset({"Provisional", "National"})
CORRESPONDENTS = frozenset({"Applicant", "Breeder", "Examiner", "IP Office", "Representative", "Third party"})
RECORD_STATUSES = frozenset({"Record filed", "Undefined"})
FEATURES = frozenset(
    {
        "Word", "Stylized characters", "Figurative", "Combined", "Three dimensional", "Colour", "Sound", "Hologram",
        "Olfactory", "Motion", "Multimedia", "Position", "Touch", "Taste", "Tracer", "Other",
    }
)  # fmt: skip
EVENTS = (
    "Application filed", "Filing date accorded", "Classification checked", "Application accepted", "Application published",
    "Opposition pending", "Registration published", "Application refused", "Application withdrawn", "Appeal pending",
    "Interruption of proceeding", "Registration cancelled", "Conversion requested", "Registration surrendered",
    "Revocation proceeding pending", "Invalidity proceeding pending", "Action before court of justice pending",
)  # fmt: skip
"""Categories of events that say what happened."""

RECORDALS = frozenset(
    {
        "Second part fee paid", "Second part fee not paid", "Protection granted", "Judicial action",
        "Effect continuation", "Renunciation", "Transfer refusal", "Representative appointment", "Appeal expired",
        "Appeal lapsed", "Appeal withdrawn", "Total refusal", "Total invalidation", "Total cancellation",
        "Total ceasing of effect", "Final confirmation refusal", "Final reversing refusal", "Final total refusal",
        "Renewal under Rule 40_3", "Non Renewal", "Non Renewal certain parties", "Non Renewal under Rule 40_3",
        "Registration", "Subsequent designation", "Limitation", "No effect limitation", "Partial refusal",
        "Partial ceasing of effect", "Partial invalidation", "Partial cancellation", "Partial transfer", "Renewal",
        "Complementary renewal", "Final other decision",
    }
)  # fmt: skip
"""BasicRecordCategoryType."""

OFFICES = frozenset(
    """
    AD AE AF AG AI AL AM AN AO AP AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BQ BR BS BT BV BW
    BX BY BZ CA CD CF CG CH CI CK CL CM CN CO CR CS CU CV CW CY CZ DD DE DJ DK DL DM DO DT DZ EA EC EE
    EG EH EM EP ER ES ET EU FI FJ FK FO FR GA GB GC GD GE GG GH GI GL GM GN GQ GR GS GT GW GY HK HN HR
    HT HU IB ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR
    LS LT LU LV LY MA MC MD ME MG MK ML MM MN MO MP MR MS MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR
    NZ OA OM PA PE PG PH PK PL PT PW PY QA QZ RH RO RS RU RW SA SB SC SD SE SG SH SI SK SL SM SN SO SR
    SS ST SU SV SX SY SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VN VU WO
    WS XN XU XV XX YD YE YU ZA ZM ZW
    """.split()
)
"""Codes of ExtendedWIPOST3CodeType: WIPO ST.3 and its former codes, as V6.0 lists them."""

COUNTRIES = frozenset(
    """
    AD AE AF AG AI AL AM AN AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
    BT BU BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CS CU CV CW CX CY CZ DD DE DJ DK DM DO DZ
    EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK
    HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC
    NE NF NG NI NL NO NP NR NT NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RH RO RS RU RW
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SU SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
    TP TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YD YE YT YU ZA ZM ZR ZW
    """.split()
)
"""Codes of ExtendedISOCountryCodeType: ISO 3166-1 and its former codes."""

LANGUAGES = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id
    ie ig ii ik io is it iu ja jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt
    lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps
    pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl
    tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()
)
"""Codes of ExtendedISOLanguageCodeType: ISO 639-1 and its former codes."""
