"""Graphs whose weights lie in files of their own: several graphs may name the same weight, which is then stored once.

The same weights in the same order give the same bytes, whatever the graphs around them.
"""

from collections.abc import Callable
from pathlib import Path

import onnx
from onnx import TensorProto

ALIGNMENT = 4096  # a page: the runtime maps the file instead of reading it
SMALL = 1024  # bytes; what is smaller stays in the graph


class WeightsFiles:
    """`file_of` says which file a weight goes to, by its name; None keeps it in its graph."""

    def __init__(self, folder: Path, file_of: Callable[[str], str | None]):
        self._folder = folder
        self._file_of = file_of
        self._places: dict[tuple[str, str], tuple[int, bytes]] = {}
        self._sizes: dict[str, int] = {}

    def beside(self, file_of: Callable[[str], str | None]) -> "WeightsFiles":
        """The same files, for a graph whose weights go elsewhere."""
        other = WeightsFiles(self._folder, file_of)
        other._places, other._sizes = self._places, self._sizes
        return other

    def save(self, model: onnx.ModelProto, name: str) -> str:
        """Writes the graph as `name`; returns that."""
        for tensor in model.graph.initializer:
            file = self._file_of(tensor.name)
            if file is not None and len(tensor.raw_data) >= SMALL:
                self._move(tensor, file)
        onnx.save(model, self._folder / name)
        return name

    def _move(self, tensor: TensorProto, file: str) -> None:
        data = tensor.raw_data
        known = self._places.get((file, tensor.name))
        if known is None:
            offset = self._append(file, data)
            self._places[file, tensor.name] = (offset, data)
        elif known[1] == data:
            offset = known[0]
        else:
            raise ValueError(f"expected one weight {tensor.name} in {file}, got two that differ")
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", file), ("offset", offset), ("length", len(data))):
            tensor.external_data.add(key=key, value=str(value))

    def _append(self, file: str, data: bytes) -> int:
        size = self._sizes.get(file, 0)
        offset = -(-size // ALIGNMENT) * ALIGNMENT
        with open(self._folder / file, "ab") as out:
            out.write(bytes(offset - size))
            out.write(data)
        self._sizes[file] = offset + len(data)
        return offset
