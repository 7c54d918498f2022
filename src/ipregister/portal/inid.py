"""INID codes: of trademarks (ST.60) everywhere in the panels; this gives the one of another right (ST.9, ST.80)."""

from typing import Any

PATENT = {"210": "21", "220": "22", "111": "11", "151": "24", "731": "71", "732": "73", "740": "74", "330": "33",
          "310": "31", "320": "32", "450": "45", "831": "81"}  # fmt: skip
"""ST.9: bibliographic data of patents."""
DESIGN = {"210": "21", "220": "22", "111": "11", "151": "15", "180": "18", "731": "71", "732": "73", "740": "74",
          "750": "78", "330": "33", "310": "31", "320": "32", "450": "45", "831": "81"}  # fmt: skip
"""ST.80: bibliographic data of industrial designs."""
_OF_RIGHT = {"patent": PATENT, "utility-model": PATENT, "design": DESIGN}


def inid(record: dict[str, Any], code: str) -> str:
    """The INID code of a field that trademarks number so; empty where the right's standard has none."""
    right = record.get("right", "trademark")
    return code if right == "trademark" else _OF_RIGHT.get(right, {}).get(code, "")
