"""Greedy decoding over a decoder-only pack's graphs with onnxruntime: the reference the app's engine must agree with.

One thread, one row. Used for self-tests and parity; speed does not matter here.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tandem_training.onnx_decode import Generation, Step, session

SLICE = 256  # tokens of a prompt that one run reads


class CausalDecoder:
    """The state of one graph: what it has read, as one past."""

    def __init__(self, graph, shape: dict):
        """`shape`: the manifest's entry of the graph."""
        self._graph = graph
        self._layers = shape["layers"]
        self._row = (1, shape["keyValueHeads"], shape["headSize"])
        self._past = np.zeros((2 * self._layers, 0, *self._row), np.float32)  # [2L,T,1,k,h]
        self._has_hidden = "hidden" in {output.name for output in graph.get_outputs()}

    def read(self, ids: Sequence[int], projected: np.ndarray | None = None) -> tuple[Step, np.ndarray | None]:
        """What may follow the last of `ids`, and the hidden states f32[N,1,d] of all where the graph gives them. projected f32[N,1,d]."""
        read, tokens = self._past.shape[1], len(ids)
        hidden_from_later = np.triu(np.full((tokens, tokens), -1e9, np.float32), 1)
        feeds = {
            "ids": np.array(ids, np.int32)[:, None], "positions": np.arange(read, read + tokens, dtype=np.int64)[:, None],
            "bias": np.concatenate([np.zeros((tokens, read), np.float32), hidden_from_later], axis=1),
            "answer_from": np.array([tokens - 1], np.int64),
        }  # fmt: skip
        if projected is not None:
            feeds["projected"] = projected
        for i in range(self._layers):
            for part, place in (("key", 2 * i), ("value", 2 * i + 1)):
                feeds[f"prefix_{part}.{i}"] = self._past[place]
                feeds[f"past_{part}.{i}"] = self._past[place, :0]
        names = ["top_ids", "top_logprobs", "kv_delta", *(["hidden"] if self._has_hidden else [])]
        top_ids, top_logprobs, delta, *hidden = self._graph.run(names, feeds)
        self._past = np.concatenate([self._past, delta.reshape(2 * self._layers, tokens, *self._row)], axis=1)
        return Step(top_ids, top_logprobs), hidden[0] if hidden else None


class CausalGraphs:
    """All sessions of a decoder-only pack, by its manifest (an already parsed pack.json)."""

    def __init__(self, folder: Path, manifest: dict):
        self.manifest = manifest
        lanes = manifest["lanes"]
        files = {lane["decoder"]["file"] for lane in lanes.values()} | {lane["projector"] for lane in lanes.values() if "projector" in lane}
        self._graphs = {file: session(folder / file) for file in files}

    def prefill(self, lane: str, prompt_ids: Sequence[int]) -> tuple[CausalDecoder, Step]:
        """A decoder that has read the prompt as the app lets it, and what may follow its last token."""
        llm, parts = self.manifest["lanes"]["llm"]["decoder"], self.manifest["lanes"][lane]
        decoder = CausalDecoder(self._graphs[llm["file"]], llm)
        hidden = []
        for first in range(0, len(prompt_ids), SLICE):
            step, states = decoder.read(prompt_ids[first : first + SLICE])
            hidden.append(states)
        if lane == "llm":
            return decoder, step
        states = np.concatenate(hidden)
        projected = self._graphs[parts["projector"]].run(["projected"], {"hidden": states})[0]
        decoder = CausalDecoder(self._graphs[parts["decoder"]["file"]], parts["decoder"])
        for first in range(0, len(prompt_ids), SLICE):
            step, _ = decoder.read(prompt_ids[first : first + SLICE], projected[first : first + SLICE])
        return decoder, step

    def greedy(self, lane: str, prompt_ids: Sequence[int], max_tokens: int) -> Generation:
        decoder, step = self.prefill(lane, prompt_ids)
        none = np.zeros((1, 1, self.manifest["dModel"]), np.float32) if lane != "llm" else None
        ids, margins = [], []
        while True:
            margins.append(float(step.top_logprobs[-1, 0, 0] - step.top_logprobs[-1, 0, 1]))
            best = int(step.top_ids[-1, 0, 0])
            if best == self.manifest["tokenizer"]["eosId"]:
                return Generation(ids, margins, True, [])
            ids.append(best)
            if len(ids) == max_tokens:
                return Generation(ids, margins, False, [])
            step, _ = decoder.read([best], none)
