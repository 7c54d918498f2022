"""No rule takes longer than a text is long, whatever the text and wherever it stands."""

import datetime as dt
import time
from typing import Any, cast

import msgspec
import pytest

from ipregister.exchange.mapped.targets import places, target_of
from ipregister.model.numbers import key_of, spellings
from ipregister.model.offices import office
from ipregister.model.record import RIGHTS, Record
from ipregister.quality.rules import check
from tests.fuzz.trial import SECONDS
from tests.sparing import few

LONG = 20_000
SHAPES = ("x", "X", "xX", "a ", "bcdfg1", "?", "& ", "&a", "À", "Ã©", "ด", "ыx", "0", "1-", "(", ", ", ";a", ".",
          "\u1031", "Co ", "|", "\n", "M/", "<p>", "²", "é\u0301")  # fmt: skip


def filled(right: str, text: str) -> Record:
    """A record of a right with one text in every place that holds texts."""
    plain: dict[str, Any] = {"right": right, "office": "LA"}
    for path in places(right):
        target = target_of(path, right)
        values = {"string": text, "text": [{"text": text}], "strings": [text]}
        if target.kind not in values:
            continue
        draft: Any = plain
        for at, step in enumerate(target.steps[:-1]):
            if at in target.lists:
                if not draft:
                    draft.append({})
                draft = draft[0]
            else:
                draft = draft.setdefault(step, [] if at + 1 in target.lists else {})
        draft[target.steps[-1]] = values[target.kind]
    return cast("Record", msgspec.convert(plain, RIGHTS[right]))


@pytest.mark.parametrize("right", sorted(RIGHTS))
@pytest.mark.parametrize("shape", few(SHAPES, 4), ids=range(len(SHAPES)))
def test_a_long_text_is_looked_through_once(shape: str, right: str) -> None:
    facts, day = office("LA"), dt.date(2026, 1, 31)
    record = filled(right, shape * (LONG // len(shape)) + "1_é")
    start = time.thread_time()
    check(record, facts, day)
    key_of(record, facts)
    spellings(record, facts)
    assert time.thread_time() - start < SECONDS
