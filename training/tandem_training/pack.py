"""Weights + tokenizer + facts → a complete pack folder, as docs/pack-format.md says.

The folder is built beside its final place and renamed, so that a half-written pack is never taken for one.
"""

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tokenizers import Tokenizer

from tandem_training.inline_codes import CODE_NAMES
from tandem_training.model_card import model_card
from tandem_training.onnx_decode import PackGraphs
from tandem_training.pack_graphs import QUANTIZED, PackLimits, PackWeights, parameter_counts, write_graphs
from tandem_training.pack_schema import check_manifest
from tandem_training.self_test import DEFAULT_PLAN, SelfTestPlan, self_tests


@dataclass(frozen=True)
class Task:
    source: str
    target: str
    prefix: str


@dataclass(frozen=True)
class PackFacts:
    """What only a person knows about a pack."""

    id: str
    name: str
    version: str
    description: str
    licence: str
    licence_text: str
    training: str
    tasks: list[Task]
    max_source_tokens: int
    quality: dict = field(default_factory=lambda: {"quality": []})
    quality_markdown: str | None = None
    codes: bool = False  # the models were trained with inline codes


def write_pack(
    out: Path, facts: PackFacts, weights: PackWeights, tokenizer_file: Path, limits: PackLimits,
    plan: SelfTestPlan = DEFAULT_PLAN,
) -> dict:  # fmt: skip
    """Writes the folder `out`, replacing what is there; returns the manifest."""
    partial = out.with_name(out.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    shutil.copyfile(tokenizer_file, partial / "tokenizer.json")
    (partial / "LICENSE").write_text(facts.licence_text, encoding="utf-8")

    config = weights.llm.config
    codes = code_ids(tokenizer) if facts.codes else []
    manifest = {
        "format": 2, "id": facts.id, "name": facts.name, "version": facts.version, "description": facts.description,
        "licence": facts.licence, "architecture": "encoder-decoder",
        "tasks": [{"kind": "translate", "from": t.source, "to": t.target, "prefix": t.prefix} for t in facts.tasks],
        "tokenizer": {
            "file": "tokenizer.json", "padId": config.pad_token_id, "eosId": config.eos_token_id,
            "unkId": unknown_id(tokenizer), "startId": config.decoder_start_token_id,
            "vocabSize": tokenizer.get_vocab_size(), "codeIds": codes,
        },
        "maxSourceTokens": facts.max_source_tokens, "topK": limits.top_k,
        **write_graphs(partial, weights, limits, QUANTIZED, banned_ids(tokenizer, weights, codes)),
        "providers": ["cpu"], "files": [], "parameters": parameter_counts(weights), **facts.quality,
        "selfTest": [], "training": facts.training,
    }  # fmt: skip
    manifest["selfTest"] = self_tests(PackGraphs(partial, manifest), tokenizer, plan)
    (partial / "README.md").write_text(model_card(manifest, facts.quality_markdown), encoding="utf-8")
    manifest["files"] = [file_entry(path) for path in sorted(partial.iterdir())]
    check_manifest(manifest)
    (partial / "pack.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    shutil.rmtree(out, ignore_errors=True)
    partial.rename(out)
    return manifest


def unknown_id(tokenizer: Tokenizer) -> int:
    unknown = tokenizer.token_to_id("<unk>")
    if unknown is None:
        raise SystemExit("expected the tokenizer to have an <unk> token, got none")
    return unknown


def code_ids(tokenizer: Tokenizer) -> list[int]:
    """The ids of inline codes 0, 1, …"""
    ids = [tokenizer.token_to_id(name) for name in CODE_NAMES]
    if None in ids:
        missing = CODE_NAMES[ids.index(None)]
        raise SystemExit(f"expected the tokenizer to have {CODE_NAMES[0]} to {CODE_NAMES[-1]}, {missing} is missing; leave --codes out")
    return ids


def banned_ids(tokenizer: Tokenizer, weights: PackWeights, codes: Sequence[int] = ()) -> list[int]:
    """Every added token (padding, unknown, prefixes, reserved) but the end of sentence and the inline codes, unused pieces, and embedding
    rows beyond the vocabulary."""
    eos = weights.llm.config.eos_token_id
    added = set(tokenizer.get_added_tokens_decoder()) - {eos, *codes}
    unused = {i for piece, i in tokenizer.get_vocab().items() if piece.startswith("<unused_")}
    models = [weights.llm, weights.hybrid and weights.hybrid.slm, weights.slm]
    rows = {model.head.shape[0] for model in models if model}
    if len(rows) > 1 or min(rows) < tokenizer.get_vocab_size():
        raise SystemExit(f"expected heads of one size, at least the tokenizer's {tokenizer.get_vocab_size()}, got {sorted(rows)}")
    return sorted(added | unused | set(range(tokenizer.get_vocab_size(), max(rows))))


def file_entry(path: Path) -> dict:
    content = path.read_bytes()
    return {"path": path.name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
