"""The Django application of the register's tables."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Tables of the register; the label keeps them apart from the service tables."""

    name = "ipregister.store"
    label = "register_store"
    default_auto_field = "django.db.models.BigAutoField"
