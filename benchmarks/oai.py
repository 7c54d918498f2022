"""Harvesting: records served per CPU second and core, in both formats, through the whole web application.

    python -m benchmarks.oai --data FOLDER [--records 20000]

One process, one thread, no network: the web application is called as the server calls it, token after token, with all its
middleware, and its CPU time is counted. The data folder needs release switches that let records go out.
"""

import argparse
import os
import re
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks import measuring
from benchmarks.measuring import say
from ipregister.web import bootstrap
from ipregister.web.options import Options

_TOKEN = re.compile(rb"<resumptionToken[^>]*>([^<]+)</resumptionToken>")


def harvest(prefix: str, records: int) -> dict[str, float]:
    """Harvest at least so many records; how many, and how many per CPU second and per second."""
    from django.test import Client

    client, query, found, size = Client(), f"verb=ListRecords&metadataPrefix={prefix}", 0, 0
    client.get(f"/oai?{query}")  # warm
    cpu, wall = time.process_time(), time.perf_counter()
    while found < records:
        body = client.get(f"/oai?{query}").content
        found += body.count(b"<record>")
        size += len(body)
        token = _TOKEN.search(body)
        if token is None:
            break
        query = f"verb=ListRecords&resumptionToken={token[1].decode()}"
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return {
        "records": found,
        "records_per_cpu_s": found / cpu,
        "records_per_s": found / wall,
        "bytes_per_record": size / max(found, 1),
    }


def main() -> int:
    """Measure and report."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--records", type=int, default=20_000)
    given = arguments.parse_args()
    os.sched_setaffinity(0, {0})
    bootstrap.init(Options(data=given.data, anonymous_per_minute=0, allowed_hosts=("testserver",)))
    result: dict[str, Any] = {}
    for prefix in ("oai_dc", "st96"):
        result[prefix] = harvest(prefix, given.records)
        say(f"{prefix}: {result[prefix]['records_per_cpu_s']:.0f} records per CPU second")
    measuring.keep("oai", result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
