"""The pages behind the links of mails: a page changes nothing, its button does; no key is asked for."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from ipregister.portal.keys import make
from ipregister.portal.mails import wording
from ipregister.web.options import Options

ME = "me@example.org"


@pytest.fixture
def key(own: Options) -> str:
    """A key that may keep watches."""
    return make("mine", ["watch"], dt.datetime.now(dt.UTC))


@pytest.fixture
def reader(client: Client, key: str) -> Any:
    """Somebody whose address a stranger wrote into a watch."""
    from ipregister.watch.models import Reader

    watched(client, key, mail=ME)
    return Reader.objects.get()


def watched(client: Client, key: str, **fields: str) -> dict[str, Any]:
    """What the owner sees of the newest watch."""
    asked = {"action": "watch", "kind": "query", "text": "tea"} if fields else {}
    told = client.post("/watches?format=json", {"key": key, **asked, **fields}).json()
    watch: dict[str, Any] = told["watches"][-1] if "watches" in told else told
    return watch


def address(options: Options, reader: Any, what: Any) -> str:
    """The address of a link."""
    from ipregister.watch.readers import link_of

    return f"/mails/{what}?link={link_of(options.secret_key(), reader, what)}"


def test_a_page_alone_changes_nothing(own: Options, client: Client, key: str, reader: Any) -> None:
    for what in ("confirm", "stop"):
        for ask in (client.get, client.head):
            assert ask(address(own, reader, what)).status_code == 200
    reader.refresh_from_db()
    assert reader.state == "asked"
    assert (watched(client, key)["mail"], watched(client, key)["mail_state"]) == (ME, "asked")


def test_the_button_says_yes_and_the_owner_sees_it(
    own: Options, client: Client, key: str, reader: Any
) -> None:
    page = client.get(address(own, reader, "confirm")).content.decode()
    assert "Yes, send me these mails" in page
    assert "No, and do not ask again for a year" in page
    assert ME not in page
    assert "key" not in page
    told = client.post(address(own, reader, "confirm")).content.decode()
    assert "You get these mails from now on" in told
    assert watched(client, key)["mail_state"] == "confirmed"
    assert watched(client, key, mail=ME)["mail_state"] == "confirmed"
    assert "confirmed" in client.post("/watches", {"key": key}).content.decode()


def test_a_mail_program_stops_mails_with_one_request(
    own: Options, client: Client, key: str, reader: Any
) -> None:
    program = Client(enforce_csrf_checks=True)
    answer = program.post(
        address(own, reader, "stop"),
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 200
    assert not answer.cookies
    assert "These mails are stopped" in answer.content.decode()
    seen = watched(client, key)
    assert (seen["mail"], seen["mail_state"]) == ("", "stopped")
    assert "stopped by the reader" in client.post("/watches", {"key": key}).content.decode()
    again = watched(client, key, mail=ME)
    assert (again["mail"], again["mail_state"]) == ("", "stopped")
    client.post(address(own, reader, "confirm"))
    reader.refresh_from_db()
    assert reader.state == "stopped"


@pytest.mark.parametrize("link", ["", "1", "0" * 12 + "-" + "0" * 64, "%00", "é"])
@pytest.mark.parametrize("what", ["confirm", "stop"])
def test_a_link_that_is_not_whole_opens_nothing(
    filled: Options, client: Client, what: str, link: str
) -> None:
    for ask in (client.get, client.post):
        answer = ask(f"/mails/{what}?link={link}")
        assert answer.status_code == 404
        assert "This link opens nothing" in answer.content.decode()


def test_the_link_that_stops_does_not_confirm(own: Options, client: Client, reader: Any) -> None:
    given = address(own, reader, "stop").partition("link=")[2]
    assert client.post(f"/mails/confirm?link={given}").status_code == 404
    assert given not in client.get(address(own, reader, "confirm")).headers.get("Link", "")
    assert address(own, reader, "confirm") not in client.get(address(own, reader, "stop")).content.decode()


def test_an_address_that_nobody_confirmed_is_told_as_taken_out(client: Client, key: str, reader: Any) -> None:
    from django.conf import settings

    from ipregister.watch import readers

    readers.wanted(settings.OPTIONS.secret_key(), dt.datetime.now(dt.UTC) + dt.timedelta(days=8))
    assert watched(client, key)["mail_state"] == "unconfirmed"
    assert "nobody confirmed within seven days" in client.post("/watches", {"key": key}).content.decode()


def test_from_one_network_few_addresses_are_given_in_an_hour(client: Client, key: str) -> None:
    from ipregister.watch.models import Watch

    other = make("another", ["watch"], dt.datetime.now(dt.UTC))
    for number in range(30):
        watched(client, (key, other)[number % 2], mail=f"stranger{number}@example.org")
    assert Watch.objects.count() == 20
    watched(client, key, mail="stranger0@example.org")  # one that was asked already
    assert Watch.objects.count() == 21


def test_the_question_is_asked_in_the_language_of_the_request(client: Client, key: str) -> None:
    from ipregister.watch.models import Reader

    fields = {"key": key, "action": "watch", "kind": "query", "text": "tea", "mail": ME}
    client.post("/watches", fields, headers={"accept-language": "lo"})
    assert Reader.objects.get().language == "lo"


@pytest.mark.parametrize("language", ["", "en", "lo", "km", "th", "vi", "id", "ru", "kk"])
def test_every_language_has_all_sentences_and_places(language: str) -> None:
    told = wording(language)
    assert told.question.format(site="S1", confirm="C1", stop="X1").count("1") == 3
    assert (told == wording("en")) is (language in ("", "en"))
