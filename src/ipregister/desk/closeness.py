"""How close a found name or picture is, in words for people: bands with their rules, by feature and score.

The bands are read from features that mean the same in every version of the algorithm, and from the score; the rule
that put a hit into its band is told with it. Change `VERSION` with any rule.
"""

from collections.abc import Callable, Mapping

from msgspec import Struct

from ipregister.search.similarity import letters
from ipregister.search.similarity.folding import as_letters, folded

VERSION = "closeness-6"
IDENTICAL, VERY_CLOSE, CLOSE, SOME = "identical", "very-close", "close", "some"
DIGITS = "digits-as-letters"
"""The rule of names that are the same only where digits are read as letters (`M1LK`, `MILK`)."""
BANDS = (IDENTICAL, VERY_CLOSE, CLOSE, SOME)
"""From the closest on."""
ALIGNED, ALIGNED_SURELY, HARDLY = 0.8, 0.85, 0.005
"""Letters of close names align so well; so well whatever the score is; a score below which it speaks against likeness."""
Features = Mapping[str, float]


class Rule(Struct, frozen=True):
    """One rule: its code, the band it gives, and when it holds (features, score)."""

    code: str
    band: str
    holds: Callable[[Features, float], bool]


def _of(told: Features, *names: str) -> float:
    return max([told.get(name, 0.0) for name in names])


def _scored(told: Features, score: float, trained: float, by_set_weights: float) -> bool:
    """Whether a score reaches its limit; the scores with and without the trained weights are not the same numbers, and
    without them no vectors are compared."""
    return score >= (trained if told.get("vector", 0.0) > 0 else by_set_weights)


def _sounds_so(told: Features) -> bool:
    """Whether names of the same sounds (`Fisio`, `Physio`) sound the same to people too: their letters align, or their
    vectors are near. Sounds alone are rough, and fall together for many short names."""
    return _of(told, "same_sounds") > 0 and (_of(told, "aligned") >= 0.7 or _of(told, "vector") >= 0.85)


def _aligned_so(told: Features, score: float) -> bool:
    """Whether the letters of two names align well. In one script a little less is only enough where what was learned does
    not speak against it: `ASEAN` beside `OCEAN`."""
    aligned = _of(told, "aligned")
    doubtful = aligned < ALIGNED_SURELY and _of(told, "same_script") > 0
    return aligned >= ALIGNED and not (doubtful and _of(told, "vector") > 0 and score < HARDLY)


def _of_two(told: Features, seen: float, by_outlines: float) -> float:
    """The limit of a score. Outlines alone (of pictures that the network has not seen yet) hold a red triangle for a near copy
    of another one with a beast in it."""
    return seen if "network" in told else by_outlines


NAME_RULES: tuple[Rule, ...] = (
    Rule("same-look", IDENTICAL, lambda told, _score: _of(told, "same_look") > 0),
    Rule("same-words", VERY_CLOSE, lambda told, _score: _of(told, "same_words", "same_spoken") > 0),
    Rule(
        "same-sound",
        VERY_CLOSE,
        lambda told, _score: _of(told, "same_sounds") > 0 and _of(told, "aligned") >= 0.85,
    ),
    Rule("nearly-the-same", VERY_CLOSE, lambda told, _score: _of(told, "look", "aligned") >= 0.9),
    Rule("high-score", VERY_CLOSE, lambda told, score: _scored(told, score, 0.96, 0.95)),
    Rule("contains", CLOSE, lambda told, _score: _of(told, "whole_word", "written_inside") > 0.3),
    Rule("same-meaning", CLOSE, lambda told, _score: _of(told, "same_meaning") == 1),
    Rule("alike", CLOSE, lambda told, score: _of(told, "look") >= 0.85 or _aligned_so(told, score)),
    Rule("same-sounds", CLOSE, lambda told, _score: _sounds_so(told)),
    Rule(
        "near-sounds", CLOSE, lambda told, _score: _of(told, "sounds") >= 0.92 and _of(told, "vector") >= 0.93
    ),
    Rule("letters", CLOSE, lambda told, _score: _of(told, "letters") >= letters.NEAR),
    Rule("good-score", CLOSE, lambda told, score: _scored(told, score, 0.7, 0.75)),
    Rule("partly-alike", SOME, lambda told, _score: _of(told, "aligned") >= 0.7 or _of(told, "look") >= 0.75),
    Rule("letters", SOME, lambda told, _score: _of(told, "letters") >= letters.SOMEWHAT),
    Rule("contains", SOME, lambda told, _score: _of(told, "written_inside") > 0),
    Rule("same-meaning", SOME, lambda told, _score: _of(told, "same_meaning") > 0),
    Rule("shared-words", SOME, lambda told, _score: _of(told, "asked_words") >= 0.6),
    Rule("some-score", SOME, lambda told, score: _scored(told, score, 0.2, 0.65)),
)
"""Rules for names, the first that holds decides."""

PICTURE_RULES: tuple[Rule, ...] = (
    Rule("same-picture", IDENTICAL, lambda _told, score: score >= 0.97),
    Rule("nearly-the-same", VERY_CLOSE, lambda told, score: score >= _of_two(told, 0.9, 0.955)),
    Rule("alike", CLOSE, lambda told, score: score >= _of_two(told, 0.8, 0.9)),
    Rule("partly-alike", SOME, lambda told, score: score >= _of_two(told, 0.65, 0.75)),
)
"""The same for pictures."""


INDICATION_BANDS = {"identical": IDENTICAL, "contained": CLOSE, "part": CLOSE, "alike": CLOSE}
"""The band of each level at which a name comes near a geographical indication."""


def indication_band(level: str, told: Features) -> str:
    """The band of a name near an indication: the same is only what looks the same, not what sounds so."""
    band = INDICATION_BANDS[level]
    return VERY_CLOSE if band == IDENTICAL and not _of(told, "same_look") else band


def band_of(rules: tuple[Rule, ...], told: Features, score: float) -> tuple[str, str]:
    """The band of a hit and the code of the rule that gave it; empty where nothing speaks for likeness."""
    for rule in rules:
        if rule.holds(told, score):
            return rule.band, rule.code
    return "", ""


def name_band(asked: str, found: str, told: Features, score: float) -> tuple[str, str]:
    """The band of a name beside the one that is asked for, and its rule: the same is not what is so only where digits are
    read as letters."""
    band, rule = band_of(NAME_RULES, told, score)
    if band == IDENTICAL and as_letters(folded(asked)) != as_letters(folded(found)):
        return VERY_CLOSE, DIGITS
    return band, rule


def order(band: str) -> int:
    """The place of a band: 0 is the closest."""
    return BANDS.index(band)
