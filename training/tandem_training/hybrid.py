"""Step 5. A frozen LLM + pairs → the hybrid: projector and SLM. Writes <run>/hybrid/, or with --alone the SLM baseline <run>/slm/.

The LLM's encoder reads the source once; Linear → ReLU → Linear takes its states [pairs, source length, d_llm] to the SLM's width;
they are added to (or replace) the SLM's prompt embeddings at its input (arXiv 2402.16844): the input of its encoder or, for a causal SLM,
the prefix. Where the two have different tokenizers, the prompt's embeddings are the LLM's, through a linear layer, and the SLM keeps its
vocabulary for what it writes. The loss mixes cross-entropy on the target with the KL divergence from the LLM's own teacher-forced
distribution, where the vocabulary is one.

--llm takes any T5-like model and --slm any T5-like or causal one, by folder or hub name; without --slm a fresh T5 is made.
"""

import argparse
import json
import time
from pathlib import Path
from typing import Literal

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from transformers import PreTrainedModel

from tandem_training.batches import IGNORED, Batch, Mixed, Pairs
from tandem_training.fit import fit
from tandem_training.llm import begin, evaluation_of, pairs_of, parser_for, plan_of
from tandem_training.pretrained import Name, Vocabulary, eos_of, read_llm, read_slm, read_tokenizer
from tandem_training.slm import target_logits, width_of, write_greedily
from tandem_training.t5 import generate_greedily, logits_of, new_t5, write_t5
from tandem_training.tokenizer import PAD

Conditioning = Literal["add", "replace"]


class Hybrid(nn.Module):
    def __init__(
        self, llm: PreTrainedModel, projector: nn.Sequential, slm: PreTrainedModel, conditioning: Conditioning, reader: nn.Linear | None = None
    ) -> None:
        """`reader` takes the LLM's embeddings to the SLM's width where the tokenizers differ and states are added."""
        super().__init__()
        self.llm, self.projector, self.slm, self.conditioning, self.reader = llm, projector, slm, conditioning, reader

    @property
    def trained(self) -> list[nn.Module]:
        return [part for part in (self.slm, self.projector, self.reader) if part]

    def conditions(self, source: torch.Tensor) -> torch.Tensor:
        """Z [pairs, source length, d_slm]; no gradient reaches the LLM."""
        with torch.no_grad():
            states = self.llm.encoder(input_ids=source, attention_mask=source != PAD).last_hidden_state
        return self.projector(states)

    def prompt(self, source: torch.Tensor, z: torch.Tensor) -> dict[str, torch.Tensor]:
        """What the SLM reads."""
        if self.conditioning == "replace":
            embeddings = z
        elif self.reader is None:
            embeddings = self.slm.get_input_embeddings()(source) + z
        else:
            embeddings = self.reader(self.llm.get_input_embeddings()(source)) + z
        return {"inputs_embeds": embeddings, "attention_mask": source != PAD}

    def forward(self, source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """Teacher-forced logits [pairs, target length, vocabulary]."""
        return target_logits(self.slm, target, **self.prompt(source, self.conditions(source)))

    def generate(self, source: torch.Tensor, max_new_tokens: int) -> torch.Tensor:
        return write_greedily(self.slm, max_new_tokens, **self.prompt(source, self.conditions(source)))


def new_projector(d_llm: int, d_slm: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(d_llm, d_llm), nn.ReLU(), nn.Linear(d_llm, d_slm))


def freeze(llm: PreTrainedModel) -> PreTrainedModel:
    return llm.eval().requires_grad_(False)


def inherit_embedding(slm: PreTrainedModel, llm: PreTrainedModel) -> None:
    """The LLM's embedding along its strongest directions, at the scale that a fresh T5 starts with."""
    with torch.no_grad():
        u, s, _ = torch.linalg.svd(llm.shared.weight.float(), full_matrices=False)
        directions = (u * s)[:, : slm.config.d_model]
        slm.shared.weight.copy_(directions / directions.std())


def write_hybrid(hybrid: Hybrid, tokenizer: Path, folder: Path, separate: bool = False) -> None:
    """`tokenizer` is the SLM's tokenizer.json; `separate` says that it is not the LLM's."""
    write_t5(hybrid.slm, tokenizer, folder / "slm")
    save_file({name: weight.contiguous() for name, weight in hybrid.projector.state_dict().items()}, folder / "projector.safetensors")
    if hybrid.reader:
        save_file(hybrid.reader.state_dict(), folder / "reader.safetensors")
    facts = {
        "conditioning": hybrid.conditioning, "d_llm": hybrid.llm.config.d_model, "d_slm": width_of(hybrid.slm),
        "tokenizers": "separate" if separate else "shared",
    }  # fmt: skip
    (folder / "hybrid.json").write_text(json.dumps(facts) + "\n")


def read_hybrid(llm_name: Name, folder: Path) -> Hybrid:
    facts = json.loads((folder / "hybrid.json").read_text())
    projector = new_projector(facts["d_llm"], facts["d_slm"])
    projector.load_state_dict(load_file(folder / "projector.safetensors"))
    reader = None
    if (folder / "reader.safetensors").exists():
        reader = nn.Linear(facts["d_llm"], facts["d_slm"])
        reader.load_state_dict(load_file(folder / "reader.safetensors"))
    return Hybrid(freeze(read_llm(llm_name)), projector, read_slm(folder / "slm"), facts["conditioning"], reader)


def begun(arguments: argparse.Namespace, separate: bool) -> Hybrid:
    """The model to train: fresh, on a given SLM, or as the folder to start from left it."""
    if arguments.init and not arguments.alone:
        return read_hybrid(arguments.llm, arguments.init)
    llm = freeze(read_llm(arguments.llm))
    if arguments.init or arguments.slm:
        slm = read_slm(arguments.init or arguments.slm)
    else:
        slm = new_t5(
            llm.config.vocab_size, arguments.d_model, arguments.d_ff, arguments.heads, arguments.encoder_layers, arguments.decoder_layers,
            arguments.feed_forward,
        )  # fmt: skip
        inherit_embedding(slm, llm)
    d_llm, d_slm = llm.config.d_model, width_of(slm)
    reader = nn.Linear(d_llm, d_slm) if separate and arguments.conditioning == "add" else None
    return Hybrid(llm, new_projector(d_llm, d_slm), slm, arguments.conditioning, reader)


def vocabulary_for(arguments: argparse.Namespace) -> Vocabulary:
    """The LLM's tokenizer reads; the SLM's, where it is given or was trained with its own, writes."""
    source = Tokenizer.from_file(str(arguments.tokenizer)) if arguments.tokenizer else read_tokenizer(arguments.llm)
    slm = arguments.init / "slm" if arguments.init and not arguments.alone else arguments.init or arguments.slm
    return Vocabulary(source, read_tokenizer(slm), eos_of(slm)) if slm else Vocabulary(source, source)


def check(arguments: argparse.Namespace, vocabulary: Vocabulary, hybrid: Hybrid, pairs: Pairs) -> None:
    """Refuses what cannot work together."""
    if not vocabulary.is_shared and (arguments.alone or arguments.kl_share):
        what = "--alone" if arguments.alone else "--kl-share above 0"
        raise SystemExit(f"{what} needs one tokenizer for LLM and SLM, got two; leave it out")
    heads = [model.config.vocab_size for model in (hybrid.llm, hybrid.slm)]
    if arguments.kl_share and heads[0] != heads[1]:
        raise SystemExit(f"--kl-share above 0 needs as many logits of the LLM as of the SLM, got {heads[0]} and {heads[1]}; set it to 0")
    if arguments.alone and not hybrid.slm.config.is_encoder_decoder:
        raise SystemExit("--alone is for an encoder-decoder SLM; train a causal one with an LLM")
    for side, tokens, model in (("source", pairs.source_tokens, hybrid.llm), ("target", pairs.target_tokens, hybrid.slm)):
        rows = model.get_input_embeddings().num_embeddings
        if tokens.max() >= rows:
            raise SystemExit(f"{arguments.pairs} has {side} ids up to {tokens.max()}, but the model has {rows}; encode it with --llm and --slm")
    places = getattr(hybrid.slm.config, "max_position_embeddings", None)
    if places and 2 * arguments.max_tokens + 1 > places:
        raise SystemExit(f"the SLM has {places} positions for prompt and target; lower --max-tokens to {(places - 1) // 2}")


def distillation_loss(logits: torch.Tensor, teacher_logits: torch.Tensor | None, target: torch.Tensor, kl_share: float) -> torch.Tensor:
    """(1 - kl_share) cross-entropy + kl_share KL(teacher ‖ student), mean over target tokens; logits [pairs, length, vocabulary]."""
    kept = target != IGNORED
    log_probabilities = logits[kept].float().log_softmax(-1)
    cross_entropy = functional.nll_loss(log_probabilities, target[kept])
    if teacher_logits is None:
        return cross_entropy
    kl = functional.kl_div(log_probabilities, teacher_logits[kept].float().log_softmax(-1), reduction="batchmean", log_target=True)
    return (1 - kl_share) * cross_entropy + kl_share * kl


def main() -> None:
    parser = parser_for(__doc__)
    parser.add_argument("--llm", required=True, help="folder or hub name")
    parser.add_argument("--slm", help="folder or hub name of the SLM to train; without it a fresh one of the sizes below")
    parser.add_argument("--alone", action="store_true", help="train the SLM without LLM states: the baseline")
    parser.add_argument("--conditioning", default="add", choices=("add", "replace"))
    parser.add_argument("--d-model", type=int, default=192)
    parser.add_argument("--d-ff", type=int, default=768)
    parser.add_argument("--heads", type=int, default=3)
    parser.add_argument("--encoder-layers", type=int, default=2)
    parser.add_argument("--decoder-layers", type=int, default=1)
    parser.add_argument("--feed-forward", default="relu", choices=("relu", "gated-gelu"))
    parser.add_argument(
        "--kl-share", type=float, help="0 trains on the targets alone and does not run the LLM's decoder; 0.5 where the tokenizer is one, or else 0"
    )
    parser.add_argument("--distilled", type=Path, help=".npz of the distil step: pairs whose targets the LLM wrote")
    parser.add_argument("--distilled-share", type=float, default=0.5, help="of an epoch")
    parser.add_argument("--init", type=Path, help="start from this hybrid (or, with --alone, T5) folder; sizes and conditioning are its own")
    arguments = parser.parse_args()
    workers = begin(arguments)
    device = workers.device()
    vocabulary = vocabulary_for(arguments)
    if arguments.kl_share is None:
        arguments.kl_share = 0.5 if vocabulary.is_shared else 0.0
    hybrid = begun(arguments, separate=not vocabulary.is_shared).to(device)
    llm, slm = hybrid.llm, hybrid.slm.train()
    pairs = pairs_of(arguments, vocabulary, Mixed(arguments.distilled, arguments.distilled_share) if arguments.distilled else None)
    check(arguments, vocabulary, hybrid, pairs)
    name = "slm" if arguments.alone else "hybrid"
    trained = [slm] if arguments.alone else hybrid.trained
    # Beside what is trained, so that every checkpoint is whole.
    slm_tokenizer = arguments.run / f"{name}.tokenizer.json"
    if workers.first:
        arguments.run.mkdir(parents=True, exist_ok=True)
        vocabulary.target.save(str(slm_tokenizer))
        print(f"{name}: {sum(p.numel() for part in trained for p in part.parameters())} parameters, {time.strftime('%F %T')}", flush=True)

    def loss_of(batch: Batch) -> torch.Tensor:
        mask = batch.source != PAD
        teacher_logits = None
        with torch.no_grad():
            states = None if arguments.alone and not arguments.kl_share else llm.encoder(input_ids=batch.source, attention_mask=mask)
            if arguments.kl_share:
                teacher_logits = logits_of(llm, batch.target, encoder_outputs=states, attention_mask=mask)
        if arguments.alone:
            prompt = {"input_ids": batch.source, "attention_mask": mask}
        else:
            prompt = hybrid.prompt(batch.source, hybrid.projector(states.last_hidden_state))
        logits = logits_of(slm, batch.target, **prompt) if arguments.alone else target_logits(slm, batch.target, **prompt)
        return distillation_loss(logits, teacher_logits, batch.target, arguments.kl_share)

    def generate(source: torch.Tensor, max_new_tokens: int) -> torch.Tensor:
        if arguments.alone:
            return generate_greedily(slm, max_new_tokens, input_ids=source, attention_mask=source != PAD)
        return hybrid.generate(source, max_new_tokens)

    def save(folder: Path) -> None:
        if arguments.alone:
            write_t5(slm, slm_tokenizer, folder)
        else:
            write_hybrid(hybrid, slm_tokenizer, folder, separate=not vocabulary.is_shared)

    evaluation = evaluation_of(arguments, vocabulary, device)
    fit(
        name, arguments.run, pairs, plan_of(arguments), trained, loss_of,
        save=save, evaluate=lambda: evaluation(generate), workers=workers,
    )  # fmt: skip


if __name__ == "__main__":
    main()
