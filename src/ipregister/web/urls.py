"""The addresses of the web application."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def health(_request: HttpRequest) -> HttpResponse:
    """Whether the process answers."""
    return HttpResponse("ok")


urlpatterns = [path("health", health, name="health")]
