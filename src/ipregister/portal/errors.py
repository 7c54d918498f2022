"""Pages for requests that cannot be answered."""

from django.http import HttpRequest, HttpResponse


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form without a valid token."""
    return HttpResponse("403", status=403)
