"""A folder ↔ parts small enough to send: a zstd-compressed tar, cut at --mib, with each part's sha256 in parts.json.

`split FOLDER PARTS` and `join PARTS FOLDER`. Token arrays travel this way to a GPU, and weights back.
"""

import argparse
import hashlib
import io
import json
import tarfile
from pathlib import Path

import zstandard

from tandem_training.whole import replace_folder

MIB = 15


def split(folder: Path, parts: Path, mib: int = MIB) -> list[Path]:
    """Returns the parts written; those of an earlier time are removed."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    if not files:
        raise SystemExit(f"{folder} holds no files; expected a folder that a training step wrote")
    archive = io.BytesIO()
    with zstandard.ZstdCompressor(level=12, threads=-1).stream_writer(archive, closefd=False) as stream:
        with tarfile.open(fileobj=stream, mode="w|") as tar:
            for path in files:
                tar.add(path, arcname=str(path.relative_to(folder)))
    parts.mkdir(parents=True, exist_ok=True)
    for earlier in parts.glob("*.part"):
        earlier.unlink()
    data, written = archive.getbuffer(), []
    for number, start in enumerate(range(0, len(data), mib << 20)):
        part = parts / f"{number:03}.part"
        part.write_bytes(data[start : start + (mib << 20)])
        written.append(part)
    sums = {part.name: hashlib.sha256(part.read_bytes()).hexdigest() for part in written}
    (parts / "parts.json").write_text(json.dumps(sums, indent=1) + "\n")
    return written


def join(parts: Path, folder: Path) -> None:
    """Whole or not at all, in the place of what was there."""
    index = parts / "parts.json"
    if not index.is_file():
        raise SystemExit(f"{index} is missing; send all that the split wrote")
    data = bytearray()
    for name, expected in json.loads(index.read_text()).items():
        path = parts / name
        if not path.is_file():
            raise SystemExit(f"{path} is missing; send it again")
        part = path.read_bytes()
        got = hashlib.sha256(part).hexdigest()
        if got != expected:
            raise SystemExit(f"{path} is damaged: sha256 {got}, expected {expected}; send it again")
        data += part

    def unpack(partial: Path) -> None:
        with zstandard.ZstdDecompressor().stream_reader(bytes(data)) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
            tar.extractall(partial, filter="data")

    replace_folder(folder, unpack)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    split_parser = commands.add_parser("split")
    split_parser.add_argument("folder", type=Path)
    split_parser.add_argument("parts", type=Path)
    split_parser.add_argument("--mib", type=int, default=MIB)
    join_parser = commands.add_parser("join")
    join_parser.add_argument("parts", type=Path)
    join_parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    if arguments.command == "split":
        print(f"{len(split(arguments.folder, arguments.parts, arguments.mib))} parts in {arguments.parts}")
    else:
        join(arguments.parts, arguments.folder)
