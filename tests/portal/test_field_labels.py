"""The fields of a delivery report have labels, in every language, and people read them on the terminal."""

import io
from pathlib import Path

import pytest
from django.utils.translation import override

from ipregister.demonstration import write_office
from ipregister.portal.field_labels import LABELS, field_label
from ipregister.portal.languages import LANGUAGES
from ipregister.quality.fields import FIELDS
from ipregister.web.options import Options
from tests.cli.conftest import command

PATHS = {path for fields in FIELDS.values() for path, _, _ in fields}


class Terminal(io.StringIO):
    """An output that people look at."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_every_field_has_a_label_and_no_label_is_left_over() -> None:
    assert set(LABELS) == PATHS


@pytest.mark.parametrize("lang", [code for code, _ in LANGUAGES if code != "en"])
def test_every_label_is_translated(lang: str) -> None:
    with override("en"):
        english = {path: field_label(path) for path in PATHS}
    with override(lang):
        same = {path for path in PATHS if field_label(path) == english[path]}
    assert same <= {"inventors"}, "an inventor is called so in Indonesian too"


def test_labels_of_one_right_differ() -> None:
    with override("en"):
        for right, fields in FIELDS.items():
            labels = [field_label(path) for path, _, _ in fields]
            assert len(set(labels)) == len(labels), right


def test_the_terminal_says_labels_with_their_codes(
    sqlite_database: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = command(sqlite_database)
    run("load", "LA", write_office(tmp_path / "feeds", "LA", 20)[0].path)
    plain = run("report", "1", "--lang", "en").out
    assert '"field":"application_number","inid":"210"' in plain
    for lang, label in (("en", "Application number (210)"), ("lo", "ເລກທີຄຳຮ້ອງ (210)")):
        monkeypatch.setattr("tests.cli.conftest.io.StringIO", Terminal)
        told = run("report", "1", "--lang", lang).out
        assert label in told
        assert "application_number" not in told
