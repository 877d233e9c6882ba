"""Step 7 of a pack that summarizes. LLM (+ hybrid) checkpoints → a decoder-only pack folder that the app runs.

Needs: --llm DIR, a Hugging Face Llama folder with its tokenizer.json; --prompts FILE, a JSON list of length, form, before, after and maxTokens;
optionally --hybrid DIR, what the causal_hybrid step writes, and --quality DIR, what the
evaluate_summaries step writes. The LLM's files of weights come out the
same, byte for byte, with and without the hybrid.
"""

import argparse
import json
from pathlib import Path

from tandem_training.causal_checkpoints import causal_weights, read_causal_checkpoints
from tandem_training.causal_graph import CausalLimits
from tandem_training.export import REPOSITORY, megabytes
from tandem_training.pack_causal import SummaryFacts, write_causal_pack
from tandem_training.self_test_causal import DEFAULT_SUMMARY_PLAN

TASK_FIELDS = ("length", "form", "before", "after", "maxTokens")


def read_prompts(path: Path) -> list[dict]:
    prompts = json.loads(path.read_text("utf-8"))
    missing = [field for field in TASK_FIELDS for prompt in prompts if field not in prompt]
    if not prompts or missing:
        raise SystemExit(f"{path}: expected a list of objects with {', '.join(TASK_FIELDS)}; missing: {', '.join(missing) or 'all'}")
    return [{field: prompt[field] for field in TASK_FIELDS} for prompt in prompts]


def read_quality(folder: Path, lanes: set[str]) -> tuple[list[dict], str]:
    """The manifest's `quality`, of the pack's own lanes, and the card's table, which has the first sentences of the documents beside them."""
    scores = json.loads((folder / "summaries.json").read_text("utf-8"))["scores"]
    rows = [{"lane": score["lane"], "group": score["source"], **{field: score[field] for field in ("documents", "rouge1", "rouge2", "rougeL")}}
            for score in scores if score["lane"] in lanes]  # fmt: skip
    return rows, (folder / "summaries.md").read_text("utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--llm", type=Path, required=True)
    parser.add_argument("--hybrid", type=Path)
    parser.add_argument("--prompts", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="pack folder to write; replaced when it exists")
    parser.add_argument("--id", required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--description", default="Summarizes offline. The LLM reads once, the SLM writes.")
    parser.add_argument("--language", default="en", help="of texts and summaries")
    parser.add_argument("--licence", default="Apache-2.0")
    parser.add_argument("--licence-file", type=Path, default=REPOSITORY / "LICENSE", help="text of the pack's LICENSE")
    parser.add_argument("--notice-file", type=Path, required=True, help="whose model it is, and what was changed")
    parser.add_argument("--training", default="Not recorded.", help="data, time and machine, in words")
    parser.add_argument("--quality", type=Path, help="folder of the evaluation step")
    parser.add_argument("--max-context", type=int, default=4096, help="tokens of prompt and output")
    parser.add_argument("--top-k", type=int, default=8, help="a beam of w needs 2 w")
    arguments = parser.parse_args()
    lanes = {"llm", "hybrid"} if arguments.hybrid else {"llm"}
    quality, quality_markdown = read_quality(arguments.quality, lanes) if arguments.quality else ([], None)
    facts = SummaryFacts(
        id=arguments.id, name=arguments.name, version=arguments.version, description=arguments.description, language=arguments.language,
        licence=arguments.licence, licence_text=arguments.licence_file.read_text("utf-8"), notice=arguments.notice_file.read_text("utf-8"),
        training=arguments.training, tasks=read_prompts(arguments.prompts),
        quality=quality, quality_markdown=quality_markdown,
    )  # fmt: skip
    checkpoints = read_causal_checkpoints(arguments.llm, arguments.hybrid)
    manifest = write_causal_pack(
        arguments.out, facts, causal_weights(checkpoints), arguments.llm / "tokenizer.json",
        CausalLimits(arguments.max_context, arguments.top_k), checkpoints.llm.config.eos_token_id, DEFAULT_SUMMARY_PLAN,
    )  # fmt: skip
    print(f"{arguments.out}: {megabytes(manifest):.1f} MB, {len(manifest['selfTest'])} self-tests, parameters {manifest['parameters']}")


if __name__ == "__main__":
    main()
