"""How many letters apart two names of one script are: the plainest likeness, and the one that people see first.

What is learned from names of many scripts holds one letter in five for little, since among many names another one is
often as near. But `Holda` beside `Honda` is a near name, however many others are.
"""

from rapidfuzz.distance import OSA

from ipregister.search.similarity.names import Forms

SHORTEST = 3
"""Letters from which on names are compared so."""
SWAPPED = 0.6
"""What two neighbouring letters that changed places count, where one letter replaced, more or less counts 1."""
NEAR, SOMEWHAT = 0.8, 0.75
"""Nearness from which one letter is a near miss (one of five, two swapped of three), and from which it is some likeness."""
_LEAST = ((NEAR, 0.9), (SOMEWHAT, 0.5))
"""So much of the nearness is the least score, from a nearness on."""


def nearness(query: Forms, other: Forms) -> float:
    """1 less the share of letters that differ, as both names look without spaces; 0 for names of different scripts, for
    very short ones, and where more than half of the letters differ."""
    if query.script != other.script:
        return 0.0
    own, its = query.look.replace(" ", ""), other.look.replace(" ", "")
    longer = max(len(own), len(its))
    if min(len(own), len(its)) < SHORTEST:
        return 0.0
    steps = float(OSA.distance(own, its, score_cutoff=longer // 2))
    if steps > longer // 2:
        return 0.0
    if steps == 1 and len(own) == len(its) and sorted(own) == sorted(its):
        steps = SWAPPED
    return 1 - steps / longer


def least_score(near: float) -> float:
    """The score that a name of such a nearness has at least."""
    return next((share * near for least, share in _LEAST if near >= least), 0.0)
