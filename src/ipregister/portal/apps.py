"""The Django application of the pages; its few tables lie in the service database."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Label `portal`."""

    name = "ipregister.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
