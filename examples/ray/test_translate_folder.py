"""The job writes what the app writes: the ids of the pack's own record, and the text of the command line."""

import json
import subprocess
from pathlib import Path

import pytest
import ray

from pack import Pack
from translate_folder import translated

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "resources" / "packs" / "tandem-small"
SENTENCES = (ROOT / "bench" / "sentences.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("lane", ["llm", "hybrid"])
def test_ids_are_those_of_the_packs_record(lane: str):
    pack = Pack(PACK, lane)
    tests = [test for test in json.loads((PACK / "pack.json").read_text())["selfTest"] if test["lane"] == lane]
    assert tests
    for test in tests:
        assert pack.source_ids(test["text"], test["from"], test["to"]) == test["sourceIds"]
        assert pack.greedy(test["sourceIds"]) == test["targetIds"]


def test_a_folder_becomes_what_the_command_line_writes(tmp_path: Path):
    (tmp_path / "a.txt").write_text("\n".join(SENTENCES[:20]) + "\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("\n\n" + "\n".join(SENTENCES[20:]) + "\n", encoding="utf-8")
    ray.init(num_cpus=4, include_dashboard=False, log_to_driver=False)
    try:
        rows = translated(tmp_path, PACK, "hybrid", "en", "de", workers=2).take_all()
    finally:
        ray.shutdown()
    rows.sort(key=lambda row: (row["file"], row["line"]))
    assert [row["source"] for row in rows] == SENTENCES
    assert [row["line"] for row in rows if row["file"] == "b.txt"] == list(range(3, 3 + len(SENTENCES) - 20))
    command = ["npm", "run", "--silent", "cli", "--", "translate", "--to", "de", "--json"]
    app = subprocess.run(command, cwd=ROOT, input="\n".join(SENTENCES), capture_output=True, text=True, check=True)
    assert [row["text"] for row in rows] == [json.loads(line)["text"] for line in app.stdout.splitlines()]
