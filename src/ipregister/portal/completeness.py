"""The completeness of an office's records: what it declares, what is held, what is missing; page, CSV, JSON."""

from typing import Any
from urllib.parse import urlencode

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as lazy

from ipregister.model import offices
from ipregister.portal.field_labels import field_label
from ipregister.portal.giving import Giving
from ipregister.portal.labels import label
from ipregister.portal.names import notice
from ipregister.portal.render import json_answer, page, wants_json
from ipregister.portal.site import Site
from ipregister.portal.terms import switches
from ipregister.publication.completeness.keeping import Ledger, kept
from ipregister.publication.completeness.ledger import (
    COMPLETE,
    GAPS,
    MORE,
    NOT_DECLARED,
    Sum,
    Unpublished,
    as_csv,
)

MOST_GAPS = 50
STATES = {
    NOT_DECLARED: lazy("Not declared by the office"),
    COMPLETE: lazy("Complete"),
    GAPS: lazy("Numbers missing"),
    MORE: lazy("More held than declared"),
}
STAGES = {
    "applications": lazy("Applications"),
    "publications": lazy("Publications"),
    "registrations": lazy("Registrations"),
}


def completeness(site: Site, request: HttpRequest, code: str) -> HttpResponse:
    """The ledger of an office as the worker last made it."""
    if code not in offices.codes():
        raise Http404
    found = kept(site.data, code)
    if request.GET.get("format") == "csv":
        told = _given(site, found) if found else None
        rows = as_csv(told.lines, told.sums) if told else as_csv(())
        response = HttpResponse(rows, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="completeness-{code}.csv"'
        return response
    if wants_json(request):
        return json_answer({"office": code, "ledger": _for_machines(site, found) if found else None})
    address = reverse("completeness", args=[code])
    values: dict[str, Any] = {
        "office": notice(offices.office(code), get_language() or "en"),
        "code": code,
        "found": found,
        "undeclared": STATES[NOT_DECLARED],
        "csv": f"{address}?{urlencode({'format': 'csv'})}",
        "json": f"{address}?{urlencode({'format': 'json'})}",
    }
    if found:
        values["unpublished"] = _total(site, found)
        values["rights"] = [_of_right(found, total) for total in found.sums]
    return page(site, request, "completeness.html", values, section="offices")


def _of_right(found: Ledger, total: Sum) -> dict[str, Any]:
    lines = [one for one in found.lines if one.right == total.right]
    return {
        "label": label("right", total.right),
        "name": total.right,
        "total": total,
        "lag": {"day": total.data_day, "days": total.lag_days} if total.lag_days is not None else None,
        "fills": [{"label": field_label(one.field), "percent": round(100 * one.share)} for one in total.fills],
        "declared": any(one.declared is not None for one in lines),
        "lines": [
            {"line": one, "stage": STAGES[one.stage], "state": STATES[one.state],
             "tone": {COMPLETE: "good", GAPS: "over", MORE: "wait"}.get(one.state, "none"),
             "gaps": one.gaps[:MOST_GAPS], "more": max(0, len(one.gaps) - MOST_GAPS)}
            for one in lines
        ],
    }  # fmt: skip


def _total(site: Site, found: Ledger) -> Unpublished | None:
    """The number of the office's unpublished records, where the operator lets it out."""
    return found.unpublished if switches(site).release.gives_total(found.office) else None


def _given(site: Site, found: Ledger) -> Ledger:
    """The ledger without how many records have what does not go out."""
    giving = Giving(site)
    sums = tuple(
        msgspec.structs.replace(one, fills=tuple(
            fill for fill in one.fills if not _is_hidden(fill.field, giving.terms(one.office, one.right).hidden)
        )) for one in found.sums
    )  # fmt: skip
    return msgspec.structs.replace(found, sums=sums)


def _is_hidden(field: str, hidden: tuple[str, ...]) -> bool:
    paths = ("/".join(name for name in path.strip("/").split("/") if name != "*") for path in hidden)
    return any(f"{field}/".startswith(f"{path}/") for path in paths)


def _for_machines(site: Site, found: Ledger) -> dict[str, Any]:
    """The ledger without the change number, which moves with every record, published or not."""
    told: dict[str, Any] = msgspec.to_builtins(_given(site, found))
    del told["change"], told["unpublished"]
    total = _total(site, found)
    return told | ({"unpublished": msgspec.to_builtins(total)} if total else {})
