"""A checkpoint folder → the same with every weight in float16: half the bytes to send. Refuses weights that float16 cannot hold."""

import argparse
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file


def halve(folder: Path, out: Path) -> None:
    for path in sorted(folder.rglob("*")):
        copy = out / path.relative_to(folder)
        if path.is_dir():
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix != ".safetensors":
            shutil.copyfile(path, copy)
            continue
        halves = {name: weight.to(torch.float16) for name, weight in load_file(path).items()}
        overflowing = [name for name, weight in halves.items() if not weight.isfinite().all()]
        if overflowing:
            raise SystemExit(f"{path}: float16 cannot hold {', '.join(overflowing)}; send the folder as it is")
        save_file(halves, copy, metadata={"format": "pt"})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    halve(arguments.folder, arguments.out)
