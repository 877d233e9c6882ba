"""Llama weights → the ONNX graphs of a decoder-only pack (docs/pack-format.md): one graph reads and writes.

Weights that come in blocks of 4 bits are stored as they are and multiplied in float32: rounding activations to 8 bits, as 8-bit weights are
multiplied, changed every third summary within its first 20 tokens (docs/adr/0005). The best candidates of the 8-bit head are scored again exactly.

Shapes: B rows, S tokens read and shared, T tokens since, N of this run, M of them answered, n heads, k key-value heads, h head size,
d width, K candidates.
"""

from dataclasses import dataclass

import numpy as np
import onnx
from onnx import TensorProto
from transformers import LlamaForCausalLM

from tandem_training.from_gguf import BLOCK, Blocks, Gguf
from tandem_training.onnx_graph import Graph, WeightFormat
from tandem_training.quantize import per_block
from tandem_training.t5_graphs import FLOAT, INT32, INT64
from tandem_training.t5_weights import BANNED

END = np.array([np.iinfo(np.int64).max], np.int64)
SCORED_AGAIN = 32  # candidates of the 8-bit head
MIDDLE = 8  # what 0…15 is stored around

Matrix = np.ndarray | Blocks  # f32[input, output], or blocks [output, input]


@dataclass(frozen=True)
class LlamaLayer:
    attention_norm: np.ndarray
    qkv: Matrix  # queries, keys, values side by side
    attention_output: Matrix
    feed_forward_norm: np.ndarray
    gate_up: Matrix
    down: Matrix


@dataclass(frozen=True)
class LlamaWeights:
    embedding: np.ndarray | Blocks  # [V,d], the head too
    layers: list[LlamaLayer]
    final_norm: np.ndarray
    heads: int
    kv_heads: int
    head_size: int
    rope_theta: float
    epsilon: float

    @property
    def width(self) -> int:
        return self.table.shape[1]

    @property
    def table(self) -> np.ndarray:
        """The embedding as f32[V,d]."""
        return self.embedding.weight if isinstance(self.embedding, Blocks) else self.embedding


@dataclass(frozen=True)
class CausalLimits:
    max_context: int  # tokens of prompt and output
    top_k: int
    max_step: int = 16  # tokens of a draft that the app reads in one run


def llama_weights(llama: LlamaForCausalLM, blocks: Gguf | None = None) -> LlamaWeights:
    """`blocks`: the file that the model came from, whose blocks are kept. Refuses what the graph does not compute."""
    config = llama.config
    rope = config.rope_parameters
    expected = {"tie_word_embeddings": True, "attention_bias": False, "mlp_bias": False, "hidden_act": "silu"}
    different = {name: getattr(config, name) for name, value in expected.items() if getattr(config, name) != value}
    if different or rope["rope_type"] != "default":
        raise SystemExit(f"expected a Llama with {expected} and default rope, got {different} and rope {rope['rope_type']}")
    state = llama.state_dict()

    def part(name: str) -> np.ndarray | Blocks:
        """[output, input]"""
        return blocks.tensors[f"{name}.weight"] if blocks else state[f"{name}.weight"].float().numpy()

    def matrix(*names: str) -> Matrix:
        parts = [part(name) for name in names]
        if all(isinstance(found, Blocks) and found.bits == 4 for found in parts):
            return Blocks(4, *(np.concatenate([getattr(found, field) for found in parts]) for field in ("q", "scale", "minimum")))
        floats = [found.weight if isinstance(found, Blocks) else found for found in parts]
        return np.ascontiguousarray(np.concatenate(floats).T)

    layers = [
        LlamaLayer(
            attention_norm=part(f"{layer}.input_layernorm"),
            qkv=matrix(*(f"{layer}.self_attn.{name}_proj" for name in "qkv")),
            attention_output=matrix(f"{layer}.self_attn.o_proj"),
            feed_forward_norm=part(f"{layer}.post_attention_layernorm"),
            gate_up=matrix(f"{layer}.mlp.gate_proj", f"{layer}.mlp.up_proj"),
            down=matrix(f"{layer}.mlp.down_proj"),
        )
        for layer in (f"model.layers.{i}" for i in range(config.num_hidden_layers))
    ]
    return LlamaWeights(
        embedding=part("model.embed_tokens"), layers=layers, final_norm=part("model.norm"),
        heads=config.num_attention_heads, kv_heads=config.num_key_value_heads, head_size=config.head_dim,
        rope_theta=rope["rope_theta"], epsilon=config.rms_norm_eps,
    )  # fmt: skip


class CausalGraph(Graph):
    """Adds what comes in blocks already, and the head's second look."""

    def linear(self, x: str, weight: Matrix, name: str, bias: np.ndarray | None = None) -> str:
        """x [N,B,K]"""
        if self.weight_format == "float32":
            return super().linear(x, np.ascontiguousarray(weight.weight.T) if isinstance(weight, Blocks) else weight, name, bias)
        if not isinstance(weight, Blocks):
            quantized, scales = per_block(weight.T, BLOCK)
            operands = [self.constant(f"{name}.u8", quantized), self.constant(f"{name}.scales", scales)]
            return self.add("MatMulNBits", x, *operands, K=weight.shape[0], N=weight.shape[1], bits=8, block_size=BLOCK, accuracy_level=4)
        # scale * q + minimum = scale * (q - 8) + rest, and the rest of a block multiplies the sum of its inputs.
        columns, blocks, _ = weight.q.shape
        scale = weight.scale.astype(np.float32)
        rest = weight.minimum.astype(np.float32) + MIDDLE * scale
        packed = weight.q[..., 0::2] | weight.q[..., 1::2] << 4
        centred = self.add(
            "MatMulNBits", x, self.constant(f"{name}.u4", packed), self.constant(f"{name}.scales", scale),
            K=blocks * BLOCK, N=columns, bits=4, block_size=BLOCK, accuracy_level=0,
        )  # fmt: skip
        sums = self.add("ReduceSum", self.add("Reshape", x, self.integers(0, 0, blocks, BLOCK)), self.integers(-1), keepdims=0)
        return self.add("Add", centred, self.add("MatMul", sums, self.constant(f"{name}.rest", rest.T)))

    def tokens(self, ids: str, weights: LlamaWeights) -> str:
        """Embeddings of ids [...] → [...,d]."""
        if self.weight_format == "float32":
            return self.add("Gather", self.constant("embedding", weights.table), ids)
        quantized, scales = self._embedding(weights)
        rows = self.add("Reshape", quantized, self.integers(-1, weights.width))
        return self.add("GatherBlockQuantized", rows, ids, scales, bits=8, block_size=BLOCK, gather_axis=0, quantize_axis=1)

    def candidates(self, x: str, weights: LlamaWeights, top_k: int, banned_ids: list[int]) -> tuple[str, str]:
        """x [M,B,d] → ids i64[M,B,K] and log-probabilities f32[M,B,K], best first."""
        allowed = np.zeros(len(weights.table), np.float32)
        allowed[banned_ids] = BANNED
        bias = self.constant("head.bias", allowed)
        if self.weight_format == "float32":
            logits = self.add("Add", self.add("FusedMatMul", x, self.constant("embedding", weights.table), transB=1), bias)
            logprobs, ids = self.add_many("TopK", 2, self.add("LogSoftmax", logits, axis=-1), self.integers(top_k), axis=-1)
            return ids, logprobs
        quantized, scales = self._embedding(weights)
        logits = self.add(
            "MatMulNBits", x, quantized, scales, "", "", bias,
            K=weights.width, N=len(allowed), bits=8, block_size=BLOCK, accuracy_level=4,
        )  # fmt: skip
        total = self.add("ReduceLogSumExp", logits, axes=[-1], keepdims=1)
        _, ids = self.add_many("TopK", 2, logits, self.integers(SCORED_AGAIN), axis=-1)
        exact = self.add("MatMul", self.tokens(ids, weights), self.add("Unsqueeze", x, self.integers(-1)))
        best, places = self.add_many("TopK", 2, self.add("Squeeze", exact, self.integers(-1)), self.integers(top_k), axis=-1)
        return self.add("GatherElements", ids, places, axis=-1), self.add("Sub", best, total)

    def _embedding(self, weights: LlamaWeights) -> tuple[str, str]:
        if isinstance(weights.embedding, Blocks):
            quantized, scales = weights.embedding.q.astype(np.int16) + 128, weights.embedding.scale.astype(np.float32)
        else:
            quantized, scales = per_block(weights.table, BLOCK)
        return self.constant("embedding.u8", quantized.astype(np.uint8)), self.constant("embedding.scales", scales)


def causal_graph(
    weights: LlamaWeights, weight_format: WeightFormat, limits: CausalLimits, banned_ids: list[int],
    name: str, hidden_layer: int | None = None, is_conditioned: bool = False,
) -> onnx.ModelProto:  # fmt: skip
    """The next N tokens of every row: a slice of a prompt, one token, or a draft. `hidden_layer`: gives the states after so many layers,
    without the final norm. `is_conditioned`: `projected` is added to the embeddings."""
    graph = CausalGraph(name, weight_format, weights.epsilon)
    heads, kv_heads, head_size, width = weights.heads, weights.kv_heads, weights.head_size, weights.width
    group, rotated = heads // kv_heads, heads + kv_heads
    ids = graph.input("ids", INT32, ["N", "B"])
    positions = graph.input("positions", INT64, ["N", "B"])
    bias = graph.input("bias", FLOAT, ["N", "W"])  # W = S + T + N
    answer_from = graph.input("answer_from", INT64, [1])
    total = graph.tokens(ids, weights)  # [N,B,d]
    if is_conditioned:
        total = graph.add("Add", total, graph.input("projected", FLOAT, ["N", "B", width]))
    cosines, sines = _rotations(graph, weights, limits.max_context)
    bias = _for_groups(graph, bias, group)

    layers = weights.layers
    normed = graph.norm(total, layers[0].attention_norm, "0.attention_norm")
    delta = []
    for i, layer in enumerate(layers):
        past = {part: [graph.input(f"{time}_{part}.{i}", FLOAT, [length, "B", kv_heads, head_size])
                       for time, length in (("prefix", "S"), ("past", "T"))] for part in ("key", "value")}  # fmt: skip
        qkv = graph.linear(normed, layer.qkv, f"{i}.qkv")
        sizes = graph.integers(rotated * head_size, kv_heads * head_size)
        query_key, value = graph.add_many("Split", 2, qkv, sizes, axis=2)
        query_key = graph.add("RotaryEmbedding", query_key, positions, cosines, sines)
        query_key = graph.add("Reshape", query_key, graph.integers(0, 0, rotated, head_size))
        query, key = graph.add_many("Split", 2, query_key, graph.integers(heads, kv_heads), axis=2)
        value = graph.add("Reshape", value, graph.integers(0, 0, kv_heads, head_size))
        delta += [key, value]
        keys = graph.add("Concat", *past["key"], key, axis=0)  # [S+T+N,B,k,h]
        values = graph.add("Concat", *past["value"], value, axis=0)

        # The queries of a group share their keys: [N,B,k,g,h] → [B,k,N*g,h].
        query = graph.add("Reshape", query, graph.integers(0, 0, kv_heads, group, head_size))
        query = graph.add("Reshape", graph.add("Transpose", query, perm=[1, 2, 0, 3, 4]), graph.integers(0, 0, -1, head_size))
        scores = graph.add("FusedMatMul", query, keys, transB=1, transBatchB=1, alpha=head_size**-0.5)  # [B,k,N*g,W]
        weight = graph.add("Softmax", graph.add("Add", scores, bias), axis=-1)
        context = graph.add("FusedMatMul", weight, values, transBatchB=1)
        context = graph.add("Reshape", context, graph.integers(0, 0, -1, group, head_size))
        context = graph.add("Transpose", context, perm=[2, 0, 1, 3, 4])
        context = graph.add("Reshape", context, graph.integers(0, 0, heads * head_size))
        attended = graph.linear(context, layer.attention_output, f"{i}.attention_output")
        normed, total = graph.add_norm(attended, total, layer.feed_forward_norm, f"{i}.feed_forward_norm")

        gate, up = graph.add_many("Split", 2, graph.linear(normed, layer.gate_up, f"{i}.gate_up"), axis=2)
        inner = graph.add("Mul", graph.add("QuickGelu", gate, alpha=1.0), up)
        written = graph.linear(inner, layer.down, f"{i}.down")
        is_last = i + 1 == len(layers)
        norm, norm_name = (weights.final_norm, "final_norm") if is_last else (layers[i + 1].attention_norm, f"{i + 1}.attention_norm")
        normed, total = graph.add_norm(written, total, norm, norm_name)
        if hidden_layer == i + 1:
            graph.output(total, "hidden", FLOAT, ["N", "B", width])

    answered = graph.add("Slice", normed, answer_from, graph.constant("end", END), graph.integers(0))
    top_ids, top_logprobs = graph.candidates(answered, weights, limits.top_k, banned_ids)
    graph.output(graph.add("Cast", top_ids, to=TensorProto.INT32), "top_ids", INT32, ["M", "B", limits.top_k])
    graph.output(top_logprobs, "top_logprobs", FLOAT, ["M", "B", limits.top_k])
    # [2L*N,B,k,h]: the N new keys of layer 0, its N new values, those of layer 1, …
    graph.output(graph.add("Concat", *delta, axis=0), "kv_delta", FLOAT, ["D", "B", kv_heads, head_size])
    return graph.model()


def _rotations(graph: Graph, weights: LlamaWeights, positions: int) -> tuple[str, str]:
    """Cosines and sines f32[positions,h/2]."""
    frequencies = weights.rope_theta ** (-np.arange(0, weights.head_size, 2) / weights.head_size)
    angles = np.outer(np.arange(positions), frequencies)
    cosines, sines = (graph.constant(name, table.astype(np.float32)) for name, table in
                      (("rope.cos", np.cos(angles)), ("rope.sin", np.sin(angles))))  # fmt: skip
    return cosines, sines


def _for_groups(graph: Graph, bias: str, group: int) -> str:
    """f32[N,W] → f32[N*g,W], each row g times: once a run, for all layers."""
    rows = graph.add("Tile", graph.add("Unsqueeze", bias, graph.integers(1)), graph.integers(1, group, 1))
    width = graph.add("Gather", graph.add("Shape", bias), graph.integers(1), axis=0)
    return graph.add("Reshape", rows, graph.add("Concat", graph.integers(-1), width, axis=0))
