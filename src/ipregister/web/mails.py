"""What the worker does for mails: puts together what they need of this installation, and hands them to the mail server."""

from collections.abc import Callable

from django.core.mail import EmailMessage
from django.urls import reverse

from ipregister.portal.mails import wording
from ipregister.watch.letters import Letter, Letterhead, Places
from ipregister.watch.mailing import Mailing
from ipregister.web.options import Options


def mailing(options: Options, stopping: Callable[[], bool] = lambda: False) -> Mailing:
    """What sends the mails of an installation."""
    return Mailing(Letterhead(options.secret_key(), places(options), wording), send, stopping)


def places(options: Options) -> Places:
    """The addresses of this site that mails name."""
    site = options.address.rstrip("/")
    confirm, stop = (f"{site}{reverse(name)}?link=" for name in ("mails-confirm", "mails-stop"))
    return Places(f"{site}/", site + reverse("watches"), confirm, stop)


def send(letter: Letter) -> None:
    """Send a mail, with the headers by which mail programs end such mails themselves (RFC 2369, RFC 8058: one request
    over HTTPS). Raises `OSError` or `ValueError` where it is not taken."""
    headers = {"Auto-Submitted": "auto-generated", "List-Unsubscribe": f"<{letter.stop}>"}
    if letter.stop.startswith("https://"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    subject = " ".join(letter.subject.split())
    EmailMessage(subject=subject, body=letter.text, to=[letter.to], headers=headers).send()
