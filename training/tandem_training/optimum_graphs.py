"""T5 weights → the SLM's ONNX graphs of a hybrid beside an imported model (docs/pack-format.md): its encoder, conditioned, and its decoder in
the layout of Hugging Face Optimum, as one graph for the first tokens and one for later ones.

Shapes: B rows, S source tokens, T target tokens already written, N of this run, n heads, h head size, m the SLM's width, V its vocabulary.
"""

import numpy as np
import onnx
from onnx import TensorProto

from tandem_training.onnx_graph import Graph, WeightFormat
from tandem_training.t5_graphs import attention, encoder_states, feed_forward
from tandem_training.t5_weights import BANNED, T5Weights

FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64


def conditioned_encoder_graph(weights: T5Weights, prompt: np.ndarray | None, weight_format: WeightFormat) -> onnx.ModelProto:
    """`prompt` f32[ids, m]: embeddings of the LLM's ids that the projected states are added to; None: they stand alone."""
    graph = Graph("slm_encoder", weight_format)
    ids = graph.input("input_ids", INT64, ["B", "S"])
    mask = graph.input("attention_mask", INT64, ["B", "S"])
    conditioned = graph.input("projected", FLOAT, ["B", "S", weights.width])
    if prompt is not None:
        conditioned = graph.add("Add", graph.embedding(ids, prompt, "prompt"), conditioned)
    states = encoder_states(graph, weights, conditioned, ids, _additive(graph, mask))
    graph.output(states, "last_hidden_state", FLOAT, ["B", "S", weights.width])
    return graph.model()


def optimum_decoder_graph(weights: T5Weights, weight_format: WeightFormat, with_past: bool) -> onnx.ModelProto:
    """With past it takes the keys and values of the source and of the T tokens before; else it computes those of the source from its states."""
    graph = Graph("slm_decoder", weight_format)
    heads, head_size, layers = weights.heads, weights.head_size, weights.decoder.layers
    cached = ["B", heads, "T", head_size]
    of_source = ["B", heads, "S", head_size]
    ids = graph.input("input_ids", INT64, ["B", "N"])
    mask = graph.input("encoder_attention_mask", INT64, ["B", "S"])
    states = None if with_past else graph.input("encoder_hidden_states", FLOAT, ["B", "S", weights.width])

    def split_heads(x: str) -> str:
        """[B,N,n*h] → [B,n,N,h]"""
        return graph.add("Transpose", graph.add("Reshape", x, graph.integers(0, 0, heads, head_size)), perm=[0, 2, 1, 3])

    def past(layer: int, side: str, shape: list[int | str]) -> list[str]:
        return [graph.input(f"past_key_values.{layer}.{side}.{part}", FLOAT, shape) for part in ("key", "value")]

    def present(layer: int, side: str, values: list[str], shape: list[int | str]) -> None:
        for part, value in zip(("key", "value"), values, strict=True):
            graph.output(value, f"present.{layer}.{side}.{part}", FLOAT, shape)

    own_past = [past(i, "decoder", cached) for i in range(len(layers))] if with_past else []
    bias = _own_bias(graph, weights, ids, own_past[0][0] if with_past else None)
    cross_bias = _cross_bias(graph, ids, mask)
    norms = [norm for layer in layers for norm in (layer.self_norm, layer.cross_norm, layer.feed_forward_norm)]
    norms.append(weights.decoder.final_norm)
    total = graph.embedding(ids, weights.embedding, "embedding")  # [B,N,m]
    normed = graph.norm(total, norms[0], "norm.0")
    for i, layer in enumerate(layers):
        query, key, value = graph.add_many("Split", 3, graph.linear(normed, layer.self_qkv, f"{i}.self_qkv"), axis=2)
        own = [split_heads(key), split_heads(value)]
        if with_past:
            own = [graph.add("Concat", before, new, axis=2) for before, new in zip(own_past[i], own, strict=True)]
        present(i, "decoder", own, ["B", heads, "W", head_size])
        attended = graph.linear(attention(graph, query, *own, bias, heads), layer.self_output, f"{i}.self_output")
        normed, total = graph.add_norm(attended, total, norms[3 * i + 1], f"norm.{3 * i + 1}")

        if states is None:
            cross = past(i, "encoder", of_source)
        else:
            packed = graph.linear(states, layer.cross_key_value, f"{i}.cross_key_value")
            cross = [split_heads(part) for part in graph.add_many("Split", 2, packed, axis=2)]
            present(i, "encoder", cross, of_source)
        query = graph.linear(normed, layer.cross_query, f"{i}.cross_query")
        attended = graph.linear(attention(graph, query, *cross, cross_bias, heads), layer.cross_output, f"{i}.cross_output")
        normed, total = graph.add_norm(attended, total, norms[3 * i + 2], f"norm.{3 * i + 2}")

        written = feed_forward(graph, weights, layer, normed, str(i))
        normed, total = graph.add_norm(written, total, norms[3 * i + 3], f"norm.{3 * i + 3}")

    vocabulary = weights.head.shape[0]
    tied = weights.head is weights.embedding
    logits = graph.head(normed, weights.head, "embedding" if tied else "head", np.zeros(vocabulary, np.float32))
    graph.output(logits, "logits", FLOAT, ["B", "N", vocabulary])
    return graph.model()


def _own_bias(graph: Graph, weights: T5Weights, ids: str, past_key: str | None) -> str:
    """Relative position bias f32[1,n,N,T+N], which hides later tokens from earlier ones."""
    table = weights.decoder_distances()  # [D+2, n]
    distance = table.shape[0] - 2
    zero, one, two, furthest = (graph.constant(f"i64.{value}", np.array(value, np.int64)) for value in (0, 1, 2, -distance))
    read = zero if past_key is None else graph.add("Gather", graph.add("Shape", past_key), two, axis=0)
    whole = graph.add("Add", read, graph.add("Gather", graph.add("Shape", ids), one, axis=0))
    queries = graph.add("Unsqueeze", graph.add("Range", read, whole, one), graph.integers(1))
    relative = graph.add("Sub", graph.add("Range", zero, whole, one), queries)  # [N,T+N]
    row = graph.add("Sub", graph.add("Clip", relative, furthest, one), furthest)
    gathered = graph.add("Gather", graph.constant("decoder.position_bias", table.T), row, axis=1)  # [n,N,T+N]
    return graph.add("Unsqueeze", gathered, graph.integers(0))


def _cross_bias(graph: Graph, ids: str, mask: str) -> str:
    """f32[B,1,N,S]"""
    tokens = graph.add("Slice", graph.add("Shape", ids), graph.integers(1), graph.integers(2))
    shape = graph.add("Concat", graph.integers(1), graph.integers(1), tokens, graph.integers(1), axis=0)
    return graph.add("Expand", _additive(graph, mask), shape)


def _additive(graph: Graph, mask: str) -> str:
    """i64[B,S], 1 where a token is → f32[B,1,1,S], 0 there and BANNED where there is padding."""
    padding = graph.add("Sub", graph.constant("one", np.float32(1)), graph.add("Cast", mask, to=FLOAT))
    scores = graph.add("Mul", padding, graph.constant("banned", np.float32(BANNED)))
    return graph.add("Unsqueeze", scores, graph.integers(1, 2))
