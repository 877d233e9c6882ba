"""Step 4. Token arrays → the LLM: a T5 trained from scratch on the task's pairs. Writes <run>/llm/."""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.nn import functional

from tandem_training.batches import IGNORED, Batch, Mixed, Pairs
from tandem_training.corpora import LANGUAGES
from tandem_training.evaluate import Evaluator, Generate
from tandem_training.evaluate_codes import CodesEvaluator
from tandem_training.fit import Plan, fit
from tandem_training.pretrained import Vocabulary
from tandem_training.t5 import deepened_t5, generate_greedily, logits_of, new_t5, write_t5
from tandem_training.tokenizer import PAD, PREFIXES
from tandem_training.workers import Workers


def parser_for(description: str | None) -> argparse.ArgumentParser:
    """The arguments that every training step has."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, required=True, help=".npz of the encode step")
    parser.add_argument("--dev", type=Path, required=True, help="dev-sample.tsv of the corpora step")
    parser.add_argument("--dev-codes", type=Path, help="rows of the inline_codes step: how well codes are kept is measured as well")
    parser.add_argument("--tokenizer", type=Path, help="tokenizer.json; the hybrid step takes the LLM's where it is left out")
    parser.add_argument("--both-ways", action="store_true", help="train every translation pair in both directions")
    parser.add_argument("--deadline", type=float, required=True, help="Unix time at which training ends")
    parser.add_argument("--decay-minutes", type=float, required=True)
    parser.add_argument("--batch-tokens", type=int, default=8000)
    parser.add_argument("--max-tokens", type=int, default=96, help="longest side of a pair")
    parser.add_argument("--muon-lr", type=float, default=2e-3)
    parser.add_argument("--adam-lr", type=float, default=5e-3)
    parser.add_argument("--warmup-steps", type=int, default=100)
    parser.add_argument("--save-minutes", type=float, default=2)
    parser.add_argument("--evaluate-minutes", type=float, default=12)
    parser.add_argument("--evaluate-pairs", type=int, default=40, help="per language and source group")
    parser.add_argument("--max-steps", type=int)
    parser.add_argument("--threads", type=int, default=2, help="per worker; start with torchrun for several")
    return parser


def plan_of(arguments: argparse.Namespace) -> Plan:
    return Plan(
        deadline=arguments.deadline, decay_s=60 * arguments.decay_minutes, batch_tokens=arguments.batch_tokens, muon_lr=arguments.muon_lr,
        adam_lr=arguments.adam_lr, warmup_steps=arguments.warmup_steps, save_every_s=60 * arguments.save_minutes,
        evaluate_every_s=60 * arguments.evaluate_minutes, max_steps=arguments.max_steps,
    )  # fmt: skip


def pairs_of(arguments: argparse.Namespace, vocabulary: Vocabulary, mixed: Mixed | None = None) -> Pairs:
    back = None
    if arguments.both_ways:
        id_of = vocabulary.source.token_to_id
        back = {id_of(PREFIXES["en", other]): id_of(PREFIXES[other, "en"]) for other in LANGUAGES}
        if None in back or not vocabulary.is_shared:
            raise SystemExit("--both-ways needs one tokenizer for both sides, in which each prefix is one token; leave it out")
    return Pairs(arguments.pairs, arguments.max_tokens, back, vocabulary.codes, mixed)


def evaluation_of(arguments: argparse.Namespace, vocabulary: Vocabulary, device: torch.device) -> Callable[[Generate], str]:
    evaluator = Evaluator(arguments.dev, vocabulary, device, arguments.evaluate_pairs)
    codes = CodesEvaluator(arguments.dev_codes, vocabulary, device) if arguments.dev_codes else None
    return lambda generate: "  ".join(e.line(generate) for e in (evaluator, codes) if e)


def begin(arguments: argparse.Namespace) -> Workers:
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    return Workers()


def main() -> None:
    parser = parser_for(__doc__)
    parser.add_argument("--d-model", type=int, default=256)
    parser.add_argument("--d-ff", type=int, default=1024)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--encoder-layers", type=int, default=6)
    parser.add_argument("--decoder-layers", type=int, default=6)
    parser.add_argument("--feed-forward", default="relu", choices=("relu", "gated-gelu"))
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.add_argument("--label-smoothing", type=float, default=0.1)
    parser.add_argument("--init", type=Path, help="start from this T5 folder, deepened to the layers asked for, instead of fresh weights")
    arguments = parser.parse_args()
    if not arguments.tokenizer:
        parser.error("the LLM is trained from scratch: --tokenizer is required")
    workers = begin(arguments)
    device = workers.device()
    tokenizer = Tokenizer.from_file(str(arguments.tokenizer))
    vocabulary = Vocabulary(tokenizer, tokenizer)
    if arguments.init:
        model = deepened_t5(arguments.init, arguments.encoder_layers, arguments.decoder_layers)
    else:
        model = new_t5(
            tokenizer.get_vocab_size(), arguments.d_model, arguments.d_ff, arguments.heads, arguments.encoder_layers,
            arguments.decoder_layers, arguments.feed_forward, arguments.dropout,
        )  # fmt: skip
    model.to(device).train()
    pairs = pairs_of(arguments, vocabulary)
    if workers.first:
        print(f"llm: {model.num_parameters()} parameters, {len(pairs.usable)} pairs, {pairs.weights.sum():.0f} an epoch, {time.strftime('%F %T')}", flush=True)

    def loss_of(batch: Batch) -> torch.Tensor:
        logits = logits_of(model, batch.target, input_ids=batch.source, attention_mask=batch.source != PAD)
        return functional.cross_entropy(
            logits.flatten(0, 1).float(), batch.target.flatten(), ignore_index=IGNORED, label_smoothing=arguments.label_smoothing
        )

    def generate(source: torch.Tensor, max_new_tokens: int) -> torch.Tensor:
        return generate_greedily(model, max_new_tokens, input_ids=source, attention_mask=source != PAD)

    evaluation = evaluation_of(arguments, vocabulary, device)
    fit(
        "llm", arguments.run, pairs, plan_of(arguments), [model], loss_of,
        save=lambda folder: write_t5(model, arguments.tokenizer, folder), evaluate=lambda: evaluation(generate), workers=workers,
    )  # fmt: skip


if __name__ == "__main__":
    main()
