"""Llama weights + tokenizer + prompts → a complete decoder-only pack folder, as docs/pack-format.md says.

The weights lie in files of their own, which do not change when only the hybrid does. The folder is built beside its final place and
renamed, so that a half-written pack is never taken for one.
"""

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from tandem_training.causal_checkpoints import CausalPackWeights
from tandem_training.causal_decode import CausalGraphs
from tandem_training.causal_graph import CausalLimits, LlamaWeights, Matrix, causal_graph
from tandem_training.from_gguf import Blocks
from tandem_training.onnx_graph import WeightFormat
from tandem_training.pack import file_entry
from tandem_training.pack_schema import check_manifest
from tandem_training.pack_weights_files import WeightsFiles
from tandem_training.self_test_causal import SummaryTestPlan, summary_tests
from tandem_training.t5_graphs import projector_graph

EMBEDDING = "embedding.weights"
FILE_BYTES = 90e6  # no file of weights is much larger


@dataclass(frozen=True)
class SummaryFacts:
    """What only a person knows about a pack that summarizes."""

    id: str
    name: str
    version: str
    description: str
    language: str
    licence: str
    licence_text: str
    notice: str  # whose model it is, and what was changed
    training: str
    tasks: list[dict]  # length, form, before, after, maxTokens
    quality: list[dict] = field(default_factory=list)
    quality_markdown: str | None = None


def write_causal_pack(
    out: Path, facts: SummaryFacts, weights: CausalPackWeights, tokenizer_file: Path, limits: CausalLimits, eos_id: int, plan: SummaryTestPlan
) -> dict:
    """Writes the folder `out`, replacing what is there; returns the manifest."""
    partial = out.with_name(out.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    shutil.copyfile(tokenizer_file, partial / "tokenizer.json")
    (partial / "LICENSE").write_text(facts.licence_text, encoding="utf-8")
    (partial / "NOTICE").write_text(facts.notice.strip() + "\n", encoding="utf-8")
    parameters = {"llm": parameter_count(weights.llm) + weights.llm.table.size}
    if weights.hybrid:
        projector, slm = weights.hybrid.projector, weights.hybrid.slm
        parameters["hybrid"] = parameter_count(slm) + sum(array.size for array in vars(projector).values())
    manifest = {
        "format": 2, "id": facts.id, "name": facts.name, "version": facts.version, "description": facts.description,
        "licence": facts.licence, "architecture": "decoder-only",
        "tasks": [{"kind": "summarize", **task} for task in facts.tasks],
        "tokenizer": {"file": "tokenizer.json", "eosId": eos_id, "vocabSize": len(weights.llm.table)},
        "language": facts.language, "maxContext": limits.max_context, "dModel": weights.llm.width, "topK": limits.top_k,
        "lanes": write_causal_graphs(partial, weights, limits, "blocks", control_ids(tokenizer, weights.llm, eos_id)),
        "providers": ["cpu"], "files": [], "parameters": parameters, "quality": facts.quality, "selfTest": [], "training": facts.training,
    }  # fmt: skip
    manifest["selfTest"] = summary_tests(CausalGraphs(partial, manifest), tokenizer, plan)
    (partial / "README.md").write_text(summary_card(manifest, facts), encoding="utf-8")
    manifest["files"] = [file_entry(path) for path in sorted(partial.iterdir())]
    check_manifest(manifest)
    (partial / "pack.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    shutil.rmtree(out, ignore_errors=True)
    partial.rename(out)
    return manifest


def write_causal_graphs(
    folder: Path, weights: CausalPackWeights, limits: CausalLimits, weight_format: WeightFormat, banned_ids: list[int]
) -> dict[str, dict]:
    """Writes graphs and weights; returns the manifest's `lanes`."""
    llm, hybrid = weights.llm, weights.hybrid
    llm_files = _file_names("llm", llm)
    files = WeightsFiles(folder, lambda name: _file_of(name, llm_files, len(llm.layers)))
    graph = causal_graph(llm, weight_format, limits, banned_ids, "llm", hidden_layer=hybrid.llm_layers if hybrid else None)
    lanes = {"llm": {"decoder": _decoder(files.save(graph, "llm.onnx"), llm, limits, llm_files)}}
    if hybrid:
        slm = hybrid.slm
        slm_files = _file_names("hybrid", slm)
        files = files.beside(lambda name: _file_of(name, slm_files, len(slm.layers)))
        graph = causal_graph(slm, weight_format, limits, banned_ids, "hybrid", is_conditioned=True)
        decoder = _decoder(files.save(graph, "hybrid.onnx"), slm, limits, slm_files)
        # A prompt's first token has states some eighty times larger than the others: 8 bits over both would leave nothing of these.
        (folder / "projector.onnx").write_bytes(projector_graph(hybrid.projector, "float32").SerializeToString())
        lanes["hybrid"] = {"projector": "projector.onnx", "decoder": decoder}
    return lanes


def parameter_count(weights: LlamaWeights) -> int:
    """Without the embedding."""
    return weights.final_norm.size + sum(_size(part) for layer in weights.layers for part in vars(layer).values())


def _size(part: Matrix) -> int:
    return part.q.size if isinstance(part, Blocks) else part.size


def control_ids(tokenizer: Tokenizer, weights: LlamaWeights, eos_id: int) -> list[int]:
    """What must never be written: every added token but the end, and embedding rows beyond the vocabulary."""
    added = set(tokenizer.get_added_tokens_decoder()) - {eos_id}
    return sorted(added | set(range(tokenizer.get_vocab_size(), len(weights.table))))


def _decoder(file: str, weights: LlamaWeights, limits: CausalLimits, own_files: list[str]) -> dict:
    return {
        "file": file, "weights": [EMBEDDING, *own_files], "layers": len(weights.layers), "keyValueHeads": weights.kv_heads,
        "headSize": weights.head_size, "maxStep": limits.max_step,
    }  # fmt: skip


def _file_names(lane: str, weights: LlamaWeights) -> list[str]:
    files = max(1, int(np.ceil(parameter_count(weights) * 1.1 / FILE_BYTES)))
    return [f"{lane}.weights"] if files == 1 else [f"{lane}.{i}.weights" for i in range(files)]


def _file_of(name: str, files: list[str], layers: int) -> str | None:
    """Layers in order over the files. Tables of the graph stay in it."""
    first = name.split(".", 1)[0]
    if first == "embedding":
        return EMBEDDING
    return files[int(first) * len(files) // layers] if first.isdigit() else None


def summary_card(manifest: dict, facts: SummaryFacts) -> str:
    """The pack's README.md. Prints no number that the manifest or the evaluation did not measure."""
    words = {"llm": "the LLM reads and writes: the reference", "hybrid": "the LLM reads; projector and SLM write"}
    lines = [f"# {manifest['name']} {manifest['version']}", "", manifest["description"], "", "## Tasks", ""]
    lines += [f"- {task['length']}, {task['form']}, up to {task['maxTokens']} tokens" for task in manifest["tasks"]]
    lines += ["", "## Lanes", "", "| lane | what runs | layers that write | parameters |", "|---|---|---:|---:|"]
    for lane, parts in manifest["lanes"].items():
        lines.append(f"| {lane} | {words[lane]} | {parts['decoder']['layers']} | {manifest['parameters'][lane]:,} |")
    lines += [
        "",
        f"Vocabulary: {manifest['tokenizer']['vocabSize']:,}, one embedding for all. Prompt and output up to {manifest['maxContext']:,} tokens.",
        "Method: LLM-to-SLM (arXiv 2402.16844). Weights are integers in blocks: 4 bits where the model came so, else 8.",
        "",
        "## Quality",
        "",
        facts.quality_markdown.strip() if facts.quality_markdown else "Not measured yet.",
        "",
        "## Origin",
        "",
        facts.notice.strip(),
        "",
        "## Training",
        "",
        manifest["training"],
        "",
        "## Licence",
        "",
        f"{manifest['licence']}. See `LICENSE` and `NOTICE`.",
        "",
    ]
    return "\n".join(lines)
