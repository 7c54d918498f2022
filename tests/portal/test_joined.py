"""A right that several documents tell: one page, each value with the document it stands in, each document in the history."""

from pathlib import Path

from django.test import Client

from ipregister.intake.loading import load
from ipregister.model.offices import office
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.exchange.st96_design.hague import express, history, registration
from tests.intake.test_lone_acts import KEY, REFUSAL, written_act
from tests.intake.test_publications import A1, B1, delivery


def _loaded(options: Options, tmp_path: Path, code: str, *files: Path) -> Register:
    register = Register(packs=options.path("packs"))
    for file in files:
        assert load(register, office(code), file, scratch=tmp_path / "scratch").counts.quarantined == 0
    return register


def test_a_page_shows_what_all_publications_tell(
    sqlite_database: Options, client: Client, tmp_path: Path
) -> None:
    _loaded(sqlite_database, tmp_path, "EP", delivery(tmp_path / "20240101.xml", A1, B1))
    page = client.get("/r/ep-pat-20-123456").content.decode()
    assert all(text in page for text in ("Apparatus and method", "It turns.", "B1", "A1"))
    found = client.get(
        "/r/ep-pat-20-123456/evidence", {"pointer": "/abstracts/0/text", "format": "json"}
    ).json()
    assert (found["known"], found["raw"], found["path"]) == (
        True,
        "It turns.",
        "exchange-document/abstract/p",
    )
    title = client.get("/r/ep-pat-20-123456/evidence", {"pointer": "/titles/0/text", "format": "json"}).json()
    assert title["raw"] == "Apparatus and method"
    assert title["offset"] != found["offset"]
    history = client.get("/r/ep-pat-20-123456/history").content.decode()
    assert "One document by itself" in history
    assert client.get("/r/ep-pat-20-123456/history").status_code == 200


def test_an_act_by_itself_is_no_page_of_its_own(
    sqlite_database: Options, client: Client, tmp_path: Path
) -> None:
    whole, act = tmp_path / "20180112.xml", tmp_path / "20180131.xml"
    whole.write_bytes(express(registration(), history(1, "2017-11-10", registration())))
    act.write_text(written_act(REFUSAL), encoding="utf-8")
    _loaded(sqlite_database, tmp_path, "WO", whole, act)
    answer = client.get(f"/r/{KEY}", {"format": "json"})
    assert answer.status_code == 200
    assert "refused" in answer.content.decode()
    found = client.get(f"/r/{KEY}/evidence", {"pointer": "/designations/1/state", "format": "json"}).json()
    assert (found["raw"], found["file"]) == ("VN", "20180131.xml")
