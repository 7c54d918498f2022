"""`webhooks` of a shell that does not have the settings of the server."""

import pytest

from ipregister.web.options import Options
from tests.cli.conftest import command

ADDRESS = "http://127.0.0.1:9/hook"


def test_a_test_into_a_private_network_names_the_setting_or_takes_an_option(sqlite_database: Options) -> None:
    run = command(sqlite_database)
    refused = run("webhooks", "add", ADDRESS)
    assert refused.code == 2
    assert "IPREGISTER_ALLOW_PRIVATE_HOSTS=1" in refused.err
    added = run("webhooks", "add", ADDRESS, "--allow-private")
    assert "IPREGISTER_ALLOW_PRIVATE_HOSTS=1" in added.err
    assert "serve" in added.err
    webhook = added.row["webhook"]
    told = run("webhooks", "test", webhook)
    assert told.code == 1
    assert "--allow-private" in told.row["remedy"]
    assert "IPREGISTER_ALLOW_PRIVATE_HOSTS=1" in told.row["remedy"]
    tried = run("webhooks", "test", webhook, "--allow-private")
    assert tried.code == 1
    assert "private" not in tried.row["error"]
    assert tried.row["remedy"] == ""


@pytest.mark.parametrize("wrong", [("--office", "ZZ"), ("--right", "foo"), ("--since", "99999999")])
def test_a_webhook_that_would_never_be_told_anything_is_refused(
    sqlite_database: Options, wrong: tuple[str, str]
) -> None:
    run = command(sqlite_database)
    assert run("webhooks", "add", "http://93.184.216.34/hook", *wrong).code == 2
    assert run("webhooks", "list").rows == []
