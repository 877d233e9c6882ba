"""A thin builder over onnx.helper: names, constants, and the few layers whose weights have more than one format.

Knows the formats of weights; knows nothing of T5.
"""

from typing import Literal

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from tandem_training.quantize import MIDDLE, block_size_of, per_block, per_column

OPSET = 17
IR_VERSION = 8
MICROSOFT = "com.microsoft"
CONTRIBUTED = {
    "DynamicQuantizeMatMul", "FastGelu", "FusedMatMul", "GatherBlockQuantized", "MatMulNBits", "MultiHeadAttention",
    "QuickGelu", "RotaryEmbedding", "SkipSimplifiedLayerNormalization",
}  # fmt: skip
# SimplifiedLayerNormalization is in the default domain although ONNX does not list it.
EPSILON = 1e-6

# float32: exact, for parity. columns: DynamicQuantizeMatMul, int8 per column, activations per tensor.
# blocks: MatMulNBits, 8 bit per block of the input width, activations per row and block.
WeightFormat = Literal["float32", "columns", "blocks"]


class Graph:
    def __init__(self, name: str, weight_format: WeightFormat, epsilon: float = EPSILON):
        self.name = name
        self.weight_format = weight_format
        self.epsilon = epsilon  # of the layer norms
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}
        self._inputs: list[onnx.ValueInfoProto] = []
        self._outputs: list[onnx.ValueInfoProto] = []

    def input(self, name: str, dtype: int, shape: list[int | str]) -> str:
        self._inputs.append(helper.make_tensor_value_info(name, dtype, shape))
        return name

    def output(self, value: str, name: str, dtype: int, shape: list[int | str]) -> None:
        self._nodes.append(helper.make_node("Identity", [value], [name]))
        self._outputs.append(helper.make_tensor_value_info(name, dtype, shape))

    def constant(self, name: str, array: np.ndarray) -> str:
        """An initializer; the same name means the same array, so that a weight used twice is stored once."""
        if name not in self._constants:
            self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def integers(self, *values: int) -> str:
        return self.constant("i64_" + "_".join(map(str, values)), np.array(values, np.int64))

    def add(self, op: str, *inputs: str, **attributes: object) -> str:
        return self.add_many(op, 1, *inputs, **attributes)[0]

    def add_many(self, op: str, outputs: int, *inputs: str, **attributes: object) -> list[str]:
        name = f"{op}_{len(self._nodes)}"
        names = [f"{name}_{i}" for i in range(outputs)]
        domain = MICROSOFT if op in CONTRIBUTED else ""
        self._nodes.append(helper.make_node(op, list(inputs), names, name=name, domain=domain, **attributes))
        return names

    def linear(self, x: str, weight: np.ndarray, name: str, bias: np.ndarray | None = None) -> str:
        """x [..., K] times weight f32[K,N], plus bias f32[N]."""
        if self.weight_format == "float32":
            y = self.add("MatMul", x, self.constant(name, weight))
            return y if bias is None else self.add("Add", y, self.constant(f"{name}.bias", bias))
        bias_name = "" if bias is None else self.constant(f"{name}.bias", bias)
        if self.weight_format == "columns":
            quantized, scale = per_column(weight)
            operands = [self.constant(f"{name}.i8", quantized), self.constant(f"{name}.scale", scale)]
            return self.add("DynamicQuantizeMatMul", x, *operands, "", bias_name)
        return self._matmul_blocks(x, self._blocks(name, weight.T), *weight.shape, bias_name)

    def embedding(self, ids: str, table: np.ndarray, name: str) -> str:
        """Rows of table f32[V,d]: ids [M,N] → [M,N,d]. A tied head of the same name shares the stored bytes."""
        if self.weight_format == "float32":
            return self.add("Gather", self.constant(name, table), ids)
        # What GatherBlockQuantized computes, to the bit, in less time where there are several rows.
        quantized, scales = self._blocks(name, table)
        rows = self.add("Cast", self.add("Gather", quantized, ids), to=TensorProto.FLOAT)
        centred = self.add("Sub", rows, self.constant("middle", np.float32(MIDDLE)))
        scaled = self.add("Mul", centred, self.add("Unsqueeze", self.add("Gather", scales, ids), self.integers(-1)))
        return self.add("Reshape", scaled, self.integers(0, 0, table.shape[1]))

    def head(self, x: str, table: np.ndarray, name: str, bias: np.ndarray) -> str:
        """x [..., d] times the transpose of table f32[V,d], plus bias f32[V]; shares an embedding of the same name."""
        if self.weight_format == "float32":
            logits = self.add("FusedMatMul", x, self.constant(name, table), transB=1)
            return self.add("Add", logits, self.constant("head.bias", bias))
        vocabulary, width = table.shape
        return self._matmul_blocks(x, self._blocks(name, table), width, vocabulary, self.constant("head.bias", bias))

    def norm(self, x: str, gamma: np.ndarray, name: str) -> str:
        """The layer norm of T5 and Llama: no mean, no bias."""
        gamma_name = self.constant(name, gamma)
        return self.add("SimplifiedLayerNormalization", x, gamma_name, axis=-1, epsilon=self.epsilon, stash_type=1)

    def add_norm(self, x: str, residual: str, gamma: np.ndarray, name: str) -> tuple[str, str]:
        """(norm(x + residual), x + residual)"""
        op = "SkipSimplifiedLayerNormalization"
        normed, _, _, total = self.add_many(op, 4, x, residual, self.constant(name, gamma), epsilon=self.epsilon)
        return normed, total

    def _blocks(self, name: str, rows: np.ndarray) -> list[str]:
        quantized, scales = per_block(rows, block_size_of(rows.shape[1]))
        return [self.constant(f"{name}.u8", quantized), self.constant(f"{name}.scales", scales)]

    def _matmul_blocks(self, x: str, operands: list[str], width: int, columns: int, bias: str) -> str:
        return self.add(
            "MatMulNBits", x, *operands, "", "", bias,
            K=width, N=columns, bits=8, block_size=block_size_of(width), accuracy_level=4,
        )  # fmt: skip

    def model(self) -> onnx.ModelProto:
        graph = helper.make_graph(
            self._nodes, self.name, self._inputs, self._outputs, initializer=list(self._constants.values())
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="tandem")


