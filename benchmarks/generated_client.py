"""A client that a generator wrote from our OpenAPI file reads records: each must come out as it came in.

    python -m benchmarks.generated_client --data FOLDER [--records 10000]

The generator (openapi-python-client) is installed into an environment of its own, since it needs other versions than we
do; the client that it writes is read by nobody before it runs. It walks the list of records, then asks for each record
alone, holds the type it made of it against the right, and what it would send back against what was sent.
The data folder needs release switches that let records go out.
"""

import argparse
import json
import os
import subprocess
import sys
import venv
from pathlib import Path

from benchmarks import measuring
from benchmarks.http import server
from benchmarks.measuring import keep, say, workplace

GENERATOR = "openapi-python-client==0.29.1"
_READER = """
import collections, json, random, sys, time
sys.path.insert(0, sys.argv[1])
from ipregister_client import Client
from ipregister_client.api.records import list_records, record
from ipregister_client.models import RecordAnswer, RecordsAnswer

client = Client(base_url=sys.argv[2], raise_on_unexpected_status=True, timeout=60)
begun, after, rights = time.monotonic(), "", {}
while after is not None:
    page = list_records.sync(client=client, limit=1000, after=after)
    if not isinstance(page, RecordsAnswer):
        sys.exit(f"a page is {page}")
    rights.update((line.key, line.right) for line in page.records)
    after = page.next_
listed = time.monotonic() - begun
keys = sorted(rights)
random.Random(1).shuffle(keys)
kinds, faults, begun = collections.Counter(), [], time.monotonic()
for key in keys[: int(sys.argv[3])]:
    answer = record.sync_detailed(key, client=client)
    if not isinstance(answer.parsed, RecordAnswer):
        faults.append(f"{key}: {answer.status_code}")
        continue
    kinds[f"{rights[key]} as {type(answer.parsed.record).__name__}"] += 1
    if answer.parsed.to_dict() != json.loads(answer.content):
        faults.append(f"{key}: is not what was sent")
print(json.dumps({"listed": len(keys), "list_s": round(listed, 1), "read": sum(kinds.values()), "kinds": dict(kinds),
                  "read_s": round(time.monotonic() - begun, 1), "faults": len(faults), "first_faults": faults[:5]}))
"""


def generator() -> Path:
    """The folder of programs of the environment with the generator; made where it is missing."""
    folder = workplace() / "generator"
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    if not (programs / "openapi-python-client").exists():
        venv.create(folder, with_pip=True)
        subprocess.run([str(programs / "python"), "-m", "pip", "install", "-q", GENERATOR], check=True)
    return programs


def written(programs: Path, port: int) -> Path:
    """The folder of a client made from the server's OpenAPI file."""
    folder = workplace() / "generated-client"
    command = [str(programs / "openapi-python-client"), "generate", "--url",
               f"http://127.0.0.1:{port}/api/v1/openapi.json", "--output-path", str(folder), "--overwrite"]  # fmt: skip
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    say(f"{told.count('WARNING')} warnings of the generator")
    return folder


def main() -> int:
    """Measure, keep and print; 1 where a record came out otherwise."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--records", type=int, default=10_000)
    asked = parser.parse_args()
    os.environ["IPREGISTER_ANONYMOUS_PER_MINUTE"] = "0"
    measuring.installed()
    programs = generator()
    with server(asked.data) as port:
        client = written(programs, port)
        command = [str(programs / "python"), "-c", _READER, str(client), f"http://127.0.0.1:{port}",
                   str(asked.records)]  # fmt: skip
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout)
    keep("generated_client", {"generator": GENERATOR, **found})
    say(json.dumps(found))
    return int(bool(found["faults"]) or found["read"] < min(asked.records, found["listed"]))


if __name__ == "__main__":
    sys.exit(main())
