"""A pack's translating lanes over onnxruntime, greedy, a sentence at a time: docs/pack-format.md in code. Knows nothing of Ray."""

import json
import os
from pathlib import Path

# Before the runtime is loaded: it reports its use to its maker otherwise.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import numpy as np  # noqa: E402
import onnxruntime  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402

KEY_VALUE = ("key", "value")


class Pack:
    def __init__(self, folder: str | Path, lane: str, threads: int = 1):
        """A pack's folder that the app takes; `packs verify` of its command line checks one."""
        folder = Path(folder)
        self._manifest = json.loads((folder / "pack.json").read_text(encoding="utf-8"))
        if self._manifest["architecture"] != "encoder-decoder" or self._manifest["encoder"].get("layout") == "optimum":
            raise ValueError(f"{folder}: expected a pack of this project that translates")
        if lane not in self._manifest["lanes"]:
            raise ValueError(f"{folder} has the lanes {', '.join(self._manifest['lanes'])}, not {lane}")
        self._lane = self._manifest["lanes"][lane]
        self._tokenizer = Tokenizer.from_file(str(folder / self._manifest["tokenizer"]["file"]))

        def session(file: str) -> onnxruntime.InferenceSession:
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = threads
            return onnxruntime.InferenceSession(str(folder / file), options, providers=["CPUExecutionProvider"])

        self._encoder = session(self._manifest["encoder"]["file"])
        self._projector = session(self._lane["projector"]) if "projector" in self._lane else None
        self._prefill = session(self._lane["prefill"])
        self._decoder = session(self._lane["decoder"]["file"])

    def source_ids(self, text: str, source: str, target: str) -> list[int]:
        for task in self._manifest["tasks"]:
            if (task["from"], task["to"]) == (source, target):
                return self._tokenizer.encode(task["prefix"] + text).ids
        raise ValueError(f"the pack does not translate from {source} to {target}")

    def text(self, ids: list[int]) -> str:
        return self._tokenizer.decode(ids)

    def greedy(self, source_ids: list[int]) -> list[int]:
        """Target ids without start and end of sentence; at most as many as the decoder's table of positions holds."""
        decoder, tokenizer = self._lane["decoder"], self._manifest["tokenizer"]
        mask = np.zeros((1, 1, 1, len(source_ids)), np.float32)
        cross = self._cross_keys_and_values(np.array([source_ids], np.int32), mask)
        layers, rows, heads, _, head_size = cross.shape
        feeds = {f"cross_{KEY_VALUE[i % 2]}.{i // 2}": cross[i] for i in range(layers)}
        past = np.zeros((layers, 0, rows, heads, head_size), np.float32)
        written, last = [], tokenizer["startId"]
        while len(written) < decoder["maxTokens"]:
            start = decoder["maxTokens"] - 1 - len(written)
            feeds |= {f"past_{KEY_VALUE[i % 2]}.{i // 2}": past[i] for i in range(layers)}
            feeds |= {
                "ids": np.array([[last]], np.int32), "cross_mask": mask,
                "bias_start": np.array([0, start]), "bias_end": np.array([1, decoder["maxTokens"]]),
            }  # fmt: skip
            best, rows_new = self._decoder.run(["top_ids", "kv_delta"], feeds)
            last = int(best[0, 0, 0])
            if last == tokenizer["eosId"]:
                break
            written.append(last)
            past = np.concatenate([past, rows_new[:, None]], axis=1)
        return written

    def _cross_keys_and_values(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        tokens = {"input_ids": ids, "mask": mask}
        if self._lane["prefillFrom"] == "tokens":
            feeds = tokens
        else:
            hidden = self._encoder.run(["hidden"], tokens)[0]
            feeds = {"hidden": hidden}
            if self._projector:
                feeds = {**tokens, "projected": self._projector.run(["projected"], feeds)[0]}
        return self._prefill.run(["cross_kv"], feeds)[0]
