"""T5 weights → the ONNX graphs of docs/pack-format.md: encoder, projector, prefill, decoder step.

Shapes: B rows, S source tokens, T target tokens already written, N of this run, L decoder layers, n heads, h head size,
d the encoder's width, m the SLM's width, K candidates. Masks are additive f32.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import onnx
from onnx import TensorProto

from tandem_training.onnx_graph import Graph, WeightFormat
from tandem_training.t5_weights import BANNED, Layer, T5Weights

Conditioning = Literal["add", "replace"]  # what the projected states do to the SLM's prompt embeddings
FLOAT, INT32, INT64 = TensorProto.FLOAT, TensorProto.INT32, TensorProto.INT64


@dataclass(frozen=True)
class Projector:
    """Linear, ReLU, Linear. Weights f32[input, output]."""

    weight_in: np.ndarray
    bias_in: np.ndarray
    weight_out: np.ndarray
    bias_out: np.ndarray


def encoder_graph(weights: T5Weights, weight_format: WeightFormat) -> onnx.ModelProto:
    graph = Graph("encoder", weight_format)
    ids, mask = _prompt_inputs(graph)
    hidden = encoder_states(graph, weights, graph.embedding(ids, weights.embedding, "embedding"), ids, mask)
    graph.output(hidden, "hidden", FLOAT, ["B", "S", weights.width])
    return graph.model()


def projector_graph(projector: Projector, weight_format: WeightFormat) -> onnx.ModelProto:
    graph = Graph("projector", weight_format)
    hidden = graph.input("hidden", FLOAT, ["B", "S", projector.weight_in.shape[0]])
    inner = graph.add("Relu", graph.linear(hidden, projector.weight_in, "in", projector.bias_in))
    projected = graph.linear(inner, projector.weight_out, "out", projector.bias_out)
    graph.output(projected, "projected", FLOAT, ["B", "S", projector.weight_out.shape[1]])
    return graph.model()


def hidden_prefill_graph(weights: T5Weights, weight_format: WeightFormat) -> onnx.ModelProto:
    graph = Graph("prefill", weight_format)
    hidden = graph.input("hidden", FLOAT, ["B", "S", weights.width])
    _cross_kv(graph, weights, hidden)
    return graph.model()


def tokens_prefill_graph(weights: T5Weights, weight_format: WeightFormat) -> onnx.ModelProto:
    graph = Graph("prefill", weight_format)
    ids, mask = _prompt_inputs(graph)
    embedded = graph.embedding(ids, weights.embedding, "embedding")
    _cross_kv(graph, weights, encoder_states(graph, weights, embedded, ids, mask))
    return graph.model()


def projected_prefill_graph(weights: T5Weights, weight_format: WeightFormat, conditioning: Conditioning) -> onnx.ModelProto:
    graph = Graph("prefill", weight_format)
    ids, mask = _prompt_inputs(graph)
    projected = graph.input("projected", FLOAT, ["B", "S", weights.width])
    if conditioning == "add":
        conditioned = graph.add("Add", graph.embedding(ids, weights.embedding, "embedding"), projected)
    else:
        conditioned = projected
    _cross_kv(graph, weights, encoder_states(graph, weights, conditioned, ids, mask))
    return graph.model()


def decoder_graph(
    weights: T5Weights, weight_format: WeightFormat, max_tokens: int, max_step: int, top_k: int, banned_ids: list[int]
) -> onnx.ModelProto:
    """The next N tokens of every row, in one run: one when writing, up to max_step when a draft is read.
    Everything is time first, so that the caller appends new keys and values with one copy."""
    graph = Graph("decoder", weight_format)
    heads, head_size, width = weights.heads, weights.head_size, weights.width
    layers = weights.decoder.layers
    ids = graph.input("ids", INT32, ["N", "B"])
    bias_start = graph.input("bias_start", INT64, [2])
    bias_end = graph.input("bias_end", INT64, [2])
    cross_mask = graph.input("cross_mask", FLOAT, ["B", 1, "N", "S"])
    table = graph.constant("position_bias", weights.decoder_bias(max_tokens, max_step))
    bias = graph.add("Slice", table, bias_start, bias_end, graph.integers(2, 3))  # [1,n,N,T+N]

    norms = [norm for layer in layers for norm in (layer.self_norm, layer.cross_norm, layer.feed_forward_norm)]
    norms.append(weights.decoder.final_norm)
    total = graph.embedding(ids, weights.embedding, "embedding")  # [N,B,d]
    normed = graph.norm(total, norms[0], "norm.0")
    delta = []
    for i, layer in enumerate(layers):
        past_key = graph.input(f"past_key.{i}", FLOAT, ["T", "B", heads, head_size])
        past_value = graph.input(f"past_value.{i}", FLOAT, ["T", "B", heads, head_size])
        cross_key = graph.input(f"cross_key.{i}", FLOAT, ["B", heads, "S", head_size])
        cross_value = graph.input(f"cross_value.{i}", FLOAT, ["B", heads, "S", head_size])

        qkv = graph.linear(normed, layer.self_qkv, f"{i}.self_qkv")
        qkv = graph.add("Reshape", qkv, graph.integers(0, 0, 3 * heads, head_size))
        query, key, value = graph.add_many("Split", 3, qkv, axis=2)  # [N,B,n,h]
        delta += [key, value]
        keys = graph.add("Concat", past_key, key, axis=0)  # [T+N,B,n,h]
        values = graph.add("Concat", past_value, value, axis=0)
        scores = graph.add("FusedMatMul", query, keys, transB=1, transBatchA=1, transBatchB=1)  # [B,n,N,T+N]
        weight = graph.add("Softmax", graph.add("Add", scores, bias), axis=-1)
        context = graph.add("FusedMatMul", weight, values, transBatchB=1)  # [B,n,N,h]
        context = graph.add("Transpose", context, perm=[2, 0, 1, 3])
        context = graph.add("Reshape", context, graph.integers(0, 0, heads * head_size))
        attended = graph.linear(context, layer.self_output, f"{i}.self_output")
        normed, total = graph.add_norm(attended, total, norms[3 * i + 1], f"norm.{3 * i + 1}")

        query = graph.add("Transpose", graph.linear(normed, layer.cross_query, f"{i}.cross_query"), perm=[1, 0, 2])
        context = graph.add("Transpose", attention(graph, query, cross_key, cross_value, cross_mask, heads), perm=[1, 0, 2])
        attended = graph.linear(context, layer.cross_output, f"{i}.cross_output")
        normed, total = graph.add_norm(attended, total, norms[3 * i + 2], f"norm.{3 * i + 2}")

        written = feed_forward(graph, weights, layer, normed, str(i))
        normed, total = graph.add_norm(written, total, norms[3 * i + 3], f"norm.{3 * i + 3}")

    tied = weights.head is weights.embedding
    allowed = np.zeros(weights.head.shape[0], np.float32)
    allowed[banned_ids] = BANNED
    logits = graph.head(normed, weights.head, "embedding" if tied else "head", allowed)
    logprobs = graph.add("LogSoftmax", logits, axis=-1)
    top_logprobs, top_ids = graph.add_many("TopK", 2, logprobs, graph.integers(top_k), axis=-1)
    graph.output(graph.add("Cast", top_ids, to=INT32), "top_ids", INT32, ["N", "B", top_k])
    graph.output(top_logprobs, "top_logprobs", FLOAT, ["N", "B", top_k])
    # [2L*N,B,n,h]: the N new keys of layer 0, its N new values, those of layer 1, …
    graph.output(graph.add("Concat", *delta, axis=0), "kv_delta", FLOAT, ["M", "B", heads, head_size])
    return graph.model()


def _prompt_inputs(graph: Graph) -> tuple[str, str]:
    return graph.input("input_ids", INT32, ["B", "S"]), graph.input("mask", FLOAT, ["B", 1, 1, "S"])


def encoder_states(graph: Graph, weights: T5Weights, embedded: str, ids: str, mask: str) -> str:
    """embedded [B,S,d] → [B,S,d] after the final norm."""
    layers = weights.encoder.layers
    bias = graph.add("Add", _encoder_bias(graph, weights, ids), mask)  # [B,n,S,S]
    total = embedded
    normed = graph.norm(total, layers[0].self_norm, "encoder.norm.0")
    for i, layer in enumerate(layers):
        qkv = graph.linear(normed, layer.self_qkv, f"encoder.{i}.self_qkv")
        query, key, value = graph.add_many("Split", 3, qkv, axis=2)
        context = attention(graph, query, key, value, bias, weights.heads)
        attended = graph.linear(context, layer.self_output, f"encoder.{i}.self_output")
        normed, total = graph.add_norm(attended, total, layer.feed_forward_norm, f"encoder.norm.{2 * i + 1}")
        written = feed_forward(graph, weights, layer, normed, f"encoder.{i}")
        after = layers[i + 1].self_norm if i + 1 < len(layers) else weights.encoder.final_norm
        normed, total = graph.add_norm(written, total, after, f"encoder.norm.{2 * i + 2}")
    return normed


def _encoder_bias(graph: Graph, weights: T5Weights, ids: str) -> str:
    """Relative position bias f32[1,n,S,S], cut from a table that saturates, so that S has no limit of its own."""
    table = weights.encoder_bias()  # [2D+1, n]
    distance = table.shape[0] // 2
    scalar = {name: graph.constant(f"i64.{name}", np.array(value, np.int64)) for name, value in
              {"zero": 0, "one": 1, "limit": distance, "minus_limit": -distance}.items()}  # fmt: skip
    tokens = graph.add("Gather", graph.add("Shape", ids), scalar["one"], axis=0)
    positions = graph.add("Range", scalar["zero"], tokens, scalar["one"])
    relative = graph.add("Sub", positions, graph.add("Unsqueeze", positions, graph.integers(1)))  # memory minus query
    row = graph.add("Add", graph.add("Clip", relative, scalar["minus_limit"], scalar["limit"]), scalar["limit"])
    gathered = graph.add("Gather", graph.constant("encoder.position_bias", table.T), row, axis=1)  # [n,S,S]
    return graph.add("Unsqueeze", gathered, graph.integers(0))


def attention(graph: Graph, query: str, key: str, value: str, bias: str, heads: int) -> str:
    """T5 does not scale the scores."""
    return graph.add("MultiHeadAttention", query, key, value, "", "", bias, num_heads=heads, scale=1.0)


def feed_forward(graph: Graph, weights: T5Weights, layer: Layer, x: str, name: str) -> str:
    inner = graph.linear(x, layer.feed_forward_input, f"{name}.feed_forward_input")
    if weights.config.is_gated_act:
        gate, linear = graph.add_many("Split", 2, inner, axis=2)
        inner = graph.add("Mul", _activation(graph, gate, weights.config.dense_act_fn), linear)
    else:
        inner = _activation(graph, inner, weights.config.dense_act_fn)
    return graph.linear(inner, layer.feed_forward_output, f"{name}.feed_forward_output")


def _activation(graph: Graph, x: str, name: str) -> str:
    if name == "relu":
        return graph.add("Relu", x)
    if name == "gelu_new":
        return graph.add("FastGelu", x)
    if name == "silu":
        return graph.add("QuickGelu", x, alpha=1.0)
    raise ValueError(f"expected the activation relu, gelu_new or silu, got {name}")


def _cross_kv(graph: Graph, weights: T5Weights, hidden: str) -> None:
    """All decoder layers' cross-attention keys and values in one matrix product, as the output cross_kv."""
    layers = weights.decoder.layers
    heads, head_size = weights.heads, weights.head_size
    every = np.concatenate([layer.cross_key_value for layer in layers], axis=1)
    packed = graph.linear(hidden, every, "cross_key_value")
    packed = graph.add("Reshape", packed, graph.integers(0, 0, 2 * len(layers), heads, head_size))
    cross_kv = graph.add("Transpose", packed, perm=[2, 0, 3, 1, 4])
    graph.output(cross_kv, "cross_kv", FLOAT, [2 * len(layers), "B", heads, "S", head_size])
