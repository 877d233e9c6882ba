"""Greedy writing by a decoder-only model in batches, several times after one reading."""

import copy
from dataclasses import dataclass

import torch
from transformers import DynamicCache, PreTrainedModel

LONGEST_PATTERN = 8  # tokens
REPEATS = 4
LOOP_TOKENS = 12


@dataclass(frozen=True)
class Read:
    """What a model has read of a batch of prompts: keys and values, and which places hold tokens [rows, length] (padding stands before them)."""

    cache: DynamicCache
    mask: torch.Tensor


def positions_of(mask: torch.Tensor) -> torch.Tensor:
    """Padding has no position."""
    return (mask.cumsum(1) - 1).clamp(min=0)


def padded_before(rows: list[list[int]], padding: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids and mask [rows, longest]."""
    longest = max(map(len, rows))
    ids = torch.tensor([[padding] * (longest - len(row)) + row for row in rows])
    mask = torch.tensor([[0] * (longest - len(row)) + [1] * len(row) for row in rows])
    return ids, mask


@torch.no_grad()
def read(model: PreTrainedModel, rows: list[list[int]]) -> Read:
    ids, mask = (tensor.to(model.device) for tensor in padded_before(rows, model.config.pad_token_id))
    cache = DynamicCache()
    model.model(input_ids=ids, attention_mask=mask, position_ids=positions_of(mask), past_key_values=cache)
    return Read(cache, mask)


def write(model: PreTrainedModel, reading: Read, instruction: list[int], max_tokens: int) -> list[list[int]]:
    """Ids after `instruction`, as `continued` gives them. `reading` stays as it is."""
    ids = torch.tensor([instruction] * len(reading.mask), device=model.device)
    mask = torch.cat([reading.mask, torch.ones_like(ids)], dim=1)
    return continued(model, model.get_input_embeddings()(ids), mask, max_tokens, copy.deepcopy(reading.cache))


@torch.no_grad()
def continued(
    model: PreTrainedModel, embeddings: torch.Tensor, mask: torch.Tensor, max_tokens: int, cache: DynamicCache | None = None
) -> list[list[int]]:
    """Greedy ids after `embeddings` [rows, length, d], up to the end of sentence (not included), a loop (cut) or `max_tokens`.

    `mask` [rows, length] covers what `cache` holds as well; `cache` is written to.
    """
    cache = cache or DynamicCache()
    written: list[list[int]] = [[] for _ in range(len(mask))]
    open_rows = set(range(len(mask)))
    for _ in range(max_tokens):
        places = positions_of(mask)[:, -embeddings.shape[1] :]
        states = model.model(inputs_embeds=embeddings, attention_mask=mask, position_ids=places, past_key_values=cache).last_hidden_state
        best = model.lm_head(states[:, -1]).argmax(-1)
        for row in list(open_rows):
            if best[row] == model.config.eos_token_id:
                open_rows.remove(row)
            else:
                written[row].append(int(best[row]))
        if not open_rows:
            break
        embeddings = model.get_input_embeddings()(best[:, None])
        mask = torch.cat([mask, torch.ones_like(mask[:, :1])], dim=1)
    return [without_loop(row) for row in written]


def without_loop(ids: list[int]) -> list[int]:
    """Cut where a pattern has come REPEATS times in a row and fills LOOP_TOKENS, as the app does; the pattern stays once."""
    for end in range(LOOP_TOKENS, len(ids) + 1):
        for period in range(1, min(LONGEST_PATTERN, end // REPEATS) + 1):
            start = end - max(REPEATS * period, LOOP_TOKENS)
            if start >= 0 and ids[start : end - period] == ids[start + period : end]:
                return ids[: start + period]
    return ids
