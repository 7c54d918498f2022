"""What a feed of trademarks calls all that comes in it is said of marks alone."""

import pytest

from ipregister.portal.panels import numbers


@pytest.mark.parametrize(
    ("right", "kinds", "shown"),
    [("trademark", ["Individual"], ["Individual mark"]), ("indication", ["Individual"], []), ("emblem", ["Individual"], []),
     ("indication", ["Individual", "Collective"], ["/kinds/1"]), ("design", ["SEALED"], ["/kinds/0"])],
)  # fmt: skip
def test_an_indication_is_no_individual_mark(right: str, kinds: list[str], shown: list[str]) -> None:
    panel = numbers({"right": right, "office": "KH", "subtype": "TRADEMARK", "kinds": kinds}, "en")
    assert panel is not None
    values = [value for row in panel.rows for value in row.values if value.pointer.startswith("/kinds")]
    assert [str(value.text) if right == "trademark" else value.pointer for value in values] == shown
