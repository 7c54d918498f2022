"""Searches leave no trace: no log, no database, no file, no crash report holds what was asked."""

import io
import json
import logging
import re
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client

from ipregister.portal import similar
from ipregister.web.discreet import DiscreetFormatter
from ipregister.web.options import Options
from tests.portal.test_serving import ended_log, role, served

__all__ = ["role", "served"]
CANARY = "Zyxqwobodyshallknow"
BOUNDARY = "----formboundary"


def test_a_crash_tells_its_place_and_not_what_was_asked(
    filled: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_shelf: object, name: str, *_more: object, **_rest: object) -> None:
        try:
            raise KeyError(name)
        except KeyError as error:
            raise ValueError(f"cannot compare {name}") from error

    monkeypatch.setattr(similar, "nearest_names", fail)
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(DiscreetFormatter("%(message)s"))
    logging.getLogger("django").addHandler(handler)
    try:
        answer = Client(raise_request_exception=False).post("/similar", {"name": CANARY})
    finally:
        logging.getLogger("django").removeHandler(handler)
    assert answer.status_code == 500
    assert CANARY not in answer.content.decode()
    told = out.getvalue()
    assert CANARY not in told
    assert "ValueError (its text is not logged)" in told
    assert "KeyError (its text is not logged)" in told
    assert re.search(r"similar\.py:\d+ in public_hits", told)


@pytest.mark.parametrize(
    "path", ["/search?q=lotus", "/search?q=lotus&format=json", "/search?q=mark:(", "/search?all=lotus"]
)
def test_no_cache_that_readers_share_keeps_a_search(filled: Options, client: Client, path: str) -> None:
    assert "private" in client.get(path)["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        "/similar?name=lotus",
        "/check",
        "/clear",
        "/similar/image",
        "/goods?words=tea",
        "/watches",
        "/mails/confirm?link=1",
        "/mails/stop?link=1",
    ],
)
def test_answers_to_secret_questions_are_kept_nowhere(filled: Options, client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_requests_are_logged_discreetly() -> None:
    config: dict[str, Any] = settings.LOGGING
    for name, logger in config["loggers"].items():
        formatters = {config["handlers"][one]["formatter"] for one in logger["handlers"]}
        assert formatters == ({"discreet"} if name.startswith("django") else {"plain"})
    assert config["formatters"]["discreet"]["()"] == f"{DiscreetFormatter.__module__}.DiscreetFormatter"


def asked(
    address: str, fields: dict[str, str] | None = None, files: dict[str, tuple[str, bytes]] | None = None
) -> tuple[int, str, str]:
    """Status, address and text of an answer; `fields` are sent by POST."""
    body, headers = (
        None,
        {"Referer": f"{address.partition('?')[0]}?name={CANARY}", "X-Forwarded-For": "203.0.113.7"},
    )
    if files:
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode()
            for n, v in (fields or {}).items()
        ]
        for name, (file, content) in files.items():
            head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n\r\n'
            parts.append(head.encode() + content + b"\r\n")
        body = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
        headers["Content-Type"] = f"multipart/form-data; boundary={BOUNDARY}"
    elif fields is not None:
        body = urlencode(fields).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(address, body, headers), timeout=60) as answer:
            return answer.status, answer.url, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, address, ""


def until(done: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether something comes true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if done():
            return True
        time.sleep(0.2)
    return False


def query_in_every_way(address: str) -> None:
    """Ask for a secret name on every page that takes one, rightly and wrongly."""
    query = urlencode({"name": CANARY})
    for path in (f"/similar?{query}", f"/similar?{query}&format=json", f"/search?q={CANARY}", f"/search?q=mark:({CANARY}",
                 f"/search?q={CANARY}&format=json", f"/check?{query}", f"/similar?{query}&class=99", f"/nothing?{query}",
                 f"/clear/result?link={CANARY}", f"/mails/stop?link={CANARY}", f"/mails/confirm?link={CANARY}", f"/r/la-1?{query}&format=%00"):  # fmt: skip
        asked(address + path)
    assert asked(f"{address}/clear", {"names": CANARY, "class": "99"})[0] == 400
    assert asked(f"{address}/clear", {}, {"list": ("names.csv", f"{CANARY},99\n".encode())})[0] == 400
    assert asked(f"{address}/clear", {}, {"report": ("r.json", f'{{"{CANARY}'.encode())})[0] == 400
    assert CANARY in asked(f"{address}/similar", {"name": CANARY})[2]
    assert CANARY in asked(f"{address}/check", {"name": f"{CANARY} cafe"})[2]
    status, _, page = asked(
        f"{address}/clear", {"names": CANARY, "applicant": f"{CANARY} Co."}, {"picture": ("", b"")}
    )
    assert (status, CANARY in page) == (200, True)


def clear_a_list(address: str) -> str:
    """Clear a list of secret names to its end; the secret of its link."""
    listed = "\n".join(f"{CANARY} {number}" for number in range(12)).encode()
    status, where, _ = asked(f"{address}/clear", {}, {"list": (f"{CANARY}.csv", listed)})
    assert status == 200
    found = re.search(r"link=([^&]+)", where)
    assert found
    told = f"{address}/clear/result?link={found[1]}&format=json"
    assert until(lambda: "reports" in asked(told)[2])
    assert len(json.loads(asked(told)[2])["reports"]) == 12
    return found[1]


@pytest.mark.slow
def test_no_search_is_found_in_logs_files_and_databases(served: tuple["subprocess.Popen[str]", str]) -> None:
    process, address = served
    assert isinstance(process.args, list)
    data = Path(str(process.args[3]))
    assert until(lambda: asked(f"{address}/similar?name=Sumo")[0] == 200)
    query_in_every_way(address)
    told = clear_a_list(address)
    pictured = asked(f"{address}/similar/image", {}, {"file": (f"{CANARY}.png", CANARY.encode())})
    assert pictured[0] in {200, 400, 404}
    asked(f"{address}/export", {"q": CANARY, "form": "csv"})
    assert until(
        lambda: [b'"done"' in one.read_bytes() for one in data.glob("exports/*/progress.json")] == [True]
    )
    shutil.rmtree(data / "names")  # the next search fails, or waits for its index
    (data / "names").write_text("no folder")
    asked(f"{address}/check", {"name": CANARY})
    asked(f"{address}/last-of-all")
    log = ended_log(process, signal.SIGTERM, "last-of-all")
    assert "POST /check 200" in log
    secret = (CANARY, CANARY.lower(), told, told.removesuffix("%3D"))
    assert [text for text in secret if text in log] == []
    for file in [one for one in data.rglob("*") if one.is_file()]:
        content = file.read_bytes()
        assert [text for text in secret if text.encode() in content] == [], file
