import subprocess
import sys
from pathlib import Path

SCRIPT = """
import torch
from torch import nn
from tandem_training.optimizer import Muon
from tandem_training.workers import Workers

workers = Workers()
tensors = [torch.full((2, 3), float(workers.rank)), torch.tensor(10.0 * workers.rank)]
workers.average(tensors)
assert torch.equal(tensors[0], torch.full((2, 3), 0.5)) and tensors[1].item() == 5, tensors
workers.add(tensors)
assert torch.equal(tensors[0], torch.full((2, 3), 1.0)) and tensors[1].item() == 10, tensors

# A share of the matrices each; the same steps as of one that does them all.
def stepped(workers):
    generator = torch.Generator().manual_seed(3)
    weights = [nn.Parameter(torch.randn(shape, generator=generator)) for shape in ((8, 4), (4, 8), (6, 6))]
    for p in weights:
        p.grad = torch.randn(p.shape, generator=generator)
    Muon([{"params": weights}], 0.1, workers).step()
    return weights

class Alone:
    count, rank, add = 1, 0, staticmethod(lambda tensors: None)

for together, alone in zip(stepped(workers), stepped(Alone), strict=True):
    assert torch.equal(together, alone)
"""


def test_two_workers_average_their_tensors_and_share_the_steps(tmp_path: Path):
    script = tmp_path / "average.py"
    script.write_text(SCRIPT)
    subprocess.run(
        [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", str(script)],
        check=True, timeout=120, env={"PYTHONPATH": str(Path(__file__).parents[1]), "PATH": ""},
    )  # fmt: skip
