"""The translations: every message in every catalogue, every public one translated, placeholders kept."""

import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.test import Client
from django.utils import translation

from ipregister.portal import catalogues, compiling
from ipregister.portal.languages import TRANSLATED
from ipregister.web.options import Options

PLACEHOLDER = re.compile(r"%\(\w+\)s")


@pytest.fixture(scope="module")
def messages() -> set[catalogues.MessageId]:
    """The messages of the whole portal: two thirds of a second to collect."""
    return set(catalogues.messages())


@pytest.mark.parametrize("lang", TRANSLATED)
def test_no_message_is_missing(lang: str, messages: set[catalogues.MessageId]) -> None:
    found = {
        one.id if isinstance(one.id, str) else tuple(one.id) for one in compiling.catalogue(lang) if one.id
    }
    assert found == messages, "run `python -m ipregister.portal.catalogues update`"
    assert [one.id for one in catalogues.missing(lang, staff=True)] == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_placeholders_stand_in_the_translation(lang: str) -> None:
    for one in compiling.catalogue(lang):
        source = one.id if isinstance(one.id, str) else one.id[1]
        told = [one.string] if isinstance(one.string, str) else list(one.string or ())
        for text in filter(None, told):
            assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(source)), (lang, source)


@pytest.mark.parametrize("lang", TRANSLATED)
def test_catalogues_say_that_a_machine_wrote_them(lang: str) -> None:
    assert "Machine translation" in compiling.path_of(lang).read_text(encoding="utf-8")[:200]


@pytest.mark.parametrize("lang", TRANSLATED)
def test_pages_are_in_the_language(filled: Options, client: Client, lang: str) -> None:
    page = client.get("/", headers={"accept-language": lang}).content.decode()
    catalogue = compiling.catalogue(lang)
    for message in ("Search the register", "Search", "Offices", "What this register is"):
        told = catalogue.get(message)
        assert told is not None
        assert str(told.string) in page
    assert "Search the register" not in page


def test_templates_and_extraction_agree() -> None:
    text = """{% translate "One" %} {% translate 'Two' %} {% blocktranslate with a=b.c %}{{ a }} is 5 %{% endblocktranslate %}
    {% blocktranslate count n=x %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %} {{ x|default:_("Three") }}"""
    found = list(catalogues.of_template(text))
    assert found == ["One", "Two", "Three", "%(a)s is 5 %%", ("%(n)s day", "%(n)s days")]


def test_update_twice_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = compiling.path_of("lo").read_bytes()
    monkeypatch.setattr(compiling, "LOCALE", tmp_path)
    compiling.path_of("lo").parent.mkdir(parents=True)
    compiling.path_of("lo").write_bytes(source)
    catalogues.update("lo")
    assert compiling.path_of("lo").read_bytes() == source
    compiling.compile_all(["lo"])
    assert compiling.path_of("lo").with_suffix(".mo").stat().st_size > 1000


def test_plural_forms_of_russian(filled: Options) -> None:
    with translation.override("ru"):
        forms = [translation.ngettext("%(shown)s record", "%(shown)s records", n) for n in (1, 3, 5)]
    assert len(set(forms)) == 3


def test_a_program_starts_without_what_finds_the_messages() -> None:
    """Finding them loads reports, similarity and ICU: every verb would start half as fast again."""
    asked = (
        "import sys, ipregister.web.bootstrap; print(sorted(name for name in sys.modules if '.desk' in name))"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_several_compile_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = compiling.path_of("lo").read_bytes()
    monkeypatch.setattr(compiling, "LOCALE", tmp_path)
    compiling.path_of("lo").parent.mkdir(parents=True)
    compiling.path_of("lo").write_bytes(source)
    all_written = threading.Barrier(4)

    def written(file: BinaryIO, made: Catalog) -> None:
        write_mo(file, made)
        file.flush()
        all_written.wait(60)

    monkeypatch.setattr(compiling, "write_mo", written)
    with ThreadPoolExecutor(4) as several:
        for one in [several.submit(compiling.compile_all, ["lo"]) for _ in range(4)]:
            one.result()
    folder = compiling.path_of("lo").parent
    assert sorted(file.name for file in folder.iterdir()) == ["django.mo", "django.po"]
    assert (folder / "django.mo").stat().st_mode & 0o444 == 0o444
