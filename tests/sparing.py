"""What the fast tests leave to the whole run: most examples of a property, most cases of a long list.

Nothing is left out of `make test`: cases beyond the first are marked `slow`, properties with fewer examples `many`, and
`make full` runs both whole.
"""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import settings

QUICK = "quick"
"""The profile of a run with `--few`, in which properties that are marked `many` look at fewer of their examples."""
QUICK_EXAMPLES = 25
"""So many, of a hundred, where a property names no number of its own."""


def few(cases: Iterable[Any], fast: int = 2) -> list[Any]:
    """Cases for `parametrize`; all but the first ones are slow."""
    found = []
    for number, case in enumerate(cases):
        values = case if isinstance(case, tuple) else (case,)
        found.append(pytest.param(*values, marks=pytest.mark.slow if number >= fast else ()))
    return found


def examples(most: int) -> int:
    """So many examples in a whole run, a tenth of them in a quick one. The test is marked `many`."""
    return max(most // 10, 2) if settings.get_current_profile_name() == QUICK else most
