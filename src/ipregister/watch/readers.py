"""Readers of mails: an owner and an address that is asked first, and may stop it all without a key.

Whoever has a key may write down any address. So nothing but one question goes to it, until its reader says yes; that
holds for all watches of the owner with the address. Who says stop is forgotten but for a hash.
"""

import datetime as dt
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from typing import Literal

from django.db import transaction

from ipregister.watch.models import Question, Reader, Watch

Purpose = Literal["confirm", "stop"]
"""What a link does; one of a mail that was passed on stops, and confirms nothing."""
Pair = tuple[str, str]
"""An owner and the hash of an address."""
DAY = dt.timedelta(days=1)
CONFIRM_WITHIN = 7 * DAY
MOST_DOUBLED, AFTER_NO, FORGOTTEN_AFTER = 5, 365 * DAY, 90 * DAY
"""How often the wait of a mailbox doubles; how long it is after a no; how long behind its end it is remembered."""
_LINK = re.compile("[0-9a-f]{12}-[0-9a-f]{64}")


def address_hash(key: str, mail: str) -> str:
    """What stands for a mail address in the tables, made with the installation's key."""
    return _made(key, f"mail address {mail.strip().casefold()}")


def mailbox_hash(key: str, mail: str) -> str:
    """The same for all spellings that lead into one mailbox: without dots and `+…` before the sign, the domain in the
    letters of the network."""
    local, _at, domain = mail.strip().casefold().rpartition("@")
    with suppress(UnicodeError):
        domain = domain.encode("idna").decode()
    return _made(key, f"mailbox {local.partition('+')[0].replace('.', '')}@{domain}")


def link_of(key: str, reader: Reader, purpose: Purpose) -> str:
    """What a link of a mail carries, so that its reader needs no key."""
    return f"{reader.id}-{_made(key, f'mail {purpose} {reader.id} {reader.owner} {reader.address}')}"


def reader_of(key: str, link: str, purpose: Purpose) -> Reader | None:
    """The reader whose link it is; None for any other text."""
    reader = Reader.objects.filter(pk=link.partition("-")[0]).first() if _LINK.fullmatch(link) else None
    return reader if reader and hmac.compare_digest(link_of(key, reader, purpose), link) else None


def begin(key: str, watch: Watch, language: str, now: dt.datetime) -> Reader | None:
    """The reader of a new watch, who is asked in a language where he was not yet; one who stopped the owner's mails
    stays out of it. None for a watch without mails."""
    if not watch.mail:
        return None
    reader = _reader(key, watch.owner, watch.mail, language, now)
    if reader.state == "stopped":
        _end((watch.owner, watch.mail), "stopped")
    return reader


def confirm(reader: Reader, now: dt.datetime) -> None:
    """The reader wants the mails. One who stopped them gets them no more."""
    if Reader.objects.filter(pk=reader.pk, state="asked").update(state="confirmed", next_at=None, failures=0):
        Question.objects.filter(mailbox=reader.mailbox).update(times=1, silent_until=now + DAY)
    reader.refresh_from_db()


def stop(key: str, reader: Reader, now: dt.datetime) -> None:
    """The reader gets nothing more from this owner; the address is taken out of the watches. Who says so instead of
    yes is asked by nobody else for a year."""
    with transaction.atomic(using="default"):
        if Reader.objects.filter(pk=reader.pk, state="asked").exists():
            told = {"silent_until": now + AFTER_NO, "times": MOST_DOUBLED + 1}
            Question.objects.update_or_create(mailbox=reader.mailbox, defaults=told)
        Reader.objects.filter(pk=reader.pk).update(state="stopped")
        for mail in _mails(key, reader):
            _end((reader.owner, mail), "stopped")
    reader.refresh_from_db()


def wanted(key: str, now: dt.datetime) -> dict[Pair, str]:
    """The address of each reader that watches name. Readers whom nobody asked for yet are taken in; addresses of
    those who stopped, or did not confirm in time, are taken out."""
    found: dict[Pair, str] = {}
    _let_lapse(key, now)
    known = {(one.owner, one.address): one for one in Reader.objects.all()}
    for owner, mail in (
        Watch.objects.exclude(mail="").values_list("owner", "mail").distinct().order_by("mail")
    ):
        pair = owner, address_hash(key, mail)
        reader = known.get(pair) or _reader(key, owner, mail, "", now)
        if reader.state == "stopped":
            _end((owner, mail), "stopped")
        else:
            found.setdefault(pair, mail)
    return found


def state_of(key: str, watch: Watch, states: Mapping[Pair, str]) -> str:
    """How it stands with the mails of a watch: `asked`, `confirmed`, `stopped`, `unconfirmed`, or nothing. `states`
    are those of readers by owner and hash."""
    if watch.mail:
        return states.get((watch.owner, address_hash(key, watch.mail)), "asked")
    return watch.mail_end


def states_of(owner: str) -> dict[Pair, str]:
    """The states of an owner's readers."""
    return {(one.owner, one.address): one.state for one in Reader.objects.filter(owner=owner)}


def may_ask(reader: Reader, now: dt.datetime) -> bool:
    """Whether a reader's mailbox may be sent a question; then it counts as sent. One a day at most, whoever asks, and
    each that nobody answers makes the next wait twice as long."""
    with transaction.atomic(using="default"):
        asked = Question.objects.select_for_update().filter(pk=reader.mailbox).first()
        if asked and now < asked.silent_until:
            return False
        times = min(asked.times, MOST_DOUBLED) if asked else 0
        told = {"silent_until": now + 2**times * DAY, "times": times + 1}
        Question.objects.update_or_create(mailbox=reader.mailbox, defaults=told)
    return True


def not_asked(reader: Reader) -> None:
    """The question never left: the mailbox may be asked as if nobody had tried."""
    Question.objects.filter(pk=reader.mailbox).delete()


def _let_lapse(key: str, now: dt.datetime) -> None:
    Question.objects.filter(silent_until__lt=now - FORGOTTEN_AFTER).delete()
    for reader in Reader.objects.filter(state="asked", since__lt=now - CONFIRM_WITHIN):
        if (reader.asked_at or reader.since) >= now - CONFIRM_WITHIN:
            continue
        with transaction.atomic(using="default"):
            if Reader.objects.filter(pk=reader.pk, state="asked").delete()[0]:
                for mail in _mails(key, reader):
                    _end((reader.owner, mail), "unconfirmed")


def _reader(key: str, owner: str, mail: str, language: str, now: dt.datetime) -> Reader:
    number, mailbox = secrets.token_hex(6), mailbox_hash(key, mail)
    given = {"id": number, "mailbox": mailbox, "language": language, "since": now}
    return Reader.objects.get_or_create(owner=owner, address=address_hash(key, mail), defaults=given)[0]


def _mails(key: str, reader: Reader) -> list[str]:
    """The spellings of the reader's address in the owner's watches."""
    held = Watch.objects.filter(owner=reader.owner).exclude(mail="").values_list("mail", flat=True).distinct()
    return [mail for mail in held if address_hash(key, mail) == reader.address]


def _end(named: Pair, why: str) -> None:
    """Take an address (the second of a pair) out of its owner's watches."""
    Watch.objects.filter(owner=named[0], mail=named[1]).update(mail="", mail_end=why)


def _made(key: str, text: str) -> str:
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
