"""Step 7. LLM + hybrid (+ SLM alone) checkpoints → a pack folder that the app runs.

Needs: --llm DIR, a Hugging Face T5 folder with its tokenizer.json or spiece.model; --hybrid DIR with slm/ and projector.safetensors;
optionally --slm DIR, a Hugging Face T5 folder fine-tuned alone, and --quality DIR, the evaluation step's output.
Writes graphs, tokenizer, self-test, model card, licence and pack.json; see docs/pack-format.md.
"""

import argparse
import json
import tempfile
from pathlib import Path

from tandem_training.checkpoints import read_checkpoints, weights_of
from tandem_training.pack import PackFacts, Task, write_pack
from tandem_training.pack_graphs import PackLimits
from tandem_training.pretrained import read_tokenizer

DEFAULT_TASKS = [["en", "de", "translate English to German: "], ["en", "fr", "translate English to French: "]]
REPOSITORY = Path(__file__).resolve().parents[2]


def read_quality(folder: Path | None) -> tuple[dict, str | None]:
    """What the evaluation step wrote: quality.json (`quality`, `signatures`) and quality.md."""
    if folder is None:
        return {"quality": []}, None
    return json.loads((folder / "quality.json").read_text("utf-8")), (folder / "quality.md").read_text("utf-8")


def packable_tokenizer(llm: Path, scratch: Path) -> Path:
    """The LLM's tokenizer.json, converted into `scratch` where the folder has a spiece.model instead."""
    tokenizer = read_tokenizer(llm)
    kind = json.loads(tokenizer.to_str())["model"]["type"]
    if kind != "Unigram":
        raise SystemExit(f"{llm} has a tokenizer of type {kind}; a pack holds a Unigram tokenizer, as T5's is")
    if (llm / "tokenizer.json").is_file():
        return llm / "tokenizer.json"
    tokenizer.save(str(scratch / "tokenizer.json"))
    return scratch / "tokenizer.json"


def megabytes(manifest: dict) -> float:
    return sum(file["bytes"] for file in manifest["files"]) / 1e6


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--llm", type=Path, required=True)
    parser.add_argument("--hybrid", type=Path)
    parser.add_argument("--slm", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="pack folder to write; replaced when it exists")
    parser.add_argument("--id", required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--description", default="Translates offline. The LLM reads once, the SLM writes.")
    parser.add_argument("--licence", default="Apache-2.0")
    parser.add_argument("--licence-file", type=Path, default=REPOSITORY / "LICENSE", help="text of the pack's LICENSE")
    parser.add_argument("--training", default="Not recorded.", help="data, time and machine, in words")
    parser.add_argument("--task", nargs=3, action="append", metavar=("FROM", "TO", "PREFIX"), help="default: en-de and en-fr")
    parser.add_argument("--quality", type=Path, help="folder of the evaluation step")
    parser.add_argument("--codes", action="store_true", help="the models were trained on pairs with inline codes and may write them")
    parser.add_argument("--max-source-tokens", type=int, default=256)
    parser.add_argument("--max-tokens", type=int, default=512, help="what a decoder can write")
    parser.add_argument("--top-k", type=int, default=8, help="a beam of w needs 2 w")
    arguments = parser.parse_args()
    quality, quality_markdown = read_quality(arguments.quality)
    facts = PackFacts(
        id=arguments.id, name=arguments.name, version=arguments.version, description=arguments.description,
        licence=arguments.licence, licence_text=arguments.licence_file.read_text("utf-8"), training=arguments.training,
        tasks=[Task(*task) for task in arguments.task or DEFAULT_TASKS], max_source_tokens=arguments.max_source_tokens,
        quality=quality, quality_markdown=quality_markdown, codes=arguments.codes,
    )  # fmt: skip
    weights = weights_of(read_checkpoints(arguments.llm, arguments.hybrid, arguments.slm))
    with tempfile.TemporaryDirectory() as scratch:
        tokenizer = packable_tokenizer(arguments.llm, Path(scratch))
        manifest = write_pack(arguments.out, facts, weights, tokenizer, PackLimits(arguments.max_tokens, arguments.top_k))
    print(f"{arguments.out}: {megabytes(manifest):.1f} MB, {len(manifest['selfTest'])} self-tests, parameters {manifest['parameters']}")
