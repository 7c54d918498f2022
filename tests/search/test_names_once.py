"""What the index holds of a name that a record has more than once."""

from ipregister.search.analyzer import Analyzer
from ipregister.search.document import documents
from ipregister.search.sources import Source


def test_a_name_in_several_languages_is_held_once() -> None:
    def held(*names: str) -> dict[str, object]:
        verbal = [{"text": name, "lang": lang} for name, lang in zip(names, ("ru", "kk"), strict=False)]
        (document,) = documents([Source("kz-1", {"right": "trademark", "subtype": "TRADEMARK", "office": "KZ", "mark": {"verbal": verbal}},
                                        "Filed", ())], Analyzer())  # fmt: skip
        return {name: document.values[name] for name in ("mark", "mark_grams", "mark_whole")}

    assert held("Степь", "Степь") == held("Степь")
    assert "дала" in str(held("Степь", "Дала")["mark"])
