"""The page of watches and webhooks: only with a key, only one's own, kept by no browser."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from ipregister.watch.models import Match
from ipregister.web.options import Options


@pytest.fixture
def key(own: Options) -> str:
    """A key that may keep watches."""
    from ipregister.portal.keys import make

    return make("mine", ["read", "watch"], dt.datetime.now(dt.UTC))


def asked(client: Client, key: str, **fields: str) -> dict[str, Any]:
    """What the page says as JSON."""
    answer = client.post("/watches?format=json", {"key": key, **fields})
    assert answer.headers["Cache-Control"] == "no-store"
    told: dict[str, Any] = answer.json()
    return told


def test_without_a_key_there_is_only_the_question_for_it(own: Options, client: Client) -> None:
    assert client.get("/watches").status_code == 200
    assert client.post("/watches", {"key": "ipr_no"}).status_code == 403


def test_a_key_that_reads_alone_opens_nothing(own: Options, client: Client) -> None:
    from ipregister.portal.keys import make

    text = make("reader", ["read"], dt.datetime.now(dt.UTC))
    assert client.post("/watches", {"key": text}).status_code == 403


def test_a_watch_is_made_read_and_removed(client: Client, key: str) -> None:
    told = asked(client, key, action="watch", kind="query", text="office:LA", name="Laos")
    number = told["made"]
    assert [one["name"] for one in told["watches"]] == ["Laos"]
    assert client.get("/watches", headers={"X-API-Key": key, "Accept": "application/json"}).json()["watches"]
    page = client.post("/watches", {"key": key}).content.decode()
    assert "Laos" in page
    assert asked(client, key, action="remove", watch=number)["watches"] == []


def test_nobody_else_reaches_it(client: Client, key: str) -> None:
    from ipregister.portal.keys import make

    number = asked(client, key, action="watch", kind="query", text="office:LA")["made"]
    other = make("other", ["watch"], dt.datetime.now(dt.UTC))
    assert asked(client, other)["watches"] == []
    assert client.post("/watches", {"key": other, "action": "remove", "watch": number}).status_code == 404
    assert len(asked(client, key)["watches"]) == 1


def test_a_webhook_may_not_lead_inside(client: Client, key: str) -> None:
    answer = client.post("/watches", {"key": key, "action": "webhook", "address": "http://127.0.0.1:8000/x"})
    assert answer.status_code == 400
    assert "private network" in answer.content.decode()
    assert asked(client, key)["webhooks"] == []


@pytest.mark.parametrize(
    "fields",
    [{"action": "watch", "kind": "x"}, {"action": "watch", "kind": "query", "text": "("},
     {"action": "watch", "kind": "query", "text": "a", "mail": "no mail"}],
)  # fmt: skip
def test_what_cannot_be_is_told(client: Client, key: str, fields: dict[str, str]) -> None:
    assert client.post("/watches", {"key": key, **fields}).status_code == 400


def test_a_list_of_numbers_is_uploaded(client: Client, key: str, tmp_path: Any) -> None:
    file = tmp_path / "numbers.csv"
    file.write_text("number\nM/1421805\n37978\n")
    with file.open("rb") as content:
        answer = client.post(
            "/watches?format=json", {"key": key, "action": "watch", "kind": "numbers", "numbers": content}
        )
    assert answer.json()["watches"][0]["wanted"] == {
        "count": 2, "first": ["m/1421805", "37978"], "left_out": 0
    }  # fmt: skip


def test_older_matches_are_read_page_by_page(
    client: Client, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ipregister.portal.watches.MOST_MATCHES", 2)
    asked = {"key": key, "action": "watch", "kind": "query", "text": "tea"}
    made = client.post("/watches?format=json", asked).json()["made"]
    told = {"kind": "version", "office": "LA", "recordedAt": "2026-01-01T00:00:00+00:00"}
    rows = [Match(watch_id=made, change=n, key=f"la-{n}", told=told) for n in range(1, 5)]
    rows.append(Match(watch_id=made, change=9, key="la-9", told={**told, "kind": "deletion"}))
    Match.objects.bulk_create(rows)
    asked, seen = {"key": key}, []
    for _page in range(5):
        watch = client.post("/watches?format=json", asked).json()["watches"][0]
        seen += [one["change"] for one in watch["matches"]]
        if watch["earlier"] is None:
            break
        asked = {"key": key, "watch": made, "before": str(watch["earlier"])}
    assert seen == [9, 4, 3, 2, 1]
    page = client.post("/watches", {"key": key}).content.decode()
    assert 'name="before" value="4"' in page
    assert "Deleted" in page
    by_program = client.get(f"/watches?format=json&watch={made}&before=3", headers={"X-API-Key": key})
    assert [one["change"] for one in by_program.json()["watches"][0]["matches"]] == [2, 1]


def test_a_replay_from_a_number_that_is_still_to_come_is_refused(client: Client, key: str) -> None:
    """The webhook would be told nothing until then."""
    asked = {"key": key, "action": "webhook", "address": "https://93.184.216.34/hook"}
    made = client.post("/watches?format=json", asked).json()["made"]
    answer = client.post(
        "/watches?format=json", {"key": key, "action": "replay", "webhook": made, "since": "99999999999"}
    )
    assert answer.status_code == 400
    assert (
        client.post(
            "/watches?format=json", {"key": key, "action": "replay", "webhook": made, "since": "0"}
        ).status_code
        == 200
    )
