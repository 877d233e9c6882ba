import json
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM

from tandem_training.batches import IGNORED
from tandem_training.causal_hybrid import CausalHybrid, read_causal_hybrid, write_causal_hybrid
from tandem_training.causal_writing import read, without_loop, write
from tandem_training.summary_examples import SummaryBatch, SummaryExamples
from tandem_training.summary_prompts import PromptTokenizer, read_prompts
from tandem_training.summary_states import Reader, Store, read_batch

CONTROLS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
PROMPTS = [
    {"length": length, "form": form, "before": "<|im_start|>", "after": f"<|im_end|>{length[0]}<|im_start|>", "maxTokens": 12}
    for length in ("headline", "short", "long")
    for form in ("paragraph", "bullets")
]
ROWS = [
    ("summary", "summary", "scitldr", "the cat sat on the mat and looked at the dog", "cat and dog"),
    ("summary", "summary", "scitldr", "rain fell all day", "it rained"),
    ("summary", "summary", "scitldr", "a new bridge was opened in the old town", "bridge opened"),
    ("summary", "summary", "scitldr", "prices rose again", "prices up"),
]


@pytest.fixture
def llm() -> LlamaForCausalLM:
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=259, hidden_size=32, intermediate_size=64, num_hidden_layers=4, num_attention_heads=4, num_key_value_heads=2,
        bos_token_id=1, eos_token_id=2, pad_token_id=2, tie_word_embeddings=True, initializer_range=0.3,
    )  # fmt: skip
    return LlamaForCausalLM(config).eval()


@pytest.fixture
def tokenizer(tmp_path: Path) -> PromptTokenizer:
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE({token: number for number, token in enumerate([*CONTROLS, *alphabet])}, []))
    tokenizer.pre_tokenizer, tokenizer.decoder = pre_tokenizers.ByteLevel(add_prefix_space=False), decoders.ByteLevel()
    tokenizer.add_special_tokens(CONTROLS)
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    return PromptTokenizer(tmp_path)


@pytest.fixture
def folder(tmp_path: Path, llm: LlamaForCausalLM, tokenizer: PromptTokenizer) -> Path:
    """States after two layers, of the documents with their own summaries and those that the LLM wrote to an end."""
    (tmp_path / "prompts.json").write_text(json.dumps(PROMPTS))
    reader = Reader(llm, 2, tokenizer, read_prompts(tmp_path / "prompts.json"))
    store = Store(tmp_path / "examples", 32)
    read_batch(reader, store, ROWS, [0, 1], written_lengths=["short", "long"])
    read_batch(reader, store, ROWS, [2, 3], written_lengths=[])
    store.save()
    store.close()
    return tmp_path / "examples"


@pytest.fixture
def batch(folder: Path) -> SummaryBatch:
    examples = SummaryExamples(folder, 400)
    return examples.batch(examples.usable)


def test_kept_states_are_those_of_each_prompt_read_alone(llm: LlamaForCausalLM, folder: Path):
    examples = SummaryExamples(folder, 400)
    batch = examples.batch(examples.usable)
    for row in range(len(ROWS)):
        own = examples.segments[examples.starts[row] : examples.starts[row + 1]]
        for segment in range(1, int(own.max()) + 1):
            places = np.flatnonzero((own == 0) | (own == segment))
            places = places[batch.is_prompt[row, places].numpy()]
            hidden = llm.model(input_ids=batch.ids[row : row + 1, places], output_hidden_states=True).hidden_states
            assert torch.allclose(batch.states[row, places], hidden[2][0], atol=2e-2, rtol=1e-2)
            assert torch.allclose(batch.finals[row, places], hidden[-1][0], atol=2e-2, rtol=1e-2)


def test_a_document_with_several_summaries_has_the_losses_of_its_prompts_one_by_one(llm: LlamaForCausalLM, tmp_path: Path):
    store, random = Store(tmp_path / "several", 32), np.random.default_rng(0)
    document, asked, written = [1, 40, 41, 42], [[2, 50, 1], [2, 51, 52, 1]], [[60, 61, 2], [62, 2]]
    states = random.normal(size=(16, 32)).astype(np.float16)
    second = np.concatenate([states[:4], states[10:]])
    store.add(0, [(document, []), (asked[0], written[0]), (asked[1], written[1])], states, states)
    store.add(1, [(document, []), (asked[0], written[0])], states[:10], states[:10])
    store.add(2, [(document, []), (asked[1], written[1])], second, second)
    store.save()
    examples, hybrid = SummaryExamples(tmp_path / "several", 100), CausalHybrid(llm, [2, 3], 2)
    together, *alone = (hybrid.losses(examples.batch(np.array([index]))) for index in range(3))
    for measure in ("cross_entropy", "divergence"):
        assert torch.allclose(getattr(together, measure), torch.cat([getattr(one, measure) for one in alone]), atol=1e-4)
    # Teacher-forced by the packed layout, greedily by `generate`: the same first token.
    prompt = torch.tensor([[*document, *asked[0]]])
    mask = torch.ones_like(prompt)
    logits = hybrid.slm(inputs_embeds=hybrid.embeddings(prompt, hybrid.states(prompt, mask), mask.bool())).logits
    assert hybrid.generate(prompt.tolist(), 1)[0] in ([int(logits[0, -1].argmax())], [])


def test_a_slice_of_all_upper_layers_starts_as_the_llm_where_a_prompt_ends(llm: LlamaForCausalLM):
    # The SLM adds its own embeddings once more; with none, it is the rest of the LLM.
    hybrid = CausalHybrid(llm, [2, 3], 2)
    ids = torch.tensor([[1, 40, 50, 60, 2, 1]])
    states = hybrid.states(ids, torch.ones_like(ids))
    upper = hybrid.slm.model(inputs_embeds=hybrid.projector(states)).last_hidden_state
    assert torch.allclose(upper, llm.model(input_ids=ids).last_hidden_state, atol=1e-4)


def test_only_slm_and_projector_move_and_the_slm_lives_on_the_states(llm: LlamaForCausalLM, batch: SummaryBatch):
    hybrid = CausalHybrid(llm, [0, 3], 2)
    before = {name: weight.clone() for name, weight in hybrid.state_dict().items()}
    optimizer = torch.optim.AdamW([p for part in hybrid.trained for p in part.parameters()], lr=3e-3)
    for _ in range(60):
        loss = hybrid.losses(batch).mixed(0.5, 1.0)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    for name, weight in hybrid.state_dict().items():
        frozen = name.startswith("llm.") or "embed_tokens" in name or "lm_head" in name
        assert torch.equal(weight, before[name]) == frozen, name
    shuffled = batch._replace(states=batch.states.roll(1, dims=0))
    with torch.no_grad():
        assert hybrid.losses(shuffled).cross_entropy.mean() > hybrid.losses(batch).cross_entropy.mean() + 0.1


def test_a_written_hybrid_reads_back_the_same_and_another_is_refused(llm: LlamaForCausalLM, batch: SummaryBatch, tmp_path: Path):
    hybrid = CausalHybrid(llm, [1, 3], 2)
    with torch.no_grad():
        hybrid.slm.model.layers[0].mlp.up_proj.weight += 1
        hybrid.projector[2].bias += 0.5
    folder = tmp_path / "hybrid"
    folder.mkdir()
    write_causal_hybrid(hybrid, folder)
    assert torch.equal(read_causal_hybrid(llm, folder).losses(batch).cross_entropy, hybrid.losses(batch).cross_entropy)
    facts = json.loads((folder / "hybrid.json").read_text())
    (folder / "hybrid.json").write_text(json.dumps({**facts, "slmLayers": [1, 2, 3]}))
    with pytest.raises(SystemExit, match="slm.safetensors lacks"):
        read_causal_hybrid(llm, folder)


def test_what_an_interrupted_run_wrote_after_its_index_is_read_again(folder: Path):
    for name in ("states.f16", "finals.f16"):
        with (folder / name).open("ab") as file:
            file.write(b"half an example")
    store = Store(folder, 32)
    with pytest.raises(SystemExit, match="written by another process"):
        Store(folder, 32)
    assert store.rows == [0, 1, 2, 3]
    assert (folder / "states.f16").stat().st_size == 2 * 32 * sum(store.states)
    assert (folder / "finals.f16").stat().st_size == 2 * 32 * sum(store.lengths)


def test_the_end_of_a_document_is_taught_as_the_llm_goes_on_from_its_beginning(llm: LlamaForCausalLM, folder: Path):
    # With all of the LLM's layers, and nothing to add to a prompt, the SLM is the LLM: at every place it says what the LLM says.
    hybrid, examples = CausalHybrid(llm, [0, 1, 2, 3], 2), SummaryExamples(folder, 400)
    with torch.no_grad():
        hybrid.projector[2].weight.zero_()
    batch = examples.batch(examples.usable)
    assert (batch.is_taught & (batch.labels == IGNORED)).sum() > 20
    losses = hybrid.losses(batch)
    assert losses.distance.max() < 1e-3
    assert losses.divergence.max() < 1e-2


def test_one_reading_serves_several_instructions_as_reading_each_prompt_anew(llm: LlamaForCausalLM):
    documents, instructions = [[1, 40, 41, 42], [1, 43]], [[2, 50, 1], [2, 51, 52, 1]]
    reading = read(llm, documents)
    for instruction in instructions:
        for document, written in zip(documents, write(llm, reading, instruction, 8), strict=True):
            alone = llm.generate(torch.tensor([[*document, *instruction]]), max_new_tokens=8, do_sample=False)[0, len(document) + len(instruction) :].tolist()
            assert written == without_loop(alone[: alone.index(2)] if 2 in alone else alone)


def test_control_tokens_in_a_document_are_letters(tokenizer: PromptTokenizer, tmp_path: Path):
    (tmp_path / "prompts.json").write_text(json.dumps(PROMPTS))
    prompts = read_prompts(tmp_path / "prompts.json")
    document = tokenizer.document(prompts["short", "paragraph"], "end<|im_end|>")
    assert document[0] == 1 and 2 not in document
    assert tokenizer.text(document[1:]) == "end<|im_end|>"
    assert tokenizer.instruction(prompts["short", "paragraph"])[0] == 2


def test_prompts_that_would_read_a_document_twice_are_refused(tmp_path: Path):
    (tmp_path / "prompts.json").write_text(json.dumps([{**PROMPTS[0], "before": "other"}, *PROMPTS[1:]]))
    with pytest.raises(SystemExit, match="the same `before`"):
        read_prompts(tmp_path / "prompts.json")


def test_loops_are_cut_to_one_round():
    assert without_loop([9, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 7]) == [9, 1, 2]
    assert without_loop([5, 6, 5, 6, 5, 6]) == [5, 6, 5, 6, 5, 6]
