"""A causal Hugging Face checkpoint that may be an SLM (GPT-2, Llama, Mistral, Qwen2) → plain NumPy weights by the role they play in the graphs.

Knows Hugging Face's names; knows nothing of ONNX. Matrices are f32[input, output].
"""

from dataclasses import dataclass

import numpy as np
from transformers import PreTrainedModel

LONGEST = 1024  # tokens of a prompt and what is written; a shorter sliding window would be seen


@dataclass(frozen=True)
class Norm:
    gain: np.ndarray
    bias: np.ndarray | None  # None: a norm without mean and bias (RMS)


@dataclass(frozen=True)
class Linear:
    weight: np.ndarray
    bias: np.ndarray | None


@dataclass(frozen=True)
class CausalLayer:
    attention_norm: Norm
    qkv: Linear  # queries, keys, values side by side
    attention_output: Linear
    feed_forward_norm: Norm
    feed_forward_input: Linear  # gated: the activated half first
    feed_forward_output: Linear


@dataclass(frozen=True)
class CausalWeights:
    embedding: np.ndarray  # [V, m]
    head: np.ndarray  # [V, m]; the very same array as `embedding` when tied
    places: np.ndarray | None  # [positions, m], added to the embeddings; None: queries and keys are rotated
    rope_theta: float
    layers: list[CausalLayer]
    final_norm: Norm
    heads: int
    kv_heads: int
    head_size: int
    epsilon: float

    @property
    def width(self) -> int:
        return self.embedding.shape[1]

    @property
    def is_gated(self) -> bool:
        """SiLU of one half times the other; else GELU, by tanh."""
        return self.places is None


def causal_slm_weights(slm: PreTrainedModel) -> CausalWeights:
    """Refuses what the graphs do not compute."""
    read = _gpt2 if slm.config.model_type == "gpt2" else _llama
    return read(slm, {name: tensor.detach().float().numpy() for name, tensor in slm.state_dict().items()})


def _gpt2(slm: PreTrainedModel, state: dict[str, np.ndarray]) -> CausalWeights:
    config = slm.config
    _expect(config, activation_function="gelu_new", scale_attn_weights=True, scale_attn_by_inverse_layer_idx=False, add_cross_attention=False)

    def norm(name: str) -> Norm:
        return Norm(state[f"{name}.weight"], state[f"{name}.bias"])

    def linear(name: str) -> Linear:
        return Linear(state[f"{name}.weight"], state[f"{name}.bias"])

    layers = [
        CausalLayer(
            attention_norm=norm(f"{layer}.ln_1"), qkv=linear(f"{layer}.attn.c_attn"), attention_output=linear(f"{layer}.attn.c_proj"),
            feed_forward_norm=norm(f"{layer}.ln_2"), feed_forward_input=linear(f"{layer}.mlp.c_fc"),
            feed_forward_output=linear(f"{layer}.mlp.c_proj"),
        )
        for layer in (f"transformer.h.{i}" for i in range(config.n_layer))
    ]  # fmt: skip
    embedding = state["transformer.wte.weight"]
    return CausalWeights(
        embedding, _head(state, embedding), state["transformer.wpe.weight"], 0.0, layers, norm("transformer.ln_f"),
        config.n_head, config.n_head, config.n_embd // config.n_head, config.layer_norm_epsilon,
    )  # fmt: skip


def _llama(slm: PreTrainedModel, state: dict[str, np.ndarray]) -> CausalWeights:
    config = slm.config
    _expect(config, hidden_act="silu")
    if config.rope_parameters["rope_type"] != "default":
        raise SystemExit(f"expected an SLM with default rope, got {config.rope_parameters['rope_type']}")
    window = getattr(config, "sliding_window", None)
    if window and window < LONGEST and getattr(config, "use_sliding_window", True):
        raise SystemExit(f"expected an SLM that sees {LONGEST} tokens back, got a sliding window of {window}")

    def linear(layer: str, *names: str) -> Linear:
        weights = [state[f"{layer}.{name}.weight"] for name in names]
        biases = [state.get(f"{layer}.{name}.bias") for name in names]
        has_bias = any(bias is not None for bias in biases)
        whole = [np.zeros(len(weight), np.float32) if bias is None else bias for weight, bias in zip(weights, biases, strict=True)]
        return Linear(np.ascontiguousarray(np.concatenate(weights).T), np.concatenate(whole) if has_bias else None)

    layers = [
        CausalLayer(
            attention_norm=Norm(state[f"{layer}.input_layernorm.weight"], None),
            qkv=linear(f"{layer}.self_attn", "q_proj", "k_proj", "v_proj"),
            attention_output=linear(f"{layer}.self_attn", "o_proj"),
            feed_forward_norm=Norm(state[f"{layer}.post_attention_layernorm.weight"], None),
            feed_forward_input=linear(f"{layer}.mlp", "gate_proj", "up_proj"),
            feed_forward_output=linear(f"{layer}.mlp", "down_proj"),
        )
        for layer in (f"model.layers.{i}" for i in range(config.num_hidden_layers))
    ]
    embedding = state["model.embed_tokens.weight"]
    head_size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    return CausalWeights(
        embedding, _head(state, embedding), None, config.rope_parameters["rope_theta"], layers, Norm(state["model.norm.weight"], None),
        config.num_attention_heads, config.num_key_value_heads, head_size, config.rms_norm_eps,
    )  # fmt: skip


def _head(state: dict[str, np.ndarray], embedding: np.ndarray) -> np.ndarray:
    head = state["lm_head.weight"]
    return embedding if np.array_equal(head, embedding) else head


def _expect(config, **expected: object) -> None:
    different = {name: getattr(config, name) for name, value in expected.items() if getattr(config, name) != value}
    if different:
        raise SystemExit(f"expected an SLM with {expected}, got {different}")
