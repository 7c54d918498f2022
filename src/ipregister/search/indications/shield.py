"""The names of indications, ready to be compared with the name of a mark.

An indication is mostly a place and a product (`Kampot pepper`). What tells it apart is the place; the product alone
is free to all. So its names are compared whole, and by their core: without the words of the product.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct
from rapidfuzz import fuzz, process

from ipregister.search.analyzer import Analyzer
from ipregister.search.goods.plain_words import found_in
from ipregister.search.similarity.features import FEATURES, Compared, compared, features
from ipregister.search.similarity.names import forms
from ipregister.search.similarity.ranking import VERSION as NAMES_VERSION
from ipregister.search.similarity.ranking import by_set_weights
from ipregister.search.similarity.readings import SAME, likeness, readings
from ipregister.search.similarity.reasons import Reason, reasons
from ipregister.search.similarity.words import generic

VERSION = f"indications-1/{NAMES_VERSION}"
"""Changes whenever the same mark and indications may give other conflicts."""
LEVELS = ("identical", "contained", "part", "alike")
"""The same name; the mark holds the name or its core; the mark is the core alone; it looks or sounds alike."""
LEAST = {"identical": 0.95, "contained": 0.85, "part": 0.7}
"""What a level gives at least; what is alike has its nearness."""
ALIKE, ENOUGH = 78, 80
"""Nearness of sounds (of 100) from which a name comes into question; nearness of sounds and letters together from
which it is alike."""
STANDS, STANDS_ACROSS = 86, 74
"""Nearness of the letters with which a core stands inside a name of its own script, and of another."""
SHORTEST, SHORTEST_INSIDE = 4, 6
"""Sounds of a name that can be alike another, and of one that may stand anywhere inside another without spaces."""
_LITTLE = frozenset("of the from de du des la le les di del da and".split())


class Protected(Struct, frozen=True):
    """One name of an indication. `kind`: name, transliteration, translation; `products` are what it is for."""

    key: str
    name: str
    kind: str
    office: str
    products: tuple[str, ...] = ()


class IndicationHit(Struct, frozen=True):
    """An indication that a name comes near: its level, its score 0 to 1, features and reasons."""

    protected: Protected
    level: str
    score: float
    features: dict[str, float]
    reasons: tuple[Reason, ...]
    version: str


class Shield:
    """All names of indications. Comparing one name with some thousands takes about a millisecond."""

    def __init__(self, names: Iterable[Protected]) -> None:
        analyzer = Analyzer()
        self._analyzer = analyzer
        self.names = tuple(names)
        self._whole = [compared(forms(one.name)) for one in self.names]
        self._core = [compared(forms(_core(one.name, analyzer, one.products))) for one in self.names]
        self._sounds = [one.sounds for one in self._whole]
        self._core_sounds = [one.sounds for one in self._core]
        self._by_word: dict[str, set[int]] = {}
        for place, core in enumerate(self._core):
            for word in core.words:
                self._by_word.setdefault(word, set()).add(place)

    def near(self, name: str, *, limit: int = 20) -> list[IndicationHit]:
        """The indications that a name comes near, one hit each, the nearest first."""
        query = compared(forms(name))
        if not query.sounds and not query.look:
            return []
        levels = self._levels(query)
        if not levels:
            return []
        rows = features(query, [self._whole[place] for place in levels], None, lambda word: 1.0)
        scores = by_set_weights(rows)
        best: dict[str, IndicationHit] = {}
        hits = [
            self._hit(query, place, (level, max(float(score), least)), row)
            for (place, (level, least)), score, row in zip(levels.items(), scores, rows, strict=True)
        ]
        for hit in sorted(hits, key=_rank):
            best.setdefault(hit.protected.key, hit)
        return list(best.values())[:limit]

    def _levels(self, query: Compared) -> dict[int, tuple[str, float]]:
        """The names that the query comes near, each with its best level and the least that this gives."""
        core = compared(forms(_core(query.forms.name, self._analyzer)))
        found = {**self._alike(query, core), **self._inside(query, core), **self._by_words(query)}
        found |= self._looking_alike(query)
        judged = {place: self._judged(query, core, place, level) for place, level in found.items()}
        return {place: (level, LEAST.get(level, near)) for place, (level, near) in judged.items() if level}

    def _judged(self, query: Compared, core: Compared, place: int, level: str) -> tuple[str, float]:
        """The level of a name that comes into question by its sounds, which are coarse, once the letters are
        looked at too; empty for what is not near."""
        whole, its = self._whole[place], self._core[place]
        if query.look == whole.look or level == "identical":
            return "identical", 1.0
        near = max(_nearness(query, whole), _nearness(core, its))
        if query.sounds == whole.sounds and near >= ENOUGH + 5:
            return "identical", near / 100
        if level in {"contained", "part"}:
            inside = fuzz.partial_ratio(its.spoken, query.spoken if level == "contained" else core.spoken)
            across = query.script != whole.script
            if inside >= (STANDS_ACROSS if across else STANDS):
                return level, near / 100
        if core.sounds == its.sounds and near >= ENOUGH:
            return "part", near / 100
        return ("alike", near / 100) if near >= ENOUGH else ("", 0.0)

    def _alike(self, query: Compared, core: Compared) -> dict[int, str]:
        """Names that sound alike, whole or by their core; of very short ones those that look the same."""
        if len(query.sounds) < SHORTEST:
            return {place: "alike" for place, whole in enumerate(self._whole) if query.look == whole.look}
        found: dict[int, str] = {}
        for asked, choices in ((query.sounds, self._sounds), (core.sounds, self._core_sounds)):
            if len(asked) >= SHORTEST:
                for _, _, place in process.extract(
                    asked, choices, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=50
                ):
                    if len(choices[place]) >= SHORTEST:
                        found[place] = "alike"
        return found

    def _looking_alike(self, query: Compared) -> dict[int, str]:
        """Names that look the same where letters of the query are read as others that look like them."""
        looks, name = frozenset(readings(query.forms.name)), query.forms.name
        return {
            place: "identical"
            for place, whole in enumerate(self._whole)
            if whole.look in looks and likeness(name, whole.forms.name) == SAME
        }

    def _inside(self, query: Compared, core: Compared) -> dict[int, str]:
        """Cores that stand inside the mark, and those inside which the core of the mark stands."""
        found: dict[int, str] = {}
        for place, sounds in enumerate(self._core_sounds):
            if SHORTEST_INSIDE <= len(sounds) < len(query.sounds) and sounds in query.sounds:
                found[place] = "contained"
            elif SHORTEST_INSIDE <= len(core.sounds) < len(sounds) and core.sounds in sounds:
                found[place] = "part"
        return found

    def _by_words(self, query: Compared) -> dict[int, str]:
        """Cores all of whose words stand in the mark, and those whose words are all that the mark is."""
        found: dict[int, str] = {}
        own = set(query.words)
        telling = own - generic()
        for place in {place for word in own for place in self._by_word.get(word, ())}:
            words = set(self._core[place].words)
            if words <= own:
                found[place] = "contained"
            elif telling and telling <= words and sum(map(len, telling)) > SHORTEST:
                found[place] = "part"
        return found

    def _hit(
        self,
        query: Compared,
        place: int,
        judged: tuple[str, float],
        row: np.ndarray[tuple[int], np.dtype[np.float32]],
    ) -> IndicationHit:
        level, score = judged
        told = {name: round(float(value), 4) for name, value in zip(FEATURES, row, strict=True)}
        why = reasons(query, self._whole[place], told, (), "mark")
        if level != "identical":
            own, its = _core(query.forms.name, self._analyzer), self._core[place].forms.name
            why = (*why, Reason("alike-core", f"without words of the product: {own} ~ {its}", (own, its)))
        return IndicationHit(self.names[place], level, round(score, 4), told, why, VERSION)


def _nearness(one: Compared, other: Compared) -> float:
    """Nearness of sounds and letters together, of 100."""
    return float(fuzz.ratio(one.sounds, other.sounds) + fuzz.ratio(one.spoken, other.spoken)) / 2


def _rank(hit: IndicationHit) -> tuple[int, float, str, str]:
    return LEVELS.index(hit.level), -hit.score, hit.protected.key, hit.protected.name


def _core(name: str, analyzer: Analyzer, products: Sequence[str] = ()) -> str:
    """A name without the words of its product; the whole where nothing else is left."""
    tokens = analyzer.tokens(name)
    free = {token for text in products for token in analyzer.tokens(text)} | _LITTLE
    free |= {token for words, _ in found_in(tokens) for token in words.split()}
    free |= {f"{word}s" for word in free if word.isascii()}
    return " ".join([token for token in tokens if token not in free]) or name
