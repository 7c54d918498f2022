"""More like this: the query that finds records with the words, pictures and classes of a record."""

from typing import Any

from ipregister.search import rights, sources
from ipregister.search.sources import Source
from ipregister.search.tree import Everything, Node, Not, Phrase, Query, Word, all_of, any_of

MOST_WORDS, MOST_CODES, MOST_CLASSES = 8, 6, 10
SHORTEST = 2
LONGEST_WORD = 60


def alike(key: str, public: dict[str, Any]) -> Query:
    """The query for other records like one: a word of its name or a figurative element, and one of its classes.

    `public` is the public projection. The empty query where the record has nothing of either."""
    source = Source(key, public)
    is_mark = public["right"] == "trademark"
    signs = [*_words(source, "mark" if is_mark else "title"), *_codes(source, is_mark=is_mark)]
    if not signs:
        return Query()
    classes = [Word(str(number), "class") for number in list(sources.classes(source))[:MOST_CLASSES]]
    parts: list[Node] = [any_of(signs), any_of(classes) if classes else Everything()]
    return Query(all_of([*parts, Word(public["right"], "right") if not is_mark else Everything(),
                         Not(Word(key, "number"))]))  # fmt: skip


def _words(source: Source, field: str) -> list[Node]:
    texts = sources.of_mark("verbal", "significant")(source) if field == "mark" else rights.titles(source)
    words = dict.fromkeys(
        word.casefold() for text in texts for word in text.split() if len(word) >= SHORTEST and word.isalnum()
    )
    found: list[Node] = [Word(word, field) for word in list(words)[:MOST_WORDS] if len(word) <= LONGEST_WORD]
    whole = [Phrase(text[:LONGEST_WORD], field) for text in texts if text.strip()]
    return found or [*whole[:1]]


def _codes(source: Source, *, is_mark: bool) -> list[Node]:
    """The most exact Vienna codes; of patents IPC subclasses, of designs Locarno classes."""
    if is_mark:
        every = [str(code) for code in sources.vienna(source)]
        exact = [code for code in every if not any(other.startswith(f"{code}.") for other in every)]
        return [Word(code, "vienna") for code in exact[:MOST_CODES]]
    ipc: list[Node] = [Word(str(code), "ipc") for code in list(rights.subclasses(source))[:MOST_CODES]]
    return [*ipc, *(Word(str(code), "locarno") for code in list(rights.locarno_classes(source))[:MOST_CODES])]
