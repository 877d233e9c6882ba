"""Step 6a. Checkpoints + dev-codes.tsv → how well they keep inline codes, a line a model; greedy, in PyTorch."""

import argparse
from pathlib import Path

import torch

from tandem_training.evaluate import Generate
from tandem_training.evaluate_codes import CodesEvaluator
from tandem_training.hybrid import read_hybrid
from tandem_training.inline_codes import fault
from tandem_training.pretrained import Vocabulary, read_llm, read_tokenizer
from tandem_training.t5 import generate_greedily
from tandem_training.tokenizer import PAD

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--llm", type=Path, required=True)
    parser.add_argument("--hybrid", type=Path, help="measured as well")
    parser.add_argument("--rows", type=Path, required=True, help="of the inline_codes step")
    parser.add_argument("--show", type=int, default=0, help="outputs to print, a language")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    tokenizer = read_tokenizer(arguments.llm)
    evaluator = CodesEvaluator(arguments.rows, Vocabulary(tokenizer, tokenizer), torch.device("cpu"))
    llm = read_llm(arguments.llm).eval()
    lanes: dict[str, Generate] = {"llm": lambda source, most: generate_greedily(llm, most, input_ids=source, attention_mask=source != PAD)}
    if arguments.hybrid:
        lanes["hybrid"] = read_hybrid(arguments.llm, arguments.hybrid).generate
    for lane, generate in lanes.items():
        print(f"{lane}: {evaluator.line(generate)}", flush=True)
        for language, rows in evaluator.rows.items():
            for row, output in zip(rows[: arguments.show], evaluator.outputs(generate, language), strict=False):
                print(f"  {row.source}\n  {output}  [{fault(row.source, output, row.pairs) or 'ok'}]")
