"""Step 7, beside an imported model. LLM + hybrid checkpoints → hybrid.json and the graphs it names, put into the LLM's own ONNX export, which the
app then imports as one pack with a hybrid lane.

Needs: --llm DIR, the Hugging Face folder that the hybrid was trained over; --hybrid DIR with slm/ and projector.safetensors, T5-like and sharing
the LLM's tokenizer; --model DIR, the LLM as Hugging Face Optimum exports it. Writes into --model; see docs/pack-format.md.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from transformers import PreTrainedModel

from tandem_training.checkpoints import hybrid_weights, read_checkpoints
from tandem_training.hybrid import Hybrid
from tandem_training.onnx_decode import session
from tandem_training.optimum_graphs import conditioned_encoder_graph, optimum_decoder_graph
from tandem_training.pack_graphs import EXACT, QUANTIZED, PackFormats
from tandem_training.t5_graphs import projector_graph

FORMAT = 1
PROJECTOR, ENCODER = "onnx/projector.onnx", "onnx/slm_encoder_model.onnx"
DECODER, DECODER_WITH_PAST = "onnx/slm_decoder_model.onnx", "onnx/slm_decoder_with_past_model.onnx"
MOST_DIFFERENCE = 0.3  # of quantized states to exact ones, as a share of their size; those of another model differ by more than their size


def check_encoder(llm: PreTrainedModel, encoder: Path) -> None:
    """Refuses an export that is not of this LLM."""
    ids = torch.arange(3, min(40, llm.config.vocab_size))[None]
    feeds = {"input_ids": ids.numpy(), "attention_mask": np.ones(ids.shape, np.int64)}
    with torch.no_grad():
        expected = llm.encoder(input_ids=ids).last_hidden_state.numpy()
    got = session(encoder).run(["last_hidden_state"], feeds)[0]
    if got.shape != expected.shape:
        raise SystemExit(f"{encoder} gives states of {got.shape[-1]} numbers, the LLM of --llm {expected.shape[-1]}; export that LLM")
    difference = np.abs(got - expected).mean() / np.abs(expected).mean()
    if not difference < MOST_DIFFERENCE:
        raise SystemExit(f"{encoder} differs from the LLM of --llm by {difference:.0%} of its states, expected less than {MOST_DIFFERENCE:.0%}")


def encoder_files(model: Path, encoder: str) -> list[str]:
    """The graph and, where its weights lie beside it, their files."""
    tensors = onnx.load(model / encoder, load_external_data=False).graph.initializer
    places = {entry.value for tensor in tensors for entry in tensor.external_data if entry.key == "location"}
    return [encoder, *(str(Path(encoder).parent / place) for place in sorted(places))]


def write_own_hybrid(hybrid: Hybrid, model: Path, encoder: str, formats: PackFormats, training: str) -> dict:
    """Writes the graphs and hybrid.json into `model`; `encoder` is the LLM's encoder there. Returns what hybrid.json holds."""
    weights = hybrid_weights(hybrid)
    slm, config = weights.slm, hybrid.slm.config
    graphs = {
        PROJECTOR: projector_graph(weights.projector, formats.prompt),
        ENCODER: conditioned_encoder_graph(slm, formats.prompt, weights.conditioning),
        DECODER: optimum_decoder_graph(slm, formats.step, with_past=False),
        DECODER_WITH_PAST: optimum_decoder_graph(slm, formats.step, with_past=True),
    }
    (model / "onnx").mkdir(exist_ok=True)
    for path, graph in graphs.items():
        onnx.save(graph, model / path)
    facts = {
        "format": FORMAT,
        "llm": {"encoder": encoder, "files": {path: _sha256(model / path) for path in encoder_files(model, encoder)}, "dModel": hybrid.llm.config.d_model, "layer": "last"},
        "slm": {
            "architecture": "encoder-decoder", "tokenizer": "llm", "dModel": slm.width, "layers": len(slm.decoder.layers), "heads": slm.heads,
            "headSize": slm.head_size, "vocabSize": slm.head.shape[0], "startId": config.decoder_start_token_id, "eosId": config.eos_token_id,
        },
        "conditioning": weights.conditioning,
        "training": training,
        "files": {path: {"bytes": (model / path).stat().st_size, "sha256": _sha256(model / path)} for path in graphs},
    }  # fmt: skip
    (model / "hybrid.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    return facts


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--llm", type=Path, required=True)
    parser.add_argument("--hybrid", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--encoder", default="onnx/encoder_model.onnx", help="which of the LLM's encoders in --model the app is to use with it")
    parser.add_argument("--training", default="Not recorded.", help="data, time and machine, in words")
    parser.add_argument("--float32", action="store_true", help="exact weights, four times the size of 8-bit ones")
    arguments = parser.parse_args()
    if not (arguments.model / arguments.encoder).is_file():
        raise SystemExit(f"{arguments.model / arguments.encoder} is missing; export the LLM with Optimum first, or name its encoder with --encoder")
    checkpoints = read_checkpoints(arguments.llm, arguments.hybrid, None)
    check_encoder(checkpoints.llm, arguments.model / arguments.encoder)
    written = write_own_hybrid(
        checkpoints.hybrid, arguments.model, arguments.encoder, EXACT if arguments.float32 else QUANTIZED, arguments.training
    )
    size = sum(file["bytes"] for file in written["files"].values())
    print(f"{arguments.model}/hybrid.json: {size / 1e6:.1f} MB in {len(written['files'])} graphs, over {arguments.encoder}")
