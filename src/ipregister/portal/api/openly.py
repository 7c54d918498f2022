"""What the OpenAPI document says of the machine doors outside `/api/v1`."""

from http import HTTPStatus
from typing import Any

from ipregister.portal.api.replies import ALWAYS, problem_reply
from ipregister.search.fields import FACETS


def _query(name: str, kind: dict[str, Any], told: str) -> dict[str, Any]:
    return {"in": "query", "name": name, "schema": kind, "required": False, "description": told}


def _item(operation: str, tag: str, summary: str, description: str, parameters: list[dict[str, Any]],
          content: dict[str, Any], *problems: int, form: bool = False) -> dict[str, Any]:  # fmt: skip
    told: dict[str, Any] = {"200": {"description": summary, "content": content}}
    for status in sorted({*ALWAYS, *problems}):
        told[str(int(status))] = problem_reply(status)
    shared = {"tags": [tag], "summary": summary, "description": description, "responses": told}
    item: dict[str, Any] = {"get": {"operationId": operation, "parameters": parameters, **shared}}
    if form:
        fields = {one["name"]: one["schema"] for one in parameters}
        body = {"application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": fields}}}
        item["post"] = {"operationId": f"{operation}ByForm", "requestBody": {"content": body}, **shared}
    return item


def _whole(least: int, most: int, usual: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most, "default": usual}


_TEXT: dict[str, Any] = {"schema": {"type": "string"}}
_KEY = {"in": "path", "name": "key", "required": True, "description": "Key of the record.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"}}  # fmt: skip
_SEARCH = [
    _query("q", {"type": "string", "maxLength": 500}, "The query, in the language of the search page."),
    *(_query(name, {"type": "array", "items": {"type": "string"}}, "Records with one of these values.")
      for name in FACETS),
]  # fmt: skip
_VERBS = ["Identify", "ListMetadataFormats", "ListSets", "GetRecord", "ListIdentifiers", "ListRecords"]
OTHER_PATHS: dict[str, Any] = {
    "/changes": _item(
        "changes", "changes", "Changes after a number",
        "Every released change in the order of commit. Ask again with `since` = `next`.",
        [
            _query("since", {"type": "integer", "minimum": 0, "maximum": 2**63 - 1, "default": 0},
                   "Number of the last change that is known."),
            _query("limit", _whole(1, 1000, 500), "Most changes of an answer."),
            _query("wait", _whole(0, 25, 0), "Seconds to wait for the next change where there is none yet."),
            _query("include", {"type": "string", "enum": ["record"]}, "`record`: each with its canonical record."),
        ],
        {"application/json": {"schema": {"$ref": "#/components/schemas/ChangesAnswer"}}},
    ),
    "/oai": _item(
        "oai", "harvesting", "OAI-PMH 2.0", "Errors of the protocol are said in the answer. POST takes the same as a form.",
        [
            _query("verb", {"type": "string"}, f"One of {', '.join(_VERBS)}."),
            *(_query(name, {"type": "string"}, told) for name, told in (
                ("metadataPrefix", "oai_dc or st96."), ("identifier", "oai:HOST:KEY."), ("set", "LA or LA:trademark."),
                ("from", "Recorded from this day or second on."), ("until", "Recorded until then."),
                ("resumptionToken", "Of the answer before."))),
        ],
        {"text/xml": _TEXT},
        form=True,
    ),
    "/feeds/atom": _item(
        "feed", "changes", "What changed last in a search", "An Atom feed of the records of a query that changed last.",
        _SEARCH, {"application/atom+xml": _TEXT}, HTTPStatus.NOT_FOUND,
    ),
    "/feeds/calendar": _item(
        "calendar", "changes", "Dates that lie ahead", "The dates from today on of the records of a query. Of more than 1,000 records those with the next dates: the "
        "description of the calendar, and an entry in it, tell from which day on dates are missing; the link `next` leads "
        "on from there.",
        [*_SEARCH, _query("from", {"type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"},
                          "Dates from this day on; from today on where it is past.")], {"text/calendar": _TEXT}, HTTPStatus.NOT_FOUND,
    ),
    "/r/{key}.ics": _item(
        "recordCalendar", "changes", "Dates of a record", "All dates of one record.",
        [_KEY], {"text/calendar": _TEXT}, HTTPStatus.NOT_FOUND, HTTPStatus.GONE,
        HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS,
    ),
}  # fmt: skip
"""Path -> path item."""
