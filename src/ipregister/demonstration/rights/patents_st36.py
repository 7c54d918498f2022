"""One application for a patent or utility model as ST.36."""

from .. import lives
from ..owners import Party
from .inventions import Invention
from .markup import DECLARATION, around, one
from .parcels import iso


def document(made: Invention) -> str:
    """The whole document."""
    body = around("bibliographic-data", *_numbers(made), *_contents(made), *_ends(made))
    abstracts = "".join(around("abstract", one("p", text), lang=code) for code, text in made.abstracts)
    claims = around("claims", *(around("claim", one("claim-text", text), num=str(place))
                                for place, text in enumerate(made.claims, 1)), lang="en")  # fmt: skip
    return DECLARATION + around(
        "patent-document", body, abstracts, claims if made.said.published else "", country=made.office
    )


def _numbers(made: Invention) -> list[str]:
    said, (first, second) = made.said, made.kinds
    published = [around("publication-reference", _id(made.office, made.number, first, iso(said.published)))] if said.published else []  # fmt: skip
    granted = [around("publication-reference", _id(made.office, made.grant, second, iso(said.registered)))] if said.registered else []  # fmt: skip
    filed = around("application-reference", _id(made.office, made.number, "", iso(said.filed)))
    claimed = []
    if made.priority:
        country, number, day = made.priority
        inner = around("priority-claim", _id(country, number, "", day), kind="national")
        claimed = [around("priority-claims", inner)]
    language = [one("language-of-filing", made.language)]
    return [*published, *granted, filed, *claimed, *language]


def _contents(made: Invention) -> list[str]:
    symbols = around("classifications-ipcr", *(
        around("classification-ipcr", one("text", f"{symbol} (2006.01)")) for symbol in made.ipc
    ))  # fmt: skip
    titles = [one("invention-title", text, lang=code) for code, text in made.titles]
    cited = around("references-cited", around("citation", around("patcit", _id(made.cited[:2], made.cited[2:], "A", ""))))  # fmt: skip
    people = around(
        "parties",
        around("applicants", _party("applicant", made.owner)),
        around("inventors", *(around("inventor", _book(name, "", made.owner.country)) for name in made.inventors)),
        around("assignees", _party("assignee", made.owner)) if made.said.registered else "",
        around("agents", _party("agent", made.agent)),
    )  # fmt: skip
    return [
        symbols,
        *titles,
        cited if made.cited else "",
        people,
        one("number-of-claims", str(len(made.claims))),
    ]


def _ends(made: Invention) -> list[str]:
    said = made.said
    granted = [
        one("grant-number", made.grant),
        around("date-of-grant", one("date", _compact(said.registered))),
        around("term-of-grant", around("expiration-date", one("date", _compact(made.ends)))),
    ]
    status = around("status-of-office", one("text", made.status), one("date", _compact(max(said))))
    return [*(granted if said.registered else []), status]


def _compact(day: int) -> str:
    return lives.iso(day).replace("-", "") if day else ""


def _id(country: str, number: str, kind: str, day: str) -> str:
    return around("document-id", one("country", country), one("doc-number", number), one("kind", kind),
                  one("date", day.replace("-", "")))  # fmt: skip


def _party(kind: str, party: Party) -> str:
    return around(kind, _book(party.name, party.address, party.country))


def _book(name: str, address: str, country: str) -> str:
    place = around("address", one("text", address), one("country", country))
    return around("addressbook", one("name", name), place)
