"""Mails with what is new in a watch: at most one a day, in plain text, with a way out."""

import datetime as dt
from collections.abc import Callable

from ipregister.watch.models import Match, Watch

EVERY = dt.timedelta(days=1)
MOST_LINES = 50
Send = Callable[[str, str, str], None]
"""Sends a mail: to whom, subject, text."""


def due(now: dt.datetime) -> list[Watch]:
    """Watches with a mail address, of which no mail went out for a day."""
    return [
        watch
        for watch in Watch.objects.exclude(mail="").order_by("pk")
        if watch.mailed_at is None or watch.mailed_at <= now - EVERY
    ]


def send_due(send: Send, now: dt.datetime, manage: str) -> int:
    """Send the mails that are due; how many. A mail that was sent twice after a crash is better than none."""
    sent = 0
    for watch in due(now):
        rows = list(watch.matches.filter(pk__gt=watch.mailed).order_by("pk"))
        if not rows:
            continue
        send(watch.mail, f"{watch.name}: {len(rows)}", text_of(watch, rows, manage))
        watch.mailed, watch.mailed_at = rows[-1].pk, now
        watch.save(update_fields=["mailed", "mailed_at"])
        sent += 1
    return sent


def text_of(watch: Watch, rows: list[Match], manage: str) -> str:
    """The text of a mail."""
    lines = [f"{watch.name}", ""]
    lines += [
        f"{row.told['office']} {row.told['right']} {row.key}  {row.told['address']}"
        for row in rows[:MOST_LINES]
    ]
    if len(rows) > MOST_LINES:
        lines.append(f"+ {len(rows) - MOST_LINES}")
    return "\n".join([*lines, "", f"Stop or change this watch: {manage}"]) + "\n"
