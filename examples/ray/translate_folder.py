"""Translates the lines of a folder's .txt files with a pack, as a Ray Data job: over the cores of one machine, or the machines of a cluster.

`python translate_folder.py IN OUT --pack ../../resources/packs/tandem-small --to de`: one Parquet row a line with file, line, source, ids, text.
A line is a sentence. The folder and the pack must lie where every machine of the cluster reads them.
"""

import argparse
import os
from pathlib import Path

# Before Ray is loaded: it reports its use to its makers otherwise.
os.environ["RAY_USAGE_STATS_ENABLED"] = "0"

import ray  # noqa: E402

from pack import Pack  # noqa: E402


class Translate:
    """One model in each worker, loaded once."""

    def __init__(self, pack: str, lane: str, source: str, target: str):
        self._pack, self._source, self._target = Pack(pack, lane), source, target

    def __call__(self, row: dict) -> dict:
        ids = self._pack.greedy(self._pack.source_ids(row["source"], self._source, self._target))
        return {**row, "ids": ids, "text": self._pack.text(ids)}


def lines_of(file: Path) -> list[dict]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [{"file": file.name, "line": number, "source": line} for number, line in enumerate(lines, 1) if line.strip()]


def translated(folder: Path, pack: Path, lane: str, source: str, target: str, workers: int) -> ray.data.Dataset:
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise SystemExit(f"{folder} has no .txt files")
    rows = ray.data.from_items([str(file) for file in files]).flat_map(lambda row: lines_of(Path(row["item"])))
    arguments = (str(pack.resolve()), lane, source, target)
    return rows.repartition(4 * workers).map(Translate, fn_constructor_args=arguments, compute=ray.data.ActorPoolStrategy(size=workers))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--lane", default="hybrid")
    parser.add_argument("--from", dest="source", default="en")
    parser.add_argument("--to", dest="target", required=True)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    if asked.out.exists():
        raise SystemExit(f"{asked.out} exists; name a new folder")
    ray.init(include_dashboard=False, log_to_driver=False)
    translated(asked.folder, asked.pack, asked.lane, asked.source, asked.target, asked.workers).write_parquet(str(asked.out.resolve()))
