"""`similar` and `bench`: JSON lines of hits; ranks and scores of a small benchmark."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ipregister.demonstration import DemonstrationDelivery, write_office
from tests.cli.conftest import Command

DOCS = (
    ("0", "=toyota", "brand", "Latn", "Toyota"), ("1", "=toyota", "brand", "Thai", "โตโยต้า"),
    ("2", "=bangkok", "city", "Latn", "Bangkok"), ("3", "=bangkok", "city", "Mymr", "ဘန်ကောက်"),
    ("4", "=pincho", "brand", "Latn", "Pincho Nation"), ("5", "-", "city", "Latn", "Pinto"),
)  # fmt: skip


def test_similar_names_are_told_with_their_reasons(small: Command, laos: list[DemonstrationDelivery]) -> None:
    small("init")
    for delivery in laos:
        assert small("load", "LA", delivery.path).code in (0, 1)
    title = small("search", "", "--limit", "1", "--json").row["hits"][0]["title"]
    hit = small("similar", title, "--limit", "1", "--json").rows[0]
    assert hit["score"] == 1
    assert hit["reasons"][0]["code"] == "same-look"
    assert {"key", "features", "version", "script", "classes", "office"} <= set(hit)
    assert small("similar", title, "--office", "TH", "--json").rows == []
    assert small("similar", " ").code == 2
    own = {row["script"] for row in small("similar", title, "--script", hit["script"], "--json").rows}
    assert own == {hit["script"]}
    assert small("similar", title, "--script", "Lao").code == 2
    assert small("similar", title, "--class", "99").code == 2
    assert small("similar", title, "--office", "QQ").code == 2
    parties = small("similar", "Co., Ltd.", "--party", "--json").rows
    assert {row["kind"] for row in parties} == {"holder"}


@pytest.mark.slow
def test_similar_pictures_are_told_with_the_views_that_are_alike(small: Command, tmp_path: Path) -> None:
    small("init")
    feeds = write_office(tmp_path / "feeds", "KH", 40)
    for delivery in feeds:
        assert small("load", "KH", delivery.path).code in (0, 1)
    mark = Image.new("RGB", (90, 90), "white")
    ImageDraw.Draw(mark).ellipse((20, 20, 70, 70), fill="navy")
    mark.save(tmp_path / "mark.png")
    hit = small("similar", "--image", tmp_path / "mark.png", "--limit", "1", "--json").rows[0]
    assert {"key", "office", "score", "features", "alike", "algorithm"} <= set(hit)
    assert 0 < hit["score"] <= 1
    assert small("similar", "--image", tmp_path / "mark.png", "--office", "TH", "--json").rows == []
    assert small("similar", "--image", tmp_path / "none.png").code == 2
    for wrong in (("--office", "QQ"), ("--class", "99"), ("--vienna-code", "99x")):
        assert small("similar", "--image", tmp_path / "mark.png", *wrong).code == 2
    assert small("similar", "--image", tmp_path / "mark.png", "--office", "kh", "--limit", "1", "--json").rows
    for side, code in ((15, 2), (16, 0)):
        mark.resize((side, side)).save(tmp_path / "small.png")
        assert small("similar", "--image", tmp_path / "small.png").code == code
    _picture_of_a_record(small, tmp_path / "mark.png")


def _picture_of_a_record(small: Command, mark: Path) -> None:
    for crop in ("1,0,0,1", "0,0,1", "0.5,0,0.6,1", "0,0,0,1"):
        assert small("similar", "--image", mark, "--crop", crop).code == 2
    part = small("similar", "--image", mark, "--crop", "0.1,0.1,0.5,0.5", "--limit", "1", "--json").rows[0]
    whole = small("similar", "--image", mark, "--limit", "100", "--json").rows
    assert part["score"] != whole[0]["score"]
    key, state = whole[0]["key"], whole[0]["status"]
    like = small("similar", "--like", key, "--limit", "100", "--json").rows
    assert like
    assert key not in {row["key"] for row in like}
    assert {row["status"] for row in small("similar", "--image", mark, "--state", state, "--json").rows} == {
        state
    }
    assert small("similar", "--image", mark, "--state", "asleep").code == 2
    assert small("similar", "--like", "kh-none").code == 2
    codes = small("similar", "--image", mark, "--vienna", "--json").rows
    assert codes
    assert {"code", "weight", "keys", "algorithm"} <= set(codes[0])
    code = codes[0]["code"]
    found = small(
        "similar", "--image", mark, "--vienna-code", code.lstrip("0"), "--limit", "100", "--json"
    ).rows
    assert set(codes[0]["keys"]) <= {row["key"] for row in found}


def _benchmark(folder: Path) -> None:
    questions = [("q0", *DOCS[1][1:], "0"), ("q1", *DOCS[2][1:], "3")]
    confused = [("c0", "=pincho", "dominant_part", "Latn", "Pincho", "4")]
    for name, rows in (
        ("words_docs", DOCS),
        ("words_queries_dev", questions),
        ("conf_queries_dev", confused),
    ):
        (folder / f"{name}.tsv").write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


def test_benchmarks_are_ranked_and_scored(small: Command, tmp_path: Path) -> None:
    _benchmark(tmp_path)
    run = tmp_path / "run.tsv"
    files = ("--docs", tmp_path / "words_docs.tsv", "--queries", tmp_path / "words_queries_dev.tsv")
    assert small("bench", "rank", "words", *files, "-o", run, "--untrained").code == 0
    ranks = dict(line.split("\t") for line in run.read_text(encoding="utf-8").splitlines())
    assert ranks["q0"].split()[:2] == ["1", "0"]
    rows = small("bench", "similarity", tmp_path, "--untrained", "--json").rows
    assert [(row["benchmark"], row["first"]) for row in rows if row["group"] == "ALL"] == [
        ("words", 1),
        ("conf", 1),
    ]


def test_wrong_use_is_told(small: Command, tmp_path: Path) -> None:
    assert small("bench", "rank", "poems", "--queries", tmp_path, "-o", tmp_path / "x").code == 2
    assert small("bench", "rank", "words", "--queries", tmp_path, "-o", tmp_path / "x").code == 2
    (tmp_path / "short.tsv").write_text("1\t2\n")
    assert small("bench", "rank", "words", "--docs", tmp_path / "short.tsv", "--queries", tmp_path / "short.tsv",
                 "-o", tmp_path / "x").code == 3  # fmt: skip


def test_tables_of_a_benchmark_are_read_as_a_scorer_reads_them(small: Command, tmp_path: Path) -> None:
    docs, questions, run = tmp_path / "docs", tmp_path / "questions", tmp_path / "run"
    docs.write_bytes(
        "\ufeff0\t-\tb\tLatn\tToy\u2028ota\x85\x0c\x1c\r\n1\t-\tb\tLatn\t\r\n\r\n2\t-\tb\tLatn\t!!\r\n2\t-\tb\tLatn\tToyota".encode()
    )
    questions.write_text("q0\t-\tb\tLatn\tToyoda\t0\nq1\t-\tb\tLatn\t\t1\nq0\t-\tb\tLatn\tToyota\n", "utf-8")
    asked = ("bench", "rank", "words", "--docs", docs, "--queries", questions, "-o", run, "--untrained")
    assert small(*asked).code == 0
    told = run.read_bytes().decode().split("\n")
    assert [line.split("\t")[0] for line in told] == ["q0", "q1", "q0", ""]
    assert set(told[0].split("\t")[1].split()) == {"0", "1", "2"}
    assert told[1] == "q1\t"
    docs.write_text("0\t-\tb\tLatn\tToyota\n", "utf-8")
    assert small(*asked).code == 0
    assert run.read_text("utf-8") == "q0\t0\nq1\t\nq0\t0\n"
    docs.write_text("", "utf-8")
    assert small(*asked).code == 0
    docs.write_text("0\t-\tb\tLatn\n", "utf-8")
    assert small(*asked).code not in (0, 1)


def test_pictures_of_a_benchmark_are_named_by_their_table_or_their_file(
    small: Command, tmp_path: Path
) -> None:
    dice = np.random.default_rng(1)
    corpus, queries, run = tmp_path / "logos_c.npy", tmp_path / "logos_q_half2.npy", tmp_path / "run"
    shapes = np.full((3, 96, 96, 3), 255, np.uint8)
    for place, one in enumerate(shapes):
        one[20 + 10 * place : 60, 20 : 70 - 10 * place] = dice.integers(0, 90, 3)
    np.save(corpus, shapes)
    np.save(queries, shapes[:2])
    asked = ("bench", "rank", "logos", "--corpus", corpus, "--queries", queries, "-o", run, "--untrained")
    assert small(*asked).code == 0
    lines = [line.split("\t") for line in run.read_text("utf-8").splitlines()]
    assert [(name, found.split()[0]) for name, found in lines] == [("half20", "0"), ("half21", "1")]
    (tmp_path / "logos_queries_half2.tsv").write_text("h7\tx\nh9\ty\n", "utf-8")
    assert small(*asked).code == 0
    assert [line.split("\t")[0] for line in run.read_text("utf-8").splitlines()] == ["h7", "h9"]
    np.save(corpus, shapes[:1])
    assert small(*asked).code == 0
    assert {line.split("\t")[1] for line in run.read_text("utf-8").splitlines()} <= {"0", ""}
