"""One score from the features, by a versioned rule: set weights, or the trained ranking where its file is there."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ipregister.search.similarity.arithmetic import product
from ipregister.search.similarity.features import FEATURES
from ipregister.search.similarity.romanise.script import SCRIPTS

VERSION = "names-7"
"""Changes whenever any step from a name to its score does."""

SET_WEIGHTS = {
    "spelled": 0.15, "spoken": 0.22, "sounds": 0.13, "bones": 0.08, "aligned": 0.3, "look": 0.0, "core": 0.05,
    "asked_words": 0.05, "found_words": 0.02,
}  # fmt: skip
SAME_SCRIPT_WEIGHTS = {
    "look": 0.23, "spelled": 0.14, "spoken": 0.13, "sounds": 0.09, "aligned": 0.09, "sorted_words": 0.05,
    "core": 0.09, "asked_words": 0.13, "found_words": 0.05,
}  # fmt: skip
_SET = np.array([SET_WEIGHTS.get(name, 0) for name in FEATURES], np.float32)
_SAME = np.array([SAME_SCRIPT_WEIGHTS.get(name, 0) for name in FEATURES], np.float32)
_SCRIPT = FEATURES.index("same_script")
_WHOLE, _FIRST, _WORDS = (FEATURES.index(name) for name in ("whole_word", "first_word", "same_words"))
_CORE, _SOUNDS = FEATURES.index("core"), FEATURES.index("sounds")
WRAPPED, NEAR_CORE = 0.15, 0.75
"""So much nearer, and so near, are two names without legal forms and common words where those hide how near they are."""
_ASKED, _FOUND = FEATURES.index("asked_words"), FEATURES.index("found_words")
_SPOKEN, _SAME_SOUNDS, _ALIGNED = (FEATURES.index(name) for name in ("same_spoken", "same_sounds", "aligned"))
SOUNDS_SAME, SOUND_ALIGNED = 0.97, 0.8
"""The least score of names that sound the same, and how well the letters of their sounds must align for that."""
_LOOK, _LENGTHS = FEATURES.index("same_look"), FEATURES.index("lengths")


def by_set_weights(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores from 0 to 1 without any trained weights; 1 for what looks the same."""
    same = rows[:, _SCRIPT] > 0
    scores = np.where(same, product(rows, _SAME), product(rows, _SET))
    core = rows[:, _CORE]
    scores = np.where(core > rows[:, _SOUNDS] + WRAPPED, np.maximum(scores, 0.7 * core), scores)
    shared = 0.55 + 0.2 * rows[:, _WHOLE] + 0.03 * rows[:, _FIRST] + 0.15 * scores
    begun = 0.67 + 0.2 * rows[:, _WHOLE] + 0.04 * rows[:, _FIRST] + 0.08 * rows[:, _LENGTHS]
    begun += 0.03 * rows[:, _FOUND]
    scores = np.where(rows[:, _WHOLE] > 0, np.maximum(scores, np.where(same, begun, shared)), scores)
    scores = np.where((rows[:, _WORDS] > 0) & same, 0.85 + 0.15 * scores, scores)
    return np.where(rows[:, _LOOK] > 0, 1, np.minimum(scores, 0.999)).astype(np.float32)


class Ranking:
    """The rule from features to a score: trained where there is a file of weights, else by set weights.

    The trained one adds what a small network makes of the features to the score by set weights. Of names in the same
    script that contain all of the query the set weights decide (the network learns nothing about them: where many names
    have the word, none is the right one); where the query contains the name, or legal forms hide how near two names are, the mean of both rules."""

    def __init__(self, path: Path | None = None) -> None:
        self._weights: dict[str, NDArray[np.float32]] = {}
        if path is not None:
            with np.load(path) as held:
                self._weights = {name: held[name].astype(np.float32) for name in held.files}
        self.version = f"{VERSION}+trained" if self._weights else VERSION

    def scores(self, rows: NDArray[np.float32], script: str, others: Sequence[str]) -> NDArray[np.float32]:
        """One score a row, 0 to 1. `script` is that of the query, `others` those of the names."""
        first = by_set_weights(rows)
        if not self._weights or not len(rows):
            return first
        w = self._weights
        given = inputs(rows, first, script, others)
        inner = np.maximum(product((given - w["mean"]) / w["spread"], w["first"]) + w["first_bias"], 0)
        raw = product(inner, w["second"]) + product(given, w["straight"]) + w["bias"]
        scores = 1 / (1 + np.exp(-raw))
        whole = (rows[:, _WHOLE] > 0) & (rows[:, _SCRIPT] > 0)
        part = whole & (rows[:, _ASKED] > rows[:, _FOUND])
        wrapped = (rows[:, _CORE] > rows[:, _SOUNDS] + WRAPPED) & (rows[:, _CORE] > NEAR_CORE)
        both = whole | (wrapped & (rows[:, _SCRIPT] == 0))
        scores = np.where(part, first, np.where(both, (scores + first) / 2, scores))
        scores = np.maximum(scores, _by_sound(rows))
        return np.where(rows[:, _LOOK] > 0, 1, np.minimum(scores, 0.9999)).astype(np.float32)


def _by_sound(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The least score of names that sound the same, whatever has been learned of them: a name that only nearly sounds so
    is not to stand above. Rough sounds tell that between scripts alone: in one script `Crazy` and `Grasse` have the same,
    and a mark that begins with the whole word is nearer."""
    near = rows[:, _ALIGNED]
    rough = (rows[:, _SAME_SOUNDS] > 0) & (near >= SOUND_ALIGNED) & (rows[:, _SCRIPT] == 0)
    same = (rows[:, _SPOKEN] > 0) | rough
    return np.where(same, SOUNDS_SAME + 0.02 * near, 0).astype(np.float32)


def inputs(
    rows: NDArray[np.float32], first: NDArray[np.float32], script: str, others: Sequence[str]
) -> NDArray[np.float32]:
    """What the trained ranking sees: features, the score by set weights, and the scripts of both names."""
    scripts = np.zeros((len(rows), 2 * len(SCRIPTS)), np.float32)
    scripts[:, SCRIPTS.index(script)] = 1
    scripts[np.arange(len(rows)), [len(SCRIPTS) + SCRIPTS.index(other) for other in others]] = 1
    return np.concatenate([rows, first[:, None], scripts], axis=1)
