"""The number format of matrix products. Weights and optimizers are float32 everywhere."""

import functools
import time

import torch


@functools.cache
def product_dtype(device_type: str) -> torch.dtype:
    """bfloat16 where the machine multiplies faster in it, which not every processor that has instructions for it does; else float32."""
    if device_type != "cpu":
        return torch.bfloat16
    return min((torch.float32, torch.bfloat16), key=_seconds)


def autocast(device: torch.device) -> torch.autocast:
    dtype = product_dtype(device.type)
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=dtype is torch.bfloat16)


def _seconds(dtype: torch.dtype) -> float:
    """Of this process's time for a product of the sizes that training has; the best of some, after one that prepares."""
    left, right = torch.ones(1024, 256, dtype=dtype), torch.ones(256, 1024, dtype=dtype)
    times = []
    for _ in range(6):
        started = time.process_time()
        left @ right
        times.append(time.process_time() - started)
    return min(times[1:])
