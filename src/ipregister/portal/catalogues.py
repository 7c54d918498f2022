"""The translations of the pages: finds all messages, brings the `.po` files up to date, compiles them.

    python -m ipregister.portal.catalogues update     add new messages to every .po, drop old ones
    python -m ipregister.portal.catalogues compile    write every .mo
    python -m ipregister.portal.catalogues missing    what is not translated yet
    python -m ipregister.portal.catalogues terms      what says a term of the trade otherwise than the glossary

Needs Babel only, no gettext program.
"""

import datetime as dt
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from ipregister.desk import report_texts, words
from ipregister.model import codelists
from ipregister.portal import glossary
from ipregister.portal.compiling import catalogue, compile_all, path_of
from ipregister.portal.languages import TRANSLATED
from ipregister.search.faults import MESSAGES
from ipregister.search.fields import FIELDS, SORTS

FOLDER = Path(__file__).parent
HEADER = """# Messages of the pages in PROJECT.
# Machine translation. Nobody has reviewed it: the English text prevails."""
LISTS = ("states", "mark_features", "mark_kinds", "subtypes", "event_kinds", "recordal_kinds",
         "reference_kinds", "designation_states", "nice", "vienna")  # fmt: skip
"""Code lists whose labels are shown."""
STAFF = "staff"
"""Messages that stand in staff pages only carry this comment."""
DATE = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
"""Written into every catalogue, so that bringing it up to date twice changes nothing."""
MessageId = str | tuple[str, str]

_TRANSLATE = re.compile(r"""\{%-?\s*translate\s+(?:"([^"]+)"|'([^']+)')|\b_\((?:"([^"]+)"|'([^']+)')\)""")
_BLOCK = re.compile(
    r"\{%\s*blocktranslate[^%]*%\}(.*?)(?:\{%\s*plural\s*%\}(.*?))?\{%\s*endblocktranslate\s*%\}", re.DOTALL
)
_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def _of_block(text: str) -> str:
    return _VARIABLE.sub(r"%(\1)s", text.replace("%", "%%"))


def of_template(text: str) -> Iterator[MessageId]:
    """The messages of one template, as Django looks them up."""
    for found in _TRANSLATE.finditer(text):
        yield next(group for group in found.groups() if group)
    for block in _BLOCK.finditer(text):
        one, many = _of_block(block[1]), block[2]
        yield (one, _of_block(many)) if many else one


def messages() -> dict[MessageId, set[str]]:
    """All messages with the places where they stand."""
    found: dict[MessageId, set[str]] = {}
    for place, message in _all():
        found.setdefault(message, set()).add(place)
    return found


def _all() -> Iterator[tuple[str, MessageId]]:
    keywords = {"_": None, "gettext": None, "lazy": None, "gettext_lazy": None, "ngettext": (1, 2)}
    for name, _line, message, _comments, _context in extract_from_dir(
        FOLDER, [("**.py", "python")], keywords=keywords
    ):
        text = message if isinstance(message, str) else (message[0], message[1])
        yield f"portal/{name}", text
    for template in sorted((FOLDER / "templates").rglob("*.html")):
        for message in of_template(template.read_text(encoding="utf-8")):
            yield f"portal/{template.relative_to(FOLDER).as_posix()}", message
    yield from _of_tables()


def _of_tables() -> Iterator[tuple[str, MessageId]]:
    for name in LISTS:
        yield from ((f"model/codes/{name}.csv", text) for text in codelists.column(name, "label").values())
    yield from (("model/codes/states.csv", text) for text in codelists.column("states", "sentence").values())
    yield from (("search/fields.py", field.label) for field in FIELDS)
    yield from (("search/fields.py", sort.label) for sort in SORTS)
    yield from (("search/faults.py", text) for text in MESSAGES.values())
    yield from (("desk/words.py", text) for table in words.TABLES for text in table.values())
    yield from (("desk/words.py", text) for text in words.SENTENCES)
    yield from (("desk/report_texts.py", text) for text in report_texts.SENTENCES)


def update(lang: str) -> None:
    """Write the catalogue of a language with exactly the present messages; translations are kept."""
    old = catalogue(lang)
    new = Catalog(
        locale=lang, domain="django", project="ipregister", version="0", fuzzy=False, header_comment=HEADER,
        creation_date=DATE, revision_date=DATE, last_translator="machine", language_team="none",
        msgid_bugs_address="none",
    )  # fmt: skip
    for message, places in sorted(messages().items(), key=lambda item: (min(item[1]), str(item[0]))):
        before = old.get(message if isinstance(message, str) else message[0])
        text = before.string if before is not None and bool(before.string) else None
        only_staff = all("/staff/" in place for place in places)
        new.add(message, text, locations=[(place, 0) for place in sorted(places)],
                auto_comments=[STAFF] if only_staff else [])  # fmt: skip
    path_of(lang).parent.mkdir(parents=True, exist_ok=True)
    with path_of(lang).open("wb") as file:
        write_po(file, new, width=100, omit_header=False, include_lineno=False)


def missing(lang: str, *, staff: bool = False) -> list[Message]:
    """The messages of a language without a translation; those of staff pages only where asked for."""
    return [
        one
        for one in catalogue(lang)
        if one.id and not _is_told(one) and (staff or STAFF not in one.auto_comments)
    ]


def _is_told(message: Message) -> bool:
    text = message.string
    return all(text) if isinstance(text, tuple | list) else bool(text)


def pairs(lang: str) -> Iterator[tuple[str, str]]:
    """English and translation of every message of a language, plural forms one by one."""
    for one in catalogue(lang):
        if one.id:
            english = one.id if isinstance(one.id, str) else one.id[0]
            told = (one.string,) if isinstance(one.string, str) else tuple(one.string or ())
            yield from ((english, text) for text in told if text)


def main(arguments: list[str]) -> int:
    """The program."""
    if arguments == ["update"]:
        for lang in TRANSLATED:
            update(lang)
    elif arguments == ["compile"]:
        compile_all()
    elif arguments == ["missing"]:
        for lang in TRANSLATED:
            sys.stdout.writelines(f"{lang}: {one.id}\n" for one in missing(lang, staff=True))
    elif arguments == ["terms"]:
        for lang in TRANSLATED:
            found = glossary.breaches(lang, pairs(lang))
            sys.stdout.writelines(f"{lang}: {term}: {english} | {told}\n" for term, english, told in found)
    else:
        sys.stderr.write(str(__doc__))
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
