"""Hugging Face T5 models as this pipeline uses them: built, read, written, and their greedy decoding.

A model folder holds config.json, model.safetensors and tokenizer.json.
"""

import shutil
from pathlib import Path

import torch
from transformers import PreTrainedModel, T5Config, T5ForConditionalGeneration

from tandem_training.batches import shifted_right
from tandem_training.precision import autocast
from tandem_training.tokenizer import EOS, PAD

D_KV = 64  # the width of an attention head


def new_t5(
    vocabulary: int, d_model: int, d_ff: int, heads: int, encoder_layers: int, decoder_layers: int, feed_forward: str = "relu", dropout: float = 0.0
) -> T5ForConditionalGeneration:
    """A fresh T5 with heads of D_KV and one embedding for both sides and the output."""
    return T5ForConditionalGeneration(
        T5Config(
            vocab_size=vocabulary, d_model=d_model, d_kv=D_KV, d_ff=d_ff, num_heads=heads, num_layers=encoder_layers,
            num_decoder_layers=decoder_layers, feed_forward_proj=feed_forward, dropout_rate=dropout, tie_word_embeddings=True,
            pad_token_id=PAD, eos_token_id=EOS, decoder_start_token_id=PAD, relative_attention_max_distance=128,
        )
    )  # fmt: skip


def read_t5(folder: Path) -> T5ForConditionalGeneration:
    return T5ForConditionalGeneration.from_pretrained(folder)


def deepened_t5(folder: Path, encoder_layers: int, decoder_layers: int) -> T5ForConditionalGeneration:
    """The T5 in `folder` with more layers and the same function: each added layer is a copy whose outputs are zero, put after its model.

    Shallow models learn to align source and target in fewer and cheaper steps, so a short budget starts shallow (as in
    Net2Net, arXiv 1511.05641). The same layer counts give the model as it is.
    """
    shallow = read_t5(folder)
    config = shallow.config
    factors = {"encoder": encoder_layers / config.num_layers, "decoder": decoder_layers / config.num_decoder_layers}
    if any(factor != int(factor) or factor < 1 for factor in factors.values()):
        raise SystemExit(
            f"{folder}: expected layer counts that divide {encoder_layers} and {decoder_layers}, "
            f"got {config.num_layers} and {config.num_decoder_layers}"
        )
    deep_config = T5Config.from_dict({**config.to_dict(), "num_layers": encoder_layers, "num_decoder_layers": decoder_layers})
    deep = T5ForConditionalGeneration(deep_config)
    known = shallow.state_dict()
    weights = {}
    for name, fresh in deep.state_dict().items():
        part, *rest = name.split(".")
        if part not in factors or rest[0] != "block":
            weights[name] = known[name]
            continue
        model, copy = divmod(int(rest[1]), int(factors[part]))
        layer = ".".join([part, "block", str(model), *rest[2:]])
        # Only these write to the residual stream.
        writes = rest[-2:] in (["o", "weight"], ["wo", "weight"])
        weights[name] = torch.zeros_like(fresh) if copy and writes else known[layer]
    deep.load_state_dict(weights)
    return deep


def write_t5(model: T5ForConditionalGeneration, tokenizer: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    shutil.copyfile(tokenizer, folder / "tokenizer.json")


def logits_of(model: PreTrainedModel, target: torch.Tensor, **source: torch.Tensor) -> torch.Tensor:
    """Teacher-forced logits [pairs, target length, vocabulary]; source is what the encoder takes, with its attention_mask."""
    return model(decoder_input_ids=shifted_right(target, model.config.decoder_start_token_id), use_cache=False, **source).logits


def generate_greedily(model: PreTrainedModel, max_new_tokens: int, **source) -> torch.Tensor:
    """Ids [pairs, written], without the start; `source` is what `model.generate` takes."""
    model.eval()
    with torch.no_grad(), autocast(next(model.parameters()).device):
        ids = model.generate(**source, max_new_tokens=max_new_tokens, num_beams=1, do_sample=False)
    model.train()
    return ids[:, 1:] if model.config.is_encoder_decoder else ids
