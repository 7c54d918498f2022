"""Delivers in a process of its own that may be killed: `python -m tests.watch.apart DATA LAST`."""

import datetime as dt
import sys
import time
from pathlib import Path

from ipregister.web import bootstrap
from ipregister.web.options import Options

PAUSE_S = 0.005


def main(data: Path, last: int) -> None:
    """Deliver made-up changes until all are taken, slowly, so that a kill hits at any moment."""
    bootstrap.setup(Options(data=data))
    from ipregister.watch import delivering
    from ipregister.watch.models import Webhook
    from ipregister.watch.sending import Sender
    from ipregister.watch.source import Told
    from tests.watch.conftest import MadeUp

    class Slow(MadeUp):
        def __call__(self, since: int, limit: int, /) -> tuple[list[Told], int]:
            time.sleep(PAUSE_S)
            return super().__call__(since, limit)

    delivering.LARGEST_BATCH = 3
    Webhook.objects.update(batch=3)
    sender, source = Sender("a key", private=True), Slow(last)
    while Webhook.objects.filter(position__lt=last).exists():
        delivering.deliver_due(source, sender, dt.datetime.now(dt.UTC))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
