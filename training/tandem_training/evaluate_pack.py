"""Step 8. A pack → its measured quality, through the app's own engine.

Needs: the built pack, the test sample of the corpora step, and Node with the app's dependencies installed (`npm ci`).
Every lane translates every sentence with `cli translate --json`; nothing here reimplements decoding.
Writes quality.json (the numbers that go into the manifest) and quality.md (the tables for the model card), printed too, and with
--readme a short table between the marks `<!-- pack:begin -->` and `<!-- pack:end -->` of that file.
"""

import argparse
import collections
import json
import platform
import random
import re
import statistics
import subprocess
from pathlib import Path

from sacrebleu.metrics import BLEU, CHRF

from tandem_training.corpora import read_rows

REPOSITORY = Path(__file__).resolve().parents[2]
BOOTSTRAP_ROUNDS = 500
_LOOP = re.compile(r"(\b\S+(?:\s+\S+){0,3}?)(?:\s+\1){3,}")


def translate(pack: Path, lane: str, to: str, beam: int, sentences: list[str]) -> list[dict]:
    """One record of the CLI a sentence: text, tokens, timings."""
    command = ["npx", "tsx", "src/cli/index.ts", "translate", "--pack", str(pack.resolve()), "--lane", lane, "--to", to, "--json"]
    command += ["--beam", str(beam)]
    run = subprocess.run(command, cwd=REPOSITORY, input="\n".join(sentences) + "\n", capture_output=True, text=True)
    if run.returncode != 0:
        raise SystemExit(f"the CLI ended with {run.returncode}: {run.stderr.strip()[-2000:]}")
    records = [json.loads(line) for line in run.stdout.splitlines()]
    if len(records) != len(sentences):
        raise SystemExit(f"expected {len(sentences)} translations of lane {lane}, got {len(records)}")
    return records


def loops(text: str) -> bool:
    """Four or more repeats in a row of one to four words."""
    return _LOOP.search(text) is not None


def loss_interval(reference_lane: list[str], lane: list[str], references: list[str], metric) -> tuple[float, float, float]:
    """How much lower `lane` scores than `reference_lane`, in per cent, with a 95 % paired bootstrap interval over sentences."""
    # Statistics a sentence add up to the corpus statistics, so a resample is a sum.
    statistics_of = [metric._extract_corpus_statistics(texts, [references]) for texts in (reference_lane, lane)]

    def loss(rows: list[int]) -> float:
        first, second = (
            metric._compute_score_from_stats([sum(column) for column in zip(*(table[i] for i in rows), strict=True)]).score
            for table in statistics_of
        )
        return 100 * (first - second) / first if first else 0.0

    everything = list(range(len(references)))
    draw = random.Random(0)
    resampled = sorted(loss(draw.choices(everything, k=len(everything))) for _ in range(BOOTSTRAP_ROUNDS))
    return loss(everything), resampled[int(0.025 * BOOTSTRAP_ROUNDS)], resampled[int(0.975 * BOOTSTRAP_ROUNDS)]


def evaluate(pack: Path, data: Path, limit: int, beam: int) -> tuple[dict, str]:
    manifest = json.loads((pack / "pack.json").read_text(encoding="utf-8"))
    cells = collections.defaultdict(list)
    for language, group, _, english, target in read_rows(data / "test-sample.tsv"):
        if len(cells[language, group]) < limit:
            cells[language, group].append((english, target))
    chrf, bleu = CHRF(), BLEU()
    quality, rows, losses, speeds = [], [], [], []
    languages = [task["to"] for task in manifest["tasks"] if task["from"] == "en"]
    for language in languages:
        outputs: dict[str, dict[str, list[str]]] = collections.defaultdict(dict)
        for lane in manifest["lanes"]:
            groups = [group for (cell_language, group) in cells if cell_language == language]
            # One process a lane and language; the groups are cut out of its output again.
            flat = [pair for group in groups for pair in cells[language, group]]
            records = translate(pack, lane, language, beam, [english for english, _ in flat])
            decode_ms = sum(record["timings"]["decodeMs"] for record in records)
            tokens = sum(record["tokens"] for record in records)
            first = statistics.median(record["timings"]["firstTokenMs"] or 0.0 for record in records)
            speeds.append((lane, language, tokens / decode_ms * 1000, first))
            position = 0
            for group in groups:
                pairs = cells[language, group]
                own = records[position : position + len(pairs)]
                texts = [record["text"] for record in own]
                position += len(pairs)
                outputs[group][lane] = texts
                references = [target for _, target in pairs]
                score = {
                    "lane": lane, "from": "en", "to": language, "group": group, "sentences": len(pairs),
                    "chrf": round(chrf.corpus_score(texts, [references]).score, 2),
                    "bleu": round(bleu.corpus_score(texts, [references]).score, 2),
                }  # fmt: skip
                quality.append(score)
                ratio = sum(map(len, texts)) / sum(map(len, references))
                looped = sum(loops(text) and not loops(source) for text, (source, _) in zip(texts, pairs, strict=True))
                halved = sum(len(text) < 0.5 * len(source) for text, (source, _) in zip(texts, pairs, strict=True))
                repaired = sum(record["repaired"] > 0 for record in own)
                rows.append((score, ratio, *(100 * count / len(pairs) for count in (looped, halved, repaired))))
        for group, by_lane in outputs.items():
            references = [target for _, target in cells[language, group]]
            for lane in by_lane:
                if lane != "llm":
                    interval = loss_interval(by_lane["llm"], by_lane[lane], references, chrf)
                    losses.append((lane, language, group, *interval))
    result = {
        "quality": quality,
        "signatures": {"chrf": str(chrf.get_signature()), "bleu": str(bleu.get_signature())},
    }
    return result, tables(manifest, beam, rows, losses, speeds, result["signatures"])


def tables(manifest: dict, beam: int, rows: list, losses: list, speeds: list, signatures: dict) -> str:
    """Markdown: scores by lane and group, loss against the LLM lane, speed."""
    lines = [
        f"Pack `{manifest['id']}` {manifest['version']}, test sample of the corpora step, {'greedy' if beam == 1 else f'beam of {beam}'}, through the app's CLI "
        f"({platform.machine()}, {platform.system()}).",
        "",
        "| pair | group | lane | sentences | chrF | BLEU | length ratio | loops % | under half % | written again by the LLM % |",
        "|---|---|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for score, ratio, looped, halved, repaired in sorted(rows, key=lambda row: (row[0]["to"], row[0]["group"], row[0]["lane"] != "llm")):
        lines.append(
            f"| {score['from']} → {score['to']} | {score['group']} | {score['lane']} | {score['sentences']} | {score['chrf']:.1f} "
            f"| {score['bleu']:.1f} | {ratio:.2f} | {looped:.1f} | {halved:.1f} | {repaired:.1f} |"
        )
    lines += ["", "Loss of chrF against the LLM lane (95 % paired bootstrap):", "", "| pair | group | lane | loss % | interval |",
              "|---|---|---|---:|---|"]  # fmt: skip
    lines += [f"| en → {language} | {group} | {lane} | {loss:.1f} | {low:.1f} … {high:.1f} |" for lane, language, group, loss, low, high in losses]
    lines += ["", "Speed in the same run (decode tokens a second; median time to first token):", "", "| pair | lane | tokens/s | first token ms |",
              "|---|---|---:|---:|"]  # fmt: skip
    lines += [f"| en → {language} | {lane} | {speed:.0f} | {first:.1f} |" for lane, language, speed, first in speeds]
    lines += ["", f"Signatures: `{signatures['chrf']}`; `{signatures['bleu']}`.", ""]
    return "\n".join(lines)


def short_table(manifest: dict, result: dict) -> str:
    """One row a pair and group, the lanes side by side."""
    by_cell = {(row["to"], row["group"], row["lane"]): row for row in result["quality"]}
    names = {"llm": "LLM", "hybrid": "hybrid", "slm": "SLM alone"}
    lanes = [lane for lane in names if lane in manifest["lanes"]]
    lines = [
        f"`{manifest['id']}` {manifest['version']}: {manifest['training']}",
        "",
        f"| pair | text | sentences |{''.join(f' {names[lane]} chrF | BLEU |' for lane in lanes)}",
        f"|---|---|---:|{'---:|---:|' * len(lanes)}",
    ]
    for to, group in sorted({(to, group) for to, group, _ in by_cell}):
        cells = [by_cell[to, group, lane] for lane in lanes]
        scores = "".join(f" {cell['chrf']:.1f} | {cell['bleu']:.1f} |" for cell in cells)
        lines.append(f"| en → {to} | {group} | {cells[0]['sentences']} |{scores}")
    return "\n".join(lines)


def replace_between_marks(path: Path, markdown: str) -> None:
    begin, end = "<!-- pack:begin -->", "<!-- pack:end -->"
    text = path.read_text(encoding="utf-8")
    if begin not in text or end not in text:
        raise SystemExit(f"{path} lacks {begin} or {end}; put both where the table belongs")
    head, rest = text.split(begin, 1)
    path.write_text(f"{head}{begin}\n\n{markdown}\n\n{end}{rest.split(end, 1)[1]}", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pack", type=Path, help="pack folder")
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora step")
    parser.add_argument("--limit", type=int, default=500, help="sentences per group and language")
    parser.add_argument("--beam", type=int, default=1, help="width of the beam; 1 is greedy, as the pack's own numbers are")
    parser.add_argument("--out", type=Path, required=True, help="folder for quality.json and quality.md")
    parser.add_argument("--readme", type=Path, help="file whose table is written anew")
    arguments = parser.parse_args()
    result, markdown = evaluate(arguments.pack, arguments.data, arguments.limit, arguments.beam)
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "quality.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    (arguments.out / "quality.md").write_text(markdown, encoding="utf-8")
    print(markdown)
    if arguments.readme:
        manifest = json.loads((arguments.pack / "pack.json").read_text(encoding="utf-8"))
        replace_between_marks(arguments.readme, short_table(manifest, result))
