"""Trains the ranking of similar names: a small network over the named features.

    python -m scripts.train_ranking gather --pairs PAIRS.tsv --docs DOCS.tsv --encoder encoder.npz --out FILE
    python -m scripts.train_ranking refresh --data FILE --encoder encoder.npz
    python -m scripts.train_ranking fit --data FILE --out ranking.npz

Questions are the names of the entities that `train_names` left out (in another script than the answer), and names
of DOCS changed by `name_confusions` (in the same script). The answers are looked for among all names of DOCS.
"""

import argparse
import random
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipregister.commands.bench_names import Names
from ipregister.search.similarity.encoder.network import Encoder
from ipregister.search.similarity.features import FEATURES
from ipregister.search.similarity.names import forms
from ipregister.search.similarity.ranking import Ranking, by_set_weights, inputs
from ipregister.search.similarity.search import Wanted, closest
from ipregister.search.similarity.trained import read_encoder
from scripts.name_confusions import change
from scripts.name_pairs import is_left_out, read_rows

CROSS, SAME, KEPT, INNER = 1000, 900, 60, 24
BATCH, RATE, DECAY = 32, 6e-3, 0.02
Floats = NDArray[np.float32]


def _questions(
    pairs: list[list[str]], docs: list[list[str]], dice: random.Random
) -> list[tuple[str, str, list[str]]]:
    """(name, entity, keys of right answers) of both sorts."""
    of_entity: dict[str, dict[str, str]] = defaultdict(dict)
    for doc in docs:
        if doc[1] != "-":
            of_entity[doc[1]].setdefault(f"{doc[3]}\t{doc[4]}", doc[0])
    cross: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entity, _, script, name, other_script, other in (row for row in pairs if is_left_out(row[0])):
        for asked, wanted in ((f"{script}\t{name}", f"{other_script}\t{other}"),
                              (f"{other_script}\t{other}", f"{script}\t{name}")):  # fmt: skip
            if wanted in of_entity[entity]:
                cross[entity, asked.split("\t")[1]].append(of_entity[entity][wanted])
    found = [(name, entity, keys) for (entity, name), keys in cross.items()]
    found = dice.sample(found, min(CROSS, len(found)))
    latin = [doc for doc in docs if doc[3] == "Latn" and doc[2] in ("brand", "org")]
    elsewhere = [doc for doc in docs if doc[3] != "Latn"]
    for _ in range(SAME):
        doc = dice.choice(latin if dice.random() < 0.75 else elsewhere)
        _, name = change(doc[4], dice)
        if name != doc[4] and len(name) > 2:
            found.append((name, doc[1] if doc[1] != "-" else f"#{doc[0]}", [doc[0]]))
    return found


def gather(pairs: Path, documents: Path, reader: Path, out: Path) -> None:
    """Writes, for each question and script of an answer, the features of the names that come into question."""
    dice = random.Random(11)
    docs = read_rows(documents)
    entity = {doc[0]: doc[1] for doc in docs}
    script = {doc[0]: doc[3] for doc in docs}
    names = Names(docs, read_encoder(reader), Ranking())
    rows, lists, same, told, keys_told = [], [], [], [], []
    for number, (name, asked, keys) in enumerate(_questions(read_rows(pairs), docs, dice)):
        if number % 200 == 0:
            print(number, flush=True)
        query_script = forms(name).script
        wanted_scripts = sorted({script[key] for key in keys})
        found = closest(names, name, KEPT, Wanted(scripts=tuple(wanted_scripts)))
        for wanted in wanted_scripts:
            kept = [one for one in found if script[one.entry.key] == wanted]
            right = [one.entry.key in keys for one in kept]
            kept = [
                one for one, hit in zip(kept, right, strict=True) if hit or entity[one.entry.key] != asked
            ]
            right = [one.entry.key in keys for one in kept]
            if not any(right) or len(kept) < 5:
                continue
            table = np.array([one.row for one in kept])
            given = inputs(table, by_set_weights(table), query_script, [one.other.script for one in kept])
            rows.append(given)
            lists.append(np.array(right))
            same.append(query_script == wanted)
            told.append(name)
            keys_told.append([one.entry.name for one in kept])
    lengths = np.array([len(one) for one in lists])
    np.savez_compressed(out, rows=np.concatenate(rows).astype(np.float16), right=np.concatenate(lists),
                        lengths=lengths, same=np.array(same), asked=np.array(told),
                        names=np.array([one for names in keys_told for one in names]))  # fmt: skip


def refresh(data: Path, reader: Path) -> None:
    """Puts the nearness of vectors by other weights into gathered rows."""
    with np.load(data) as held:
        arrays = {name: held[name] for name in held.files}
    used = Encoder(reader)
    asked = used.vectors([forms(name) for name in arrays["asked"]])
    others = used.vectors([forms(name) for name in arrays["names"]])
    near = (np.repeat(asked, arrays["lengths"], axis=0) * others).sum(1)
    arrays["rows"][:, FEATURES.index("vector")] = np.maximum(near, 0)
    told = arrays["rows"][:, : len(FEATURES)].astype(np.float32)
    arrays["rows"][:, len(FEATURES)] = by_set_weights(told)
    np.savez_compressed(data, **arrays)


class Lists(NamedTuple):
    """Questions with the names that come into question: (lists, names, inputs), which names are right, which are there,
    and which questions are in the script of their answer."""

    given: Floats
    right: Floats
    there: Floats
    same: NDArray[np.bool_]

    def part(self, chosen: NDArray[np.int64]) -> "Lists":
        """Some of the lists."""
        return Lists(self.given[chosen], self.right[chosen], self.there[chosen], self.same[chosen])


def _lists(data: Path) -> Lists:
    with np.load(data) as held:
        rows, right, lengths, same = (held[name] for name in ("rows", "right", "lengths", "same"))
    size = (len(lengths), int(lengths.max()))
    given, hits, there = (np.zeros(shape, np.float32) for shape in ((*size, rows.shape[1]), size, size))
    for place, (first, length) in enumerate(zip(np.cumsum(lengths) - lengths, lengths, strict=True)):
        given[place, :length] = rows[first : first + length]
        hits[place, :length] = right[first : first + length]
        there[place, :length] = 1
    return Lists(given, hits, there, same)


class Rule:
    """The weights of `Ranking.scores`, and what a step changes of them (Adam with decay)."""

    def __init__(self, lists: Lists) -> None:
        dice = np.random.default_rng(5)
        flat = lists.given[lists.there > 0]
        width = flat.shape[1]
        self.mean, self.spread = flat.mean(0), np.maximum(flat.std(0), 0.05)
        bound = 1 / np.sqrt(width)
        self.held: dict[str, Floats] = {
            "first": dice.uniform(-bound, bound, (width, INNER)).astype(np.float32),
            "first_bias": np.zeros(INNER, np.float32),
            "second": dice.uniform(-0.2, 0.2, INNER).astype(np.float32),
            "straight": np.zeros(width, np.float32),
            "bias": np.zeros(1, np.float32),
        }
        self.held["straight"][len(FEATURES)] = 10.0
        self._pace = {name: np.zeros_like(value) for name, value in self.held.items()}
        self._spread = {name: np.zeros_like(value) for name, value in self.held.items()}
        self._steps = 0

    def inner(self, given: Floats) -> tuple[Floats, Floats]:
        """The inputs made even, and what the network makes of them."""
        even = (given - self.mean) / self.spread
        return even, np.maximum(even @ self.held["first"] + self.held["first_bias"], 0)

    def raw(self, given: Floats) -> Floats:
        """One raw score a name."""
        _, inner = self.inner(given)
        return np.asarray(inner @ self.held["second"] + given @ self.held["straight"] + self.held["bias"][0])

    def learn(self, given: Floats, change: Floats, rate: float) -> None:
        """One step; `change` is how the loss changes with each raw score."""
        even, inner = self.inner(given)
        back = change[:, None] * self.held["second"] * (inner > 0)
        gradients = {"first": even.T @ back, "first_bias": back.sum(0), "second": inner.T @ change,
                     "straight": given.T @ change, "bias": change.sum(keepdims=True)}  # fmt: skip
        self._steps += 1
        for name, gradient in gradients.items():
            pace, spread = self._pace[name], self._spread[name]
            pace += 0.1 * (gradient - pace)
            spread += 0.001 * (gradient * gradient - spread)
            even_pace = pace / (1 - 0.9**self._steps)
            even_spread = np.sqrt(spread / (1 - 0.999**self._steps)) + 1e-8
            self.held[name] -= (rate * (even_pace / even_spread + DECAY * self.held[name])).astype(np.float32)

    def save(self, out: Path) -> None:
        """Writes what `Ranking` reads."""
        held = {**self.held, "bias": self.held["bias"][0], "mean": self.mean, "spread": self.spread}
        np.savez(out, **{name: np.asarray(value, np.float32) for name, value in held.items()})  # type: ignore[arg-type]  # numpy's stubs take one of the arrays for a flag


def fit(data: Path, out: Path, epochs: int = 30) -> None:
    """Trains on lists: the right answers of a list against all others of it. An eighth of the questions, by name, is
    left out and told of."""
    lists = _lists(data)
    dice = np.random.default_rng(1)
    order = dice.permutation(len(lists.same))
    test, train = lists.part(order[: len(order) // 8]), order[len(order) // 8 :]
    rule = Rule(lists)
    total = epochs * -(-len(train) // BATCH)
    step = 0
    for epoch in range(epochs):
        shuffled = dice.permutation(train)
        for first in range(0, len(shuffled), BATCH):
            part = lists.part(shuffled[first : first + BATCH])
            rule.learn(part.given[part.there > 0], _change(rule, part)[part.there > 0], _rate(step / total))
            step += 1
        if epoch % 5 == 4:
            _tell(rule, test, epoch)
    rule.save(out)


def _rate(done: float) -> float:
    return float(RATE * (done / 0.3 if done < 0.3 else 0.5 + 0.5 * np.cos(np.pi * (done - 0.3) / 0.7)))


def _change(rule: Rule, part: Lists) -> Floats:
    """How the loss changes with each raw score: each list as a choice among its names, and a little each name for itself."""
    shape = part.there.shape
    raw = np.where(
        part.there > 0, rule.raw(part.given.reshape(-1, part.given.shape[-1])).reshape(shape), -1e4
    )
    chosen = np.exp(raw - raw.max(1, keepdims=True))
    chosen /= chosen.sum(1, keepdims=True)
    wanted = part.right / part.right.sum(1, keepdims=True)
    alone = 1 / (1 + np.exp(-np.clip(raw, -30, 30)))
    each = np.where(part.right > 0, 8 * (alone - 1), alone) * part.there / part.there.sum()
    return np.asarray((chosen - wanted) / len(raw) + 0.2 * each, np.float32)


def _tell(rule: Rule, test: Lists, epoch: int) -> None:
    shape = test.there.shape
    raw = rule.raw(test.given.reshape(-1, test.given.shape[-1])).reshape(shape)
    for label, chosen in (("same", test.same), ("cross", ~test.same)):
        told = [f"epoch {epoch} {label} n={int(chosen.sum())}"]
        for way, scores in (("set", test.given[..., len(FEATURES)]), ("trained", raw)):
            there = np.where(test.there > 0, scores, -1e4)
            best = np.where(test.right > 0, there, -1e5).max(1, keepdims=True)
            rank = (there > best).sum(1)[chosen]
            told.append(f"{way} {(rank < 1).mean():.3f} {(rank < 10).mean():.3f}")
        print(" ".join(told), flush=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    first = steps.add_parser("gather")
    for name in ("pairs", "docs", "encoder", "out"):
        first.add_argument(f"--{name}", type=Path, required=True)
    third = steps.add_parser("refresh")
    for name in ("data", "encoder"):
        third.add_argument(f"--{name}", type=Path, required=True)
    second = steps.add_parser("fit")
    for name in ("data", "out"):
        second.add_argument(f"--{name}", type=Path, required=True)
    told = parser.parse_args()
    if told.step == "gather":
        gather(told.pairs, told.docs, told.encoder, told.out)
    elif told.step == "refresh":
        refresh(told.data, told.encoder)
    else:
        fit(told.data, told.out)


if __name__ == "__main__":
    main()
