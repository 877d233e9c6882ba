"""Hugging Face checkpoints, by folder or hub name: what can be an LLM, what can be an SLM, and their tokenizers.

A folder holds what the hub holds: config.json, model.safetensors, and tokenizer.json or spiece.model. Knows nothing of training.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer
from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSeq2SeqLM, AutoTokenizer, PreTrainedModel

from tandem_training.inline_codes import CODE_NAMES
from tandem_training.tokenizer import EOS, PAD

T5_LIKE = ("t5", "mt5", "umt5")
CAUSAL = ("gpt2", "llama", "mistral", "qwen2")

Name = str | os.PathLike[str]  # a folder, or a name on the hub


def read_llm(name: Name) -> PreTrainedModel:
    config = _config(name, T5_LIKE, "an LLM is T5-like")
    if config.pad_token_id != PAD:
        raise SystemExit(f"{name}: expected padding to be id {PAD}, as in T5, got {config.pad_token_id}")
    return AutoModelForSeq2SeqLM.from_pretrained(name)


def read_slm(name: Name) -> PreTrainedModel:
    """An encoder-decoder, or a causal language model."""
    config = _config(name, T5_LIKE + CAUSAL, "an SLM is T5-like or causal")
    return (AutoModelForSeq2SeqLM if config.is_encoder_decoder else AutoModelForCausalLM).from_pretrained(name)


def read_tokenizer(name: Name) -> Tokenizer:
    file = Path(name) / "tokenizer.json"
    try:
        return Tokenizer.from_file(str(file)) if file.is_file() else AutoTokenizer.from_pretrained(name).backend_tokenizer
    except (OSError, ValueError) as error:
        raise SystemExit(f"{name}: expected a tokenizer.json or a spiece.model, got neither: {error}") from error


@dataclass(frozen=True)
class Vocabulary:
    """How text becomes the prompt and how what the SLM writes becomes text; one tokenizer for both, or two."""

    source: Tokenizer
    target: Tokenizer
    target_eos: int = EOS

    @property
    def is_shared(self) -> bool:
        return self.source is self.target or self.source.get_vocab() == self.target.get_vocab()

    def source_ids(self, texts: list[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self.source.encode_batch_fast(texts)]

    def target_ids(self, texts: list[str]) -> list[list[int]]:
        """Ending in the end of sentence, whether the tokenizer writes one itself or not."""
        return [[*encoding.ids, self.target_eos] for encoding in self.target.encode_batch_fast(texts, add_special_tokens=False)]

    def text(self, written: list[int], keep_codes: bool = False) -> str:
        """Of what a model wrote up to its end of sentence; inline codes are left out unless they are kept."""
        ids = written[: written.index(self.target_eos)] if self.target_eos in written else written
        return self.target.decode(ids, skip_special_tokens=not keep_codes)

    @property
    def codes(self) -> list[int]:
        """Ids of inline codes 0, 1, … on both sides; empty where the sides have none in common."""
        ids = [self.source.token_to_id(name) for name in CODE_NAMES]
        return ids if None not in ids and ids == [self.target.token_to_id(name) for name in CODE_NAMES] else []


def eos_of(slm: Name) -> int:
    eos = _config(slm, T5_LIKE + CAUSAL, "an SLM is T5-like or causal").eos_token_id
    if not isinstance(eos, int):
        raise SystemExit(f"{slm}: expected one end of sentence, got {eos}; set eos_token_id in its config.json")
    return eos


def _config(name: Name, kinds: tuple[str, ...], rule: str):
    try:
        config = AutoConfig.from_pretrained(name)
    except (OSError, ValueError) as error:
        raise SystemExit(f"{name}: expected a folder with config.json and model.safetensors, or a name on the hub: {error}") from error
    if config.model_type not in kinds:
        raise SystemExit(f"{name} is of type {config.model_type}; {rule}: expected one of {', '.join(kinds)}")
    return config
