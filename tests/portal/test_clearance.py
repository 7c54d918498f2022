"""Clearance reports over a filled register: hits, grouping, asking again, spreadsheet, paper."""

import hashlib
import io
import re
from pathlib import Path
from types import SimpleNamespace

import msgspec
import openpyxl
import pytest
from django.utils.translation import override

from ipregister.desk import sides
from ipregister.desk.clearance import (
    RELATIONS,
    Question,
    Report,
    Surroundings,
    clear,
    digest,
    ownership,
    read_report,
    relation,
    written,
)
from ipregister.desk.clearance_again import compared
from ipregister.desk.clearance_paper import paper
from ipregister.desk.clearance_sheet import sheet
from ipregister.desk.closeness import order
from ipregister.desk.fonts import Typesetter, shown, typesetter
from ipregister.desk.report_texts import HIT, NOT_LOOKED_AT, TITLE
from ipregister.desk.standing import GROUPS
from ipregister.desk.words import ENGLISH
from ipregister.model.errors import NotFound, UsageError
from ipregister.portal import images, pictures
from ipregister.portal.clearance_ground import surroundings
from ipregister.portal.speaking import language
from ipregister.search.goods.likeness import Goods
from ipregister.search.similarity.pictures.similar import Alike, PictureHit
from ipregister.web.options import Options
from ipregister.web.urls import site
from tests.portal.test_similar import a_name
from tests.sparing import few

LANGUAGES = ("en", "lo", "km", "th", "vi", "id", "ru", "kk")


@pytest.fixture
def around(filled: Options) -> Surroundings:
    """The filled installation, without pictures."""
    return surroundings(site())


@pytest.fixture
def report(around: Surroundings) -> Report:
    """A report on a name that is on record."""
    return clear(Question(names=(a_name(),), classes=(5, 30)), (), around)


def test_hits_are_grouped_by_closeness_then_by_state_then_by_score(report: Report) -> None:
    assert report.hits[0].closeness == "identical"
    assert report.hits[0].reasons
    assert report.hits[0].features["same_look"] == 1
    places = [(order(hit.closeness), max(3, GROUPS.index(hit.standing.group)), RELATIONS.index(hit.goods), -hit.score)
              for hit in report.hits]  # fmt: skip
    assert places == sorted(places)
    assert len({hit.key for hit in report.hits}) == len(report.hits)
    assert all(hit.kind != "holder" for hit in report.hits)


def test_a_lower_limit_gives_the_first_hits_of_a_higher_one(around: Surroundings) -> None:
    question = Question(names=(a_name(), "Golden Mekong", "Lotus"), classes=(5, 30))
    most = clear(msgspec.structs.replace(question, limit=200), (), around)
    assert len({hit.closeness for hit in most.hits}) > 1
    for limit in (1, 2, 3, 5, 8, 13, 40):
        fewer = clear(msgspec.structs.replace(question, limit=limit), (), around)
        assert fewer.hits == most.hits[:limit]
        told = dict(fewer.findings).get("more-hits", "0")
        assert (int(told) > 0) == (len(most.hits) > limit)


def test_a_report_tells_what_it_was_made_of(report: Report, around: Surroundings) -> None:
    assert report.register.change == site().register.last_change() == report.register.names_change
    assert report.register.coverage_digest == digest(around.coverage)
    assert report.algorithms.names == site().shelf().ranking.version
    assert report.question.day == report.made[:10]
    assert {one.office for one in report.coverage} == {"LA", "KH", "TH", "WO", "KZ"}
    assert read_report(written(report)) == report
    assert report.register.log_root == ""
    around.log_head = (7, "ab" * 32)
    logged = clear(report.question, (), around)
    assert (logged.register.log_size, logged.register.log_root) == (7, "ab" * 32)
    assert not compared(report, logged).same_register


def test_the_same_question_gives_the_same_report(report: Report, around: Surroundings) -> None:
    again = clear(report.question, (), surroundings(site()))
    found = compared(report, again)
    assert (found.new, found.gone, found.changed) == ((), (), ())
    assert found.same == len(report.hits)
    assert found.same_algorithms
    assert found.same_register


def test_what_is_new_gone_and_otherwise_is_told(report: Report) -> None:
    first, second, *rest = report.hits
    other = msgspec.structs.replace(first, status="cancelled", owner="Somebody Else")
    before = msgspec.structs.replace(report, hits=(first, *rest))
    now = msgspec.structs.replace(report, hits=(other, second, *rest[1:]))
    found = compared(before, now)
    assert [hit.key for hit in found.new] == [second.key]
    assert [hit.key for hit in found.gone] == [rest[0].key]
    assert [one.key for one in found.changed] == [first.key]
    assert {what for what, _before, _now in found.changed[0].changes} >= {"owner"}
    assert found.same == len(rest) - 1


def test_offices_scripts_and_the_day_limit(around: Surroundings) -> None:
    name = a_name()
    assert {hit.office for hit in clear(Question(names=(name,), offices=("TH",)), (), around).hits} <= {"TH"}
    latin = clear(Question(names=(name,), scripts=("Thai",)), (), around)
    assert all(re.search(r"[\u0e00-\u0e7f]", hit.name) for hit in latin.hits)
    early = clear(Question(names=(name,), day="1990-01-01"), (), around)
    assert {hit.standing.group for hit in early.hits} <= {"later", "grace", "open", "dead"}
    few = clear(Question(names=(name,), limit=2), (), around)
    assert len(few.hits) == 2
    assert ("more-hits" in dict(few.findings)) or len(early.hits) <= 2


def test_pictures_without_an_index_are_a_finding(around: Surroundings) -> None:
    around.pictures = None
    found = clear(Question(names=(a_name(),)), [b"\x89PNG"], around)
    assert ("no-picture-index", "") in found.findings
    assert len(found.question.pictures[0]) == 64


def test_pictures_that_are_not_shown_speak_for_nobody(
    filled: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = site()
    key = next(key for key in here.register.keys(office="WO", right="trademark") if _pictured(key))
    given = pictures.images_of(here, key)[:1]
    found = clear(Question(), given, surroundings(here))
    assert found.hits[0].picture_score > 0.9
    assert found.hits[0].picture == hashlib.sha256(given[0]).hexdigest()
    monkeypatch.setattr(images, "pictures", lambda _side: [])
    assert clear(Question(), given, surroundings(here)).hits == ()


def _pictured(key: str) -> bool:
    try:
        return bool(pictures.images_of(site(), key))
    except NotFound:
        return False


def test_a_picture_joins_the_name_of_its_record(around: Surroundings) -> None:
    whole = (0.0, 0.0, 1.0, 1.0)
    keys = [hit.key for hit in clear(Question(names=(a_name(),)), (), around).hits[-2:]]
    alike = [PictureHit(key, "KH", "ab" * 32, score, {}, 0, Alike("whole", whole, "whole", whole))
             for key, score in zip(keys, (0.98, 0.5), strict=True)]  # fmt: skip
    around.pictures = lambda images, offices, limit: alike
    by_picture = clear(Question(), [b"a picture"], around)
    assert [hit.key for hit in by_picture.hits] == keys[:1]
    both = clear(Question(names=(a_name(),)), [b"a picture"], around)
    hit = next(hit for hit in both.hits if hit.key == keys[0])
    assert (hit.closeness, hit.picture_score, hit.picture) == ("identical", 0.98, "ab" * 32)
    assert "picture-same-picture" in hit.rules
    assert hit.score
    assert paper(by_picture).startswith(b"%PDF")


def test_rights_of_the_applicant_are_told_as_such_and_not_left_out(
    around: Surroundings, report: Report
) -> None:
    owner = next(hit.owner for hit in report.hits if hit.owner)
    assert not any(hit.same_owner for hit in report.hits)
    asked = msgspec.structs.replace(report.question, applicant=f"{owner} Co., Ltd.")
    found = clear(asked, (), around)
    assert [hit.key for hit in found.hits] == [hit.key for hit in report.hits]
    own = [hit for hit in found.hits if hit.same_owner]
    assert own
    assert own != list(found.hits)
    assert {hit.owner for hit in own if hit.same_owner == "same"} >= {owner}
    assert all([reason.code for reason in hit.reasons].count("same-owner") == 1 for hit in own)
    assert ("own-rights", str(len(own))) in found.findings
    assert read_report(written(found)) == found
    assert clear(found.question, (), around).hits == found.hits  # asked again, it knows the applicant
    stranger = clear(msgspec.structs.replace(asked, applicant="Xyqwzrtvk Bzzpt"), (), around)
    assert not any(hit.same_owner for hit in stranger.hits)
    rows = openpyxl.load_workbook(io.BytesIO(sheet([found])))
    column = [cell.value for cell in rows["Hits"][1]].index("Is it the applicant's?")
    assert sum(bool(row[column].value) for row in rows["Hits"].iter_rows(min_row=2)) == len(own)
    assert asked.applicant in [row[1].value for row in rows["Question"].iter_rows()]
    assert paper(found).startswith(b"%PDF")


def test_an_applicant_in_another_script_is_the_same_owner(around: Surroundings, report: Report) -> None:
    side = SimpleNamespace(plain={"holders": [{"names": [{"text": "ບໍລິສັດ ດາວເຮືອງ ຈຳກັດ"}, {"text": "Other"}]}],
                                  "applicants": [{"names": [{"text": "Nobody"}]}]})  # fmt: skip
    assert sides.owners(side) == ["ບໍລິສັດ ດາວເຮືອງ ຈຳກັດ", "Other"]
    assert ownership("Dao Heuang Co., Ltd.", side)[1] == "ບໍລິສັດ ດາວເຮືອງ ຈຳກັດ"
    assert ownership("Nobody", side) == ("", "")
    assert ownership("", side) == ("", "")


def test_goods_relate() -> None:
    asked = Question(classes=(5,))
    assert relation(asked, Goods((3, 5)), 0.3) == "same-class"
    assert relation(asked, Goods((3,)), 0.7) == "like-goods"
    assert relation(asked, Goods((3,)), 0.3) == "other-goods"
    assert relation(asked, Goods(), 0.0) == "no-goods"
    assert relation(Question(), Goods((3,)), 0.0) == "not-asked"


def test_like_goods_come_first(around: Surroundings) -> None:
    wide = clear(Question(names=(a_name(),)), (), around)
    number = next(hit.classes[-1] for hit in wide.hits if hit.classes)
    found = clear(Question(names=(a_name(),), classes=(number,), goods="coffee and tea"), (), around)
    assert {hit.goods for hit in found.hits} <= {"like-goods", "same-class", "no-goods", "other-goods"}
    first = [
        hit
        for hit in found.hits
        if (hit.closeness, hit.standing.group) == ("identical", found.hits[0].standing.group)
    ]
    assert [RELATIONS.index(hit.goods) for hit in first] == sorted(
        RELATIONS.index(hit.goods) for hit in first
    )
    assert found.algorithms.goods


def test_the_spreadsheet_holds_all_hits_and_no_formula(report: Report) -> None:
    sly = msgspec.structs.replace(report.hits[0], title="=1+1", owner="@SUM(A1)")
    book = openpyxl.load_workbook(
        io.BytesIO(sheet([msgspec.structs.replace(report, hits=(sly, *report.hits[1:]))]))
    )
    assert book.sheetnames == ["Hits", "Coverage", "Question"]
    rows = list(book["Hits"].iter_rows(min_row=2))
    assert len(rows) == len(report.hits)
    assert rows[0][3].value == "=1+1"
    assert rows[0][3].data_type == "s"
    of_one = msgspec.structs.replace(report, question=msgspec.structs.replace(report.question, classes=(35,)))
    of_batch = openpyxl.load_workbook(io.BytesIO(sheet([of_one, report])))
    told = {row[0].value: row[1].value for row in of_batch["Question"].iter_rows(min_row=2)}
    assert (told["Names"], told["Classes"], told["Applicant"]) == (
        "2 names: see the sheet of names",
        "per name",
        "per name",
    )
    assert of_batch.sheetnames[0] == "Names"
    assert of_batch["Names"].max_row == 3


def test_the_paper_is_archivable_and_says_the_same_each_time(report: Report) -> None:
    made = paper(report)
    assert made.startswith(b"%PDF-1.7")
    assert b"pdfaid" in made
    assert paper(report) == made


def language_of(made: bytes) -> str:
    """The language that a PDF says it is in."""
    found = re.search(rb"<dc:language>.*?<rdf:li>([a-z]+)<", made, re.DOTALL)
    return found[1].decode() if found else ""


@pytest.mark.parametrize("lang", few(LANGUAGES))
def test_reports_speak_the_language_of_the_reader(report: Report, lang: str) -> None:
    with override(lang):
        book = openpyxl.load_workbook(
            io.BytesIO(sheet([report, report], language(), (("read-as", "cp874"),)))
        )
        made, title = paper(report, language()), language().say(TITLE)
        headings = [language().say(text) for text in HIT]
        note = language().say(NOT_LOOKED_AT)
    assert (title == TITLE) is (lang == "en")
    assert len(set(book.sheetnames)) == 4
    _names, hits, _coverage, question = book.worksheets
    assert [cell.value for cell in hits[1]] == headings
    assert question.cell(question.max_row, 2).value == note
    assert "cp874" in str([cell.value for cell in question["B"]])
    assert made.startswith(b"%PDF")
    assert language_of(made) == lang


def test_without_a_font_for_the_language_a_report_is_in_english(report: Report) -> None:
    khmer = msgspec.structs.replace(ENGLISH, code="km", say=lambda _text: "របាយការណ៍")
    assert language_of(paper(report, khmer, Typesetter(system=False))) == "en"


def test_fonts_of_the_data_folder_are_used(tmp_path: Path) -> None:
    first = typesetter(tmp_path)
    assert typesetter(tmp_path) is first
    (tmp_path / "fonts").mkdir()
    assert typesetter(tmp_path) is not first


def test_a_missing_font_is_a_finding_and_no_box(report: Report, tmp_path: Path) -> None:
    bare = Typesetter(system=False)
    odd = msgspec.structs.replace(
        report, hits=(msgspec.structs.replace(report.hits[0], title="ກາເຟ Café"), *report.hits[1:])
    )
    assert paper(odd, setter=bare).startswith(b"%PDF")  # the standard forbids text that no font shows
    seen = shown(bare, ["ກາເຟ Café", "Lotus", "ດອກບົວ"])
    assert seen.scripts == ("Laoo",)
    assert seen.text("ກາເຟ Café") == "[Laoo: kafe] Café"
    assert seen.text("Lotus") == "Lotus"


def test_what_is_no_picture_is_refused(around: Surroundings) -> None:
    def refuse(*_given: object) -> list[object]:
        raise UsageError("no picture")

    around.pictures = refuse  # type: ignore[assignment]
    with pytest.raises(UsageError):
        clear(Question(names=("Sumo",)), [b"no picture"], around)
