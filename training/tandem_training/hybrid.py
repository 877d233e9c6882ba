"""Step 5. A frozen LLM + pairs → the hybrid: projector and SLM. Writes <run>/hybrid/, or with --alone the SLM baseline <run>/slm/.

The LLM's encoder reads the source once; Linear → ReLU → Linear takes its states [pairs, source length, d_llm] to the SLM's width;
they are added to (or replace) the SLM's prompt embeddings at the input of its encoder (arXiv 2402.16844). The loss mixes
cross-entropy on the target with the KL divergence from the LLM's own teacher-forced distribution.
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
from transformers import T5ForConditionalGeneration

from tandem_training.batches import Batch, Mixed
from tandem_training.fit import fit
from tandem_training.llm import begin, evaluation_of, pairs_of, parser_for, plan_of
from tandem_training.t5 import generate_greedily, logits_of, new_t5, read_t5, write_t5
from tandem_training.tokenizer import PAD

Conditioning = Literal["add", "replace"]


class Hybrid(nn.Module):
    def __init__(self, llm: T5ForConditionalGeneration, projector: nn.Sequential, slm: T5ForConditionalGeneration, conditioning: Conditioning) -> None:
        super().__init__()
        self.llm, self.projector, self.slm, self.conditioning = llm, projector, slm, conditioning

    def conditions(self, source: torch.Tensor) -> torch.Tensor:
        """Z [pairs, source length, d_slm]; no gradient reaches the LLM."""
        with torch.no_grad():
            states = self.llm.encoder(input_ids=source, attention_mask=source != PAD).last_hidden_state
        return self.projector(states)

    def prompt(self, source: torch.Tensor, z: torch.Tensor) -> dict[str, torch.Tensor]:
        """What the SLM's encoder takes."""
        embeddings = z if self.conditioning == "replace" else self.slm.shared(source) + z
        return {"inputs_embeds": embeddings, "attention_mask": source != PAD}

    def forward(self, source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """Teacher-forced logits [pairs, target length, vocabulary]."""
        return logits_of(self.slm, target, **self.prompt(source, self.conditions(source)))

    def generate(self, source: torch.Tensor, max_new_tokens: int) -> torch.Tensor:
        return generate_greedily(self.slm, max_new_tokens, **self.prompt(source, self.conditions(source)))


def new_projector(d_llm: int, d_slm: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(d_llm, d_llm), nn.ReLU(), nn.Linear(d_llm, d_slm))


def freeze(llm: T5ForConditionalGeneration) -> T5ForConditionalGeneration:
    return llm.eval().requires_grad_(False)


def inherit_embedding(slm: T5ForConditionalGeneration, llm: T5ForConditionalGeneration) -> None:
    """The LLM's embedding along its strongest directions, at the scale that a fresh T5 starts with."""
    with torch.no_grad():
        u, s, _ = torch.linalg.svd(llm.shared.weight.float(), full_matrices=False)
        directions = (u * s)[:, : slm.config.d_model]
        slm.shared.weight.copy_(directions / directions.std())


def write_hybrid(hybrid: Hybrid, tokenizer: Path, folder: Path) -> None:
    write_t5(hybrid.slm, tokenizer, folder / "slm")
    save_file({name: weight.contiguous() for name, weight in hybrid.projector.state_dict().items()}, folder / "projector.safetensors")
    facts = {"conditioning": hybrid.conditioning, "d_llm": hybrid.llm.config.d_model, "d_slm": hybrid.slm.config.d_model}
    (folder / "hybrid.json").write_text(json.dumps(facts) + "\n")


def read_hybrid(llm_folder: Path, folder: Path) -> Hybrid:
    facts = json.loads((folder / "hybrid.json").read_text())
    projector = new_projector(facts["d_llm"], facts["d_slm"])
    projector.load_state_dict(load_file(folder / "projector.safetensors"))
    return Hybrid(freeze(read_t5(llm_folder)), projector, read_t5(folder / "slm"), facts["conditioning"])


def begun(arguments: argparse.Namespace) -> Hybrid:
    """The model to train: fresh, or as the folder to start from left it."""
    if arguments.init and not arguments.alone:
        return read_hybrid(arguments.llm, arguments.init)
    llm = freeze(read_t5(arguments.llm))
    if arguments.init:
        slm = read_t5(arguments.init)
    else:
        slm = new_t5(
            llm.config.vocab_size, arguments.d_model, arguments.d_ff, arguments.heads, arguments.encoder_layers, arguments.decoder_layers,
            arguments.feed_forward,
        )  # fmt: skip
        inherit_embedding(slm, llm)
    return Hybrid(llm, new_projector(llm.config.d_model, slm.config.d_model), slm, arguments.conditioning)


def distillation_loss(logits: torch.Tensor, teacher_logits: torch.Tensor | None, target: torch.Tensor, kl_share: float) -> torch.Tensor:
    """(1 - kl_share) cross-entropy + kl_share KL(teacher ‖ student), mean over target tokens; logits [pairs, length, vocabulary]."""
    kept = target != PAD
    log_probabilities = logits[kept].float().log_softmax(-1)
    cross_entropy = functional.nll_loss(log_probabilities, target[kept])
    if teacher_logits is None:
        return cross_entropy
    kl = functional.kl_div(log_probabilities, teacher_logits[kept].float().log_softmax(-1), reduction="batchmean", log_target=True)
    return (1 - kl_share) * cross_entropy + kl_share * kl


def main() -> None:
    parser = parser_for(__doc__)
    parser.add_argument("--llm", type=Path, required=True)
    parser.add_argument("--alone", action="store_true", help="train the SLM without LLM states: the baseline")
    parser.add_argument("--conditioning", default="add", choices=("add", "replace"))
    parser.add_argument("--d-model", type=int, default=192)
    parser.add_argument("--d-ff", type=int, default=768)
    parser.add_argument("--heads", type=int, default=3)
    parser.add_argument("--encoder-layers", type=int, default=2)
    parser.add_argument("--decoder-layers", type=int, default=1)
    parser.add_argument("--feed-forward", default="relu", choices=("relu", "gated-gelu"))
    parser.add_argument("--kl-share", type=float, default=0.5, help="0 trains on the targets alone and does not run the LLM's decoder")
    parser.add_argument("--distilled", type=Path, help=".npz of the distil step: pairs whose targets the LLM wrote")
    parser.add_argument("--distilled-share", type=float, default=0.5, help="of an epoch")
    parser.add_argument("--init", type=Path, help="start from this hybrid (or, with --alone, T5) folder; sizes and conditioning are its own")
    arguments = parser.parse_args()
    workers = begin(arguments)
    device = workers.device()
    tokenizer = Tokenizer.from_file(str(arguments.tokenizer))
    hybrid = begun(arguments).to(device)
    llm, slm = hybrid.llm, hybrid.slm.train()
    pairs = pairs_of(arguments, tokenizer, Mixed(arguments.distilled, arguments.distilled_share) if arguments.distilled else None)
    name = "slm" if arguments.alone else "hybrid"
    trained = [slm] if arguments.alone else [slm, hybrid.projector]
    if workers.first:
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
        return distillation_loss(logits_of(slm, batch.target, **prompt), teacher_logits, batch.target, arguments.kl_share)

    def generate(source: torch.Tensor, max_new_tokens: int) -> torch.Tensor:
        if arguments.alone:
            return generate_greedily(slm, max_new_tokens, input_ids=source, attention_mask=source != PAD)
        return hybrid.generate(source, max_new_tokens)

    def save(folder: Path) -> None:
        if arguments.alone:
            write_t5(slm, arguments.tokenizer, folder)
        else:
            write_hybrid(hybrid, arguments.tokenizer, folder)

    evaluation = evaluation_of(arguments, tokenizer, device)
    fit(
        name, arguments.run, pairs, plan_of(arguments), trained, loss_of,
        save=save, evaluate=lambda: evaluation(generate), workers=workers,
    )  # fmt: skip


if __name__ == "__main__":
    main()
