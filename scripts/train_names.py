"""Trains the network that reads names. Needs torch; run by a developer, in half an hour on two cores.

    python -m scripts.train_names prepare --pairs PAIRS.tsv --docs DOCS.tsv --out FOLDER
    python -m scripts.train_names encoder --data FOLDER --out encoder.npz --minutes 4

PAIRS: entity, source, script, name, script, name; DOCS: id, entity, source, script, name (only names and scripts
are used, as the names that a right answer must be told from). Of the pairs, a seventh of the entities is left out
here, for the training of the ranking. The weights hold no name.
"""

import argparse
import json
import random
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from scripts.name_pairs import is_left_out, read_rows

WIDTH, LAYERS, OUT, SHORT = 80, 3, 96, 48
LENGTH = 64
PAIRS_A_STEP, WRONG_A_PAIR, MINED, THREADS = 320, 2, 9000, 1


def prepare(pairs: Path, documents: Path, out: Path, changed: int = 160_000) -> None:
    """Writes all names as numbers, the pairs as places of names, and the vocabulary of letters."""
    from ipregister.search.similarity.encoder.characters import numbers, own_letters
    from ipregister.search.similarity.names import forms
    from scripts.name_confusions import change

    dice = random.Random(7)
    rows, docs = read_rows(pairs), read_rows(documents)
    places: dict[tuple[str, str, str], int] = {}

    def place(entity: str, script: str, name: str) -> int:
        return places.setdefault((entity, script, name), len(places))

    for number, doc in enumerate(docs):
        place(doc[1] if doc[1] != "-" else f"-{number}", doc[3], doc[4])
    kept = [row for row in rows if not is_left_out(row[0])]
    told = [(place(r[0], r[2], r[3]), place(r[0], r[4], r[5])) for r in kept]
    made = []
    for _ in range(changed):
        doc = dice.choice(docs) if dice.random() < 0.7 else dice.choice(kept)[:1] + dice.choice(kept)[1:]
        entity, script, name = (doc[1], doc[3], doc[4]) if len(doc) == 5 else (doc[0], doc[2], doc[3])
        _, other = change(name, dice)
        made.append((place(f"~{entity}~{name}", script, other), place(f"~{entity}~{name}", script, name)))
    read = [forms(name) for _, _, name in places]
    letters = sorted({c for form in read for c in own_letters(form.folded)})
    vocabulary = {char: number for number, char in enumerate(letters)}
    table = np.zeros((len(read), LENGTH), np.uint16)
    for row, form in zip(table, read, strict=True):
        found = numbers(form.spoken, form.folded, vocabulary)
        row[: len(found)] = found
    entities = {name: number for number, name in enumerate(dict.fromkeys(key[0] for key in places))}
    scripts = {name: number for number, name in enumerate(sorted({key[1] for key in places}))}
    out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        out / "names.npz", table=table, pairs=np.array(told, np.int32), made=np.array(made, np.int32),
        entity=np.array([entities[key[0]] for key in places], np.int32), documents=np.int64(len(docs)),
        script=np.array([scripts[key[1]] for key in places], np.int16), letters=np.array("".join(letters)),
    )  # fmt: skip


class Reader(nn.Module):  # type: ignore[misc]  # torch is not among the locked packages
    """Letters in, one vector of length 1 out; the same as `encoder/network.py` computes with numpy."""

    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.letters = nn.Embedding(vocabulary, WIDTH, padding_idx=0)
        nn.init.normal_(self.letters.weight, std=0.3)
        self.norms = nn.ModuleList([nn.LayerNorm(WIDTH) for _ in range(LAYERS)])
        self.windows = nn.ModuleList([nn.Linear(3 * WIDTH, WIDTH) for _ in range(LAYERS)])
        self.out = nn.Linear(2 * WIDTH, OUT)
        self.dropout = nn.Dropout(0.1)
        self.scale = nn.Parameter(torch.tensor(3.0))

    def forward(self, names: torch.Tensor) -> torch.Tensor:
        """(names, letters) of numbers to (names, OUT), each of length 1."""
        there = (names != 0)[..., None]
        x = self.dropout(self.letters(names))
        for norm, window in zip(self.norms, self.windows, strict=True):
            y = torch.relu(norm(x)) * there
            before, after = functional.pad(y, (0, 0, 1, 0))[:, :-1], functional.pad(y, (0, 0, 0, 1))[:, 1:]
            x = x + window(torch.cat([before, y, after], -1))
        mean = (x * there).sum(1) / there.sum(1)
        most = x.masked_fill(~there, -1e4).amax(1)
        return functional.normalize(self.out(torch.cat([mean, most], -1)), dim=-1)


def _weights(model: Reader, letters: str) -> dict[str, Any]:
    found = {name: value.detach().float().cpu().numpy().astype(np.float16)
             for name, value in model.state_dict().items() if name != "scale"}  # fmt: skip
    return {**found, "vocabulary": np.array(letters)}


class Training:
    """The names on the device, and one step after the other."""

    def __init__(self, data: Path, device: str) -> None:
        with np.load(data / "names.npz") as held:
            arrays = {name: held[name] for name in held.files}
        self.letters = str(arrays["letters"])
        self.device = device
        self.table = torch.from_numpy(arrays["table"].astype(np.int64)).to(device)
        self.entity = torch.from_numpy(arrays["entity"].astype(np.int64)).to(device)
        self.script = torch.from_numpy(arrays["script"].astype(np.int64)).to(device)
        self.pairs = torch.from_numpy(arrays["pairs"].astype(np.int64)).to(device)
        self.made = torch.from_numpy(arrays["made"].astype(np.int64)).to(device)
        self.documents = int(arrays["documents"])
        self.model = Reader(40 + len(self.letters)).to(device)
        self.wrong: torch.Tensor | None = None

    def read(self, places: torch.Tensor) -> torch.Tensor:
        """The vectors of some names."""
        table = self.table[places]
        if self.model.training:
            rare = (torch.rand(table.shape, device=self.device) < 0.01) & (table >= 40)
            table = table.masked_fill(rare, 2)
        lengths = (table != 0).sum(1)
        order = lengths.argsort()
        parts = [self.model(table[part][:, : int(lengths[part].max())]) for part in order.chunk(4)]
        return torch.cat(parts)[order.argsort()]

    @torch.no_grad()  # type: ignore[untyped-decorator]  # as above
    def mine(self, asked: torch.Tensor, most: int = 24) -> torch.Tensor:
        """For each (query, target): names of the target's script nearest the query, of other entities."""
        self.model.eval()
        rows = torch.arange(self.documents, device=self.device)
        vectors = torch.cat([self.read(part) for part in rows.split(4096)])
        found = torch.zeros(len(asked), most, dtype=torch.long, device=self.device)
        for script in self.script[asked[:, 1]].unique():
            offered = rows[self.script[: self.documents] == script]
            for part in (self.script[asked[:, 1]] == script).nonzero()[:, 0].split(512):
                near = self.read(asked[part, 0]) @ vectors[offered].T
                same = self.entity[asked[part, 1]][:, None] == self.entity[offered][None]
                found[part] = offered[near.masked_fill(same, -2).topk(most, dim=1).indices]
        self.model.train()
        return found

    def loss(self, asked: torch.Tensor, wrong: torch.Tensor) -> torch.Tensor:
        """Each query must find its target among all targets and wrong names of its step."""
        offered = torch.cat([asked[:, 1], wrong.flatten()])
        same = self.entity[asked[:, 1]][:, None] == self.entity[offered][None]
        same[torch.arange(len(asked)), torch.arange(len(asked))] = False
        queries, answers = self.read(asked[:, 0]), self.read(offered)
        right = torch.arange(len(asked), device=self.device)
        total = torch.zeros((), device=self.device)
        for width in (OUT, SHORT):
            q, a = (
                functional.normalize(queries[:, :width], dim=-1),
                functional.normalize(answers[:, :width], dim=-1),
            )
            near = (q @ a.T * self.model.scale.exp().clamp(max=60)).masked_fill(same, -1e4)
            total = total + functional.cross_entropy(near, right)
            back = a[: len(asked)] @ q.T * self.model.scale.exp().clamp(max=60)
            back = back.masked_fill(same[:, : len(asked)].T, -1e4)
            total = total + 0.5 * functional.cross_entropy(back, right)
        return total

    def run(self, minutes: float, out: Path, rate: float = 3e-3) -> None:
        """Trains for so long, on the clock."""
        chosen = torch.optim.AdamW(self.model.parameters(), lr=rate, weight_decay=0.01, betas=(0.9, 0.98))
        both = torch.cat([self.pairs, self.pairs.flip(1)])
        began, step, share, mined = time.time(), 0, 0.0, 0.05
        hard, wrong = both[:0], both[:0]
        while share < 1:
            if share > mined:
                hard = both[torch.randperm(len(both), device=self.device)[:MINED]]
                wrong, mined = self.mine(hard), mined + 0.12
            for group in chosen.param_groups:
                group["lr"] = rate * min(1, step / 150) * max(0.02, 1 - share)
            loss = self._step(both, hard, wrong)
            chosen.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            chosen.step()
            step, share = step + 1, (time.time() - began) / (minutes * 60)
            if step % 50 == 0:
                np.savez_compressed(out, **_weights(self.model, self.letters))
                print(f"step {step}  {share:.2f}  loss {loss.item():.3f}  scale {self.model.scale.exp().item():.1f}",
                      flush=True)  # fmt: skip

    def _step(self, both: torch.Tensor, hard: torch.Tensor, wrong: torch.Tensor) -> torch.Tensor:
        """The loss of one draw: pairs, half of them with mined wrong names, and changed names."""
        half = PAIRS_A_STEP // 2
        extra = self.made[torch.randint(len(self.made), (PAIRS_A_STEP // 4,), device=self.device)]
        rows = both[torch.randint(len(both), (half if len(hard) else PAIRS_A_STEP,), device=self.device)]
        if not len(hard):
            return self.loss(
                torch.cat([rows, extra]), torch.randint(self.documents, (half, 2), device=self.device)
            )
        picked = torch.randint(len(hard), (half,), device=self.device)
        columns = torch.randint(wrong.shape[1], (half, WRONG_A_PAIR), device=self.device)
        return self.loss(torch.cat([hard[picked], rows, extra]), wrong[picked].gather(1, columns))


def train(data: Path, out: Path, minutes: float) -> None:
    """Trains the encoder and writes its weights."""
    torch.manual_seed(3)
    torch.set_num_threads(THREADS)
    training = Training(data, "cuda" if torch.cuda.is_available() else "cpu")
    training.run(minutes, out)
    training.model.eval()
    with torch.no_grad():
        some = training.read(torch.arange(64, device=training.device))
    np.savez_compressed(out, **_weights(training.model, training.letters))
    out.with_suffix(".json").write_text(json.dumps({"first": some[0, :4].tolist()}))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    first = steps.add_parser("prepare")
    for name in ("pairs", "docs", "out"):
        first.add_argument(f"--{name}", type=Path, required=True)
    second = steps.add_parser("encoder")
    for name in ("data", "out"):
        second.add_argument(f"--{name}", type=Path, required=True)
    second.add_argument("--minutes", type=float, default=4)
    told = parser.parse_args()
    if told.step == "prepare":
        prepare(told.pairs, told.docs, told.out)
    else:
        train(told.data, told.out, told.minutes)


if __name__ == "__main__":
    main()
