"""An LLM's best outputs by beam search, fast enough to write targets with: CTranslate2, weights in 8 bits, on the CPU."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import ctranslate2
import torch
from tokenizers import Tokenizer
from transformers import PreTrainedModel, PreTrainedTokenizerFast

from tandem_training.tokenizer import EOS, PAD


def prepare_search(llm: PreTrainedModel, tokenizer: Tokenizer, folder: Path) -> None:
    """Writes `folder` for `beam_search`, over what is there; in a run of several workers the first does it. The LLM must be of a kind that
    CTranslate2's converter knows and have the tokenizer's ids."""
    pieces = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token=tokenizer.id_to_token(EOS), pad_token=tokenizer.id_to_token(PAD), unk_token="<unk>"
    )
    with tempfile.TemporaryDirectory() as checkpoint:
        llm.save_pretrained(checkpoint)
        pieces.save_pretrained(checkpoint)
        ctranslate2.converters.TransformersConverter(checkpoint).convert(str(folder), quantization="int8", force=True)


def beam_search(folder: Path, tokenizer: Tokenizer, width: int, threads: int) -> Callable[[torch.Tensor, int], list[list[list[int]]]]:
    """Source [n, length], most new tokens → for each sentence `width` outputs with their EOS, the one with the highest mean log probability of
    a token first."""
    translator = ctranslate2.Translator(str(folder), compute_type="int8", inter_threads=1, intra_threads=threads)

    def search(source: torch.Tensor, max_new_tokens: int) -> list[list[list[int]]]:
        rows = [[tokenizer.id_to_token(i) for i in row if i != PAD] for row in source.tolist()]
        found = translator.translate_batch(
            rows, beam_size=width, num_hypotheses=width, max_decoding_length=max_new_tokens, return_end_token=True
        )  # fmt: skip
        return [[[tokenizer.token_to_id(piece) for piece in pieces] for pieces in output.hypotheses] for output in found]

    return search
