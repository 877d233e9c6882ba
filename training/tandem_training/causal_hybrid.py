"""A frozen decoder-only LLM + documents with summaries → the hybrid: projector and SLM. Writes <run>/hybrid/.

The SLM is a slice of the LLM: some of its layers and its last norm, copied, then trained; embeddings and head are the LLM's own, frozen.
Linear → ReLU → Linear takes the LLM's hidden states after its first `llmLayers` layers, of every token of the prompt, to the SLM's width, where they
are added to the prompt's embeddings (arXiv 2402.16844). What is written has embeddings alone. The projector starts as the identity.
The loss: cross-entropy on the summaries and KL from the LLM's own distribution there; and on them and on the ends of the documents, as if they were
written, how far the logits are from the LLM's, which needs no head: its weights' covariance tells.

<run>/hybrid/ holds hybrid.json {llmLayers, slmLayers (which of the LLM's they began as), dLlm, dSlm}, projector.safetensors
(`0.weight` [hidden, d_llm], `0.bias`, `2.weight` [d_slm, hidden], `2.bias`) and slm.safetensors (Hugging Face's names of a Llama of as many
layers, without embeddings and head: `model.layers.0.self_attn.q_proj.weight` …, `model.norm.weight`), all float32.
"""

import argparse
import copy
import json
import time
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional
from transformers import AutoModelForCausalLM, LlamaForCausalLM

from tandem_training.batches import IGNORED
from tandem_training.causal_writing import continued, padded_before, positions_of
from tandem_training.fit import Plan, fit
from tandem_training.hybrid import freeze
from tandem_training.precision import autocast
from tandem_training.summary_examples import SummaryBatch, SummaryExamples
from tandem_training.workers import Workers


class Losses(NamedTuple):
    cross_entropy: torch.Tensor  # of every token of the summaries [tokens]
    divergence: torch.Tensor  # KL(LLM ‖ SLM) there [tokens]
    # Variance over the vocabulary of how far logits are from the LLM's, in shares of the variance of the latter; [tokens], documents' ends too.
    distance: torch.Tensor

    def mixed(self, kl_share: float, distance_weight: float) -> torch.Tensor:
        told = (1 - kl_share) * self.cross_entropy.mean() + kl_share * self.divergence.mean()
        return told + distance_weight * self.distance.mean()


class CausalHybrid(nn.Module):
    def __init__(self, llm: LlamaForCausalLM, slm_layers: list[int], llm_layers: int) -> None:
        """A fresh one; `llm` is frozen and shared."""
        super().__init__()
        self.llm, self.slm_layers, self.llm_layers = freeze(llm), slm_layers, llm_layers
        config = copy.deepcopy(llm.config)
        config.num_hidden_layers = len(slm_layers)
        with torch.device("meta"):
            slm = LlamaForCausalLM(config)
        slm.model.layers = nn.ModuleList(copy.deepcopy(llm.model.layers[layer]) for layer in slm_layers)
        for place, layer in enumerate(slm.model.layers):
            layer.self_attn.layer_idx = place
        slm.model.norm = copy.deepcopy(llm.model.norm)
        slm.model.rotary_emb = llm.model.rotary_emb
        slm.model.requires_grad_(True)
        slm.model.embed_tokens, slm.lm_head = llm.model.embed_tokens, llm.lm_head
        self.slm = slm.train()
        self.projector = identity_projector(config.hidden_size)
        # [d, d]: x @ logit_metric @ x is the variance over the vocabulary of the head's logits of x.
        self.register_buffer("logit_metric", torch.cov(llm.lm_head.weight.float().T), persistent=False)

    @property
    def trained(self) -> list[nn.Module]:
        return [self.slm.model.layers, self.slm.model.norm, self.projector]

    @torch.no_grad()
    def states(self, ids: torch.Tensor, mask: torch.Tensor, cache=None) -> torch.Tensor:
        """What the LLM has after `llm_layers` layers [rows, length, d_llm]; no gradient reaches it."""
        return shallow(self.llm, self.llm_layers)(
            input_ids=ids, attention_mask=mask, position_ids=positions_of(mask)[:, -ids.shape[1] :], past_key_values=cache, use_cache=cache is not None
        ).last_hidden_state

    def embeddings(self, ids: torch.Tensor, states: torch.Tensor, is_prompt: torch.Tensor) -> torch.Tensor:
        """What the SLM reads [rows, length, d_slm]: E + Z of a prompt, E of what is written."""
        return self.slm.model.embed_tokens(ids) + self.projector(states) * is_prompt[..., None]

    def losses(self, batch: SummaryBatch) -> Losses:
        embeddings = self.embeddings(batch.ids, batch.states, batch.is_prompt)
        states = self.slm.model(
            inputs_embeds=embeddings, attention_mask=batch.sees, position_ids=batch.positions.clamp(min=0), use_cache=False
        ).last_hidden_state
        kept = batch.labels != IGNORED
        log_probabilities = self.slm.lm_head(states[kept]).float().log_softmax(-1)
        with torch.no_grad():
            teacher = self.slm.lm_head(batch.finals[kept].to(self.slm.lm_head.weight.dtype)).float().log_softmax(-1)
        wanted, said = batch.finals[batch.is_taught], states[batch.is_taught].float()

        def variance(x: torch.Tensor) -> torch.Tensor:
            return ((x @ self.logit_metric) * x).sum(-1)

        return Losses(
            cross_entropy=functional.nll_loss(log_probabilities, batch.labels[kept], reduction="none"),
            divergence=(teacher.exp() * (teacher - log_probabilities)).sum(-1),
            distance=variance(said - wanted) / variance(wanted),
        )

    @torch.no_grad()
    def generate(self, prompts: list[list[int]], max_tokens: int) -> list[list[int]]:
        """Ids that follow each prompt, greedily, as `causal_writing.write` does for the LLM."""
        ids, mask = (tensor.to(self.llm.device) for tensor in padded_before(prompts, self.llm.config.pad_token_id))
        embeddings = self.embeddings(ids, self.states(ids, mask), mask.bool())
        return continued(self.slm, embeddings, mask, max_tokens)


def shallow(llm: LlamaForCausalLM, layers: int) -> nn.Module:
    """The LLM's first layers, the very same, without its last norm."""
    model = copy.copy(llm.model)
    model._modules = {**llm.model._modules, "layers": llm.model.layers[:layers], "norm": nn.Identity()}
    model.config = copy.copy(llm.config)
    model.config.num_hidden_layers = layers
    return model


def identity_projector(width: int) -> nn.Sequential:
    """ReLU(x) - ReLU(-x) = x: the SLM starts on the LLM's states as they are."""
    projector = nn.Sequential(nn.Linear(width, 2 * width), nn.ReLU(), nn.Linear(2 * width, width))
    identity = torch.eye(width)
    with torch.no_grad():
        projector[0].weight.copy_(torch.cat([identity, -identity]))
        projector[2].weight.copy_(torch.cat([identity, -identity], dim=1))
        projector[0].bias.zero_()
        projector[2].bias.zero_()
    return projector


def read_causal_llm(folder: Path) -> LlamaForCausalLM:
    """float32. Refuses what is no Llama."""
    try:
        llm = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    except (OSError, ValueError) as error:
        raise SystemExit(f"{folder}: expected a folder of the from_gguf step, or another Llama in Hugging Face's layout: {error}") from error
    if not isinstance(llm, LlamaForCausalLM):
        raise SystemExit(f"{folder} is of type {llm.config.model_type}; expected a Llama")
    return llm.eval()


def write_causal_hybrid(hybrid: CausalHybrid, folder: Path) -> None:
    shared = ("model.embed_tokens.", "lm_head.")
    slm = {name: weight.contiguous() for name, weight in hybrid.slm.state_dict().items() if not name.startswith(shared)}
    save_file(slm, folder / "slm.safetensors")
    save_file({name: weight.contiguous() for name, weight in hybrid.projector.state_dict().items()}, folder / "projector.safetensors")
    width = hybrid.llm.config.hidden_size
    facts = {"llmLayers": hybrid.llm_layers, "slmLayers": hybrid.slm_layers, "dLlm": width, "dSlm": width}
    (folder / "hybrid.json").write_text(json.dumps(facts) + "\n")


def read_causal_hybrid(llm: LlamaForCausalLM, folder: Path) -> CausalHybrid:
    try:
        facts = json.loads((folder / "hybrid.json").read_text())
        hybrid = CausalHybrid(llm, facts["slmLayers"], facts["llmLayers"])
        missing, unknown = hybrid.slm.load_state_dict(load_file(folder / "slm.safetensors"), strict=False)
        hybrid.projector.load_state_dict(load_file(folder / "projector.safetensors"))
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise SystemExit(f"{folder}: expected a folder of the causal_hybrid step for this LLM: {error}") from error
    if unknown or {name.split(".")[-2] for name in missing} - {"embed_tokens", "lm_head"}:
        raise SystemExit(f"{folder}/slm.safetensors lacks {missing} and has {unknown}; expected the layers of the SLM and its norm")
    return hybrid


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--llm", type=Path, required=True, help="folder of the from_gguf step")
    parser.add_argument("--examples", type=Path, required=True, help="folder of the summary_states step")
    parser.add_argument("--dev", type=Path, required=True, help="folder of that step over development rows: the loss on them is told")
    parser.add_argument("--slm-layers", required=True, help="which of the LLM's layers the SLM begins as, e.g. 0,27,28,29")
    parser.add_argument("--llm-layers", type=int, required=True, help="how many the states were taken after")
    parser.add_argument("--deadline", type=float, required=True, help="Unix time at which training ends")
    parser.add_argument("--decay-minutes", type=float, required=True)
    parser.add_argument("--batch-tokens", type=int, default=1500)
    parser.add_argument("--max-tokens", type=int, default=400)
    parser.add_argument("--lr", type=float, default=6e-4)
    parser.add_argument("--kl-share", type=float, default=0.5, help="of the loss on summaries; the rest is cross-entropy")
    parser.add_argument("--distance-weight", type=float, default=2.0, help="of how far the logits are from the LLM's")
    parser.add_argument("--warmup-steps", type=int, default=20)
    parser.add_argument("--ema-decay", type=float, default=0.99)
    parser.add_argument("--save-minutes", type=float, default=2)
    parser.add_argument("--evaluate-minutes", type=float, default=4)
    parser.add_argument("--max-steps", type=int)
    parser.add_argument("--init", type=Path, help="start from this hybrid folder")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    workers = Workers()
    llm = read_causal_llm(arguments.llm)
    if arguments.init:
        hybrid = read_causal_hybrid(llm, arguments.init)
    else:
        hybrid = CausalHybrid(llm, [int(layer) for layer in arguments.slm_layers.split(",")], arguments.llm_layers)
    hybrid.to(workers.device())
    examples, dev = SummaryExamples(arguments.examples, arguments.max_tokens), SummaryExamples(arguments.dev, arguments.max_tokens)
    weights = [p for part in hybrid.trained for p in part.parameters()]
    if workers.first:
        print(f"hybrid: {sum(p.numel() for p in weights)} parameters, {len(examples.usable)} documents, {time.strftime('%F %T')}", flush=True)

    @torch.no_grad()
    def evaluate() -> str:
        losses = []
        for start in range(0, len(dev.usable), 8):
            with autocast(workers.device()):
                losses.append(hybrid.losses(dev.batch(dev.usable[start : start + 8]).to(workers.device())))
        return "dev " + ", ".join(f"{name.replace('_', ' ')} {torch.cat(own).mean():.3f}" for name, own in zip(Losses._fields, zip(*losses, strict=True), strict=True))

    plan = Plan(
        deadline=arguments.deadline, decay_s=60 * arguments.decay_minutes, batch_tokens=arguments.batch_tokens, muon_lr=arguments.lr,
        adam_lr=arguments.lr, warmup_steps=arguments.warmup_steps, ema_decay=arguments.ema_decay, save_every_s=60 * arguments.save_minutes,
        evaluate_every_s=60 * arguments.evaluate_minutes, max_steps=arguments.max_steps,
    )  # fmt: skip
    # Pretrained layers want small steps, and a Muon step costs more than one over so few tokens.
    optimizer = torch.optim.AdamW(weights, lr=arguments.lr, betas=(0.9, 0.95), weight_decay=0.01, fused=True)
    fit(
        "hybrid", arguments.run, examples, plan, hybrid.trained, lambda batch: hybrid.losses(batch).mixed(arguments.kl_share, arguments.distance_weight),
        save=lambda folder: write_causal_hybrid(hybrid, folder), evaluate=evaluate, workers=workers, optimizers=[optimizer],
    )  # fmt: skip


if __name__ == "__main__":
    main()
