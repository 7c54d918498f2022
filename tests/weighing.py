"""What a test costs, and which tests are dear: those are left to `make full` like the ones marked `slow`.

`tests/dear.txt` names them by measure, not by judgement. `make weigh` measures all anew and writes it.
"""

import resource
from collections import Counter, defaultdict
from collections.abc import Generator, Iterable, Mapping
from functools import cache
from pathlib import Path

import pytest

LIST = Path(__file__).parent / "dear.txt"
DEAR = 0.2
"""A test that takes more of the processor's time than so many seconds, with what is made for it alone, is dear."""
CASES = 0.5
"""Cases of one test that together take no more are all fast; of others the first ones that do."""
FAR = 10
"""A fast test that takes so many times what a dear one takes is told at the end of a fast run."""
ALWAYS_FAST = frozenset((
    "tests/cli/test_verbs.py::test_from_delivery_to_answers",
    "tests/intake/test_loading.py::test_everything_delivered_is_stored_or_in_quarantine",
    "tests/intake/test_rereading.py::test_quarantine_is_emptied_by_a_better_reader",
    "tests/portal/test_public.py::test_evidence_is_shown_for_every_link",
    "tests/publication/test_canaries.py::test_nothing_restricted_goes_out",
    "tests/publication/test_withholding.py::test_a_withheld_record_is_nowhere",
    "tests/test_house.py::test_functions_beside_the_product_are_short",
    "tests/test_house.py::test_modules_are_short",
    "tests/test_house.py::test_no_machine_paths_and_no_unseemly_words",
    "tests/test_layers.py::test_dotted_names_and_foreign_keys_point_down",
))  # fmt: skip
"""The main path, from a delivery to what is public, and the rules of the house: fast whatever they take."""
_ELSEWHERE = ("slow", "browser", "postgresql")


def used() -> float:
    """Seconds of the processor that this process has taken, with its children that ended."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def function_of(name: str) -> str:
    """The test without its case."""
    return name.partition("[")[0]


def dear(costs: Mapping[str, float]) -> dict[str, int]:
    """Dear tests and single cases, each with how many of its first cases are fast; `costs` in order of collection."""
    families: dict[str, list[str]] = defaultdict(list)
    for name in costs:
        families[function_of(name)].append(name)
    found: dict[str, int] = {}
    for function, names in families.items():
        alone = [name for name in names if costs[name] > DEAR]
        if function in ALWAYS_FAST:
            continue
        if len(alone) == len(names):
            found[function] = 0
        elif (most := _first(costs[name] for name in names if name not in alone)) < len(names) - len(alone):
            found[function] = most
        if len(alone) < len(names):
            found.update(dict.fromkeys(alone, 0))
    return found


def _first(costs: Iterable[float]) -> int:
    """How many of the first cases are fast: at least one."""
    total, count = 0.0, 0
    for cost in costs:
        total += cost
        if count and total > CASES:
            break
        count += 1
    return count


@cache
def listed() -> dict[str, int]:
    """The list as it stands: `NAME` or `NAME<tab>CASES`."""
    lines = (line.split("\t") for line in LIST.read_text(encoding="utf-8").splitlines())
    return {name: int("".join(cases) or 0) for name, *cases in lines}


def write(found: Mapping[str, int]) -> None:
    """Write the list."""
    lines = sorted(f"{name}\t{cases}" if cases else name for name, cases in found.items())
    LIST.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def mark_dear(items: Iterable[pytest.Item], known: Mapping[str, int]) -> None:
    """Mark the tests of a list as slow."""
    seen: Counter[str] = Counter()
    for item in items:
        name, function = item.nodeid, function_of(item.nodeid)
        if any(item.get_closest_marker(one) for one in _ELSEWHERE):
            continue
        if name in known and name != function:
            item.add_marker("slow")
        elif function in known:
            if seen[function] >= known[function]:
                item.add_marker("slow")
            seen[function] += 1


class Scales:
    """Weighs each test: what is made for it alone, and the test itself, without what is made once for many."""

    def __init__(self, config: pytest.Config) -> None:
        self._writes, self._tells = bool(config.getoption("--weigh")), bool(config.getoption("--few"))
        self._helps = hasattr(config, "workerinput")
        self._begun = self._shared = 0.0
        self.costs: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
        """What is made once for many counts for no test; what it asks for itself is made before."""
        before = used()
        try:
            return (yield)
        finally:
            if fixturedef.scope != "function":
                self._shared += used() - before

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self) -> Generator[None, None, None]:
        """A test begins."""
        self._begun, self._shared = used(), 0.0
        yield

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, None, None]:
        """A test is over; its report takes its cost to the process that began the run."""
        try:
            yield
        finally:
            item.user_properties.append(("cost", used() - self._begun - self._shared))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note the cost."""
        for what, cost in report.user_properties:
            if what == "cost" and isinstance(cost, float):
                self.costs[report.nodeid] = cost

    def pytest_sessionfinish(self) -> None:
        """Write the list, where that was asked for."""
        if self._writes and not self._helps:
            write(dear(self.costs))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Tell fast tests that are far too dear."""
        far = {name: cost for name, cost in self.costs.items()
               if self._tells and cost > DEAR * FAR and function_of(name) not in ALWAYS_FAST}  # fmt: skip
        for name, cost in far.items():
            terminalreporter.write_line(f"dear: {name} takes {cost:.1f} s of the processor: `make weigh`")
