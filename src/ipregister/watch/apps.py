"""The Django application of watches and webhooks; its tables lie in the service database."""

from django.apps import AppConfig


class WatchConfig(AppConfig):
    """Label `watch`."""

    name = "ipregister.watch"
    label = "watch"
    default_auto_field = "django.db.models.BigAutoField"
