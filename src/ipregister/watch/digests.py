"""Mails with what is new in somebody's watches: at most one a day, of all his watches together."""

import datetime as dt
from collections.abc import Iterator, Mapping

from django.db.models import Exists, F, OuterRef

from ipregister.watch.models import Match, Reader, Watch
from ipregister.watch.readers import Pair, address_hash

EVERY = dt.timedelta(days=1)
"""How often a mail is sent to one reader."""
News = list[tuple[Watch, list[Match]]]


def due(key: str, mails: Mapping[Pair, str], now: dt.datetime) -> Iterator[tuple[Reader, str, News]]:
    """Readers who said yes, their address and what is new in the watches of an owner with it, where no mail went out
    to them for a day."""
    by_reader, lately = _fresh(key, now)
    ready = Reader.objects.filter(state="confirmed").exclude(next_at__gt=now)
    for reader in ready.order_by(F("next_at").asc(nulls_first=True), "since", "pk"):
        pair = reader.owner, reader.address
        if pair in by_reader and pair in mails and pair not in lately:
            rows = [
                (watch, list(watch.matches.filter(pk__gt=watch.mailed).order_by("pk")))
                for watch in by_reader[pair]
            ]
            yield reader, mails[pair], [(watch, told) for watch, told in rows if told]


def sent(news: News, now: dt.datetime) -> None:
    """Keep what a reader was told of. A mail that was sent twice after a crash is better than none."""
    for watch, rows in news:
        Watch.objects.filter(pk=watch.pk).update(mailed=rows[-1].pk, mailed_at=now)


def _fresh(key: str, now: dt.datetime) -> tuple[dict[Pair, list[Watch]], set[Pair]]:
    """Watches with news by their readers, and the readers who got a mail lately."""
    fresh = Match.objects.filter(watch=OuterRef("pk"), pk__gt=OuterRef("mailed"))
    found: dict[Pair, list[Watch]] = {}
    for watch in Watch.objects.exclude(mail="").filter(Exists(fresh)).order_by("made_at", "pk"):
        found.setdefault((watch.owner, address_hash(key, watch.mail)), []).append(watch)
    lately = Watch.objects.exclude(mail="").filter(mailed_at__gt=now - EVERY).values_list("owner", "mail")
    return found, {(owner, address_hash(key, mail)) for owner, mail in lately}
