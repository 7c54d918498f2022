"""The tables of the register. Bulk writes go through `bulk`, everything else through the ORM.

Hashes are 32 bytes; `extracted` and `confirmed` are sortable texts (`2026-01-31`, `2026-01-31#02`).
"""

from typing import ClassVar

from django.db import models


class Counter(models.Model):
    """Numbers given under a lock. Row `change`: the last change number; whoever writes locks it first."""

    name = models.CharField(max_length=32, primary_key=True)
    value = models.BigIntegerField(default=0)


class Delivery(models.Model):
    """One delivery of an office, known by the hash of its content; one of the same bytes at another time by that of
    both (`deliveries.begin`). Counts are of the whole delivery. `dated`: its day was told, not guessed."""

    office = models.CharField(max_length=2)
    digest = models.CharField(max_length=64)
    name = models.TextField()
    kind = models.CharField(max_length=8)
    extracted = models.CharField(max_length=24)
    dated = models.BooleanField(default=True)
    container = models.CharField(max_length=64)
    declared = models.BigIntegerField(null=True)
    received_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    reported = models.BooleanField(default=False)
    next_index = models.BigIntegerField(default=0)
    absent_after = models.CharField(max_length=128, default="", blank=True)
    rights = models.TextField(default="", blank=True)
    fill = models.TextField(default="", blank=True)
    taken = models.BigIntegerField(default=0)
    stored = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    quarantined = models.BigIntegerField(default=0)
    findings = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "digest"], name="delivery_once"),
        ]


class Record(models.Model):
    """One right under its key: which version is current, and what is compared with the next delivery.

    `extracted`, `confirmed` and `confirmations` are those of the current state; an office may have begun to
    say it before the delivery that the current version came with, when that one arrived later.

    `withheld`: the content of the current version was withheld by law, its numbers alone are left.
    `told` and `told_at`: change number and time of what was told last of its present state, by a version or a notice;
    harvesters read in this order. `switched` and `switched_at`: those of the last notice of changed release switches."""

    key = models.CharField(max_length=128, primary_key=True)
    office = models.CharField(max_length=2)
    right = models.CharField(max_length=16)
    current = models.BigIntegerField()
    versions = models.IntegerField()
    extracted = models.CharField(max_length=24)
    confirmed = models.CharField(max_length=24)
    content_hash = models.BinaryField(max_length=32)
    media_hash = models.BinaryField(max_length=32)
    rank = models.BinaryField(max_length=32)
    deleted = models.BooleanField(default=False)
    seen = models.BigIntegerField()
    confirmations = models.BinaryField(default=b"")
    withheld = models.BooleanField(default=False)
    told = models.BigIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    switched = models.BigIntegerField(null=True)
    switched_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["office", "right", "told_at", "told", "key"], name="record_told"),
            models.Index(
                fields=["office", "right", "switched_at", "switched", "key"],
                condition=models.Q(switched__isnull=False),
                name="record_switched",
            ),
        ]


class Version(models.Model):
    """One state of one record. Only `confirmed` (last extraction that still said so) and `confirmations` (the
    deliveries that did) are ever written again.

    `rank` is the content hash of the first reading of this state, behind a sign of how long a closed one is closed
    (`closing`): with `extracted` it orders states in the same way whatever the order of arrival. `rereads` is the number of the version that this one reads anew.
    """

    change = models.BigIntegerField(primary_key=True)
    key = models.CharField(max_length=128)
    number = models.IntegerField()
    office = models.CharField(max_length=2)
    right = models.CharField(max_length=16)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT)
    extracted = models.CharField(max_length=24)
    confirmed = models.CharField(max_length=24)
    recorded_at = models.DateTimeField()
    cause = models.CharField(max_length=16)
    schema = models.SmallIntegerField()
    content_hash = models.BinaryField(max_length=32)
    media_hash = models.BinaryField(max_length=32)
    rank = models.BinaryField(max_length=32)
    findings_hash = models.BinaryField(max_length=32)
    confirmations = models.BinaryField(default=b"")
    rereads = models.IntegerField(default=0)
    deleted = models.BooleanField(default=False)
    member = models.TextField()
    offset = models.BigIntegerField()
    length = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "number"], name="version_number")]


class Notice(models.Model):
    """What is told of a record without a new version of it: content was withheld by law, a day or other release
    switches opened or closed it, its term ran out.

    Its change number is of the same row of numbers as those of versions. `number`: the version it is about, 0 for the
    record. `detail` is sorted JSON with more about it; the same is told once."""

    change = models.BigIntegerField(primary_key=True)
    key = models.CharField(max_length=128)
    number = models.IntegerField(default=0)
    office = models.CharField(max_length=2)
    right = models.CharField(max_length=16)
    kind = models.CharField(max_length=16)
    day = models.CharField(max_length=10)
    detail = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["key", "change"], name="notice_key")]


class Body(models.Model):
    """The bytes of a version: canonical JSON and evidence, both compressed (`compression`)."""

    change = models.BigIntegerField(primary_key=True)
    body = models.BinaryField()
    evidence = models.BinaryField()


class Finding(models.Model):
    """One finding. `number` is the version's; 0 for a quarantined slice (`slice_index`) or a whole delivery."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, db_index=False)
    key = models.CharField(max_length=128)
    number = models.IntegerField()
    slice_index = models.BigIntegerField()
    code = models.CharField(max_length=64)
    severity = models.CharField(max_length=8)
    path = models.TextField()
    value = models.TextField()
    arguments = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["delivery", "code"], name="finding_delivery"),
            models.Index(fields=["key", "number"], name="finding_key"),
        ]


class Tally(models.Model):
    """How often a delivery showed a finding code, unchanged records included, and in how many `records`: none told
    where the finding is of the delivery as a whole, or older programs counted it."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT)
    code = models.CharField(max_length=64)
    severity = models.CharField(max_length=8)
    amount = models.BigIntegerField()
    records = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["delivery", "code", "severity"], name="tally_once"),
        ]


class Quarantine(models.Model):
    """A slice that is not in the register, with its reason. Nothing delivered is lost."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, db_index=False)
    slice_index = models.BigIntegerField()
    office = models.CharField(max_length=2)
    right = models.CharField(max_length=16)
    key = models.CharField(max_length=128)
    reason = models.CharField(max_length=64)
    detail = models.TextField()
    member = models.TextField()
    offset = models.BigIntegerField()
    length = models.BigIntegerField()
    body = models.BinaryField()
    content_hash = models.BinaryField(max_length=32)
    state = models.CharField(max_length=8, default="open")
    recorded_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["delivery", "slice_index"], name="quarantine_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["office", "state", "reason"], name="quarantine_office")]


class Media(models.Model):
    """A picture or other file of a record, inside a kept delivery. `group` ties it to versions (`media_hash`)."""

    key = models.CharField(max_length=128, db_index=True)
    group = models.BinaryField(max_length=32)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, db_index=False)
    name = models.TextField()
    member = models.TextField()
    sha256 = models.CharField(max_length=64, db_index=True)
    mime = models.CharField(max_length=64)
    width = models.IntegerField()
    height = models.IntegerField()


class Spelling(models.Model):
    """A folded form under which a record can be asked for. Old forms stay when a number is corrected."""

    pk = models.CompositePrimaryKey("form", "kind", "key")
    form = models.CharField(max_length=128)
    kind = models.CharField(max_length=16)
    key = models.CharField(max_length=128)


class Redirect(models.Model):
    """An address that moved: the old key of a record whose number the office corrected."""

    old = models.CharField(max_length=128, primary_key=True)
    new = models.CharField(max_length=128)
    since = models.DateTimeField()


class Signal(models.Model):
    """Small named facts of the register's own state, such as the analyzer of the last index."""

    name = models.CharField(max_length=32, primary_key=True)
    value = models.TextField()
