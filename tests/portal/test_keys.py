"""Keys and quotas: made without a name, kept as hashes, counted for all processes, told in headers."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client

from ipregister.portal import doors
from ipregister.portal import keys as keys_page
from ipregister.portal.models import AccessKey, Usage
from ipregister.portal.quota import Policy, Quota, fingerprint
from ipregister.watch.keeping import add_watch, add_webhook, owner_of
from ipregister.watch.kinds import Wanted
from ipregister.watch.models import Watch, Webhook
from ipregister.web.options import Options
from ipregister.web.urls import site
from tests.portal.releasing import release

NOW = 1_800_000_000.0
TEN = Policy("test", 10)
PATH = "/api/v1/code-lists"


@pytest.fixture
def doors_open(sqlite_database: Options, monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int], None]:
    """A function that sets the quotas; counters begin anew."""
    release(sqlite_database.data)
    monkeypatch.setattr(doors, "_quota", Quota())
    monkeypatch.setattr(keys_page, "_quota", Quota())

    def set_to(anonymous: int, with_key: int) -> None:
        monkeypatch.setattr(site(), "quotas", (anonymous, with_key))

    return set_to


def new_key(client: Client, **fields: str) -> str:
    answer = client.post("/keys", {"scope": "read", **fields})
    assert answer.status_code == 200
    (found,) = re.findall(r"ipr_[0-9a-f]{12}_[\w-]{43}", answer.content.decode())
    return str(found)


def test_a_key_is_shown_once_and_kept_as_a_hash(
    doors_open: Callable[[int, int], None], client: Client
) -> None:
    text = new_key(client, name="my harvester")
    kept = AccessKey.objects.get()
    assert kept.name == "my harvester"
    assert kept.scopes == "read"
    assert text not in str(kept.__dict__)
    prefix, number, secret = text.split("_", 2)
    assert (prefix, number, len(secret)) == ("ipr", kept.id, 43)
    assert secret not in str(kept.__dict__)
    assert "no-store" in client.get("/keys")["Cache-Control"]
    assert text not in client.get("/keys").content.decode()


def test_the_form_needs_its_token(sqlite_database: Options) -> None:
    assert Client(enforce_csrf_checks=True).post("/keys", {"scope": "read"}).status_code == 403
    assert AccessKey.objects.count() == 0


def test_the_quota_holds_and_is_told(doors_open: Callable[[int, int], None], client: Client) -> None:
    doors_open(3, 5)
    left = [client.get(PATH)["RateLimit"].partition(";")[2].partition(";")[0] for _ in range(3)]
    assert left == ["r=2", "r=1", "r=0"]
    refused = client.get(PATH)
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused["RateLimit-Policy"] == '"anonymous";q=3;w=60'
    assert client.get("/oai?verb=Identify").status_code == 429
    assert client.get("/changes").status_code == 429
    assert client.get("/search?q=").status_code == 200
    assert client.get(PATH, headers={"x-api-key": new_key(client)})["RateLimit"].startswith('"key";r=4;')


def test_a_key_opens_more_until_it_is_revoked(doors_open: Callable[[int, int], None], client: Client) -> None:
    doors_open(1, 600)
    text = new_key(client)
    for _ in range(20):
        assert client.get(PATH, headers={"authorization": f"Bearer {text}"}).status_code == 200
    assert client.post("/keys", {"revoke": text}).status_code == 200
    refused = client.get(PATH, headers={"authorization": f"Bearer {text}"})
    assert refused.status_code == 401
    assert refused["WWW-Authenticate"] == "Bearer"
    assert client.post("/keys", {"revoke": text}).status_code == 404
    assert client.get(PATH, headers={"x-api-key": "ipr_0_wrong"}).status_code == 401


def test_a_key_opens_only_what_it_was_made_for(
    doors_open: Callable[[int, int], None], client: Client
) -> None:
    text = new_key(client, scope="watch")
    refused = client.get(PATH, headers={"x-api-key": text})
    assert refused.status_code == 403
    assert refused.json()["code"] == "wrong-scope"


def test_keys_are_not_made_without_end(doors_open: Callable[[int, int], None], client: Client) -> None:
    for _ in range(10):
        new_key(client)
    assert client.post("/keys", {"scope": "read"}).status_code == 429
    assert AccessKey.objects.count() == 10


@pytest.mark.postgresql
def test_counters_on_postgresql(postgresql_database: Options) -> None:
    counted(Quota(), Quota())


def test_two_processes_share_one_quota(sqlite_database: Options) -> None:
    counted(Quota(), Quota())


def counted(one: Quota, two: Quota) -> None:
    """Two counters that take turns let no more through than the quota and a sixteenth."""
    policy = Policy("test", 160)
    passed = [not quota.take("me", policy, NOW).refused for _ in range(100) for quota in (one, two)]
    assert 160 <= sum(passed) <= 170
    assert Usage.objects.get(client="me test").used >= 160
    assert Quota().take("me", policy, NOW).refused
    assert not Quota().take("me", policy, NOW + 60).refused
    assert not Quota().take("you", policy, NOW).refused


def test_one_process_is_exact_and_writes_seldom(
    sqlite_database: Options, django_writes: Callable[[], int]
) -> None:
    policy, quota = Policy("test", 600), Quota()
    passed = sum(not quota.take("me", policy, NOW).refused for _ in range(700))
    assert passed == 600
    assert django_writes() < 130
    few = Quota()
    before = django_writes()
    for _ in range(30):
        few.take("another", policy, NOW)
    assert django_writes() == before


@pytest.fixture
def django_writes(sqlite_database: Options) -> Callable[[], int]:
    """A function that tells how many statements wrote the counters so far."""
    from django.db import connections

    written = []

    def wrapper(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if sql.lstrip().startswith("INSERT"):
            written.append(sql)
        return execute(sql, *rest)

    connections["default"].ensure_connection()
    connections["default"].execute_wrappers.append(wrapper)
    return lambda: len(written)


def test_a_restart_forgets_little(sqlite_database: Options) -> None:
    first = Quota()
    for _ in range(8):
        first.take("me", TEN, NOW)
    left = Quota().take("me", TEN, NOW)
    assert left.remaining <= 1


def test_old_counters_are_cleared_away(sqlite_database: Options) -> None:
    Quota().take("old", Policy("test", 1), NOW)
    fresh = Quota()
    for _ in range(2):
        fresh.take("new", Policy("test", 1), NOW + 90_000)
    assert [row.client for row in Usage.objects.all()] == ["new test"]


def test_an_operator_lists_and_revokes_keys(doors_open: Callable[[int, int], None], client: Client) -> None:
    doors_open(0, 600)
    text = new_key(client, name="my harvester", scope="watch")
    owner, now = owner_of(text), dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    watch = add_watch(owner, "mine", Wanted("query", "tea"), 0, now, mail="a@example.org")
    add_webhook(owner, "https://203.0.113.7/hook", 0, now, private=True, watch=watch)
    other = new_key(client)
    (told,) = [one for one in keys_page.held() if one["name"] == "my harvester"]
    assert (told["watches"], told["webhooks"], told["scopes"]) == (1, 1, "watch")
    assert text not in str(list(keys_page.held()))
    assert fingerprint(text) not in str(list(keys_page.held()))
    number = text.split("_")[1]
    assert told["key"] == number
    assert keys_page.end(number, now)
    assert not keys_page.end(number, now)
    assert Watch.objects.count() == Webhook.objects.count() == 0
    assert client.get(PATH, headers={"x-api-key": text}).status_code == 401
    assert client.get(PATH, headers={"x-api-key": other}).status_code == 200
    assert number not in {one["key"] for one in keys_page.held()}
    assert number in {one["key"] for one in keys_page.held(with_revoked=True)}
