"""The processes of one training run (torchrun): each takes its own batches, gradients are averaged, weights stay equal.

Started without torchrun, a run has one worker. On CPUs, a worker a core beats one process with a thread a core:
workers wait for each other once a step, threads in every operation.
"""

import os

import torch
from torch import distributed


class Workers:
    def __init__(self) -> None:
        self.count = int(os.environ.get("WORLD_SIZE", 1))
        if self.count > 1:
            distributed.init_process_group("nccl" if torch.cuda.is_available() else "gloo")
        self.rank = distributed.get_rank() if self.count > 1 else 0

    @property
    def first(self) -> bool:
        """The first worker alone prints and saves."""
        return self.rank == 0

    def device(self) -> torch.device:
        return torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0))) if torch.cuda.is_available() else torch.device("cpu")

    def average(self, tensors: list[torch.Tensor]) -> None:
        """In place, over all workers."""
        self._reduce(tensors, self.count)

    def add(self, tensors: list[torch.Tensor]) -> None:
        """In place, over all workers."""
        self._reduce(tensors, 1)

    def _reduce(self, tensors: list[torch.Tensor], divisor: int) -> None:
        if self.count == 1:
            return
        flat = torch.cat([tensor.reshape(-1) for tensor in tensors])
        distributed.all_reduce(flat)
        flat /= divisor
        torch._foreach_copy_(tensors, [part.view_as(tensor) for part, tensor in zip(flat.split([t.numel() for t in tensors]), tensors, strict=True)])

    def wait(self) -> None:
        """Until all workers are here."""
        if self.count > 1:
            distributed.barrier()
