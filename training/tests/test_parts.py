import errno
import tarfile
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from tandem_training.halve import halve
from tandem_training.parts import join, split


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "llm"
    (folder / "slm").mkdir(parents=True)
    save_file({"weight": torch.randn(700, 1000)}, folder / "slm" / "model.safetensors")
    (folder / "config.json").write_text("{}")
    return folder


def test_parts_are_small_and_join_to_the_same_files(folder: Path, tmp_path: Path):
    parts = split(folder, tmp_path / "parts", mib=1)
    assert len(parts) == 3
    assert all(part.stat().st_size <= 1 << 20 for part in parts)
    join(tmp_path / "parts", tmp_path / "again")
    for path in ("slm/model.safetensors", "config.json"):
        assert (tmp_path / "again" / path).read_bytes() == (folder / path).read_bytes()


def test_a_damaged_or_missing_part_is_named(folder: Path, tmp_path: Path):
    first = split(folder, tmp_path / "parts", mib=1)[0]
    first.write_bytes(b"x" + first.read_bytes()[1:])
    with pytest.raises(SystemExit, match="000.part is damaged"):
        join(tmp_path / "parts", tmp_path / "again")
    first.unlink()
    with pytest.raises(SystemExit, match="000.part is missing"):
        join(tmp_path / "parts", tmp_path / "again")
    (tmp_path / "parts" / "parts.json").unlink()
    with pytest.raises(SystemExit, match="parts.json is missing"):
        join(tmp_path / "parts", tmp_path / "again")


def test_what_cannot_be_unpacked_leaves_no_half_folder(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    split(folder, tmp_path / "parts")

    def full_disk(self: tarfile.TarFile, path: Path, **_: object) -> None:
        (path / "config.json").write_text("{")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tarfile.TarFile, "extractall", full_disk)
    with pytest.raises(SystemExit, match="again could not be written.*Make room on the disk"):
        join(tmp_path / "parts", tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_no_part_of_an_earlier_split_is_left(folder: Path, tmp_path: Path):
    split(folder, tmp_path / "parts", mib=1)
    (folder / "slm" / "model.safetensors").unlink()
    split(folder, tmp_path / "parts", mib=1)
    assert [path.name for path in sorted((tmp_path / "parts").iterdir())] == ["000.part", "parts.json"]


def test_halving_keeps_the_layout_and_refuses_what_overflows(folder: Path, tmp_path: Path):
    halve(folder, tmp_path / "half")
    assert load_file(tmp_path / "half" / "slm" / "model.safetensors")["weight"].dtype == torch.float16
    assert (tmp_path / "half" / "config.json").exists()
    save_file({"large": torch.tensor([1e6])}, folder / "model.safetensors")
    with pytest.raises(SystemExit, match="cannot hold large"):
        halve(folder, tmp_path / "half")
