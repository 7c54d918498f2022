"""A query line cut into lexemes with their positions."""

import re

from msgspec import Struct

from ipregister.search.faults import QueryError
from ipregister.search.fields import BY_NAME, SCOPED

_FIELD = re.compile(r"([A-Za-z_]+)(?:/(\d{1,3}))?(:|(?=[<>]))")
_SCOPE = re.compile(rf"({SCOPED}):(\d{{1,3}})(:)(?=\S)", re.IGNORECASE)
_COMPARE = re.compile(r"([<>]=?)\s*")
_RANGE = re.compile(r"\[\s*(\S+)\s+TO\s+([^\s\]]+)\s*\]")
_QUOTES = {'"': '"', "“": "”", "„": "“”", "«": "»"}
_WORD = re.compile(r'(?:\\.|[^\s()"“”„«»\\])+|\\', re.DOTALL)
_BARE = re.compile(r'(?:\\.|[^\s()"“”„«»\\|])+|\\', re.DOTALL)
"""A word that is no value of a field: it ends at a `|`."""
_EITHER = re.compile(rf"(?:{_BARE.pattern})(?:\|(?:{_BARE.pattern}))+", re.DOTALL)
"""Values of a field that are joined by `|`."""
_OR = re.compile(r"\|\|?")
_DISTANCE = re.compile(r"~(\d{1,2})(?![^\s()|])")
_EXPRESSION = re.compile(r"/((?:\\\S|[^/\\\s])+)/(?![^\s)|])")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_OPERATORS = {"AND", "OR", "NOT"}


class Lexeme(Struct, frozen=True):
    """`kind`: word, phrase, near, pattern, expression, range, field, compare, (, ), AND, OR, NOT, end."""

    kind: str
    text: str
    position: int


def cut(line: str, *, ranged: bool = False) -> list[Lexeme]:
    """The lexemes of a line; `ranged`: it may begin with a range. Raises `QueryError` for open quotes and ranges,
    and for unknown fields."""
    out: list[Lexeme] = []
    place = 0
    while place < len(line):
        if line[place].isspace():
            place += 1
        else:
            after_field = out[-1].kind == "field" if out else ranged
            if after_field and (values := _values(line, place)):
                out += values
                place = values[-1].position
                continue
            lexeme, place = _next(line, place, after_field=after_field)
            out.append(lexeme)
    return out


def _values(line: str, place: int) -> list[Lexeme]:
    """The lexemes of several values of a field that are joined by `|`, in brackets; none where one value stands here."""
    found = _EITHER.match(line, place)
    if found is None or _EXPRESSION.match(line, place):
        return []
    inner = [Lexeme(one.kind, one.text, place + one.position) for one in cut(found[0])]
    return [Lexeme("(", "(", place), *inner, Lexeme(")", ")", found.end())]


def _next(line: str, place: int, *, after_field: bool) -> tuple[Lexeme, int]:
    char = line[place]
    if char in "()":
        return Lexeme(char, char, place), place + 1
    if char in _QUOTES:
        return _phrase(line, place)
    if after_field and char == "[":
        return _range(line, place)
    if after_field and (compare := _COMPARE.match(line, place)):
        return Lexeme("compare", compare[1], place), compare.end()
    if char == "/" and (found := _EXPRESSION.match(line, place)):
        return Lexeme("expression", found[1], place), found.end()
    if not after_field and (field := _field(line, place)):
        name = field[1].lower() + (f"/{field[2]}" if field[2] else "")
        return Lexeme("field", name, place), field.end()
    if not after_field and (joined := _OR.match(line, place)):
        return Lexeme("OR", joined[0], place), joined.end()
    if char == "-" and not after_field and line[place + 1 : place + 2].strip():
        return Lexeme("NOT", char, place), place + 1
    return _word(line, place, ranged=after_field)


def _field(line: str, place: int) -> re.Match[str] | None:
    """The name of a field that stands here: `mark:`, `goods/30:`, also `goods:30:`."""
    found = _SCOPE.match(line, place) or _FIELD.match(line, place)
    return found if found and _is_field(line, found) else None


def _is_field(line: str, match: re.Match[str]) -> bool:
    """Whether `name:` opens a field. An unknown name before a space or an address is just a word."""
    if match[1].lower() in BY_NAME:
        return True
    after = line[match.end() : match.end() + 2]
    return bool(match[3]) and bool(after.strip()) and not after[0].isspace() and after != "//"


def _phrase(line: str, place: int) -> tuple[Lexeme, int]:
    closing = _QUOTES[line[place]] + '"'
    end = place + 1
    while end < len(line) and line[end] not in closing:
        end += 2 if line[end] == "\\" else 1
    if end >= len(line):
        raise QueryError("open-quote", place)
    text, end = _ESCAPE.sub(r"\1", line[place + 1 : end]), end + 1
    if distance := _DISTANCE.match(line, end):
        return Lexeme("near", f"{distance[1]}\0{text}", place), distance.end()
    return Lexeme("phrase", text, place), end


def _range(line: str, place: int) -> tuple[Lexeme, int]:
    match = _RANGE.match(line, place)
    if not match:
        raise QueryError("open-range", place)
    low, high = ("" if end == "*" else end for end in match.groups())
    return Lexeme("range", f"{low}\0{high}", place), match.end()


def _word(line: str, place: int, *, ranged: bool) -> tuple[Lexeme, int]:
    match = (_WORD if ranged else _BARE).match(line, place)
    if match is None:  # a closing quotation mark that was never opened
        return Lexeme("word", line[place], place), place + 1
    raw, end = match[0], match.end()
    if raw in _OPERATORS and not ranged:
        return Lexeme(raw, raw, place), end
    if ranged and ".." in raw and "\\" not in raw:
        low, _, high = raw.partition("..")
        return Lexeme("range", f"{low}\0{high}", place), end
    plain = _ESCAPE.sub("", raw)
    if "*" in plain or "?" in plain:
        return Lexeme("pattern", raw, place), end
    return Lexeme("word", _ESCAPE.sub(r"\1", raw), place), end
