"""Mails: nobody is written to who has not said yes, but for one question; nothing of a sender gets in; nobody waits."""

import datetime as dt
import smtplib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.test import override_settings

from ipregister.portal.mails import wording
from ipregister.watch import mailing, readers
from ipregister.watch.keeping import add_watch, remove_all
from ipregister.watch.kinds import Wanted
from ipregister.watch.letters import Letter, Letterhead, Places, shown_name
from ipregister.watch.mailing import Mailing
from ipregister.watch.models import Match, Question, Reader, Watch
from ipregister.web import mails, telling, worker
from ipregister.web.options import Options

KEY = "the installation's key"
NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
DAY, HOUR, MINUTE = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(minutes=1)
PLACES = Places(
    "https://x/", "https://x/watches", "https://x/mails/confirm?link=", "https://x/mails/stop?link="
)
ME = "me@example.org"
_changes = count(1)


class Box:
    """A mail server: what it took, and what it does with an address."""

    def __init__(self) -> None:
        self.taken: list[Letter] = []
        self.tried: list[str] = []
        self.fails: dict[str, Exception] = {}
        self.mailing = Mailing(Letterhead(KEY, PLACES, wording), self.send)

    def send(self, letter: Letter) -> None:
        self.tried.append(letter.to)
        error = self.fails.get(letter.to) or self.fails.get("")
        if error is not None:
            raise error
        self.taken.append(letter)

    def turn(self, now: dt.datetime) -> list[Letter]:
        """What a turn sends."""
        before = len(self.taken)
        assert self.mailing.turn(now) == len(self.taken) - before
        return self.taken[before:]


@pytest.fixture
def box(service: Options) -> Box:
    """A server that takes everything until it is told otherwise."""
    return Box()


def watch_of(owner: str, mail: str = ME, name: str = "tea", news: int = 1) -> Watch:
    """A watch with news."""
    made = add_watch(owner, name, Wanted("query", "tea"), 0, NOW, mail=mail)
    for _ in range(news):
        tell(made)
    return made


def tell(watch: Watch, kind: str = "version") -> None:
    """Something new in a watch."""
    told = {"kind": kind, "office": "LA", "right": "trademark", "address": "https://x/r/la-1"}
    Match.objects.create(watch=watch, change=next(_changes), key="la-1", told=told)


def link_in(letter: Letter, what: readers.Purpose) -> str:
    """What a link of a mail carries."""
    (found,) = [line for line in letter.text.split() if f"/mails/{what}?link=" in line]
    return found.partition("=")[2]


def say_yes(letter: Letter) -> None:
    """The reader presses the button."""
    reader = readers.reader_of(KEY, link_in(letter, "confirm"), "confirm")
    assert reader is not None
    readers.confirm(reader, NOW)


def test_nothing_but_one_question_goes_to_who_has_not_said_yes(box: Box) -> None:
    blackmail = "Your account is blocked\n\nClick http://evil.example/ now"
    watch_of("me", name=blackmail)
    (asked,) = box.turn(NOW)
    assert (asked.to, asked.subject) == (ME, "Do you want mails from the register?")
    for text in ("blocked", "evil", "tea", "LA", "me\n"):
        assert text not in asked.text.replace(ME, "")
    other = Box()
    watch_of("you", "you@example.org", name="coffee")
    (same,) = other.turn(NOW)
    assert words_of(same) == words_of(asked)
    for days in range(7):
        assert box.turn(NOW + days * DAY) == []


def words_of(letter: Letter) -> str:
    """A mail without its links."""
    return " ".join(word for word in letter.text.split() if "link=" not in word)


def test_after_a_yes_there_is_a_mail_a_day_of_all_watches(box: Box) -> None:
    first, second = watch_of("me", name="tea"), watch_of("me", "Me@Example.org", name="coffee", news=2)
    watch_of("you", "you@example.org")
    asked = sorted(box.turn(NOW), key=lambda letter: letter.to.lower())
    assert [one.to.lower() for one in asked] == [ME, "you@example.org"]
    say_yes(asked[0])
    (news,) = box.turn(NOW + MINUTE)
    assert news.subject == "News of your watches: 3"
    for text in ("tea\n", "coffee\n", "https://x/r/la-1", "https://x/watches", news.stop):
        assert text in news.text
    tell(second, "deletion")
    assert box.turn(NOW + 5 * HOUR) == []
    (later,) = box.turn(NOW + 25 * HOUR)
    assert "la-1 (deletion)" in later.text
    assert "tea\n" not in later.text
    add_watch("me", "new", Wanted("query", "tea"), 0, NOW, mail=first.mail)
    tell(Watch.objects.get(name="new"))
    assert [one.subject for one in box.turn(NOW + 3 * DAY)] == ["News of your watches: 1"]


def test_a_yes_to_one_owner_is_none_to_another(box: Box) -> None:
    watch_of("me")
    say_yes(*box.turn(NOW))
    watch_of("stranger", name="evil")
    assert [one.subject for one in box.turn(NOW + MINUTE)] == ["News of your watches: 1"]
    (asked,) = box.turn(NOW + 25 * HOUR)
    assert asked.subject.startswith("Do you want")


@pytest.mark.parametrize("spelling", [ME, "ME@example.org", "m.e@EXAMPLE.org", "me+1@example.org"])
def test_a_mailbox_is_asked_once_a_day_whoever_asks_and_less_and_less(box: Box, spelling: str) -> None:
    for number in range(30):
        add_watch(f"key {number}", "x", Wanted("query", "tea"), 0, NOW, mail=spelling if number % 2 else ME)
    asked = []
    for hours in range(0, 7 * 24, 6):
        asked += [hours // 24] * len(box.turn(NOW + hours * HOUR))
    assert asked == [0, 1, 3]


def test_who_does_not_answer_is_taken_out(box: Box) -> None:
    watch = watch_of("me")
    (asked,) = box.turn(NOW)
    box.turn(NOW + 7 * DAY)
    watch.refresh_from_db()
    assert watch.mail == ME
    box.turn(NOW + 7 * DAY + MINUTE)
    watch.refresh_from_db()
    assert (watch.mail, watch.mail_end) == ("", "unconfirmed")
    assert readers.reader_of(KEY, link_in(asked, "confirm"), "confirm") is None
    assert not Reader.objects.exists()


def test_stop_ends_all_mails_of_an_owner_for_good_and_of_nobody_else(box: Box) -> None:
    mine = [watch_of("me", name="tea"), watch_of("me", name="coffee")]
    (asked,) = box.turn(NOW)
    say_yes(asked)
    other = watch_of("you", name="other")
    (news,) = box.turn(NOW + MINUTE)
    say_yes(*box.turn(NOW + 2 * DAY))
    reader = readers.reader_of(KEY, link_in(news, "stop"), "stop")
    assert reader is not None
    readers.stop(KEY, reader, NOW)
    for watch in mine:
        watch.refresh_from_db()
        assert (watch.mail, watch.mail_end) == ("", "stopped")
    again = watch_of("me", name="again")
    (told,) = box.turn(NOW + 3 * DAY)
    assert "other\n" in told.text
    again.refresh_from_db()
    assert (again.mail, again.mail_end) == ("", "stopped")
    readers.confirm(reader, NOW)
    assert reader.state == "stopped"
    tell(other)
    assert [one.to for one in box.turn(NOW + 5 * DAY)] == [ME]


def test_after_a_no_nobody_asks_for_a_year(box: Box) -> None:
    watch = watch_of("me")
    (asked,) = box.turn(NOW)
    watch.delete()  # its owner hides the traces
    reader = readers.reader_of(KEY, link_in(asked, "stop"), "stop")
    assert reader is not None
    readers.stop(KEY, reader, NOW)
    days = []
    for day in range(1, 370):
        if day % 5 == 0:
            add_watch(f"key {day}", "x", Wanted("query", "tea"), 0, NOW, mail="me+1@example.org")
        days += [day] * len(box.turn(NOW + day * DAY))
    assert days == [365]


def test_no_address_stands_beside_a_reader_and_none_is_left_after_a_stop(box: Box) -> None:
    watch_of("me")
    (asked,) = box.turn(NOW)
    reader = readers.reader_of(KEY, link_in(asked, "stop"), "stop")
    assert reader is not None
    readers.stop(KEY, reader, NOW)
    rows = [list(model.objects.values()) for model in (Watch, Reader, Question)]
    assert ME not in str(rows)
    assert len(rows[1]) == len(rows[2]) == 1


@pytest.mark.parametrize("change", [
    lambda link: "", lambda link: link[:-1], lambda link: link[:-1] + ("0" if link[-1] != "0" else "1"),
    lambda link: "0" * 12 + link[12:], lambda link: link + "\0", lambda link: link.upper(), lambda link: "é" + link,
])  # fmt: skip
def test_only_the_whole_link_of_a_reader_opens(box: Box, change: Callable[[str], str]) -> None:
    watch_of("me")
    (asked,) = box.turn(NOW)
    whole = link_in(asked, "stop")
    assert readers.reader_of(KEY, whole, "stop") is not None
    assert readers.reader_of(KEY, change(whole), "stop") is None
    assert readers.reader_of(KEY, whole, "confirm") is None  # a mail that was passed on confirms nothing
    assert readers.reader_of("another key", whole, "stop") is None


def test_readers_go_with_their_owner(box: Box) -> None:
    watch_of("me")
    box.turn(NOW)
    remove_all("me")
    assert not Reader.objects.exists()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Tea\nmarks\r\n\u2028of Laos\x00", "Tea marks of Laos"),
        ("Your account is blocked\n\nClick http://evil.example/ now",
         "Your account is blocked Click evil. example/ now"),
        ("www.evil.example", "www. evil. example"),
        ("HTTPS:\\\\evil\u3002example", "evil\u3002 example"),
        ("write to mailto:a@evil.example", "write to a evil. example"),
        ("\u202egnp.live", "gnp. live"),
        ("office:LA class:30", "office:LA class:30"),
        ("ກາເຟ ດາວເຮືອງ", "ກາເຟ ດາວເຮືອງ"),
        ("a" * 120, "a" * 80),
    ],
)  # fmt: skip
def test_names_are_one_harmless_line(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_a_reader_whose_mail_is_refused_keeps_no_other_waiting_and_is_tried_later_and_later(box: Box) -> None:
    for owner in ("bad", "good"):
        watch_of(owner, f"{owner}@example.org")
    for letter in box.turn(NOW):
        say_yes(letter)
    box.fails["bad@example.org"] = smtplib.SMTPRecipientsRefused({"bad@example.org": (550, b"no such user")})
    box.tried.clear()
    assert [one.to for one in box.turn(NOW)] == ["good@example.org"]
    tries = []
    for minutes in range(0, 200, 5):
        box.tried.clear()
        assert box.turn(NOW + minutes * MINUTE) == []
        tries += [minutes] if box.tried == ["bad@example.org"] else []
    assert tries == [10, 30, 70, 150]
    box.fails.clear()
    assert [one.to for one in box.turn(NOW + DAY)] == ["bad@example.org"]


def test_a_server_that_is_away_is_left_alone_longer_and_longer(box: Box) -> None:
    for number in range(60):
        watch_of(f"key {number}", f"reader{number}@example.org")
    box.fails[""] = ConnectionRefusedError()
    tries = {}
    for minutes in range(16):
        before = len(box.tried)
        assert box.turn(NOW + minutes * MINUTE) == []
        tries[minutes] = len(box.tried) - before
    assert {minutes: tried for minutes, tried in tries.items() if tried} == {0: 3, 1: 3, 3: 3, 7: 3, 15: 3}
    assert len(set(box.tried)) >= 12  # not the same ones over and over
    box.fails.clear()
    assert len(box.turn(NOW + DAY)) == 60  # nobody's question was lost, nor counts as sent


def test_some_readers_whose_servers_hang_do_not_stop_the_others(box: Box) -> None:
    for name in ("a", "b", "c"):
        watch_of(name, f"{name}@example.org")
        box.fails[f"{name}@example.org"] = TimeoutError()
    assert box.turn(NOW) == []
    watch_of("d", "d@example.org")
    assert [one.to for one in box.turn(NOW + mailing.REST)] == ["d@example.org"]
    box.fails.clear()
    assert box.turn(NOW + 12 * HOUR) == []  # the question may have come: not twice a day
    assert len(box.turn(NOW + DAY)) == 3


def test_a_reader_is_asked_in_the_language_of_the_request(box: Box) -> None:
    watch = watch_of("me")
    readers.begin(KEY, watch, "th", NOW)
    (asked,) = box.turn(NOW)
    assert asked.subject == wording("th").question_subject != wording("en").question_subject
    assert wording("xx") == wording("")


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A mail server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(30)
        yield server


def hanging(server: socket.socket, seconds: float) -> override_settings:
    """Settings by which mails go there."""
    backend = "django.core.mail.backends.smtp.EmailBackend"
    given: dict[str, Any] = {"EMAIL_BACKEND": backend, "EMAIL_HOST": "127.0.0.1"}
    return override_settings(**given, EMAIL_PORT=server.getsockname()[1], EMAIL_TIMEOUT=seconds)


def test_a_mail_server_that_hangs_is_given_up(service: Options, silent: socket.socket) -> None:
    assert 0 < settings.EMAIL_TIMEOUT <= 10
    watch_of("me")
    with hanging(silent, 0.2):
        assert mails.mailing(service).turn(NOW) == 0
    assert Reader.objects.get().failures == 1


def test_a_mail_server_that_hangs_stops_neither_matching_nor_webhooks(
    service: Options, silent: socket.socket
) -> None:
    assert {worker.send_mails, worker.tell_of_changes} <= set(worker.PUBLIC_DUTIES)
    watch_of("me")
    stopping = threading.Event()
    with hanging(silent, 30):
        thread = threading.Thread(target=worker.send_mails, args=(service, stopping))
        thread.start()
        taken, _address = silent.accept()
        with taken:
            telling.Teller(service).turn()
            Watch.objects.update(position=1)  # nor does it hold a lock of the database
            stopping.set()
            assert thread.is_alive()
        thread.join(30)
    assert not thread.is_alive()


def test_the_duty_sends_and_ends(service: Options) -> None:
    watch_of("me")
    stopping = threading.Event()
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend",
                           EMAIL_FILE_PATH=str(service.path("mail"))):  # fmt: skip
        thread = threading.Thread(target=worker.send_mails, args=(service, stopping))
        thread.start()
        deadline = time.monotonic() + 30
        while not list(service.path("mail").glob("*.log")) and time.monotonic() < deadline:
            time.sleep(0.05)
        stopping.set()
        thread.join(30)
    (file,) = service.path("mail").glob("*.log")
    text = file.read_text()
    assert "To: me@example.org" in text
    assert "List-Unsubscribe: <http://127.0.0.1:8000/mails/stop?link=" in " ".join(text.split())


def test_mail_programs_are_told_how_to_stop_by_themselves(
    service: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core import mail

    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        monkeypatch.setattr(mail, "outbox", [], raising=False)
        mails.send(Letter(ME, "a\nb", "text", PLACES.stop + "0" * 77))
        (sent,) = mail.outbox
    told = sent.message()
    assert told["List-Unsubscribe"] == f"<{PLACES.stop}{'0' * 77}>"
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert told["Subject"] == "a b"


def test_a_watch_that_stood_before_is_asked(database: Options) -> None:
    """Its installation knew no readers: the address counts as one that nobody confirmed."""

    def migrate(to: str) -> None:
        MigrationExecutor(connections["default"]).migrate([("watch", to)])

    watch = watch_of("me")
    migrate("0002_number_form")
    migrate("0003_readers")
    box = Box()
    (asked,) = box.turn(NOW)
    assert (asked.to, asked.subject) == (ME, wording("en").question_subject)
    say_yes(asked)
    (news,) = box.turn(NOW + MINUTE)
    assert f"{watch.name}\n" in news.text
    reader = readers.reader_of(KEY, link_in(news, "stop"), "stop")
    assert reader is not None
    readers.stop(KEY, reader, NOW)
    watch.refresh_from_db()
    assert (watch.mail, watch.mail_end) == ("", "stopped")
