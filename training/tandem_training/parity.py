"""Step 7b. Do the graphs compute what PyTorch computes? float32 graphs must agree; 8-bit graphs are measured.

Needs: the checkpoints that the export step takes, and rows of the corpora step for text and references.
Prints a table a lane; ends with 1 when a float32 graph differs.
"""

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from sacrebleu.metrics import CHRF
from tokenizers import Tokenizer

from tandem_training.checkpoints import read_checkpoints, weights_of
from tandem_training.corpora import read_rows
from tandem_training.onnx_decode import PackGraphs
from tandem_training.pack import banned_ids
from tandem_training.pack_graphs import EXACT, QUANTIZED, PackFormats, PackLimits, PackWeights, write_graphs
from tandem_training.tokenizer import PREFIXES
from tandem_training.torch_lanes import TorchLane, torch_lanes

TOLERANCE = 1e-3  # of a log-probability
FORMATS = {"float32": EXACT, "int8": QUANTIZED, "int8, prompt in blocks": PackFormats(prompt="blocks", step="blocks")}


@dataclass(frozen=True)
class Agreement:
    """Against PyTorch, over its own greedy ids: the K log-probabilities of every step, and what greedy decoding writes."""

    max_error: float
    mean_error: float
    same_best: float  # share of steps
    same_greedy: float  # share of sentences


def agreement(reference: TorchLane, graphs: PackGraphs, lane: str, sources: list[list[int]], max_tokens: int) -> Agreement:
    errors, best, greedy = [], [], []
    start = graphs.manifest["tokenizer"]["startId"]
    for source in sources:
        written = reference.greedy(source, max_tokens)
        inputs = [start, *written]
        expected = reference.logprobs(source, inputs).numpy()
        ids, mask = np.array([source], np.int32), np.zeros((1, 1, 1, len(source)), np.float32)
        decoder = graphs.decoder(lane, graphs.prefill(lane, ids, mask), mask)
        for position, token in enumerate(inputs):
            step = decoder.step(np.array([[token]], np.int32))
            errors.append(np.abs(step.top_logprobs[0, 0] - expected[position, step.top_ids[0, 0]]))
            best.append(step.top_ids[0, 0, 0] == expected[position].argmax())
        greedy.append(graphs.greedy(lane, source, max_tokens).ids == written)
    return Agreement(float(np.max(errors)), float(np.mean(errors)), float(np.mean(best)), float(np.mean(greedy)))


def write_parity_graphs(folder: Path, weights: PackWeights, limits: PackLimits, formats: PackFormats, banned: list[int]) -> PackGraphs:
    config = weights.llm.config
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = {"startId": config.decoder_start_token_id, "eosId": config.eos_token_id}
    return PackGraphs(folder, {**write_graphs(folder, weights, limits, formats, banned), "tokenizer": tokenizer})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--llm", type=Path, required=True)
    parser.add_argument("--hybrid", type=Path)
    parser.add_argument("--slm", type=Path)
    parser.add_argument("--rows", type=Path, required=True, help="a .tsv of the corpora step")
    parser.add_argument("--compare", type=int, default=20, help="sentences compared step by step with PyTorch")
    parser.add_argument("--score", type=int, default=200, help="sentences decoded for chrF")
    arguments = parser.parse_args()
    torch.set_num_threads(1)

    tokenizer = Tokenizer.from_file(str(arguments.llm / "tokenizer.json"))
    checkpoints = read_checkpoints(arguments.llm, arguments.hybrid, arguments.slm)
    weights = weights_of(checkpoints)
    banned = banned_ids(tokenizer, weights)
    references = torch_lanes(checkpoints, banned)

    rows = read_rows(arguments.rows)
    rows = rows[:: max(1, len(rows) // arguments.score)][: arguments.score]
    prompts = [tokenizer.encode(f"{PREFIXES['en', row[0]]} {row[3]}").ids for row in rows]
    compared = prompts[:: max(1, len(prompts) // arguments.compare)][: arguments.compare]
    exact = True
    print("| lane | graphs | max error | mean error | same best token | same greedy | chrF |\n|---|---|---:|---:|---:|---:|---:|")
    for name, formats in FORMATS.items():
        with tempfile.TemporaryDirectory() as folder:
            graphs = write_parity_graphs(Path(folder), weights, PackLimits(512, 8), formats, banned)
            for lane, reference in references.items():
                found = agreement(reference, graphs, lane, compared, max_tokens=128)
                texts = [tokenizer.decode(graphs.greedy(lane, prompt, max_tokens=2 * len(prompt) + 20).ids) for prompt in prompts]
                chrf = CHRF().corpus_score(texts, [[row[4] for row in rows]]).score
                print(
                    f"| {lane} | {name} | {found.max_error:.5f} | {found.mean_error:.5f} | {found.same_best:.2%} "
                    f"| {found.same_greedy:.0%} | {chrf:.2f} |",
                    flush=True,
                )
                if formats is EXACT:
                    exact &= found.max_error < TOLERANCE and found.same_greedy == 1
    if not exact:
        raise SystemExit("a float32 graph differs from PyTorch")
