"""Greedy decoding over a pack's graphs with onnxruntime: the reference the app's engine must agree with.

One thread, one row. Used for self-tests, parity and timing; speed does not matter here.
"""

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

PADDED = -1e9


def session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@dataclass(frozen=True)
class Step:
    top_ids: np.ndarray  # i32[N,B,K]
    top_logprobs: np.ndarray  # f32[N,B,K]


class Decoder:
    """The decoder's state for one batch of prompts: own keys and values so far, and the cross-attention's."""

    def __init__(self, graph: onnxruntime.InferenceSession, max_tokens: int, cross_kv: np.ndarray, mask: np.ndarray):
        """cross_kv f32[2L,B,n,S,h], mask f32[B,1,1,S]"""
        self._graph = graph
        self._max_tokens = max_tokens
        layers, rows, heads, _, head_size = cross_kv.shape
        self._past = np.zeros((layers, 0, rows, heads, head_size), np.float32)  # [2L,T,B,n,h]
        self._mask = mask
        self._feeds = {}
        for i in range(layers // 2):
            self._feeds[f"cross_key.{i}"] = cross_kv[2 * i]
            self._feeds[f"cross_value.{i}"] = cross_kv[2 * i + 1]

    def step(self, ids: np.ndarray) -> Step:
        """ids i32[N,B]: the next N tokens of every row"""
        layers, written, *row = self._past.shape
        tokens = ids.shape[0]
        start = self._max_tokens - 1 - written
        feeds = {
            **self._feeds, "ids": ids, "cross_mask": self._mask.repeat(tokens, axis=2),
            "bias_start": np.array([0, start], np.int64), "bias_end": np.array([tokens, start + written + tokens], np.int64),
        }  # fmt: skip
        for i in range(self._past.shape[0] // 2):
            feeds[f"past_key.{i}"] = self._past[2 * i]
            feeds[f"past_value.{i}"] = self._past[2 * i + 1]
        top_ids, top_logprobs, delta = self._graph.run(["top_ids", "top_logprobs", "kv_delta"], feeds)
        self._past = np.concatenate([self._past, delta.reshape(layers, tokens, *row)], axis=1)
        return Step(top_ids, top_logprobs)


@dataclass(frozen=True)
class Generation:
    ids: list[int]  # without start and end of sentence
    margins: list[float]  # log-probability of the best minus the second best, per step, end of sentence included
    finished: bool
    step_ms: list[float]


class PackGraphs:
    """All sessions of a pack folder, by its manifest (an already parsed pack.json)."""

    def __init__(self, folder: Path, manifest: dict):
        self.manifest = manifest
        self._encoder = session(folder / manifest["encoder"]["file"])
        self._lanes = manifest["lanes"]
        paths = {lane[part] for lane in self._lanes.values() for part in ("prefill", "projector") if part in lane}
        paths |= {lane["decoder"]["file"] for lane in self._lanes.values()}
        self._graphs = {path: session(folder / path) for path in paths}

    def encode(self, source_ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """i32[B,S], f32[B,1,1,S] → hidden f32[B,S,d]"""
        return self._encoder.run(["hidden"], {"input_ids": source_ids, "mask": mask})[0]

    def prefill(self, lane: str, source_ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """i32[B,S], f32[B,1,1,S] → cross_kv f32[2L,B,n,S,h]"""
        parts = self._lanes[lane]
        tokens = {"input_ids": source_ids, "mask": mask}
        if parts["prefillFrom"] == "tokens":
            feeds = tokens
        elif parts["prefillFrom"] == "hidden":
            feeds = {"hidden": self.encode(source_ids, mask)}
        else:
            hidden = self.encode(source_ids, mask)
            projected = self._graphs[parts["projector"]].run(["projected"], {"hidden": hidden})[0]
            feeds = {**tokens, "projected": projected}
        return self._graphs[parts["prefill"]].run(["cross_kv"], feeds)[0]

    def decoder(self, lane: str, cross_kv: np.ndarray, mask: np.ndarray) -> Decoder:
        decoder = self._lanes[lane]["decoder"]
        return Decoder(self._graphs[decoder["file"]], decoder["maxTokens"], cross_kv, mask)

    def greedy(self, lane: str, source_ids: list[int], max_tokens: int | None = None) -> Generation:
        tokenizer = self.manifest["tokenizer"]
        source = np.array([source_ids], np.int32)
        mask = np.zeros((1, 1, 1, len(source_ids)), np.float32)
        decoder = self.decoder(lane, self.prefill(lane, source, mask), mask)
        limit = min(max_tokens or 10**9, self._lanes[lane]["decoder"]["maxTokens"])
        ids, margins, step_ms = [], [], []
        last = tokenizer["startId"]
        while len(ids) < limit:
            began = time.perf_counter()
            step = decoder.step(np.array([[last]], np.int32))
            step_ms.append((time.perf_counter() - began) * 1e3)
            margins.append(float(step.top_logprobs[0, 0, 0] - step.top_logprobs[0, 0, 1]))
            last = int(step.top_ids[0, 0, 0])
            if last == tokenizer["eosId"]:
                return Generation(ids, margins, True, step_ms)
            ids.append(last)
        return Generation(ids, margins, False, step_ms)


def padding_mask(lengths: list[int]) -> np.ndarray:
    """f32[B,1,1,S] for rows of these lengths, padded to the longest."""
    columns = np.arange(max(lengths))[None]
    return np.where(columns < np.array(lengths)[:, None], 0.0, PADDED).astype(np.float32)[:, None, None, :]
