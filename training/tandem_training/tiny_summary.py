"""A tiny pack that summarizes, for the app's tests: a byte-level BPE and Llamas trained for minutes on a few texts.

What they know by heart they summarize right, the hybrid too; anything else gives words, and ends. Deterministic on one machine; committed, so
that the app's tests need no Python.
"""

import argparse
import tempfile
from pathlib import Path

import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
from torch import nn
from transformers import LlamaConfig, LlamaForCausalLM

from tandem_training.causal_checkpoints import CausalCheckpoints, causal_weights
from tandem_training.causal_graph import CausalLimits
from tandem_training.causal_hybrid import CausalHybrid
from tandem_training.pack_causal import SummaryFacts, write_causal_pack
from tandem_training.self_test_causal import DOCUMENTS, SummaryTestPlan, prompt_ids
from tandem_training.tiny import PADDED_LABEL, memorise

VOCABULARY = 448
WIDTH = 64
CONTROLS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
EOS = 2
BEFORE = "<|im_start|>user\n"
TASKS = [
    {"length": length, "form": form, "before": BEFORE, "maxTokens": max_tokens,
     "after": f"\n\nSummary, {length}, {form}:<|im_end|>\n<|im_start|>assistant\n"}
    for length, max_tokens in (("headline", 24), ("short", 48), ("long", 96)) for form in ("paragraph", "bullets")
]  # fmt: skip


def summaries(document: str, length: str, form: str) -> str:
    """The first words, the first sentence, or the first two."""
    sentences = [sentence.strip() + "." for sentence in document.rstrip(".").split(". ")]
    if length == "headline":
        return " ".join(sentences[0].rstrip(".").split()[:6])
    chosen = sentences[: 1 if length == "short" else 2]
    return "\n".join(f"- {sentence}" for sentence in chosen) if form == "bullets" else " ".join(chosen)


def tiny_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=[AddedToken(token, special=True, normalized=False) for token in CONTROLS],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False,
    )  # fmt: skip
    tokenizer.train_from_iterator([*DOCUMENTS, *(task["after"] for task in TASKS)], trainer)
    return tokenizer


def tiny_llama(layers: int) -> LlamaForCausalLM:
    config = LlamaConfig(
        vocab_size=VOCABULARY, hidden_size=WIDTH, intermediate_size=2 * WIDTH, num_hidden_layers=layers, num_attention_heads=4,
        num_key_value_heads=2, head_dim=16, tie_word_embeddings=True, max_position_embeddings=512, bos_token_id=1, eos_token_id=EOS,
        pad_token_id=EOS,
    )  # fmt: skip
    return LlamaForCausalLM(config)


class Texts:
    """Every document in every task as one batch: ids and labels [B,T], the prompt's length of each."""

    def __init__(self, tokenizer: Tokenizer):
        prompts = [(task, document, prompt_ids(tokenizer, task, document)) for task in TASKS for document in DOCUMENTS]
        written = [tokenizer.encode(summaries(document, task["length"], task["form"])).ids + [EOS] for task, document, _ in prompts]
        rows = [torch.tensor([*prompt, *ids]) for (_, _, prompt), ids in zip(prompts, written, strict=True)]
        self.prompt_lengths = torch.tensor([len(prompt) for _, _, prompt in prompts])
        self.ids = nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=EOS)
        self.labels = nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=PADDED_LABEL)
        self.in_prompt = torch.arange(self.ids.shape[1])[None] < self.prompt_lengths[:, None]
        self.labels[self.in_prompt] = PADDED_LABEL


def train_tiny_summary(tokenizer: Tokenizer) -> CausalCheckpoints:
    torch.manual_seed(0)
    texts = Texts(tokenizer)
    llm = tiny_llama(2)
    losses = {"llm": memorise(list(llm.parameters()), lambda: llm(input_ids=texts.ids, labels=texts.labels).loss)}
    hybrid = CausalHybrid(llm.eval(), slm_layers=[1], llm_layers=1)
    states = hybrid.states(texts.ids, torch.ones_like(texts.ids))

    def hybrid_loss() -> torch.Tensor:
        return hybrid.slm(inputs_embeds=hybrid.embeddings(texts.ids, states, texts.in_prompt), labels=texts.labels).loss

    losses["hybrid"] = memorise([parameter for part in hybrid.trained for parameter in part.parameters()], hybrid_loss)
    print({lane: round(loss, 4) for lane, loss in losses.items()})
    return CausalCheckpoints(llm, hybrid.eval())


def write_tiny_summary_pack(out: Path) -> dict:
    tokenizer = tiny_tokenizer()
    checkpoints = train_tiny_summary(tokenizer)
    facts = SummaryFacts(
        id=out.name, name="Tiny summaries", version="1.0.0", description="Knows six texts by heart; for tests.", language="en",
        licence="Apache-2.0", licence_text="Apache-2.0, like the project.\n", notice="Made by this project.",
        training="Six texts, seconds, one CPU core.", tasks=TASKS,
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        tokenizer_file = Path(folder) / "tokenizer.json"
        tokenizer.save(str(tokenizer_file), pretty=False)
        plan = SummaryTestPlan(DOCUMENTS, per_lane=12, max_tokens=24)
        return write_causal_pack(out, facts, causal_weights(checkpoints), tokenizer_file, CausalLimits(max_context=512, top_k=8), EOS, plan)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="pack folder to write")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    manifest = write_tiny_summary_pack(arguments.out)
    print(f"{arguments.out}: {sum(file['bytes'] for file in manifest['files']) / 1e3:.0f} kB")
    for test in manifest["selfTest"]:
        print(test["lane"], test["length"], test["form"], "→", test["targetText"])
