import subprocess
import sys
from pathlib import Path

SCRIPT = """
import torch
from tandem_training.workers import Workers

workers = Workers()
tensors = [torch.full((2, 3), float(workers.rank)), torch.tensor(10.0 * workers.rank)]
workers.average(tensors)
assert torch.equal(tensors[0], torch.full((2, 3), 0.5)) and tensors[1].item() == 5, tensors
"""


def test_two_workers_average_their_tensors(tmp_path: Path):
    script = tmp_path / "average.py"
    script.write_text(SCRIPT)
    subprocess.run(
        [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", str(script)],
        check=True, timeout=120, env={"PYTHONPATH": str(Path(__file__).parents[1]), "PATH": ""},
    )  # fmt: skip
