"""How an SLM of either kind is driven by a prompt of embeddings.

`prompt` holds `inputs_embeds` [pairs, source length, d_slm] and `attention_mask` [pairs, source length]. An encoder-decoder SLM takes them into
its encoder; for a causal one they are the prefix, read once, and the target follows.
"""

import torch
from transformers import PreTrainedModel

from tandem_training.batches import shifted_right
from tandem_training.t5 import generate_greedily, logits_of


def width_of(slm: PreTrainedModel) -> int:
    return slm.get_input_embeddings().embedding_dim


def start_of(slm: PreTrainedModel) -> int:
    """The id before the first target token."""
    config = slm.config
    if config.is_encoder_decoder:
        return config.decoder_start_token_id
    return config.eos_token_id if config.bos_token_id is None else config.bos_token_id


def target_logits(slm: PreTrainedModel, target: torch.Tensor, **prompt: torch.Tensor) -> torch.Tensor:
    """Teacher-forced logits [pairs, target length, vocabulary]."""
    if slm.config.is_encoder_decoder:
        return logits_of(slm, target, **prompt)
    written = slm.get_input_embeddings()(shifted_right(target, start_of(slm)))
    length = target.shape[1]
    return slm(**_followed_by(prompt, written), use_cache=False, logits_to_keep=length).logits


def write_greedily(slm: PreTrainedModel, max_new_tokens: int, **prompt: torch.Tensor) -> torch.Tensor:
    """Ids [pairs, written], without the start."""
    if slm.config.is_encoder_decoder:
        return generate_greedily(slm, max_new_tokens, **prompt)
    start = torch.full((len(prompt["attention_mask"]), 1), start_of(slm), device=slm.device)
    inputs = _followed_by(prompt, slm.get_input_embeddings()(start))
    return generate_greedily(slm, max_new_tokens, pad_token_id=slm.config.eos_token_id, **inputs)


def _followed_by(prompt: dict[str, torch.Tensor], written: torch.Tensor) -> dict[str, torch.Tensor]:
    """Prefix and target in one row; padding between them has no position."""
    embeddings = torch.cat([prompt["inputs_embeds"], written.to(prompt["inputs_embeds"].dtype)], dim=1)
    mask = torch.cat([prompt["attention_mask"].long(), torch.ones(written.shape[:2], dtype=torch.long, device=written.device)], dim=1)
    return {"inputs_embeds": embeddings, "attention_mask": mask, "position_ids": (mask.cumsum(1) - 1).clamp(min=0)}
