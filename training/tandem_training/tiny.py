"""Tiny packs for the app's tests: a real tokenizer and real T5s, trained for seconds on a dozen sentences.

Every lane is there. What they know by heart they translate right; anything else gives words, and ends. Deterministic on one
machine; committed, so that the app's tests need no Python.
"""

import argparse
import tempfile
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import T5Config, T5ForConditionalGeneration

from tandem_training.checkpoints import Checkpoints, weights_of
from tandem_training.hybrid import Hybrid, new_projector
from tandem_training.pack import PackFacts, Task, write_pack
from tandem_training.pack_graphs import PackLimits, PackWeights
from tandem_training.self_test import SelfTestPlan
from tandem_training.tiny_sentences import IN_BYTES, SENTENCES
from tandem_training.tokenizer import EXTRA_IDS, PREFIXES, build, train_pieces

VOCABULARY = 400
WIDTH = 32
STEPS = 700
TASKS = [Task("en", "de", "translate English to German: "), Task("en", "fr", "translate English to French: ")]
PADDED_LABEL = -100


class Pairs:
    """All pairs as one batch: source ids and mask [B,S], labels [B,T]."""

    def __init__(self, tokenizer: Tokenizer):
        rows = [(TASKS[i].prefix + row[0], row[1 + i]) for row in [*SENTENCES, IN_BYTES] for i in range(len(TASKS))]
        sources, targets = ([torch.tensor(e.ids) for e in tokenizer.encode_batch(side)] for side in zip(*rows, strict=True))
        self.source = nn.utils.rnn.pad_sequence(sources, batch_first=True)
        self.mask = (self.source != 0).long()
        self.labels = nn.utils.rnn.pad_sequence(targets, batch_first=True, padding_value=PADDED_LABEL)


def tiny_t5(vocabulary: int, layers: int, feed_forward: str = "relu") -> T5ForConditionalGeneration:
    config = T5Config(
        vocab_size=vocabulary, d_model=WIDTH, d_kv=16, num_heads=2, d_ff=64, num_layers=layers, num_decoder_layers=layers,
        feed_forward_proj=feed_forward, dropout_rate=0.0, decoder_start_token_id=0, pad_token_id=0, eos_token_id=1,
    )  # fmt: skip
    return T5ForConditionalGeneration(config)


def memorise(parameters: list[nn.Parameter], loss_of) -> float:
    optimizer = torch.optim.AdamW(parameters, lr=1e-2, weight_decay=0.0)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=1e-2, total_steps=STEPS)
    for _ in range(STEPS):
        loss = loss_of()
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        schedule.step()
    return loss.item()


def train_tiny(tokenizer: Tokenizer) -> PackWeights:
    """An LLM, then a hybrid over its frozen encoder, then an SLM alone."""
    torch.manual_seed(1)
    pairs = Pairs(tokenizer)
    llm, slm, alone = (tiny_t5(tokenizer.get_vocab_size(), layers) for layers in (2, 1, 1))
    hybrid = Hybrid(llm, new_projector(WIDTH, WIDTH), slm, "add")
    batch = {"attention_mask": pairs.mask, "labels": pairs.labels}
    losses = {"llm": memorise(list(llm.parameters()), lambda: llm(input_ids=pairs.source, **batch).loss)}
    losses["hybrid"] = memorise(
        [*slm.parameters(), *hybrid.projector.parameters()],
        lambda: slm(labels=pairs.labels, **hybrid.prompt(pairs.source, hybrid.conditions(pairs.source))).loss,
    )
    losses["slm"] = memorise(list(alone.parameters()), lambda: alone(input_ids=pairs.source, **batch).loss)
    print({lane: round(loss, 4) for lane, loss in losses.items()})
    return weights_of(Checkpoints(llm, hybrid, alone))


def write_tiny_pack(out: Path) -> dict:
    texts = [text for row in SENTENCES for text in row]
    tokenizer = build(train_pieces(texts, VOCABULARY - len(PREFIXES) - EXTRA_IDS))
    weights = train_tiny(tokenizer)
    facts = PackFacts(
        id=out.name, name="Tiny", version="1.0.0", description="Knows a dozen sentences by heart; for tests.",
        licence="Apache-2.0", licence_text="Apache-2.0, like the project.\n",
        training="A dozen sentences, seconds, one CPU core.", tasks=TASKS, max_source_tokens=128,
    )  # fmt: skip
    plan = SelfTestPlan({"en": [row[0] for row in [*SENTENCES, IN_BYTES]]}, per_task=len(SENTENCES) + 1)
    with tempfile.TemporaryDirectory() as folder:
        tokenizer_file = Path(folder) / "tokenizer.json"
        tokenizer.save(str(tokenizer_file), pretty=False)
        return write_pack(out, facts, weights, tokenizer_file, PackLimits(max_tokens=128, top_k=8), plan)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="pack folder to write")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    manifest = write_tiny_pack(arguments.out)
    print(f"{arguments.out}: {sum(file['bytes'] for file in manifest['files']) / 1e3:.0f} kB")
    for test in manifest["selfTest"]:
        print(test["lane"], test["to"], test["text"], "→", test["targetText"])
