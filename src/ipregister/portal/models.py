"""Tables of the staff pages, in the service database: roles, uploads, audit, sign-in attempts."""

import uuid

from django.db import models


class Assignment(models.Model):
    """A role of a user for one office, or for all offices where `office` is empty.

    clerk: sees deliveries and quarantine of the office; operator: also uploads and retries;
    admin: also users and roles."""

    ROLES = ("clerk", "operator", "admin")

    user = models.ForeignKey("auth.User", on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=16)
    office = models.CharField(max_length=2, blank=True)

    class Meta:
        """One row per user, role and office."""

        constraints = (
            models.UniqueConstraint(fields=("user", "role", "office"), name="portal_assignment_once"),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.office or '*'}"


class Upload(models.Model):
    """A delivery that staff send: received in pieces, then loaded by the worker.

    `state`: receiving, waiting, loading, done, failed, cancelled. `received` bytes are safely on the disk.
    `day` is that of its data, where it was told. `report` is what the load said (`in`, `stored`, `unchanged`, `quarantined`, `findings`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey("auth.User", on_delete=models.PROTECT, related_name="uploads")
    office = models.CharField(max_length=2)
    filename = models.CharField(max_length=255)
    size = models.BigIntegerField()
    day = models.DateField(null=True, blank=True)
    received = models.BigIntegerField(default=0)
    state = models.CharField(max_length=16, default="receiving", db_index=True)
    done_records = models.BigIntegerField(default=0)
    delivery = models.CharField(max_length=80, blank=True)
    message = models.TextField(blank=True)
    report = models.JSONField(default=dict)
    begun = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        """Newest first."""

        ordering = ("-begun",)

    def __str__(self) -> str:
        return f"{self.office} {self.filename}"


class AuditEntry(models.Model):
    """One write by a person: who, when, what, on what. Only added to."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    user = models.CharField(max_length=150)
    action = models.CharField(max_length=40)
    office = models.CharField(max_length=2, blank=True)
    object = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        """Newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.user} {self.action} {self.object}"


class SignInAttempt(models.Model):
    """Failed sign-ins for a hashed name or address, counted over a span of time."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.IntegerField(default=0)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.failures} failures"


class AccessKey(models.Model):
    """A key to the machine doors. `secret` is its SHA-256: the key itself is shown once and kept nowhere.

    `scopes` are words of `keys.SCOPES`, separated by spaces; a revoked key opens nothing."""

    id = models.CharField(max_length=16, primary_key=True)
    secret = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=80, blank=True)
    scopes = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.id} {self.scopes}"


class Usage(models.Model):
    """How many requests a client made in the present span of time. `client` is a hash or a key's id, with the policy."""

    client = models.CharField(max_length=80, primary_key=True)
    span = models.BigIntegerField()
    used = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.client} {self.used}"
