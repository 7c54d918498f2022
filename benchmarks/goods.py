"""Class suggestions: how often the class of a term that was held out is the first, or among the first three.

    python -m benchmarks.goods LIST.csv

The list has the columns class_number and term (`ipregister nice load` reads the same). Five rounds: each fifth of the
terms is held out once, the reader is learnt from the others; neither published records nor the held terms are asked.
"""

import random
import sys
import time
from pathlib import Path

from benchmarks.measuring import keep, say
from ipregister.search.analyzer import Analyzer
from ipregister.search.goods.reader import train
from ipregister.search.goods.suggest import VERSION, suggest
from ipregister.search.goods.terms import Term, TermList, read_terms

FOLDS, SEED = 5, 1


def fold(terms: list[Term], number: int) -> dict[str, float]:
    """Figures of one round."""
    held = terms[number::FOLDS]
    rest = [term for place, term in enumerate(terms) if place % FOLDS != number]
    started = time.process_time()
    learnt = train([(way, term.class_number) for term in rest for way in term.ways], Analyzer())
    lists = [TermList(rest, learnt)]
    trained = time.process_time()
    found = [[one.class_number for one in suggest(term.ways[0], None, lists, limit=3)] for term in held]
    spent = time.process_time() - trained
    alone = [[one.class_number for one in suggest(term.ways[0], None, (), limit=3)] for term in held]
    return {
        "terms": len(held),
        "first": sum(ranked[:1] == [term.class_number] for ranked, term in zip(found, held, strict=True)),
        "third": sum(term.class_number in ranked for ranked, term in zip(found, held, strict=True)),
        "own_third": sum(term.class_number in ranked for ranked, term in zip(alone, held, strict=True)),
        "own_silent": sum(not ranked for ranked in alone),
        "train_s": trained - started,
        "ms": 1000 * spent / len(held),
    }


def main() -> int:
    """Measure and keep."""
    terms = read_terms(Path(sys.argv[1]), "en")
    random.Random(SEED).shuffle(terms)
    rounds = [fold(terms, number) for number in range(FOLDS)]
    total = sum(one["terms"] for one in rounds)
    shares = {
        name: sum(one[name] for one in rounds) / total
        for name in ("first", "third", "own_third", "own_silent")
    }
    rest = {name: sum(one[name] for one in rounds) / FOLDS for name in ("train_s", "ms")}
    say(f"first {shares['first']:.3f}, among three {shares['third']:.3f}")
    keep("goods", {"version": VERSION, "terms": total, **shares, **rest})
    return 0


if __name__ == "__main__":
    sys.exit(main())
