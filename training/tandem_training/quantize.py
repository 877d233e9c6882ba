"""Weights → 8-bit integers and their scales, in the layouts of ONNX Runtime's contributed operators. NumPy only."""

import numpy as np

BLOCK_SIZES = (128, 64, 32)
MIDDLE = 128  # what blocks of 8 bit are stored around


# x86 processors without VNNI add pairs of u8 × i8 products in 16 bits, saturating: 2 × 255 × 64 is the most that fits.
COLUMN_LEVELS = 64


def per_column(weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """f32[K,N] → i8[K,N] in -64..64 and scale f32[N], symmetric: the operands of DynamicQuantizeMatMul."""
    scale = np.maximum(np.abs(weight).max(axis=0), 1e-12).astype(np.float32) / COLUMN_LEVELS
    return np.round(weight / scale).astype(np.int8), scale


def block_size_of(width: int) -> int:
    """The largest block size the kernels know that divides `width`: fewer scales and a faster kernel."""
    for size in BLOCK_SIZES:
        if width % size == 0:
            return size
    raise ValueError(f"expected a width that is a multiple of {BLOCK_SIZES[-1]} to quantize in blocks, got {width}")


def per_block(rows: np.ndarray, block_size: int) -> tuple[np.ndarray, np.ndarray]:
    """f32[N,K] → u8[N,K/block,block] around a zero point of MIDDLE, and scales f32[N,K/block]: MatMulNBits' operands, 8 bit."""
    blocks = rows.reshape(rows.shape[0], -1, block_size)
    scales = np.maximum(np.abs(blocks).max(axis=2), 1e-12).astype(np.float32) / 127
    return (np.round(blocks / scales[:, :, None]) + MIDDLE).astype(np.uint8), scales
