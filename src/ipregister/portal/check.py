"""Check my name: one box, any script, a plain answer. The name comes by POST only and is kept nowhere."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ipregister.desk.name_check import CloseName, NameAnswer, Searched, check_name
from ipregister.desk.trade_words import TradeWord
from ipregister.desk.words import (
    BANDS,
    NEXT_STEPS,
    NOT_CHECKED,
    ONLY_TRADE_WORDS,
    Language,
    blind_line,
    standing_line,
    verdict_line,
)
from ipregister.model import offices
from ipregister.model.errors import RegisterError, UsageError
from ipregister.portal import publicly
from ipregister.portal.dates import show_number
from ipregister.portal.given_site import closes_indications, compared, seen_by
from ipregister.portal.giving import Giving
from ipregister.portal.hits import line
from ipregister.portal.names import notice
from ipregister.portal.reasons import told_plainly
from ipregister.portal.render import json_answer, page, wants_json
from ipregister.portal.searched import others, searched, sources_of
from ipregister.portal.secrecy import secret
from ipregister.portal.similar import MOST_LETTERS, office_choices, offices_of, question
from ipregister.portal.site import Site
from ipregister.portal.speaking import language
from ipregister.search.similarity.names import has_letters


@secret
def check(site: Site, request: HttpRequest) -> HttpResponse:
    """The box; after POST the answer beneath it. A name in the address is not read."""
    json = wants_json(request) or request.POST.get("format") == "json"
    if request.method != "POST":
        return page(site, request, "check.html", _form(), section="check")
    try:
        answer = answer_for(site, request, program=json)
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


def answer_for(site: Site, request: HttpRequest, *, program: bool = False) -> NameAnswer:
    """The answer to a posted form; for a program by what goes out to machines alone, verdict and counts too. Raises
    `UsageError` for a name that cannot be checked."""
    asked = question(request.POST)
    if not asked.name:
        raise UsageError(_("Write the name that you want to check."))
    if not has_letters(asked.name):
        raise UsageError(
            _("%(name)s has no letter and no digit: signs alone cannot be compared.") % {"name": asked.name}
        )
    seen, look = seen_by(site, program=program)
    where = searched(seen, asked.offices)
    if seen is not site:
        where = compared(Giving(site), where)
    shielded = seen is site or not closes_indications(Giving(site))
    sources = sources_of(seen, look, shielded=shielded)
    return check_name(
        sources, asked.name, asked.classes, where, others(seen, asked.offices), site.today(), asked.offices
    )


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
    speaking = language()
    lang, say = speaking.code, speaking.say
    found = [*answer.close, *answer.nearest, *answer.protected, *answer.businesses]
    lines = {side.key: line(side, lang) for side in publicly.many(site, [one.key for one in found])}

    def drawn(many: Sequence[CloseName]) -> list[dict[str, Any]]:
        return [_line(one, lines[one.key], speaking) for one in many if one.key in lines]

    day = min((one.blind.data_day for one in answer.offices if one.blind.data_day), default="")
    return {
        "answer": answer,
        "verdict": verdict_line(answer.verdict, answer.records, day, speaking),
        "tone": {"identical": "bad", "close": "warn", "nothing-compared": "warn"}.get(answer.verdict, ""),
        "close": drawn(answer.close),
        "nearest": drawn(answer.nearest),
        "protected": drawn(answer.protected),
        "businesses": drawn(answer.businesses),
        "more": answer.more,
        "trade_words": _about_words(answer, speaking),
        "offices": [_office(one, speaking) for one in answer.offices],
        "priority_since": max((one.blind.priority_since for one in answer.offices), default=""),
        "compared_with": _compared_with(answer.others, lang),
        "not_checked": [say(NOT_CHECKED[code]) for code in answer.not_checked],
        "next_steps": [say(NEXT_STEPS[code]) for code in answer.next_steps],
    }


def _line(one: CloseName, shown: dict[str, Any], speaking: Language) -> dict[str, Any]:
    why = [
        speaking.say(BANDS[one.closeness]),
        *told_plainly(one.reasons),
        standing_line(one.standing, speaking),
    ]
    return shown | {"why": why}


def _about_words(answer: NameAnswer, speaking: Language) -> list[str]:
    lines = [_trade_word(one, speaking) for one in answer.trade_words]
    return [*lines, speaking.say(ONLY_TRADE_WORDS)] if answer.only_trade_words else lines


def _trade_word(one: TradeWord, speaking: Language) -> str:
    if one.kind == "product":
        text = _("“%(word)s” names goods or services (class %(n)s): nobody can keep it for themselves there.")
        return text % {"word": one.word, "n": one.class_number}
    if one.kind == "generic":
        text = _("“%(word)s” is a word that many businesses use; it tells your name apart little.")
        return text % {"word": one.word}
    text = ngettext("%(n)s record names its goods or services with “%(word)s”: nobody may be able to keep it for themselves.",
                    "%(n)s records name their goods or services with “%(word)s”: nobody may be able to keep it for themselves.",
                    one.records)  # fmt: skip
    return text % {"word": one.word, "n": speaking.number(one.records)}


def _office(one: Searched, speaking: Language) -> dict[str, Any]:
    facts = offices.office(one.office)
    return {"name": speaking.office(one.office), "records": one.records, "data_day": one.blind.data_day,
            "blind": blind_line(one.blind, speaking), "url": notice(facts, speaking.code)["url"]}  # fmt: skip


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
