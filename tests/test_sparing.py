"""The fast tests and the rest are all tests: no marker, and no part of a property's examples, falls through both."""

import re
import tomllib
from itertools import chain, combinations
from pathlib import Path

import hypothesis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sparing import QUICK, examples, few

ROOT = Path(__file__).parent.parent


def _expressions() -> dict[str, str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return dict(re.findall(r"^(FAST|REST) := (.*)$", text, re.MULTILINE))


def _markers() -> list[str]:
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [line.partition(":")[0] for line in configured["tool"]["pytest"]["ini_options"]["markers"]]


def _selects(expression: str, markers: set[str]) -> bool:
    """Whether `a or b` or `not a and not b` selects a test with these markers."""
    if " and " in expression:
        return not {term.removeprefix("not ") for term in expression.split(" and ")} & markers
    return bool(set(expression.split(" or ")) & markers)


def test_every_test_is_fast_or_in_the_rest() -> None:
    found, markers = _expressions(), _markers()
    sets = chain.from_iterable(combinations(markers, size) for size in range(len(markers) + 1))
    for one in map(set, sets):
        assert _selects(found["FAST"], one) or _selects(found["REST"], one), one
    assert _selects(found["REST"], {"many"})


def test_both_expressions_are_run() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^test: .*\bcheck\b.*\bfull\b", text, re.MULTILINE)
    assert re.search(r"^check:.*\n\t.*\$\(MAKE\) .*\bfast\b", text, re.MULTILINE)
    (fast, weighed), (rest,) = (re.findall(rf'pytest.* -m "\$\({name}\)"', text) for name in ("FAST", "REST"))
    assert "--weigh" in weighed
    assert "--weigh" not in fast + rest
    assert "--few" in fast
    assert "--few" not in rest


def test_who_spares_examples_is_run_again_with_all() -> None:
    sparing = re.compile(r"examples=examples\(")
    spared = 0
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        parts = re.split(r"^(?=@|def test_)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        tests = re.findall(
            r"(?:^@[^\n]*\n(?:[ )\]][^\n]*\n)*)*^def test_.*?(?=^\S|\Z)",
            "".join(parts),
            re.MULTILINE | re.DOTALL,
        )
        for one in filter(sparing.search, tests):
            assert "@pytest.mark.many" in one, f"{path.name}: {one[:200]}"
            spared += 1
    assert spared >= 9


@pytest.mark.many
def test_a_tenth_of_the_examples_is_looked_at() -> None:
    seen = []

    @settings(max_examples=examples(200))
    @given(st.integers())
    def every(number: int) -> None:
        seen.append(number)

    every()
    assert len(seen) == (20 if settings.get_current_profile_name() == QUICK else 200)


def test_a_property_without_a_number_is_marked_as_one_of_many(request: pytest.FixtureRequest) -> None:
    """Else the whole run would not look at all its examples: the profile of the quick one says fewer."""
    found = [one for one in request.session.items if hypothesis.is_hypothesis_test(getattr(one, "obj", None))]
    assert [one.nodeid for one in found if one.get_closest_marker("many") is None] == []


def test_a_property_within_a_test_names_its_number() -> None:
    """Such a test cannot be told from others, and is not marked."""
    inner = re.compile(r"((?:^ +@.*\n)*)^ +@given\(", re.MULTILINE)
    found = [(path.name, decorated) for path in sorted((ROOT / "tests").rglob("test_*.py"))
             for decorated in inner.findall(path.read_text(encoding="utf-8"))]  # fmt: skip
    assert len(found) >= 5
    assert [name for name, decorated in found if "max_examples=" not in decorated] == []


def test_the_first_cases_are_fast() -> None:
    slow = [bool(case.marks) for case in few("abcd", 3)]
    assert slow == [False, False, False, True]
    assert [case.values for case in few([("a", 1), "b"])] == [("a", 1), ("b",)]
