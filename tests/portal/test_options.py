"""The settings: read, printed, handed down; databases made of them; the data folder."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ipregister.model.errors import UsageError
from ipregister.web import bootstrap, serving
from ipregister.web.databases import databases
from ipregister.web.options import Options, read


def test_environment_and_back() -> None:
    given = Options(
        data=Path("/data/register"), database_url="postgresql://u:p@h:1/n", role="public", port=81, https=True,
        allowed_hosts=("a.example", "b.example"), upload_limit_mb=7, language="lo",
    )  # fmt: skip
    assert read(given.environment()) == given
    assert read({}) == Options()


def test_arguments_win_and_none_is_not_given() -> None:
    environment = {"IPREGISTER_PORT": "81", "IPREGISTER_DATA": "x", "OTHER": "y", "IPREGISTER_TEST_DATA": "z"}
    assert read(environment, port=82, data=None) == Options(data=Path("x"), port=82)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("IPREGISTER_PORTT", "1"),
        ("IPREGISTER_PORT", "x"),
        ("IPREGISTER_ROLE", "king"),
        ("IPREGISTER_DEBUG", "perhaps"),
        ("IPREGISTER_LANGUAGE", "xx"),
        ("IPREGISTER_PORT", "0"),
        ("IPREGISTER_PROCESSES", "-3"),
        ("IPREGISTER_UPLOAD_LIMIT_MB", "-1"),
        ("IPREGISTER_KEY_PER_MINUTE", "-1"),
        ("IPREGISTER_PUBLIC_ADDRESS", "foo"),
    ],
)
def test_wrong_settings_are_told(name: str, value: str) -> None:
    with pytest.raises(UsageError):
        read({name: value})


def test_passwords_are_not_printed() -> None:
    shown = str(Options(database_url="postgresql://u:SECRET@h/n", smtp_password="SECRET").shown())
    assert "SECRET" not in shown
    assert "u:***@h" in shown


def test_databases_of_both_kinds(tmp_path: Path) -> None:
    files = databases(Options(data=tmp_path))
    assert files["register"]["NAME"] == str(tmp_path / "register.sqlite3")
    assert files["default"]["NAME"] == str(tmp_path / "service.sqlite3")
    assert files["register"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "mode=ro" in databases(Options(data=tmp_path, role="public"))["register"]["NAME"]
    schemas = databases(Options(database_url="postgresql://u:p%40ss@h:5433/n"))
    assert schemas["register"]["PASSWORD"] == "p@ss"
    assert schemas["register"]["OPTIONS"]["options"] == "-c search_path=register"
    with pytest.raises(UsageError):
        databases(Options(database_url="mysql://h/n"))


def test_the_public_role_cannot_write_the_register(filled_template: Path) -> None:
    program = (
        "import sys; from ipregister.web import bootstrap, options;"
        "bootstrap.setup(options.Options(data=options.Path(sys.argv[1]), role='public'));"
        "from ipregister.store.models import Counter; from django.db import OperationalError\n"
        "print(Counter.objects.using('register').count())\n"
        "try: Counter.objects.using('register').create(name='x')\n"
        "except OperationalError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(filled_template)], capture_output=True, text=True, check=True
    )
    count, refusal = done.stdout.splitlines()
    assert int(count) > 0
    assert "readonly" in refusal


def test_the_data_folder(tmp_path: Path) -> None:
    options = Options(data=tmp_path / "data")
    assert options.secret_key() == options.secret_key()
    bootstrap.prepare(options)
    key = options.path("secret.key")
    first = key.read_text()
    bootstrap.prepare(options)
    assert key.read_text() == first == options.secret_key()
    assert stat.S_IMODE(os.stat(key).st_mode) == 0o600


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    import socket

    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        with pytest.raises(UsageError, match="cannot listen"):
            serving.serve(Options(data=tmp_path / "data"), port=holder.getsockname()[1])
    assert not (tmp_path / "data").exists()
