"""The graphs of a hybrid beside an imported model against PyTorch, on random SLMs of every kind that the export takes; and what it refuses."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper
from test_export import TRAINING, VOCABULARY, random_checkpoints, random_prompts, random_t5
from transformers import AutoConfig, AutoModelForCausalLM, MistralConfig

from tandem_training.causal_slm_weights import causal_slm_weights
from tandem_training.export_hybrid import DECODER, DECODER_WITH_PAST, ENCODER, PROJECTOR, TOKENIZER, read_pair, write_own_hybrid
from tandem_training.hybrid import Hybrid, new_projector, write_hybrid
from tandem_training.onnx_decode import session
from tandem_training.pack_graphs import EXACT, QUANTIZED
from tandem_training.parity import TOLERANCE
from tandem_training.slm import start_of, width_of
from tandem_training.t5 import write_t5
from tandem_training.torch_lanes import TorchLane, torch_lanes

LLM_ENCODER = "onnx/encoder_model.onnx"


class OptimumLane:
    """Runs what was written as the app does: source states once, then a first run of one token and later ones with what came before."""

    def __init__(self, folder: Path, hybrid: Hybrid):
        self._llm = hybrid.llm
        self._projector, self._encoder, self._first, self._next = (session(folder / path) for path in (PROJECTOR, ENCODER, DECODER, DECODER_WITH_PAST))

    def states(self, sources: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
        """States f32[B,S,m] and mask i64[B,S] of prompts that are padded to the longest."""
        width = max(map(len, sources))
        ids = np.array([source + [0] * (width - len(source)) for source in sources])
        mask = np.array([[1] * len(source) + [0] * (width - len(source)) for source in sources])
        with torch.no_grad():
            hidden = self._llm.encoder(input_ids=torch.tensor(ids), attention_mask=torch.tensor(mask)).last_hidden_state.numpy()
        projected = self._projector.run(["projected"], {"hidden": hidden})[0]
        return self._encoder.run(["last_hidden_state"], {"input_ids": ids, "attention_mask": mask, "projected": projected})[0], mask

    def first(self, states: np.ndarray, mask: np.ndarray, ids: np.ndarray) -> dict[str, np.ndarray]:
        return self._run(self._first, {"input_ids": ids, "encoder_attention_mask": mask, "encoder_hidden_states": states})

    def next(self, before: dict[str, np.ndarray], mask: np.ndarray, ids: np.ndarray) -> dict[str, np.ndarray]:
        past = {name.replace("present", "past_key_values"): value for name, value in before.items() if name != "logits"}
        return {**before, **self._run(self._next, {"input_ids": ids, "encoder_attention_mask": mask, **past})}

    def greedy(self, source: list[int], start: int, eos: int, max_tokens: int) -> list[int]:
        states, mask = self.states([source])
        outputs = self.first(states, mask, np.array([[start]]))
        ids: list[int] = []
        while len(ids) < max_tokens and (best := int(outputs["logits"][0, -1].argmax())) != eos:
            ids.append(best)
            outputs = self.next(outputs, mask, np.array([[best]]))
        return ids

    @staticmethod
    def _run(graph, feeds: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        return dict(zip([output.name for output in graph.get_outputs()], graph.run(None, feeds), strict=True))


def log_softmax(logits: np.ndarray) -> np.ndarray:
    return torch.tensor(logits).log_softmax(-1).numpy()


def written(folder: Path, formats=EXACT, **shape) -> tuple[OptimumLane, TorchLane, Hybrid]:
    checkpoints = random_checkpoints(**shape)
    constant_encoder(folder / LLM_ENCODER, checkpoints.llm.config.d_model)
    write_own_hybrid(checkpoints.hybrid, folder, LLM_ENCODER, formats, "Random weights.")
    return OptimumLane(folder, checkpoints.hybrid), torch_lanes(checkpoints, [])["hybrid"], checkpoints.hybrid


@pytest.mark.parametrize("shape", [{}, {"width": 96, "conditioning": "replace"}, {"feed_forward": "gated-gelu", "tied": False}], ids=str)
def test_float32_graphs_equal_pytorch(tmp_path, shape):
    lane, reference, hybrid = written(tmp_path, **shape)
    start, eos = hybrid.slm.config.decoder_start_token_id, hybrid.slm.config.eos_token_id
    for source in random_prompts(1, 7, 40):
        ids = reference.greedy(source, 30)
        assert lane.greedy(source, start, eos, 30) == ids
        states, mask = lane.states([source])
        whole = np.array([[start, *ids]])
        expected = reference.logprobs(source, [start, *ids]).numpy()
        at_once = lane.first(states, mask, whole)
        assert np.abs(log_softmax(at_once["logits"][0]) - expected).max() < TOLERANCE
        # Several tokens behind a cache, longer than the distance from which the bias no longer changes.
        split = len(ids) // 2 + 1
        later = lane.next(lane.first(states, mask, whole[:, :split]), mask, whole[:, split:])
        assert np.abs(log_softmax(later["logits"][0]) - expected[split:]).max(initial=0) < TOLERANCE
        assert later["present.0.decoder.key"].shape == at_once["present.0.decoder.key"].shape


OWN_VOCABULARY = 61  # of an SLM with a tokenizer of its own
SIZES = {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2}
SMALL = {"vocab_size": OWN_VOCABULARY, "bos_token_id": 1, "eos_token_id": 1, "initializer_range": 0.3}
CAUSAL = {
    "gpt2": {"n_embd": 32, "n_layer": 2, "n_head": 4, "n_positions": 128},
    "llama": SIZES,
    "mistral": {**SIZES, "tie_word_embeddings": True},
    "qwen2": {**SIZES, "num_key_value_heads": 1},
}


def with_own_tokenizer(kind: str, conditioning: str = "add") -> Hybrid:
    """An SLM of that kind that reads an LLM's prompt, and writes with a vocabulary of its own."""
    torch.manual_seed(5)
    llm = random_t5(vocabulary=VOCABULARY)
    if kind == "t5":
        slm = random_t5(width=32, layers=(1, 2), seed=1, vocabulary=OWN_VOCABULARY)
    else:
        slm = AutoModelForCausalLM.from_config(AutoConfig.for_model(kind, **SMALL, **CAUSAL[kind]))
    reader = torch.nn.Linear(llm.config.d_model, width_of(slm)) if conditioning == "add" else None
    return Hybrid(llm, new_projector(llm.config.d_model, width_of(slm)), slm, conditioning, reader).eval()


@pytest.mark.parametrize(
    ("kind", "conditioning"),
    [("t5", "add"), ("gpt2", "add"), ("gpt2", "replace"), ("llama", "add"), ("mistral", "replace"), ("qwen2", "add")],
)
def test_an_slm_with_its_own_tokenizer_equals_pytorch(tmp_path, kind, conditioning):
    hybrid = with_own_tokenizer(kind, conditioning)
    constant_encoder(tmp_path / LLM_ENCODER, hybrid.llm.config.d_model)
    tokenizer = tmp_path / "tokenizer of the SLM.json"
    tokenizer.write_text("{}")
    facts = write_own_hybrid(hybrid, tmp_path, LLM_ENCODER, EXACT, "Random weights.", tokenizer)
    assert facts["slm"]["tokenizer"] == "own" and facts["slm"]["vocabSize"] == OWN_VOCABULARY and TOKENIZER in facts["files"]
    assert facts["slm"]["architecture"] == ("encoder-decoder" if kind == "t5" else "decoder-only")
    lane, start = OptimumLane(tmp_path, hybrid), start_of(hybrid.slm)
    assert facts["slm"]["startId"] == start
    sources = random_prompts(1, 7, 40)
    for source in sources:
        ids = lane.greedy(source, start, hybrid.slm.config.eos_token_id, 20)
        with torch.no_grad():
            expected = hybrid(torch.tensor([source]), torch.tensor([[*ids, 0]]))[0].log_softmax(-1).numpy()
        assert expected.argmax(-1)[: len(ids)].tolist() == ids
        states, mask = lane.states([source])
        whole = np.array([[start, *ids]])
        assert np.abs(log_softmax(lane.first(states, mask, whole)["logits"][0]) - expected).max() < TOLERANCE
        split = len(ids) // 2 + 1
        later = lane.next(lane.first(states, mask, whole[:, :split]), mask, whole[:, split:])
        assert np.abs(log_softmax(later["logits"][0]) - expected[split:]).max(initial=0) < TOLERANCE
    expect_rows_alone(lane, start, sources[1:])


def test_a_sliding_window_that_would_be_seen_is_refused():
    slm = AutoModelForCausalLM.from_config(MistralConfig(**SMALL, **SIZES, sliding_window=64))
    with pytest.raises(SystemExit, match="expected an SLM that sees 1024 tokens back, got a sliding window of 64"):
        causal_slm_weights(slm)


def test_a_trained_pair_is_read_back_with_the_tokenizer_it_writes_with(tmp_path):
    checkpoints, own = random_checkpoints(), with_own_tokenizer("llama")
    (tmp_path / "tokenizer.json").write_text("{}")
    write_t5(own.llm, tmp_path / "tokenizer.json", tmp_path / "llm")
    for name, hybrid in (("shared", checkpoints.hybrid), ("separate", own)):
        write_hybrid(hybrid, tmp_path / "tokenizer.json", tmp_path / name, separate=name == "separate")
        again, tokenizer = read_pair(tmp_path / "llm", tmp_path / name)
        assert type(again.slm) is type(hybrid.slm)
        assert tokenizer == (tmp_path / name / "slm" / "tokenizer.json" if name == "separate" else None)


def expect_rows_alone(lane: OptimumLane, start: int, sources: list[list[int]]) -> None:
    """Two rows of one batch give what each gives without the other and its padding."""
    states, mask = lane.states(sources)
    together = lane.next(lane.first(states, mask, np.array([[start], [start]])), mask, np.array([[7], [9]]))["logits"]
    for row, source in enumerate(sources):
        own, own_mask = lane.states([source])
        alone = lane.next(lane.first(own, own_mask, np.array([[start]])), own_mask, np.array([[[7], [9]][row]]))["logits"]
        assert np.abs(together[row] - alone[0]).max() < TOLERANCE


def test_rows_are_alone_with_their_padding(tmp_path):
    lane, _, hybrid = written(tmp_path)
    expect_rows_alone(lane, hybrid.slm.config.decoder_start_token_id, random_prompts(5, 19))



def test_hybrid_json_says_what_was_written(tmp_path):
    _, _, hybrid = written(tmp_path, formats=QUANTIZED)
    facts = json.loads((tmp_path / "hybrid.json").read_text())
    assert facts["llm"]["files"] == {LLM_ENCODER: hashlib.sha256((tmp_path / LLM_ENCODER).read_bytes()).hexdigest()}
    assert facts["llm"]["dModel"] == hybrid.llm.config.d_model and facts["slm"]["dModel"] == hybrid.slm.config.d_model
    assert {path: file["bytes"] for path, file in facts["files"].items()} == {
        path: (tmp_path / path).stat().st_size for path in (PROJECTOR, ENCODER, DECODER, DECODER_WITH_PAST)
    }


def constant_encoder(path: Path, width: int) -> None:
    """An encoder of another model: it gives ones."""
    ids, mask = (helper.make_tensor_value_info(name, TensorProto.INT64, ["B", "S"]) for name in ("input_ids", "attention_mask"))
    states = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["B", "S", width])
    nodes = [
        helper.make_node("Unsqueeze", ["attention_mask", "last"], ["column"]),
        helper.make_node("Cast", ["column"], ["floats"], to=TensorProto.FLOAT),
        helper.make_node("Tile", ["floats", "widths"], ["last_hidden_state"]),
    ]
    numbers = [helper.make_tensor("last", TensorProto.INT64, [1], [2]), helper.make_tensor("widths", TensorProto.INT64, [3], [1, 1, width])]
    graph = helper.make_graph(nodes, "encoder", [ids, mask], [states], numbers)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), path)


@pytest.mark.parametrize(
    ("width", "expected"),
    [(64, "differs from the LLM of --llm by"), (48, "gives states of 48 numbers, the LLM of --llm 64"), (0, "export the LLM with Optimum first")],
)
def test_refuses_what_does_not_belong_together(tmp_path, width, expected):
    checkpoints = random_checkpoints()
    tokenizer = tmp_path / "tokenizer.json"
    tokenizer.write_text("{}")
    write_t5(checkpoints.llm, tokenizer, tmp_path / "llm")
    write_hybrid(checkpoints.hybrid, tokenizer, tmp_path / "hybrid")
    if width:
        constant_encoder(tmp_path / "model" / LLM_ENCODER, width)
    command = ["--llm", tmp_path / "llm", "--hybrid", tmp_path / "hybrid", "--model", tmp_path / "model"]
    ended = subprocess.run([sys.executable, "-m", "tandem_training.export_hybrid", *command], cwd=TRAINING, capture_output=True, text=True)
    assert ended.returncode != 0 and expected in ended.stderr
    assert not (tmp_path / "model" / "hybrid.json").exists()
