"""The languages of the pages, each with its own name for itself."""

LANGUAGES: tuple[tuple[str, str], ...] = (
    ("en", "English"),
    ("lo", "ລາວ"),
    ("km", "ខ្មែរ"),
    ("th", "ไทย"),
    ("vi", "Tiếng Việt"),
    ("id", "Bahasa Indonesia"),
    ("ru", "Русский"),
    ("kk", "Қазақша"),
)
"""Code and name, in the order of the switch. English is the language of the messages themselves."""
TRANSLATED: tuple[str, ...] = tuple(code for code, _name in LANGUAGES if code != "en")
"""The languages that have a catalogue."""
LAO = {"bidi": False, "code": "lo", "name": "Lao", "name_local": "ລາວ"}
"""What Django does not know of Lao by itself."""
