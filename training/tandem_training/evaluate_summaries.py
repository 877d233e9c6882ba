"""A summarizing pack, or the PyTorch models it is made of → ROUGE of every lane on the test split, beside the first sentences of the document.

With --pack, each lane summarizes through the app's own engine: one `cli summarize --jsonl` a lane and length, nothing here reimplements decoding.
With --llm (and --hybrid), the PyTorch models write, greedily, and a headline ends with its line. A document is summarized at the length that its
reference is an example of. Writes summaries.json (numbers, and every text) and summaries.md (the table), printed too.

ROUGE F1 of rouge-score 0.1.2 with stemming, mean over documents; `length` is words written over words of the references.
"""

import argparse
import collections
import json
import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import torch
from rouge_score.rouge_scorer import RougeScorer

from tandem_training.causal_hybrid import read_causal_hybrid, read_causal_llm
from tandem_training.causal_writing import read, write
from tandem_training.corpora import read_rows
from tandem_training.evaluate_pack import REPOSITORY
from tandem_training.summary_prompts import LENGTHS, PromptTokenizer, read_prompts
from tandem_training.summary_states import length_of

MEASURES = ("rouge1", "rouge2", "rougeL")
BATCH = 8  # documents
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"'(]?[A-Z0-9])")

Summarize = Callable[[str, str, list[str]], list[dict]]  # lane, length, documents → of each `text`, `tokens`, `decodeMs`


def group_of(source: str) -> str:
    return "commits" if source.startswith("commits-") else source


def lead(document: str, sentences: int) -> str:
    return " ".join(_SENTENCE_END.split(document)[:sentences])


def through_the_app(pack: Path) -> Summarize:
    def summarize(lane: str, length: str, documents: list[str]) -> list[dict]:
        command = ["npm", "run", "--silent", "cli", "--", "summarize", "--pack", str(pack.resolve()), "--lane", lane, "--length", length, "--jsonl"]
        lines = "".join(json.dumps({"id": number, "text": document}) + "\n" for number, document in enumerate(documents))
        run = subprocess.run(command, cwd=REPOSITORY, input=lines, capture_output=True, text=True)
        if run.returncode != 0:
            raise SystemExit(f"the CLI ended with {run.returncode}: {run.stderr.strip()[-2000:]}")
        records = [json.loads(line) for line in run.stdout.splitlines()]
        if [record["id"] for record in records] != list(range(len(documents))):
            raise SystemExit(f"expected {len(documents)} summaries of lane {lane} in order, got {len(records)}")
        # What the app refuses to summarize counts as an empty summary.
        return [
            {"text": record.get("text", ""), "tokens": record.get("tokens", 0), "decodeMs": record["timings"]["decodeMs"] if "timings" in record else 0.0}
            for record in records
        ]

    return summarize


def with_torch(llm_folder: Path, hybrid_folder: Path | None) -> Summarize:
    llm = read_causal_llm(llm_folder)
    hybrid = read_causal_hybrid(llm, hybrid_folder).eval() if hybrid_folder else None
    tokenizer, prompts = PromptTokenizer(llm_folder), read_prompts()
    llm.to(torch.bfloat16)
    if hybrid:
        hybrid.to(torch.bfloat16)

    def summarize(lane: str, length: str, documents: list[str]) -> list[dict]:
        prompt = prompts[length, "paragraph"]
        instruction, rows = tokenizer.instruction(prompt), [tokenizer.document(prompt, document) for document in documents]
        records: list[dict] = [{} for _ in documents]
        order = sorted(range(len(rows)), key=lambda row: len(rows[row]))
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            batch = [rows[place] for place in places]
            began = time.perf_counter()
            if lane == "hybrid":
                written = hybrid.generate([[*row, *instruction] for row in batch], prompt.max_tokens)
            else:
                written = write(llm, read(llm, batch), instruction, prompt.max_tokens)
            elapsed = 1000 * (time.perf_counter() - began) / len(batch)
            for place, ids in zip(places, written, strict=True):
                text = tokenizer.text(ids)
                records[place] = {"text": text.split("\n")[0] if length == "headline" else text, "tokens": len(ids), "decodeMs": elapsed}
        return records

    return summarize


def evaluate(rows: list[tuple[str, ...]], lanes: list[str], summarize: Summarize) -> dict:
    """Rows (_, _, source, document, summary) → every text, and the scores by source, lane and length."""
    texts: dict[str, list[str]] = {"lead-1": [lead(row[3], 1) for row in rows], "lead-3": [lead(row[3], 3) for row in rows]}
    speeds = {}
    for lane in lanes:
        texts[lane] = [""] * len(rows)
        tokens = milliseconds = 0.0
        for length in LENGTHS:
            places = [place for place, row in enumerate(rows) if length_of(row[4]) == length]
            records = summarize(lane, length, [rows[place][3] for place in places]) if places else []
            for place, record in zip(places, records, strict=True):
                texts[lane][place] = record["text"]
                tokens, milliseconds = tokens + record["tokens"], milliseconds + record["decodeMs"]
        speeds[lane] = milliseconds / max(tokens, 1)
    scorer = RougeScorer(MEASURES, use_stemmer=True)
    cells = collections.defaultdict(list)
    for place, row in enumerate(rows):
        cells[group_of(row[2])].append(place)
    scores = []
    for source, places in sorted(cells.items(), key=lambda cell: -len(cell[1])):
        for lane, written in texts.items():
            own = [scorer.score(rows[place][4], written[place]) for place in places]
            words = sum(len(written[place].split()) for place in places) / sum(len(rows[place][4].split()) for place in places)
            means = {measure: round(100 * sum(score[measure].fmeasure for score in own) / len(own), 2) for measure in MEASURES}
            scores.append({"source": source, "lane": lane, "documents": len(places), **means, "length": round(words, 2)})
    return {"scores": scores, "decodeMsPerToken": speeds, "texts": [{"source": row[2], "reference": row[4], **{lane: texts[lane][place] for lane in texts}} for place, row in enumerate(rows)]}


def table(result: dict, what: str) -> str:
    lines = [what, "", "| source | documents | lane | ROUGE-1 | ROUGE-2 | ROUGE-L | length |", "|---|---:|---|---:|---:|---:|---:|"]
    by_cell = {(score["source"], score["lane"]): score for score in result["scores"]}
    for score in result["scores"]:
        lines.append(
            f"| {score['source']} | {score['documents']} | {score['lane']} | {score['rouge1']:.1f} | {score['rouge2']:.1f} | {score['rougeL']:.1f} "
            f"| {score['length']:.2f} |"
        )
    kept = [
        f"{source} {100 * hybrid['rougeL'] / llm['rougeL']:.0f} %"
        for (source, lane), hybrid in by_cell.items()
        if lane == "hybrid" and (llm := by_cell.get((source, "llm"))) and llm["rougeL"]
    ]
    if kept:
        lines += ["", f"ROUGE-L of the hybrid, of the LLM's: {', '.join(kept)}."]
    lines += ["", f"Decoding, ms a token: {', '.join(f'{lane} {ms:.1f}' for lane, ms in result['decodeMsPerToken'].items())}.", ""]
    return "\n".join(lines)


def sample(rows: list[tuple[str, ...]], limit: int) -> list[tuple[str, ...]]:
    """The first `limit` rows of each source."""
    counts: collections.Counter[str] = collections.Counter()
    kept = []
    for row in rows:
        counts[group_of(row[2])] += 1
        if counts[group_of(row[2])] <= limit:
            kept.append(row)
    return kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=Path, required=True, help="test.tsv of the corpora step, summaries in it")
    parser.add_argument("--pack", type=Path, help="pack folder: through the app's engine; or else")
    parser.add_argument("--llm", type=Path, help="folder of the from_gguf step")
    parser.add_argument("--hybrid", type=Path, help="folder of the causal_hybrid step")
    parser.add_argument("--limit", type=int, default=100, help="documents a source")
    parser.add_argument("--sources", nargs="*", default=[], help="all where none is named")
    parser.add_argument("--lanes", nargs="*", choices=("llm", "hybrid"), help="all that there are where none is named")
    parser.add_argument("--out", type=Path, required=True, help="folder for summaries.json and summaries.md")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    if bool(arguments.pack) == bool(arguments.llm):
        parser.error("expected either --pack or --llm")
    torch.set_num_threads(arguments.threads)
    if arguments.pack:
        there = list(json.loads((arguments.pack / "pack.json").read_text(encoding="utf-8"))["lanes"])
        what, summarize = "what the app shows: written by the lane, or the text's own words where those are nearer to it", through_the_app(arguments.pack)
    else:
        there = ["llm", "hybrid"] if arguments.hybrid else ["llm"]
        what, summarize = "the PyTorch models in bfloat16", with_torch(arguments.llm, arguments.hybrid)
    if missing := set(arguments.lanes or []) - set(there):
        parser.error(f"there is no lane {', '.join(missing)}; got {', '.join(there)}")
    rows = [row for row in read_rows(arguments.rows) if row[0] == "summary" and (not arguments.sources or group_of(row[2]) in arguments.sources)]
    rows = sample(rows, arguments.limit)
    if not rows:
        raise SystemExit(f"{arguments.rows} has no summaries of the sources asked for; cut it with `corpora --summaries`")
    result = evaluate(rows, arguments.lanes or there, summarize)
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "summaries.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    markdown = table(result, f"Test split, at most {arguments.limit} documents a source, greedy, {what}.")
    (arguments.out / "summaries.md").write_text(markdown, encoding="utf-8")
    print(markdown)


if __name__ == "__main__":
    main()
