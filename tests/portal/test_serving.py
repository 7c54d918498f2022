"""The real server: its log, its processes, its end."""

import gc
import json
import math
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from ipregister.web import serving
from ipregister.web.options import Options
from tests.portal.filled import ROOT
from tests.search.similarity.pictures.drawn import image_of, saved

pytestmark = pytest.mark.slow
_SERVE = """
import sys
from pathlib import Path
from ipregister.web import options, serving
serving.serve(options.Options(data=Path(sys.argv[1])), port=int(sys.argv[2]), role=sys.argv[3])
"""
SECRET = "NOBODYSHALLKNOW"


@pytest.fixture(params=["both", "public"])
def role(request: pytest.FixtureRequest) -> str:
    """What the server is asked to be."""
    return str(request.param)


@pytest.fixture
def served(role: str, filled_template: Path, tmp_path: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A server process and its address."""
    shutil.copytree(filled_template, tmp_path / "data")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-c", _SERVE, str(tmp_path / "data"), port, role]
    process = subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               start_new_session=True)  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=20) as answer:
                assert json.load(answer)["ok"]
                break
        except OSError:
            time.sleep(0.1)
    started = children(process.pid)
    yield process, address
    if process.poll() is None:
        process.kill()
        process.wait()
    assert still_running(started, 30) == []
    if process.stdout:
        process.stdout.close()


def children(parent: int) -> list[int]:
    """All processes that descend from one."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                stat = (folder / "stat").read_text()
            except OSError:
                continue
            if int(stat.rpartition(")")[2].split()[1]) == parent:
                found += [int(folder.name), *children(int(folder.name))]
    return found


def is_running(number: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def still_running(processes: list[int], patience: float) -> list[int]:
    """Which of some processes run still after so many seconds; as soon as none does, none."""
    deadline = time.monotonic() + patience
    while (left := [one for one in processes if is_running(one)]) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


def end(process: "subprocess.Popen[str]", stop: signal.Signals) -> None:
    """SIGTERM for the process alone, as a service manager may; SIGINT for its group, as Ctrl+C gives."""
    if stop == signal.SIGINT:
        os.killpg(process.pid, stop)
    else:
        os.kill(process.pid, stop)


def ended_log(process: "subprocess.Popen[str]", stop: signal.Signals, last: str) -> str:
    """What the server wrote until its end; it is ended when it has written the word of the last request."""
    lines: list[str] = []
    output = process.stdout
    assert output is not None
    reader = threading.Thread(target=lambda: lines.extend(iter(output.readline, "")))
    reader.start()
    deadline = time.monotonic() + 15
    while not any(last in line for line in lines) and time.monotonic() < deadline:
        time.sleep(0.05)
    end(process, stop)
    process.wait(timeout=15)  # sooner than a process that hangs would be killed: every one ended by itself
    reader.join(timeout=15)
    return "".join(lines)


def test_a_role_serves_its_own_pages_alone(served: tuple["subprocess.Popen[str]", str], role: str) -> None:
    def status(path: str) -> int:
        try:
            with urllib.request.urlopen(served[1] + path, timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return refused.code

    assert {path: status(path) for path in ("/search", "/staff/sign-in", "/staff/people")} == {
        "/search": 200,
        "/staff/sign-in": 404 if role == "public" else 200,
        "/staff/people": 404 if role == "public" else 200,  # the page to sign in, after its redirection
    }


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_the_log_tells_no_queries_and_all_processes_end(
    served: tuple["subprocess.Popen[str]", str], stop: signal.Signals
) -> None:
    process, address = served
    for path in (
        f"/search?q={SECRET}",
        f"/r/la-1?evidence={SECRET}",
        f"/nowhere?x={SECRET}",
        "/static/portal/portal.css",
        "/r/x%0a2026-01-01%20GET%20/forged%20200",
    ):
        try:
            urllib.request.urlopen(address + path, timeout=20).close()
        except OSError:
            continue
    started = children(process.pid)
    assert len(started) >= 3
    log = ended_log(process, stop, "forged")
    assert "started again" not in log
    assert "GET /search 200" in log
    assert SECRET not in log
    assert "GET /r/x\\n2026-01-01 GET /forged" in log
    assert not any(line.startswith("2026-01-01") for line in log.splitlines())
    assert "127.0.0.1 " not in log
    assert still_running(started, 10) == []


def test_no_process_outlives_a_server_that_is_killed(
    served: tuple["subprocess.Popen[str]", str], role: str
) -> None:
    process, _ = served
    started = children(process.pid)
    assert len(started) >= 3
    web = [one for one in started if b"serve" in Path(f"/proc/{one}/cmdline").read_bytes().split(b"\0")]
    assert len(web) == Options().processes
    process.kill()
    process.wait()
    assert still_running(web, 3) == [], role
    assert still_running(started, 25) == []


def worker_of(parent: int, tmp_path: Path, duty: str) -> "subprocess.Popen[bytes]":
    """A worker with one duty."""
    program = f"""
import sys, time
from pathlib import Path
from ipregister.web import bootstrap, options
given = options.Options(data=Path(sys.argv[1]))
bootstrap.setup(given)
from ipregister.web import worker
def duty(options, stopping):
    {duty}
worker.ORPHAN_S = 2
worker.run(given, (duty,), int(sys.argv[2]))
"""
    return subprocess.Popen([sys.executable, "-c", program, str(tmp_path), str(parent)], cwd=ROOT)


@pytest.mark.parametrize("duty", ["stopping.wait()", "time.sleep(600)"])
def test_a_worker_ends_whose_parent_was_gone_before_it_began(tmp_path: Path, duty: str) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    with worker_of(gone.pid, tmp_path, duty) as worker:
        assert worker.wait(60) == (1 if "sleep" in duty else 0)


def test_a_worker_stays_while_its_parent_does(tmp_path: Path) -> None:
    with worker_of(os.getpid(), tmp_path, "stopping.wait()") as worker:
        try:
            with pytest.raises(subprocess.TimeoutExpired):
                worker.wait(6)
        finally:
            worker.terminate()
        assert worker.wait(20) in {0, -signal.SIGTERM}


def test_an_export_is_made_by_the_worker_and_leaves_no_query(
    served: tuple["subprocess.Popen[str]", str],
) -> None:
    process, address = served
    jar = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    body = urllib.parse.urlencode({"q": f"office:LA NOT mark:{SECRET}", "form": "jsonl"}).encode()
    asked = urllib.request.Request(f"{address}/export", body, {"Accept": "application/json"})
    told = json.load(jar.open(asked, timeout=20))
    deadline = time.monotonic() + 60
    while told["state"] in {"waiting", "running"} and time.monotonic() < deadline:
        time.sleep(0.3)
        told = json.load(jar.open(f"{address}{told['address']}?format=json", timeout=20))
    assert told["state"] == "done"
    assert told["total"] == told["rows"] + told["left_out"] > 0
    log = ended_log(process, signal.SIGTERM, "GET /export/")
    assert "POST /export 202" in log
    assert SECRET not in log


def posted(address: str, fields: dict[str, str], file: bytes) -> int:
    """The status of the answer to a form with a file."""
    parts = [
        f'--{SECRET}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = (
        f'--{SECRET}\r\nContent-Disposition: form-data; name="file"; filename="{SECRET}.png"\r\n\r\n'.encode()
    )
    body = b"".join([*parts, head, file, f"\r\n--{SECRET}--\r\n".encode()])
    kind = {"Content-Type": f"multipart/form-data; boundary={SECRET}"}
    try:
        with urllib.request.urlopen(urllib.request.Request(address, body, kind), timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_searched_picture_is_kept_nowhere(
    served: tuple["subprocess.Popen[str]", str], tmp_path: Path
) -> None:
    process, address = served
    picture = saved(image_of("fish")) + SECRET.encode()
    assert posted(f"{address}/similar/image", {}, picture) == 200
    assert posted(f"{address}/similar/image", {"left": SECRET}, picture) == 400
    assert posted(f"{address}/similar/image", {}, b"no picture " + SECRET.encode()) == 400
    assert posted(f"{address}/similar/image", {}, picture + bytes(11_000_000)) == 400
    log = ended_log(process, signal.SIGTERM, "POST /similar/image 400")
    assert SECRET not in log
    kept = [
        file
        for file in (tmp_path / "data").rglob("*")
        if file.is_file() and SECRET.encode() in file.read_bytes()
    ]
    assert kept == []


@pytest.mark.postgresql
def test_pages_answer_on_postgresql(postgresql_database: Options, client: Client) -> None:
    for address in ("/", "/search?q=", "/office/LA", "/status", "/health", "/staff/sign-in"):
        assert client.get(address).status_code == 200
    assert client.post("/staff/sign-in", {"name": "a", "password": "b"}).status_code == 403


def test_a_web_process_looks_for_cycles_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    before = gc.get_threshold()
    monkeypatch.setattr(os, "setpgid", lambda *_: None)
    try:
        assert serving._application("math:pi") == math.pi
        assert gc.isenabled()
        assert gc.get_threshold()[0] == serving.GARBAGE > before[0]
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
