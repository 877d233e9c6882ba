"""Causal weights → the SLM's ONNX graphs of a hybrid beside an imported model (docs/pack-format.md), in the layout of Hugging Face Optimum's
encoder-decoders: the conditioned prompt takes the place of the source's states, and its keys and values that of the cross-attention's.

Shapes: B rows, S prompt tokens, T tokens already written, N of this run, M = S + N or N, n heads, k key-value heads, h head size, m width, V
vocabulary. Padding stands behind a prompt and has no position.
"""

import numpy as np
import onnx
from onnx import TensorProto

from tandem_training.causal_slm_weights import CausalWeights, Linear, Norm
from tandem_training.onnx_graph import Graph, WeightFormat
from tandem_training.t5_graphs import FLOAT, INT64
from tandem_training.t5_weights import BANNED


def conditioned_prompt_graph(width: int, prompt: np.ndarray | None, weight_format: WeightFormat) -> onnx.ModelProto:
    """`prompt` f32[ids, m]: embeddings of the LLM's ids that the projected states are added to; None: they stand alone."""
    graph = Graph("slm_encoder", weight_format)
    ids = graph.input("input_ids", INT64, ["B", "S"])
    graph.input("attention_mask", INT64, ["B", "S"])
    states = graph.input("projected", FLOAT, ["B", "S", width])
    if prompt is not None:
        states = graph.add("Add", graph.embedding(ids, prompt, "prompt"), states)
    graph.output(states, "last_hidden_state", FLOAT, ["B", "S", width])
    return graph.model()


def causal_decoder_graph(weights: CausalWeights, weight_format: WeightFormat, with_past: bool) -> onnx.ModelProto:
    """With past it takes the keys and values of the prompt and of the T tokens before; else it computes those of the prompt from its states."""
    graph = Graph("slm_decoder", weight_format, weights.epsilon)
    kv_heads, head_size = weights.kv_heads, weights.head_size
    ids = graph.input("input_ids", INT64, ["B", "N"])
    mask = graph.input("encoder_attention_mask", INT64, ["B", "S"])
    total = graph.embedding(ids, weights.embedding, "embedding")
    if not with_past:
        states = graph.input("encoder_hidden_states", FLOAT, ["B", "S", weights.width])
        total = graph.add("Concat", states, total, axis=1)  # [B,M,m]
    past = [
        {side: [graph.input(f"past_key_values.{i}.{side}.{part}", FLOAT, ["B", kv_heads, length, head_size]) for part in ("key", "value")]
         for side, length in (("encoder", "S"), ("decoder", "T"))}
        for i in range(len(weights.layers) if with_past else 0)
    ]  # fmt: skip
    positions, bias = _positions_and_bias(graph, ids, mask, past[0]["decoder"][0] if with_past else None)
    rotation = None
    if weights.places is None:
        rotation = _rotation(graph, weights, positions)
    else:
        total = graph.add("Add", total, graph.add("Gather", graph.constant("places", weights.places), positions))
    prompt_tokens = graph.add("Slice", graph.add("Shape", mask), graph.integers(1), graph.integers(2))

    for i, layer in enumerate(weights.layers):
        normed = _norm(graph, total, layer.attention_norm, f"{i}.attention_norm")
        sizes = graph.integers(weights.heads * head_size, kv_heads * head_size, kv_heads * head_size)
        parts = graph.add_many("Split", 3, _linear(graph, normed, layer.qkv, f"{i}.qkv"), sizes, axis=2)
        counts = (weights.heads, kv_heads, kv_heads)
        query, key, value = (_split_heads(graph, part, count, head_size) for part, count in zip(parts, counts, strict=True))
        if rotation:
            query, key = _rotated(graph, query, rotation), _rotated(graph, key, rotation)
        own = [key, value]
        if with_past:
            own = [graph.add("Concat", before, new, axis=2) for before, new in zip(past[i]["decoder"], own, strict=True)]
            keys, values = (graph.add("Concat", prompt, new, axis=2) for prompt, new in zip(past[i]["encoder"], own, strict=True))
        else:
            keys, values = own
            own = [_after(graph, part, prompt_tokens, 2) for part in own]
            for part, whole in zip(("key", "value"), (keys, values), strict=True):
                prompt = graph.add("Slice", whole, graph.integers(0), prompt_tokens, graph.integers(2))
                graph.output(prompt, f"present.{i}.encoder.{part}", FLOAT, ["B", kv_heads, "S", head_size])
        for part, new in zip(("key", "value"), own, strict=True):
            graph.output(new, f"present.{i}.decoder.{part}", FLOAT, ["B", kv_heads, "W", head_size])
        context = _attention(graph, weights, query, keys, values, bias)
        total = graph.add("Add", total, _linear(graph, context, layer.attention_output, f"{i}.attention_output"))

        normed = _norm(graph, total, layer.feed_forward_norm, f"{i}.feed_forward_norm")
        inner = _linear(graph, normed, layer.feed_forward_input, f"{i}.feed_forward_input")
        if weights.is_gated:
            gate, up = graph.add_many("Split", 2, inner, axis=2)
            inner = graph.add("Mul", graph.add("QuickGelu", gate, alpha=1.0), up)
        else:
            inner = graph.add("FastGelu", inner)
        total = graph.add("Add", total, _linear(graph, inner, layer.feed_forward_output, f"{i}.feed_forward_output"))

    answered = total if with_past else _after(graph, total, prompt_tokens, 1)
    normed = _norm(graph, answered, weights.final_norm, "final_norm")
    vocabulary = weights.head.shape[0]
    tied = weights.head is weights.embedding
    logits = graph.head(normed, weights.head, "embedding" if tied else "head", np.zeros(vocabulary, np.float32))
    graph.output(logits, "logits", FLOAT, ["B", "N", vocabulary])
    return graph.model()


def _positions_and_bias(graph: Graph, ids: str, mask: str, past_key: str | None) -> tuple[str, str]:
    """Positions i64[B,M] of this run's tokens, and f32[B,1,M,S+T+N]: 0 where one may look, BANNED at padding and at what comes later."""
    zero, one = graph.integers(0), graph.integers(1)
    prompt = graph.add("Gather", graph.add("Shape", mask), one, axis=0)
    written = graph.add("Gather", graph.add("Shape", ids), one, axis=0)
    first, behind = zero, prompt
    if past_key is not None:
        read = graph.add("Gather", graph.add("Shape", past_key), graph.integers(2), axis=0)
        first = behind = graph.add("Add", prompt, read)
    whole = graph.add("Add", behind, written)
    rows, columns = graph.add("Range", first, whole, one), graph.add("Range", zero, whole, one)
    # Written tokens count as tokens; padding of a prompt does not.
    added = graph.add("Sub", whole, prompt)
    is_token = graph.add("Pad", mask, graph.add("Concat", graph.integers(0, 0, 0), added, axis=0), one)  # [B,S+T+N]
    places = graph.add("Max", graph.add("Sub", graph.add("CumSum", is_token, one), one), zero)
    positions = graph.add("Gather", places, rows, axis=1)
    later = graph.add("Greater", columns, graph.add("Unsqueeze", rows, graph.integers(1)))  # [M,W]
    padding = graph.add("Unsqueeze", graph.add("Equal", is_token, zero), graph.integers(1, 2))  # [B,1,1,W]
    hidden = graph.add("Cast", graph.add("Or", later, padding), to=TensorProto.FLOAT)
    return positions, graph.add("Mul", hidden, graph.constant("banned", np.float32(BANNED)))


def _rotation(graph: Graph, weights: CausalWeights, positions: str) -> tuple[str, str]:
    """Cosines and sines f32[B,1,M,h]."""
    frequencies = weights.rope_theta ** (-np.arange(0, weights.head_size, 2) / weights.head_size)
    places = graph.add("Unsqueeze", graph.add("Cast", positions, to=TensorProto.FLOAT), graph.integers(1, 3))
    angles = graph.add("Mul", places, graph.constant("frequencies", np.tile(frequencies, 2).astype(np.float32)))
    return graph.add("Cos", angles), graph.add("Sin", angles)


def _rotated(graph: Graph, x: str, rotation: tuple[str, str]) -> str:
    """x f32[B,n,M,h]"""
    cosines, sines = rotation
    first, second = graph.add_many("Split", 2, x, axis=3)
    turned = graph.add("Concat", graph.add("Neg", second), first, axis=3)
    return graph.add("Add", graph.add("Mul", x, cosines), graph.add("Mul", turned, sines))


def _attention(graph: Graph, weights: CausalWeights, query: str, keys: str, values: str, bias: str) -> str:
    """query [B,n,M,h], keys and values [B,k,W,h] → [B,M,n*h]"""
    kv_heads, group, head_size = weights.kv_heads, weights.heads // weights.kv_heads, weights.head_size
    if group > 1:  # [B,k,W,h] → [B,k,g,W,h] → [B,n,W,h]: the queries of a group share their keys
        keys, values = (_repeated(graph, part, kv_heads, group, head_size) for part in (keys, values))
    scores = graph.add("FusedMatMul", query, keys, transB=1, alpha=head_size**-0.5)
    weight = graph.add("Softmax", graph.add("Add", scores, bias), axis=-1)
    context = graph.add("Transpose", graph.add("MatMul", weight, values), perm=[0, 2, 1, 3])
    return graph.add("Reshape", context, graph.integers(0, 0, weights.heads * head_size))


def _repeated(graph: Graph, x: str, kv_heads: int, group: int, head_size: int) -> str:
    tiled = graph.add("Tile", graph.add("Unsqueeze", x, graph.integers(2)), graph.integers(1, 1, group, 1, 1))
    return graph.add("Reshape", tiled, graph.integers(0, kv_heads * group, -1, head_size))


def _split_heads(graph: Graph, x: str, heads: int, head_size: int) -> str:
    """[B,M,n*h] → [B,n,M,h]"""
    return graph.add("Transpose", graph.add("Reshape", x, graph.integers(0, 0, heads, head_size)), perm=[0, 2, 1, 3])


def _after(graph: Graph, x: str, start: str, axis: int) -> str:
    return graph.add("Slice", x, start, graph.integers(np.iinfo(np.int64).max), graph.integers(axis))


def _linear(graph: Graph, x: str, linear: Linear, name: str) -> str:
    return graph.linear(x, linear.weight, name, linear.bias)


def _norm(graph: Graph, x: str, norm: Norm, name: str) -> str:
    if norm.bias is None:
        return graph.norm(x, norm.gain, name)
    gain, bias = graph.constant(name, norm.gain), graph.constant(f"{name}.bias", norm.bias)
    return graph.add("LayerNormalization", x, gain, bias, axis=-1, epsilon=graph.epsilon)
