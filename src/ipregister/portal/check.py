"""Check my name: one box, any script, a plain answer. The name comes by POST only and is kept nowhere."""

from http import HTTPStatus
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ipregister.desk.name_check import CloseName, NameAnswer, Searched, check_name
from ipregister.model import offices
from ipregister.model.errors import RegisterError, UsageError
from ipregister.portal import publicly
from ipregister.portal.closeness_words import BANDS, NEXT_STEPS, NOT_CHECKED, blind_line, standing_line
from ipregister.portal.dates import show_date, show_number
from ipregister.portal.hits import line
from ipregister.portal.names import notice, short_name
from ipregister.portal.reasons import told_plainly
from ipregister.portal.render import json_answer, page, wants_json
from ipregister.portal.searched import others, searched, sources_of
from ipregister.portal.secrecy import secret
from ipregister.portal.similar import MOST_LETTERS, office_choices, offices_of, question
from ipregister.portal.site import Site


@secret
def check(site: Site, request: HttpRequest) -> HttpResponse:
    """The box; after POST the answer beneath it. A name in the address is not read."""
    json = wants_json(request)
    if request.method != "POST":
        return page(site, request, "check.html", _form(), section="check")
    try:
        answer = answer_for(site, request)
    except RegisterError as error:
        if json:
            return json_answer(
                {"error": type(error).__name__.lower(), "message": error.message}, error.http_status
            )
        values = _form(request) | {"error": error.message}
        return page(site, request, "check.html", values, section="check", status=error.http_status)
    if json:
        return json_answer(msgspec.to_builtins(answer))
    return page(
        site,
        request,
        "check.html",
        _form(request) | _shown(site, answer),
        section="check",
        status=HTTPStatus.OK,
    )


def answer_for(site: Site, request: HttpRequest) -> NameAnswer:
    """The answer to a posted form. Raises `UsageError` for a name that cannot be checked."""
    asked = question(request.POST)
    if not any(sign.isalnum() for sign in asked.name):
        raise UsageError(_("Write the name that you want to check."))
    where = searched(site, asked.offices)
    return check_name(sources_of(site), asked.name, asked.classes, where, others(site), site.today())


def _form(request: HttpRequest | None = None) -> dict[str, Any]:
    given = request.POST if request else {}
    chosen = ""
    if request is not None:
        try:
            chosen = next(iter(offices_of(request.POST)), "")
        except UsageError:
            chosen = ""
    return {"name": given.get("name", "")[:MOST_LETTERS], "classes": given.get("class", "")[:MOST_LETTERS], "office": chosen,
            "office_choices": office_choices(), "most": MOST_LETTERS}  # fmt: skip


def _shown(site: Site, answer: NameAnswer) -> dict[str, Any]:
    lang = get_language() or "en"
    found = [*answer.close, *answer.protected, *answer.businesses]
    lines = {side.key: line(side, lang) for side in publicly.many(site, [one.key for one in found])}
    return {
        "answer": answer,
        "verdict": _verdict(answer, lang),
        "tone": {"identical": "bad", "close": "warn"}.get(answer.verdict, ""),
        "close": [_line(one, lines[one.key], lang) for one in answer.close if one.key in lines],
        "protected": [_line(one, lines[one.key], lang) for one in answer.protected if one.key in lines],
        "businesses": [_line(one, lines[one.key], lang) for one in answer.businesses if one.key in lines],
        "more": answer.more,
        "trade_words": [_trade_word(one.word, one.kind, one.records, lang) for one in answer.trade_words],
        "offices": [_office(one, lang) for one in answer.offices],
        "priority_since": max((one.blind.priority_since for one in answer.offices), default=""),
        "compared_with": _compared_with(answer.others, lang),
        "not_checked": [str(NOT_CHECKED[code]) for code in answer.not_checked],
        "next_steps": [str(NEXT_STEPS[code]) for code in answer.next_steps],
    }  # fmt: skip


def _verdict(answer: NameAnswer, lang: str) -> str:
    day = min((one.blind.data_day for one in answer.offices if one.blind.data_day), default="")
    told_of = {"n": show_number(answer.records, lang), "day": show_date(day, lang)}
    if answer.verdict == "identical":
        text = _(
            "The same name is on record: see below. Looked at: %(n)s published records of these offices, to %(day)s."
        )
    elif answer.verdict == "close":
        text = _(
            "Close names are on record: see below. Looked at: %(n)s published records of these offices, to %(day)s."
        )
    elif answer.verdict == "ended-only":
        text = _(
            "Close names were found, and the rights of all of them have ended. Looked at: %(n)s published records of these offices, to %(day)s."
        )
    else:
        text = _("No close mark found among %(n)s published records of these offices, to %(day)s.")
    return text % told_of


def _line(one: CloseName, shown: dict[str, Any], lang: str) -> dict[str, Any]:
    why = [
        str(BANDS[one.closeness]),
        *told_plainly(one.reasons),
        standing_line(one.standing, lang),
    ]
    return shown | {"why": why}


def _trade_word(word: str, kind: str, records: int, lang: str) -> str:
    if kind == "generic":
        return _("“%(word)s” is a word that many businesses use; it tells your name apart little.") % {
            "word": word
        }
    text = ngettext("%(n)s record names its goods or services with “%(word)s”: nobody may be able to keep it for themselves.",
                    "%(n)s records name their goods or services with “%(word)s”: nobody may be able to keep it for themselves.",
                    records)  # fmt: skip
    return text % {"word": word, "n": show_number(records, lang)}


def _office(one: Searched, lang: str) -> dict[str, Any]:
    facts = offices.office(one.office)
    return {"name": short_name(facts, lang), "records": one.records, "data_day": one.blind.data_day,
            "blind": blind_line(one.blind, lang), "url": notice(facts, lang)["url"]}  # fmt: skip


def _compared_with(counts: dict[str, int], lang: str) -> list[str]:
    indications = counts.get("indication", 0) + counts.get("gi", 0) + counts.get("ao", 0)
    kinds = (
        (indications, _("geographical indications: %(n)s"), _("geographical indications: not checked, none is in this register")),
        (counts.get("emblem", 0), _("emblems of states and organisations (Article 6ter): %(n)s"),
         _("emblems of states and organisations (Article 6ter): not checked, none is in this register")),
        (counts.get("inn", 0), _("names of medicines that nobody may own (INN): %(n)s, and their stems"),
         _("names of medicines that nobody may own (INN): by their stems only")),
    )  # fmt: skip
    return [some % {"n": show_number(count, lang)} if count else none for count, some, none in kinds]
