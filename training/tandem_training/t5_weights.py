"""A Hugging Face T5 checkpoint → plain NumPy weights by the role they play in the graphs.

Knows Hugging Face's names; knows nothing of ONNX. Matrices are f32[input, output].
"""

from dataclasses import dataclass

import numpy as np
import torch
from transformers import T5Config, T5ForConditionalGeneration
from transformers.models.t5.modeling_t5 import T5Attention

BANNED = -1e9  # added to scores and logits that must not win


@dataclass(frozen=True)
class Layer:
    """One encoder or decoder layer. Cross-attention is None in an encoder."""

    self_norm: np.ndarray
    self_qkv: np.ndarray  # [d, 3 * n * h]
    self_output: np.ndarray  # [n * h, d]
    cross_norm: np.ndarray | None
    cross_query: np.ndarray | None  # [d, n * h]
    cross_key_value: np.ndarray | None  # [d, 2 * n * h]
    cross_output: np.ndarray | None
    feed_forward_norm: np.ndarray
    feed_forward_input: np.ndarray  # [d, ff], or [d, 2 * ff] when gated: the activated half first
    feed_forward_output: np.ndarray  # [ff, d]


@dataclass(frozen=True)
class Stack:
    layers: list[Layer]
    final_norm: np.ndarray
    position_bias: np.ndarray  # [buckets, n]


@dataclass(frozen=True)
class T5Weights:
    config: T5Config
    embedding: np.ndarray  # [V, d]
    head: np.ndarray  # [V, d]; the very same array as `embedding` when tied
    encoder: Stack
    decoder: Stack

    @property
    def heads(self) -> int:
        return self.config.num_heads

    @property
    def head_size(self) -> int:
        return self.config.d_kv

    @property
    def width(self) -> int:
        return self.config.d_model

    def encoder_bias(self) -> np.ndarray:
        """f32[2D+1, n] for memory minus query position -D..D, D the distance from which T5's bias no longer changes."""
        distance = self.config.relative_attention_max_distance
        return self._bias(self.encoder, np.arange(-distance, distance + 1), bidirectional=True)

    def decoder_distances(self) -> np.ndarray:
        """f32[D+2, n] for key minus query position -D..1, D as in `encoder_bias`: BANNED at 1, which is later than the query."""
        table = self._bias(self.decoder, np.arange(-self.config.relative_attention_max_distance, 1), bidirectional=False)
        return np.concatenate([table, np.full_like(table[:1], BANNED)])

    def decoder_bias(self, max_tokens: int, max_step: int) -> np.ndarray:
        """f32[1, n, max_step, max_tokens + max_step - 1]: what the i-th token of a run adds to its score for a key, BANNED for later ones.

        Counted from the end, so that one table serves every length: in a run of N tokens after T, key j of T + N is
        column max_tokens - 1 - T + j.
        """
        query = np.arange(max_step)[:, None]
        relative = np.arange(max_tokens + max_step - 1)[None] - (max_tokens - 1) - query  # key minus query
        table = self._bias(self.decoder, np.minimum(relative, 0), bidirectional=False)
        return np.where(relative[:, :, None] > 0, BANNED, table).transpose(2, 0, 1)[None].astype(np.float32)

    def _bias(self, stack: Stack, relative_positions: np.ndarray, bidirectional: bool) -> np.ndarray:
        buckets = T5Attention._relative_position_bucket(
            torch.from_numpy(relative_positions),
            bidirectional=bidirectional,
            num_buckets=self.config.relative_attention_num_buckets,
            max_distance=self.config.relative_attention_max_distance,
        )
        return stack.position_bias[buckets.numpy()]


def t5_weights(model: T5ForConditionalGeneration) -> T5Weights:
    config = model.config
    state = {name: tensor.detach().float().numpy() for name, tensor in model.state_dict().items()}
    embedding = state["shared.weight"]
    head = embedding if np.array_equal(state["lm_head.weight"], embedding) else state["lm_head.weight"]
    encoder = _stack(state, "encoder", config.num_layers, config)
    decoder = _stack(state, "decoder", config.num_decoder_layers, config)
    if config.scale_decoder_outputs:  # logits = head(d ** -0.5 * norm(x)): the factor moves into the norm's gain
        decoder = Stack(decoder.layers, decoder.final_norm * np.float32(config.d_model**-0.5), decoder.position_bias)
    return T5Weights(config, embedding, head, encoder, decoder)


def _stack(state: dict[str, np.ndarray], side: str, layers: int, config: T5Config) -> Stack:
    def matrix(name: str) -> np.ndarray:
        return state[f"{name}.weight"].T

    def layer(index: int) -> Layer:
        block = f"{side}.block.{index}.layer"
        own = f"{block}.0.SelfAttention"
        cross = f"{block}.1.EncDecAttention" if side == "decoder" else None
        last = 2 if cross else 1
        dense = f"{block}.{last}.DenseReluDense"
        names = ("wi_0", "wi_1") if config.is_gated_act else ("wi",)
        return Layer(
            self_norm=state[f"{block}.0.layer_norm.weight"],
            self_qkv=np.concatenate([matrix(f"{own}.{part}") for part in "qkv"], axis=1),
            self_output=matrix(f"{own}.o"),
            cross_norm=state[f"{block}.1.layer_norm.weight"] if cross else None,
            cross_query=matrix(f"{cross}.q") if cross else None,
            cross_key_value=np.concatenate([matrix(f"{cross}.{part}") for part in "kv"], axis=1) if cross else None,
            cross_output=matrix(f"{cross}.o") if cross else None,
            feed_forward_norm=state[f"{block}.{last}.layer_norm.weight"],
            feed_forward_input=np.concatenate([matrix(f"{dense}.{name}") for name in names], axis=1),
            feed_forward_output=matrix(f"{dense}.wo"),
        )

    return Stack(
        layers=[layer(index) for index in range(layers)],
        final_norm=state[f"{side}.final_layer_norm.weight"],
        position_bias=state[f"{side}.block.0.layer.0.SelfAttention.relative_attention_bias.weight"],
    )
