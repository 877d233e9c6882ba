"""Step 7b of a pack that summarizes. Do its graphs write what PyTorch writes with the same weights?

Needs: the pack, the checkpoints it was made of, and rows of the corpora step for documents. Compares greedy ids on prompts of every task in turn,
of the pack's graphs, and with --float32 of exact ones too. Prints a row a lane; ends with 1 when a float32 graph differs.
"""

import argparse
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from tandem_training.causal_checkpoints import causal_weights, read_causal_checkpoints, torch_greedy
from tandem_training.causal_decode import CausalGraphs
from tandem_training.causal_graph import CausalLimits
from tandem_training.corpora import read_rows
from tandem_training.pack_causal import control_ids, write_causal_graphs
from tandem_training.self_test_causal import prompt_ids

PREFIX = 20  # tokens


@dataclass(frozen=True)
class Prompt:
    ids: list[int]
    max_tokens: int


def prompts_of(manifest: dict, tokenizer: Tokenizer, documents: list[str], max_tokens: int) -> list[Prompt]:
    """One of each document, its task in turn."""
    tasks = manifest["tasks"]
    return [Prompt(prompt_ids(tokenizer, tasks[i % len(tasks)], document), min(max_tokens, tasks[i % len(tasks)]["maxTokens"]))
            for i, document in enumerate(documents)]  # fmt: skip


def equal_prefixes(expected: list[list[int]], got: list[list[int]]) -> float:
    return sum(a[:PREFIX] == b[:PREFIX] for a, b in zip(expected, got, strict=True)) / len(expected)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--llm", type=Path, required=True)
    parser.add_argument("--hybrid", type=Path)
    parser.add_argument("--rows", type=Path, required=True, help="a .tsv of the corpora step; documents are its fourth column")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--max-characters", type=int, default=1200, help="longer documents are left out")
    parser.add_argument("--max-tokens", type=int, default=PREFIX)
    parser.add_argument("--float32", action="store_true", help="compare exact graphs too")
    arguments = parser.parse_args()
    torch.set_num_threads(1)

    manifest = json.loads((arguments.pack / "pack.json").read_text("utf-8"))
    tokenizer = Tokenizer.from_file(str(arguments.pack / "tokenizer.json"))
    checkpoints = read_causal_checkpoints(arguments.llm, arguments.hybrid)
    weights = causal_weights(checkpoints)
    banned = control_ids(tokenizer, weights.llm, manifest["tokenizer"]["eosId"])
    documents = [row[3] for row in read_rows(arguments.rows) if len(row[3]) <= arguments.max_characters]
    documents = documents[:: max(1, len(documents) // arguments.count)][: arguments.count]
    prompts = prompts_of(manifest, tokenizer, documents, arguments.max_tokens)

    print(f"| lane | graphs | prompts | equal first {PREFIX} tokens | equal |\n|---|---|---:|---:|---:|")
    exact = True
    with tempfile.TemporaryDirectory() as folder:
        graphs = {"the pack's": CausalGraphs(arguments.pack, manifest)}
        if arguments.float32:
            limits = CausalLimits(manifest["maxContext"], manifest["topK"])
            lanes = write_causal_graphs(Path(folder), weights, limits, "float32", banned)
            graphs["float32"] = CausalGraphs(Path(folder), {**manifest, "lanes": lanes})
        for lane in manifest["lanes"]:
            expected = [torch_greedy(checkpoints, lane, prompt.ids, banned, prompt.max_tokens) for prompt in prompts]
            for name, graph in graphs.items():
                got = [graph.greedy(lane, prompt.ids, prompt.max_tokens).ids for prompt in prompts]
                equal = sum(a == b for a, b in zip(expected, got, strict=True)) / len(expected)
                print(f"| {lane} | {name} | {len(prompts)} | {equal_prefixes(expected, got):.1%} | {equal:.1%} |", flush=True)
                exact &= name != "float32" or equal == 1
    if not exact:
        raise SystemExit("a float32 graph differs from PyTorch")


if __name__ == "__main__":
    main()
