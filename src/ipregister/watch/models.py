"""Tables of watches and webhooks. Owners are known by the hash of a secret alone; nobody else reads what is theirs."""

from django.db import models


class Watch(models.Model):
    """What somebody wants to be told of. `kind` and `wanted` are as `kinds.KINDS` says; `owner` is the SHA-256 of the
    owner's secret. `position` is the last change number that was looked at. `mail_end` says why a mail address was
    taken out: `unconfirmed`, `stopped`."""

    id = models.CharField(max_length=16, primary_key=True)
    owner = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16)
    wanted = models.JSONField()
    position = models.BigIntegerField()
    mail = models.CharField(max_length=254, blank=True)
    mail_end = models.CharField(max_length=12, blank=True, default="", db_default="")
    mailed = models.BigIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.id} {self.kind}"


class WatchedNumber(models.Model):
    """A number of a watch of the kind `numbers`, in its most exact folded form."""

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="numbers")
    form = models.CharField(max_length=80)

    class Meta:
        """Asked for by form, for all watches at once."""

        constraints = (models.UniqueConstraint(fields=("watch", "form"), name="watch_number_once"),)
        indexes = (models.Index(fields=("form",), name="watch_number_form"),)

    def __str__(self) -> str:
        return self.form


class Match(models.Model):
    """A change that a watch is told of, with the reason in codes and arguments; in the order of changes."""

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="matches")
    change = models.BigIntegerField()
    key = models.CharField(max_length=120)
    told = models.JSONField()
    reason = models.JSONField(default=dict)

    class Meta:
        """A change once a watch."""

        constraints = (models.UniqueConstraint(fields=("watch", "change"), name="watch_match_once"),)

    def __str__(self) -> str:
        return f"{self.change} {self.key}"


class Reader(models.Model):
    """A mail address to which an owner wants mails sent: `asked`, `confirmed` or `stopped`. `address` and `mailbox` are
    keyed hashes; the address itself stands in the watches alone. `asked_at` is when the question was sent, `failures` counts mails in
    a row that could not be sent, `next_at` is when the next may be tried."""

    id = models.CharField(max_length=16, primary_key=True)
    owner = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    mailbox = models.CharField(max_length=64)
    state = models.CharField(max_length=12, default="asked")
    language = models.CharField(max_length=8, blank=True)
    since = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0)
    next_at = models.DateTimeField(null=True)

    class Meta:
        """Once an owner and address, however many watches."""

        constraints = (models.UniqueConstraint(fields=("owner", "address"), name="watch_reader_once"),)

    def __str__(self) -> str:
        return f"{self.id} {self.state}"


class Question(models.Model):
    """How often in a row a mailbox was sent a question, whoever asked, and until when it is sent no other. `mailbox` is
    a keyed hash."""

    mailbox = models.CharField(max_length=64, primary_key=True)
    silent_until = models.DateTimeField()
    times = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.silent_until} {self.times}"


class Webhook(models.Model):
    """An address that is told of changes, in their order. `position` is the last change (or match of the watch) that
    was taken there. `failures` counts attempts in a row that failed, `next_at` is when the next may be made, `batch`
    how many changes go into one request. The secret that signs is made of `nonce` and the installation's key."""

    id = models.CharField(max_length=16, primary_key=True)
    owner = models.CharField(max_length=64, db_index=True)
    address = models.CharField(max_length=2000)
    nonce = models.CharField(max_length=64)
    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, null=True, related_name="webhooks")
    offices = models.JSONField(default=list)
    rights = models.JSONField(default=list)
    position = models.BigIntegerField()
    failures = models.IntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    batch = models.IntegerField(default=100)
    active = models.BooleanField(default=True)
    last_error = models.CharField(max_length=300, blank=True)
    delivered = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.id} {self.address}"


class DeadLetter(models.Model):
    """Changes that an address would not take: the first and the last, how often it was tried, the last answer."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="dead_letters")
    after = models.BigIntegerField()
    until = models.BigIntegerField()
    attempts = models.IntegerField()
    error = models.CharField(max_length=300)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.webhook_id} {self.after}-{self.until}"
