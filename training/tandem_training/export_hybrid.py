"""Step 7, beside an imported model. LLM + hybrid checkpoints → hybrid.json and the graphs it names, put into the LLM's own ONNX export, which the
app then imports as one pack with a hybrid lane.

Needs: --llm DIR, the Hugging Face folder that the hybrid was trained over; --hybrid DIR with slm/ (T5, mT5, GPT-2, Llama, Mistral or Qwen2; with the
LLM's tokenizer or its own) and projector.safetensors; --model DIR, the LLM as Hugging Face Optimum exports it. Writes into --model; see
docs/pack-format.md.
"""

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from transformers import AutoConfig, PreTrainedModel

from tandem_training.causal_slm_graphs import causal_decoder_graph, conditioned_prompt_graph
from tandem_training.causal_slm_weights import causal_slm_weights
from tandem_training.checkpoints import PACKABLE, projector_weights
from tandem_training.hybrid import Hybrid, read_hybrid
from tandem_training.onnx_decode import session
from tandem_training.optimum_graphs import conditioned_encoder_graph, optimum_decoder_graph
from tandem_training.pack_graphs import EXACT, QUANTIZED, PackFormats
from tandem_training.pretrained import CAUSAL
from tandem_training.slm import start_of
from tandem_training.t5_graphs import projector_graph
from tandem_training.t5_weights import t5_weights

FORMAT = 1
PROJECTOR, ENCODER = "onnx/projector.onnx", "onnx/slm_encoder_model.onnx"
DECODER, DECODER_WITH_PAST = "onnx/slm_decoder_model.onnx", "onnx/slm_decoder_with_past_model.onnx"
TOKENIZER = "slm_tokenizer.json"
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


def read_pair(llm: Path, hybrid: Path) -> tuple[Hybrid, Path | None]:
    """In float32, and the tokenizer.json of an SLM that writes with its own."""
    for folder, kinds in ((llm, PACKABLE), (hybrid / "slm", (*PACKABLE, *CAUSAL))):
        if (kind := AutoConfig.from_pretrained(folder).model_type) not in kinds:
            raise SystemExit(f"{folder} is of type {kind}; expected one of {', '.join(kinds)}")
    is_separate = json.loads((hybrid / "hybrid.json").read_text()).get("tokenizers") == "separate"
    return read_hybrid(llm, hybrid).float().eval(), hybrid / "slm" / "tokenizer.json" if is_separate else None


def prompt_embeddings(hybrid: Hybrid) -> np.ndarray | None:
    """f32[ids, m]: what the SLM reads of the LLM's ids beside the projected states; None where it reads those alone."""
    if hybrid.conditioning == "replace":
        return None
    with torch.no_grad():
        if hybrid.reader is None:
            return hybrid.slm.get_input_embeddings().weight.float().numpy()
        return hybrid.reader(hybrid.llm.get_input_embeddings().weight).float().numpy()


def slm_graphs(hybrid: Hybrid, formats: PackFormats) -> tuple[dict[str, onnx.ModelProto], dict[str, int | str]]:
    """The SLM's graphs by their paths, and what hybrid.json says of its shape."""
    prompt = prompt_embeddings(hybrid)
    if hybrid.slm.config.is_encoder_decoder:
        weights = t5_weights(hybrid.slm)
        encoder, decoder_graph, architecture = conditioned_encoder_graph(weights, prompt, formats.prompt), optimum_decoder_graph, "encoder-decoder"
        layers, heads = weights.decoder.layers, weights.heads
    else:
        weights = causal_slm_weights(hybrid.slm)
        encoder, decoder_graph, architecture = conditioned_prompt_graph(weights.width, prompt, formats.prompt), causal_decoder_graph, "decoder-only"
        layers, heads = weights.layers, weights.kv_heads
    graphs = {
        ENCODER: encoder,
        DECODER: decoder_graph(weights, formats.step, with_past=False),
        DECODER_WITH_PAST: decoder_graph(weights, formats.step, with_past=True),
    }
    return graphs, {
        "architecture": architecture, "dModel": weights.width, "layers": len(layers), "heads": heads, "headSize": weights.head_size,
        "vocabSize": weights.head.shape[0],
    }  # fmt: skip


def write_own_hybrid(hybrid: Hybrid, model: Path, encoder: str, formats: PackFormats, training: str, tokenizer: Path | None = None) -> dict:
    """Writes the graphs, `tokenizer` where it is the SLM's own, and hybrid.json into `model`; `encoder` is the LLM's encoder there. Returns what
    hybrid.json holds."""
    graphs, shape = slm_graphs(hybrid, formats)
    graphs[PROJECTOR] = projector_graph(projector_weights(hybrid), formats.prompt)
    (model / "onnx").mkdir(exist_ok=True)
    for path, graph in graphs.items():
        onnx.save(graph, model / path)
    paths = [*graphs]
    if tokenizer:
        shutil.copyfile(tokenizer, model / TOKENIZER)
        paths.append(TOKENIZER)
    facts = {
        "format": FORMAT,
        "llm": {"encoder": encoder, "files": {path: _sha256(model / path) for path in encoder_files(model, encoder)}, "dModel": hybrid.llm.config.d_model, "layer": "last"},
        "slm": {
            **shape, "tokenizer": "own" if tokenizer else "llm", "startId": start_of(hybrid.slm), "eosId": hybrid.slm.config.eos_token_id,
        },
        "conditioning": hybrid.conditioning,
        "training": training,
        "files": {path: {"bytes": (model / path).stat().st_size, "sha256": _sha256(model / path)} for path in paths},
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
    hybrid, tokenizer = read_pair(arguments.llm, arguments.hybrid)
    check_encoder(hybrid.llm, arguments.model / arguments.encoder)
    formats = EXACT if arguments.float32 else QUANTIZED
    written = write_own_hybrid(hybrid, arguments.model, arguments.encoder, formats, arguments.training, tokenizer)
    size = sum(file["bytes"] for file in written["files"].values())
    print(f"{arguments.model}/hybrid.json: {size / 1e6:.1f} MB in {len(written['files'])} files, over {arguments.encoder}")
