from pathlib import Path

import numpy as np
import pytest
import torch
from gguf import GGMLQuantizationType, GGUFReader, GGUFWriter, TokenType
from gguf.quants import dequantize, quantize
from transformers import AutoModelForCausalLM, AutoTokenizer

from tandem_training.from_gguf import Blocks, read_gguf, write_folder

WIDTH, FEED_FORWARD, HEADS, KV_HEADS = 64, 96, 4, 2
CONTROLS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
MERGES = ["h e", "l l", "he ll", "Ġ w"]


def byte_letters() -> list[str]:
    """GPT-2's printable letter for each byte."""
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = iter(range(256, 512))
    return [chr(byte) if byte in kept else chr(next(others)) for byte in range(256)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A random Llama of two layers: matrices Q4_1, embedding Q8_0, norms F32, as SmolLM2's file is made."""
    random = np.random.default_rng(0)
    tokens = [*CONTROLS, *byte_letters(), *("".join(merge.split()) for merge in MERGES)]
    writer = GGUFWriter(tmp_path / "tiny.gguf", "llama")
    writer.add_name("tiny")
    writer.add_block_count(2)
    writer.add_context_length(64)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    writer.add_rope_freq_base(10_000.0)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(tokens)
    writer.add_token_types([TokenType.CONTROL] * len(CONTROLS) + [TokenType.NORMAL] * (len(tokens) - len(CONTROLS)))
    writer.add_token_merges(MERGES)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_pad_token_id(2)
    writer.add_chat_template("{{ messages[0]['content'] }}")

    def add(name: str, rows: int, columns: int, kind: GGMLQuantizationType) -> None:
        values = random.normal(size=(rows, columns)).astype(np.float32)
        writer.add_tensor(name, quantize(values, kind), raw_dtype=kind)

    add("token_embd.weight", len(tokens), WIDTH, GGMLQuantizationType.Q8_0)
    writer.add_tensor("output_norm.weight", random.normal(size=WIDTH).astype(np.float32))
    head = WIDTH // HEADS
    for layer in range(2):
        for part, rows, columns in (
            ("attn_q", WIDTH, WIDTH), ("attn_k", KV_HEADS * head, WIDTH), ("attn_v", KV_HEADS * head, WIDTH), ("attn_output", WIDTH, WIDTH),
            ("ffn_gate", FEED_FORWARD, WIDTH), ("ffn_up", FEED_FORWARD, WIDTH), ("ffn_down", WIDTH, FEED_FORWARD),
        ):  # fmt: skip
            add(f"blk.{layer}.{part}.weight", rows, columns, GGMLQuantizationType.Q4_1)
        for part in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"blk.{layer}.{part}.weight", random.normal(size=WIDTH).astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return tmp_path / "tiny.gguf"


def test_blocks_give_the_floats_of_the_gguf_package(file: Path):
    tensors = read_gguf(file).tensors
    reference = {tensor.name: dequantize(tensor.data, tensor.tensor_type) for tensor in GGUFReader(file).tensors}
    assert len(tensors) == len(reference)
    gate, embedding = tensors["model.layers.1.mlp.gate_proj.weight"], tensors["model.embed_tokens.weight"]
    assert isinstance(gate, Blocks) and (gate.bits, gate.q.max(), gate.minimum is None) == (4, 15, False)
    assert isinstance(embedding, Blocks) and (embedding.bits, embedding.minimum) == (8, None)
    assert np.array_equal(gate.weight, reference["blk.1.ffn_gate.weight"])
    assert np.array_equal(embedding.weight, reference["token_embd.weight"])
    # Rotary pairs: rows 0, 2, 4, … of a head come before rows 1, 3, 5, …
    key, stored = tensors["model.layers.0.self_attn.k_proj.weight"], reference["blk.0.attn_k.weight"]
    head = WIDTH // HEADS
    assert np.array_equal(key.weight, np.concatenate([stored[h * head : (h + 1) * head][start::2] for h in range(KV_HEADS) for start in (0, 1)]))


def test_the_folder_holds_the_same_numbers_and_a_tokenizer_that_gives_text_back(file: Path, tmp_path: Path):
    folder = tmp_path / "llm"
    write_folder(file, folder)
    llama = AutoModelForCausalLM.from_pretrained(folder)
    for name, tensor in read_gguf(folder / "source.gguf").tensors.items():
        assert torch.equal(llama.state_dict()[name], torch.tensor(tensor.weight if isinstance(tensor, Blocks) else tensor)), name
    assert llama.lm_head.weight is llama.model.embed_tokens.weight
    tokenizer = AutoTokenizer.from_pretrained(folder)
    text = "hello world 1024 naïve 日本"
    ids = tokenizer(text).input_ids
    assert tokenizer.decode(ids) == text
    assert tokenizer.convert_ids_to_tokens(ids)[:2] == ["hell", "o"]
    assert tokenizer("<|im_end|>").input_ids == [2]


def test_other_files_are_refused(file: Path, tmp_path: Path):
    (tmp_path / "none.gguf").write_bytes(b"no GGUF")
    with pytest.raises(SystemExit, match="expected a GGUF file"):
        read_gguf(tmp_path / "none.gguf")
    damaged = file.read_bytes().replace(b"smollm", b"falcon")
    (tmp_path / "other.gguf").write_bytes(damaged)
    with pytest.raises(SystemExit, match="expected tokenizer.ggml.pre 'smollm', got 'falcon'"):
        read_gguf(tmp_path / "other.gguf")
