"""Trains the ranking of similar names: a small network over the named features. Needs torch.

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

import numpy as np
import torch
from torch import nn

from ipregister.commands.bench_names import Names
from ipregister.search.similarity.encoder.network import Encoder
from ipregister.search.similarity.features import FEATURES
from ipregister.search.similarity.names import forms
from ipregister.search.similarity.ranking import Ranking, by_set_weights, inputs
from ipregister.search.similarity.search import Wanted, closest
from ipregister.search.similarity.trained import read_encoder
from scripts.name_confusions import change
from scripts.train_names import _read, is_left_out

CROSS, SAME, KEPT, INNER = 1000, 900, 60, 24


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
    docs = _read(documents)
    entity = {doc[0]: doc[1] for doc in docs}
    script = {doc[0]: doc[3] for doc in docs}
    names = Names(docs, read_encoder(reader), Ranking())
    rows, lists, same, told, keys_told = [], [], [], [], []
    for number, (name, asked, keys) in enumerate(_questions(_read(pairs), docs, dice)):
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


class Rule(nn.Module):  # type: ignore[misc]  # torch is not among the locked packages
    """The same as `Ranking.scores` computes."""

    def __init__(self, mean: torch.Tensor, spread: torch.Tensor) -> None:
        super().__init__()
        self.mean, self.spread = mean, spread
        self.first = nn.Linear(len(mean), INNER)
        self.second = nn.Linear(INNER, 1, bias=False)
        self.straight = nn.Parameter(torch.zeros(len(mean)))
        self.bias = nn.Parameter(torch.zeros(()))
        with torch.no_grad():
            self.straight[len(FEATURES)] = 10.0

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        """One raw score a row."""
        inner = torch.relu(self.first((given - self.mean) / self.spread))
        return self.second(inner)[..., 0] + given @ self.straight + self.bias


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


def fit(data: Path, out: Path, epochs: int = 30) -> None:
    """Trains on lists: the right answers of a list against all others of it."""
    torch.manual_seed(5)
    torch.set_num_threads(1)
    with np.load(data) as held:
        rows, right, lengths, same = (
            held["rows"].astype(np.float32),
            held["right"],
            held["lengths"],
            held["same"],
        )
    width, longest = rows.shape[1], int(lengths.max())
    table = np.zeros((len(lengths), longest, width), np.float32)
    hits = np.zeros((len(lengths), longest), np.float32)
    there = np.zeros((len(lengths), longest), bool)
    for place, (first, length) in enumerate(zip(np.cumsum(lengths) - lengths, lengths, strict=True)):
        table[place, :length], hits[place, :length] = (
            rows[first : first + length],
            right[first : first + length],
        )
        there[place, :length] = True
    given, hit, real = torch.from_numpy(table), torch.from_numpy(hits), torch.from_numpy(there)
    flat = given[real]
    rule = Rule(flat.mean(0), flat.std(0).clamp(min=0.05))
    order = torch.randperm(len(given), generator=torch.Generator().manual_seed(1))
    test, train = order[: len(order) // 8], order[len(order) // 8 :]
    weight = torch.from_numpy(np.where(same, 1.0, 1.0).astype(np.float32))
    steps = torch.optim.AdamW(rule.parameters(), lr=4e-3, weight_decay=0.02)
    count = epochs * (len(train) // 32)
    schedule = torch.optim.lr_scheduler.OneCycleLR(steps, max_lr=6e-3, total_steps=count + epochs)
    for epoch in range(epochs):
        for part in train[torch.randperm(len(train))].split(32):
            raw = rule(given[part]).masked_fill(~real[part], -1e4)
            told = raw.log_softmax(1)
            loss = -((told * hit[part]).sum(1) / hit[part].sum(1) * weight[part]).mean()
            point = torch.nn.functional.binary_cross_entropy_with_logits(
                raw[real[part]] - 0.0, hit[part][real[part]], pos_weight=torch.tensor(8.0)
            )
            steps.zero_grad()
            (loss + 0.2 * point).backward()
            steps.step()
            schedule.step()
        if epoch % 5 == 4:
            _tell(rule, given, hit, real, test, same, epoch)
    held = {"mean": rule.mean, "spread": rule.spread, "first": rule.first.weight.T, "first_bias": rule.first.bias,
            "second": rule.second.weight[0], "straight": rule.straight, "bias": rule.bias}  # fmt: skip
    np.savez(out, **{name: value.detach().numpy().astype(np.float32) for name, value in held.items()})


@torch.no_grad()  # type: ignore[untyped-decorator]  # as above
def _tell(rule: Rule, given: torch.Tensor, hit: torch.Tensor, real: torch.Tensor, test: torch.Tensor,
          same: np.ndarray, epoch: int) -> None:  # fmt: skip
    def first(raw: torch.Tensor, part: torch.Tensor) -> tuple[float, float]:
        raw = raw.masked_fill(~real[part], -1e4)
        best = raw.masked_fill(hit[part] == 0, -1e5).amax(1, keepdim=True)
        rank = (raw > best).sum(1)
        return (rank < 1).float().mean().item(), (rank < 10).float().mean().item()

    for label, chosen in (("same", same), ("cross", ~same)):
        part = test[torch.from_numpy(chosen)[test]]
        set_ = first(given[part][..., len(FEATURES)], part)
        print(f"epoch {epoch} {label} n={len(part)} set {set_[0]:.3f} {set_[1]:.3f}  "
              "trained {:.3f} {:.3f}".format(*first(rule(given[part]), part)), flush=True)  # fmt: skip


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
