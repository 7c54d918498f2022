"""A PostgreSQL server of the tests' own: in a temporary folder, on loopback, gone at the end."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "ipregister"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
}


def programs() -> Path | None:
    """The folder of `initdb` and `postgres`: the newest that is installed, or None."""
    named = os.environ.get("IPREGISTER_TEST_POSTGRESQL")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    places = [Path(named)] if named else [*found, *([Path(on_path).parent] if on_path else [])]
    return next((place for place in places if (place / "initdb").exists()), None)


def _owner() -> pwd.struct_passwd | None:
    """Whom the server runs as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("no unprivileged user to run PostgreSQL as")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A running server; `url(name)` is the address of one of its databases."""

    def __init__(self, folder: Path, binaries: Path) -> None:
        self.port = _free_port()
        self._binaries = binaries
        self._folder = folder
        self._owner = _owner()
        if self._owner:
            os.chown(folder, self._owner.pw_uid, self._owner.pw_gid)

    def url(self, name: str) -> str:
        """Address of a database."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{name}"

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        uid, gid = (self._owner.pw_uid, self._owner.pw_gid) if self._owner else (None, None)
        groups: list[int] | None = [] if self._owner else None
        arguments = [str(self._binaries / command[0]), *command[1:]]
        settings = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(self._folder)}
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(arguments, cwd=self._folder, env=settings, stdin=subprocess.DEVNULL,
                                    stdout=log, stderr=log, user=uid, group=gid, extra_groups=groups)  # fmt: skip

    def make(self) -> None:
        """Make the cluster's files."""
        options = ("-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        if self._start("initdb", "-D", "data", *options).wait():
            raise RuntimeError((self._folder / "log").read_text(errors="replace"))

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run the server for the time of the block."""
        settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        directory = f"unix_socket_directories={self._folder}"
        process = self._start("postgres", "-D", "data", "-p", str(self.port), "-c", directory, *settings)
        try:
            self._wait(process)
            yield
        finally:
            process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown: open sessions are cut
            process.wait(30)

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError((self._folder / "log").read_text(errors="replace"))


@contextmanager
def server() -> Iterator[Server]:
    """A new server, or `LookupError` where PostgreSQL is not installed."""
    binaries = programs()
    if binaries is None:
        raise LookupError("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="ipregister-postgresql-"))
    try:
        one = Server(folder, binaries)
        one.make()
        with one.running():
            yield one
    finally:
        shutil.rmtree(folder, ignore_errors=True)
