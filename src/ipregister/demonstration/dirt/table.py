"""The one table of the dirt: name, offices, rate, what it does. Add a quirk here and a function beside."""

from collections.abc import Callable

from ..sheets import Sheet
from . import classes, codes, dates, documents, numbers, parties, words
from .kinds import Place, Quirk

IPAS = ("BN", "KH", "ID", "LA", "MY", "PH", "TH", "VN")
BULK = ("SG", "KZ", "WO")
ISO = (*IPAS, "KZ", "WO")
NAMED = (*IPAS, "SG", "WO")
ALL = (*IPAS, *BULK)


def _quirk(
    name: str, offices: tuple[str, ...] | str, rate: float, on_sheet: Callable[[Sheet], None], needs: str = ""
) -> Quirk:
    effect = (on_sheet.__doc__ or "").strip()
    return Quirk(name, _offices(offices), rate, effect, needs, on_sheet=on_sheet)


def _text(name: str, offices: tuple[str, ...] | str, rate: float, on_text: Callable[[str], str]) -> Quirk:
    effect = (on_text.__doc__ or "").strip()
    return Quirk(name, _offices(offices), rate, effect, place=Place.TEXT, on_text=on_text)


def _picture(
    name: str, offices: tuple[str, ...] | str, rate: float, on_picture: Callable[[bytes, Sheet], bytes]
) -> Quirk:
    effect = (on_picture.__doc__ or "").strip()
    return Quirk(name, _offices(offices), rate, effect, "picture", Place.PICTURE, on_picture=on_picture)


def _offices(offices: tuple[str, ...] | str) -> tuple[str, ...]:
    return tuple(offices.split()) if isinstance(offices, str) else offices


# fmt: off
DIRT: tuple[Quirk, ...] = (
    # numbers
    Quirk("series-twin", ("VN", "PH", "BN"), 0.01,
          "A number whose digits are those of the record before, in another series.", place=Place.FILING),
    Quirk("number-suffix", ("ID", "SG"), 0.01, "-11, _A, -A or -01 after the number.", place=Place.FILING),
    _quirk("number-spaced", IPAS, 0.01, numbers.spaced),
    _quirk("number-missing", ALL, 0.002, numbers.missing),
    _quirk("number-old-mask", "PH", 0.005, numbers.old_mask),
    _quirk("registration-dash", IPAS, 0.01, numbers.registration_dash, "registered"),
    _quirk("registration-na", IPAS, 0.005, numbers.registration_na, "registered"),
    _quirk("registration-is-application", "BN MY TH", 0.05, numbers.registration_is_application, "registered"),
    _quirk("registration-missing", ("BN", "MY", "TH", "KZ"), 0.02, numbers.no_registration, "registered"),
    _quirk("registration-empty-madrid", "KH", 0.1, numbers.empty_madrid, "madrid"),
    _quirk("publication-na", IPAS, 0.01, numbers.publication_na, "registered"),
    _quirk("priority-number-none", ISO, 0.01, numbers.priority_number_none, "priority"),
    # dates
    _quirk("date-zero", ISO[:-1], 0.01, dates.zero, "registered"),
    _quirk("date-impossible", ISO[:-1], 0.007, dates.thirtieth_of_february, "registered"),
    _quirk("date-month-13", ISO[:-1], 0.005, dates.thirteenth_month, "registered"),
    _quirk("date-compact", ISO, 0.007, dates.compact),
    _quirk("date-slashed", ISO, 0.007, dates.slashed),
    _quirk("date-ancient", ISO, 0.005, dates.ancient),
    _quirk("date-future", IPAS, 0.005, dates.far_future, "registered"),
    _quirk("date-padded", ISO, 0.005, dates.padded),
    _quirk("date-filed-missing", ALL, 0.005, dates.no_filing_date),
    _quirk("date-registered-missing", IPAS, 0.02, dates.no_registration_date, "registered"),
    _quirk("date-expiry-missing", ALL, 0.015, dates.no_expiry, "registered"),
    _quirk("date-status-missing", IPAS, 0.01, dates.no_status_date),
    _quirk("date-dash", "WO", 0.01, dates.dash),
    _quirk("date-buddhist", "LA TH", 0.01, dates.buddhist),
    _quirk("date-local-digits", "LA KH TH", 0.007, dates.local_digits),
    _quirk("date-buddhist-local-digits", "LA TH", 0.005, dates.buddhist_local_digits),
    _quirk("date-with-time", "PH", 0.01, dates.with_time),
    _quirk("date-american", "PH", 0.01, dates.american),
    _quirk("date-in-words", "PH", 0.01, dates.in_words),
    _quirk("date-malformed", "VN", 0.01, dates.malformed),
    _quirk("date-impossible-slashed", "SG", 0.01, dates.impossible_slashed, "registered"),
    _quirk("date-iso-among-slashed", "SG", 0.005, dates.iso_among_slashed),
    _quirk("date-registered-as-priority", "MY", 0.03, dates.registered_before_filing, "priority"),
    _quirk("date-published-before-filing", ISO[:-1], 0.005, dates.published_before_filing, "registered"),
    _quirk("date-year-not-in-number", "ID", 0.01, dates.other_year_than_number),
    _quirk("priority-impossible", ISO, 0.007, dates.impossible_priority, "priority"),
    _quirk("priority-after-filing", ISO, 0.007, dates.priority_after_filing, "priority"),
    # classes and goods
    _quirk("class-zero", IPAS, 0.005, classes.zero),
    _quirk("class-empty", ALL, 0.005, classes.empty),
    _quirk("class-pair", ALL, 0.007, classes.pair),
    _quirk("class-na", IPAS, 0.005, classes.not_available),
    _quirk("class-national", IPAS, 0.005, classes.national),
    _quirk("class-padded", (*IPAS, "KZ"), 0.01, classes.padded),
    _quirk("class-worded", IPAS, 0.005, classes.worded),
    _quirk("class-repeated", ALL, 0.01, classes.repeated),
    _quirk("class-none", ALL, 0.005, classes.none),
    _quirk("class-count-differs", "KZ", 0.03, classes.extra_class),
    _quirk("goods-one-list", "KZ", 0.02, classes.one_list),
    _quirk("goods-empty", ALL, 0.005, classes.empty_text),
    _quirk("goods-two-languages", "LA KH", 0.02, classes.two_languages),
    _quirk("goods-english-tag", "LA ID TH VN", 0.02, classes.english_tag),
    _quirk("goods-language-empty", "ID", 0.01, classes.empty_language),
    _quirk("goods-read-by-machine", "LA", 0.03, classes.read_by_machine),
    _quirk("goods-doubled-separators", ALL, 0.01, classes.doubled_marks),
    _quirk("goods-capitals", "BN ID MY PH VN SG KZ WO", 0.02, classes.capitals),
    # words of marks, remarks, languages
    _quirk("mark-dot", IPAS, 0.01, words.trailing_dot, "texts"),
    _quirk("mark-double-space", ALL, 0.01, words.double_space, "texts"),
    _quirk("mark-line-break", ALL, 0.007, words.line_break, "texts"),
    _quirk("mark-literal-entity", ALL, 0.005, words.literal_entity, "texts"),
    _quirk("mark-figure-word", "VN LA ID", 0.05, words.figure_word, "texts"),
    _quirk("mark-in-thai", "LA", 0.01, words.in_thai, "texts"),
    _quirk("mark-homograph", ALL, 0.005, words.homograph, "texts"),
    _quirk("mark-zero-width", "KH LA TH", 0.01, words.zero_width, "texts"),
    _quirk("mark-decomposed", "VN", 0.02, words.decomposed, "texts"),
    _quirk("mark-legacy-font", "VN TH KZ", 0.01, words.legacy_font, "texts"),
    _quirk("mark-placeholder", IPAS, 0.005, words.placeholder, "texts"),
    _quirk("mark-missing", ALL, 0.005, words.no_words, "texts"),
    _quirk("mark-html-entity", "SG", 0.02, words.with_html, "texts"),
    _quirk("mark-differs-from-international", IPAS, 0.05, words.differs_from_international, "madrid"),
    _quirk("disclaimer-dash", IPAS, 0.02, words.disclaimer_dash),
    _quirk("disclaimer-none", "PH BN MY", 0.02, words.disclaimer_none),
    _quirk("translation-dot", IPAS, 0.01, words.translation_dot, "texts"),
    _quirk("translation-phrase", "ID", 0.05, words.translation_phrase, "texts"),
    _quirk("picture-described-in-words", "TH", 0.03, words.picture_described, "picture"),
    _quirk("language-own-code", "KH VN ID", 0.01, words.own_language_code),
    _quirk("language-missing", IPAS, 0.005, words.no_language),
    # owners, agents, countries
    _quirk("country-trailing", IPAS, 0.01, parties.trailing),
    _quirk("country-with-digit", IPAS, 0.005, parties.with_digit),
    _quirk("country-unknown", ALL, 0.005, parties.unknown),
    _quirk("country-named", (*IPAS, "WO"), 0.005, parties.named),
    _quirk("country-lower", IPAS, 0.005, parties.lower),
    _quirk("country-missing", ALL, 0.005, parties.no_country),
    _quirk("owner-missing", ALL, 0.003, parties.nobody),
    _quirk("owner-dash", ALL, 0.003, parties.dash),
    _quirk("owner-two-lines", (*IPAS, "WO"), 0.01, parties.two_lines),
    _quirk("owner-both-scripts", "LA KH TH", 0.02, parties.both_scripts),
    _quirk("owner-spaced", ALL, 0.01, parties.spaced),
    _quirk("owner-twice-escaped", ALL, 0.005, parties.twice_escaped),
    _quirk("owner-html-entity", "SG", 0.02, parties.entity_in_name),
    _quirk("address-missing", ALL, 0.005, parties.no_address),
    _quirk("address-na", ALL, 0.005, parties.address_na),
    _quirk("agent-is-owner", ALL, 0.01, parties.agent_is_owner),
    _quirk("country-two", "SG", 0.01, parties.two_countries),
    _quirk("country-after-name", "KZ", 0.05, parties.code_after_name),
    _quirk("country-latin-in-cyrillic", "KZ", 0.02, parties.latin_in_cyrillic),
    _quirk("country-misspelled", "KZ", 0.01, parties.misspelled_country),
    _quirk("country-unknown-name", "KZ", 0.005, parties.unknown_country),
    _quirk("party-empty-lines", "WO", 0.02, parties.empty_lines),
    _quirk("party-no-identifier", "WO", 0.05, parties.no_identifier),
    _quirk("party-line-language", "WO", 0.01, parties.line_language),
    # statuses, events, features, headers
    _quirk("status-unknown", (*IPAS, "SG"), 0.01, codes.unknown_status),
    _quirk("status-numeric", "KH MY BN", 0.02, codes.numeric_status),
    _quirk("status-missing", (*IPAS, "SG"), 0.005, codes.no_status),
    _quirk("status-capitals", IPAS, 0.01, codes.capital_status),
    _quirk("status-received-in-error", "PH", 0.01, codes.received_in_error),
    _quirk("status-split", "SG", 0.01, codes.split_status),
    _quirk("event-code-missing", IPAS, 0.01, codes.no_event_code),
    _quirk("event-unknown", IPAS, 0.01, codes.unknown_event),
    _quirk("event-misspelled", "VN", 0.02, codes.misspelled_event),
    _quirk("event-name-dash", "ID", 0.05, codes.dash_event),
    _quirk("event-date-zero", IPAS, 0.005, codes.zero_event_date),
    _quirk("events-empty", IPAS, 0.005, codes.no_events),
    _quirk("events-single", IPAS, 0.01, codes.one_event, "registered"),
    _quirk("feature-unknown", IPAS, 0.005, codes.unknown_feature),
    _quirk("feature-any-combination", "MY", 0.01, codes.any_combination),
    _quirk("feature-missing", IPAS, 0.005, codes.no_feature),
    _quirk("kind-missing", "BN KH ID MY PH TH VN", 0.005, codes.no_kind),
    _quirk("kind-not-defined", "MY", 0.01, codes.undefined_kind),
    _quirk("transaction-empty", "ID TH", 0.02, codes.empty_transaction),
    _quirk("transaction-unknown", IPAS, 0.003, codes.unknown_transaction),
    _quirk("transaction-related-foreign", "KH", 0.01, codes.related_foreign),
    _quirk("header-missing", "LA VN", 0.01, codes.no_header),
    _quirk("vienna-four-digits", ISO, 0.02, codes.four_digit_vienna, "picture"),
    _quirk("vienna-unknown", ISO, 0.005, codes.unknown_vienna, "picture"),
    _quirk("vienna-compact", (*IPAS, "KZ"), 0.01, codes.compact_vienna, "picture"),
    # documents
    _text("document-truncated", IPAS, 0.003, documents.truncated),
    _text("document-empty", IPAS, 0.002, documents.emptied),
    _text("document-raw-ampersand", ALL, 0.002, documents.raw_ampersand),
    _text("document-undefined-entity", (*IPAS, "SG"), 0.005, documents.undefined_entity),
    _text("document-caron-entity", "SG", 0.005, documents.caron_entity),
    _text("document-control-character", ALL, 0.003, documents.control_character),
    _text("document-control-reference", ALL, 0.003, documents.control_reference),
    _text("document-foreign-bytes", IPAS, 0.003, documents.foreign_bytes),
    _text("document-byte-order-mark", IPAS, 0.01, documents.byte_order_mark),
    _text("document-carriage-returns", IPAS, 0.01, documents.carriage_returns),
    _text("document-character-data", ALL, 0.005, documents.character_data),
    _text("document-cut", BULK, 0, documents.cut),
    _text("document-repeated-tag", "SG", 0.02, documents.repeated_tag),
    # pictures
    _quirk("picture-named-not-sent", NAMED, 0.005, codes.named_without_file, "picture"),
    _quirk("picture-sent-not-named", IPAS, 0.005, codes.file_without_name, "picture"),
    _quirk("picture-other-name", NAMED, 0.01, codes.other_file_name, "picture"),
    _picture("picture-corrupt", ALL, 0.005, documents.corrupt),
    _picture("picture-corrupt-header", ("MY", "KZ", "TH"), 0.005, documents.no_bytes),
    _picture("picture-faded", ALL, 0.005, documents.faded),
    _picture("picture-png-named-jpeg", NAMED, 0.01, documents.png_named_jpeg),
    _picture("picture-page-not-found", NAMED, 0.003, documents.page_not_found),
    Quirk("picture-tiff", ("SG",), 0.01, "A .tif, which is only a rendering of the words.", "picture",
          Place.PICTURE, on_picture=documents.tiff),
)
# fmt: on
