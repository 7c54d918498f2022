"""Ranks inside the script of the right name, and what does not count as an error."""

from ipregister.commands.scoring import score

DOCS = (("a", "=x", "brand", "Latn", "Lion"), ("b", "-", "brand", "Latn", "Lyon"), ("c", "=x", "brand", "Thai", "ไลออน"),
        ("d", "-", "brand", "Thai", "ลาว"), ("e", "=x", "brand", "Latn", "Lion Ltd"))  # fmt: skip
QUERY = ("q", "=x", "brand", "Thai", "ไลออน", "a")


def ranks(listed: str) -> dict[str, float]:
    """The mean reciprocal rank of every group of one question."""
    found = score([QUERY], {"q": listed.split()}, DOCS)
    return {one.group: one.mean_reciprocal for one in found}


def test_other_scripts_and_the_own_entity_stand_in_nobodys_way() -> None:
    assert ranks("d e a")["ALL"] == 1
    assert ranks("b a")["ALL"] == 0.5
    assert ranks("b d")["ALL"] == 0


def test_groups_are_kinds_and_directions() -> None:
    assert set(ranks("a")) == {"ALL", "kind=brand", "Thai>Latn"}
