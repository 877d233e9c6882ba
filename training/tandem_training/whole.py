"""Files and folders that appear whole or not at all, also on a full disk and when the process is killed at any point."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from safetensors import SafetensorError


class NotWritten(SystemExit):
    """The message says what could not be written and why; what was there before is still there."""


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yields the path to write to; it becomes `path` when the block ends well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".partial{path.suffix}")
    with _or_not_written(path, partial.unlink):
        yield partial
        partial.rename(path)


def replace_folder(folder: Path, write: Callable[[Path], None]) -> None:
    """Readers see the old folder or the whole new one. Killed between two renames, `restore_folder` brings the old one back."""
    restore_folder(folder)
    partial, old = _beside(folder, "partial"), _beside(folder, "old")
    for leftover in (partial, old):
        shutil.rmtree(leftover, ignore_errors=True)
    with _or_not_written(folder, lambda: shutil.rmtree(partial)):
        partial.mkdir(parents=True)
        write(partial)
        if folder.exists():
            folder.rename(old)
        partial.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def restore_folder(folder: Path) -> None:
    old = _beside(folder, "old")
    if old.exists() and not folder.exists():
        old.rename(folder)


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f"{folder.name}.{what}")


@contextmanager
def _or_not_written(path: Path, clean: Callable[[], None]) -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError, SafetensorError) as error:  # a full disk is a RuntimeError to torch
        with suppress(OSError):
            clean()
        kept = "what was there is kept" if path.exists() else "nothing was there"
        raise NotWritten(f"{path} could not be written ({error}); {kept}. Make room on the disk and start the same command again") from error
