"""`kill -9` while webhooks are told: nothing is left out, nothing overtakes."""

import datetime as dt
import itertools
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ipregister.watch.keeping import add_webhook
from ipregister.web.options import Options
from tests.watch.conftest import Subscriber

ROOT = Path(__file__).parent.parent.parent
LAST, KILLS = 3_000, 30


@pytest.mark.slow
def test_thirty_kills(service: Options, subscriber: Subscriber) -> None:
    add_webhook("me", subscriber.address, 0, dt.datetime.now(dt.UTC), private=True)
    chance = random.Random(3)
    command = [sys.executable, "-m", "tests.watch.apart", str(service.data), str(LAST)]
    killed = 0
    for attempt in itertools.count():
        before = len(subscriber.taken)
        process = subprocess.Popen(command, cwd=ROOT)
        if attempt < KILLS:
            while process.poll() is None and len(subscriber.taken) == before:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.1))
            killed += process.poll() is None
            process.kill()
        process.wait()
        if attempt >= KILLS and process.returncode == 0:
            break
    assert killed == KILLS
    seen = [one["change"] for one in subscriber.taken]
    assert set(seen) == set(range(1, LAST + 1))
    first_seen = list(dict.fromkeys(seen))
    assert first_seen == sorted(first_seen)
