"""The graphs of decoder-only packs against PyTorch, on random Llamas; and the committed tiny pack."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from tandem_training.causal_checkpoints import CausalCheckpoints, causal_weights, torch_greedy
from tandem_training.causal_decode import CausalDecoder, CausalGraphs
from tandem_training.causal_graph import CausalLimits, causal_graph, llama_weights
from tandem_training.causal_hybrid import CausalHybrid
from tandem_training.onnx_decode import session
from tandem_training.pack_causal import EMBEDDING, SummaryFacts, write_causal_graphs, write_causal_pack
from tandem_training.pack_weights_files import WeightsFiles
from tandem_training.self_test_causal import DOCUMENTS, SummaryTestPlan, prompt_ids
from tandem_training.tiny_summary import EOS, TASKS, VOCABULARY, tiny_tokenizer
from transformers import LlamaConfig, LlamaForCausalLM

LIMITS = CausalLimits(max_context=96, top_k=8)
TINY_PACK = Path(__file__).resolve().parents[2] / "test" / "fixtures" / "packs" / "tiny-summary"
TINY_LIMITS = CausalLimits(max_context=512, top_k=8)


def random_llama(layers=3, heads=(4, 2), seed=0, vocabulary=VOCABULARY, theta=10_000.0, **changes) -> LlamaForCausalLM:
    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=vocabulary, hidden_size=64, intermediate_size=96, num_hidden_layers=layers, num_attention_heads=heads[0],
        num_key_value_heads=heads[1], head_dim=16, max_position_embeddings=512, eos_token_id=EOS, pad_token_id=EOS,
        **{"tie_word_embeddings": True, "rope_parameters": {"rope_type": "default", "rope_theta": theta}} | changes,
    )  # fmt: skip
    llama = LlamaForCausalLM(config).eval()
    with torch.no_grad():
        for name, parameter in llama.named_parameters():
            parameter.normal_(1.0, 0.3) if "norm" in name else parameter.normal_(0.0, 0.15)  # fresh gains would hide a misplaced one
    return llama


def random_checkpoints(seed=0) -> CausalCheckpoints:
    llm = random_llama(seed=seed)
    hybrid = CausalHybrid(llm, slm_layers=[2, 0], llm_layers=2)
    with torch.no_grad():
        for part in hybrid.trained:
            for parameter in part.parameters():
                parameter.add_(0.05 * torch.randn_like(parameter))
    return CausalCheckpoints(llm, hybrid.eval())


def random_ids(length: int) -> list[int]:
    return np.random.default_rng(0).integers(3, VOCABULARY, length).tolist()


@pytest.mark.parametrize(("heads", "theta"), [((4, 2), 10_000.0), ((8, 2), 100_000.0), ((2, 2), 500.0)])
def test_a_float32_graph_gives_pytorchs_candidates_and_states(tmp_path: Path, heads: tuple[int, int], theta: float) -> None:
    llama = random_llama(heads=heads, theta=theta)
    graph = causal_graph(llama_weights(llama), "float32", LIMITS, [], "llm", hidden_layer=2)
    WeightsFiles(tmp_path, lambda name: "all.weights").save(graph, "llm.onnx")
    decoder = CausalDecoder(session(tmp_path / "llm.onnx"), {"layers": 3, "keyValueHeads": heads[1], "headSize": 16})
    ids = random_ids(60)
    with torch.no_grad():
        expected = llama(input_ids=torch.tensor([ids]), output_hidden_states=True)
    logprobs = expected.logits[0].log_softmax(-1).numpy()
    states = []
    for first, last in ((0, 25), (25, 26), (26, 60)):  # a slice of a prompt, a token, a draft
        step, hidden = decoder.read(ids[first:last])
        states.append(hidden[:, 0])
        best = step.top_ids[0, 0]
        assert best[0] == logprobs[last - 1].argmax()
        np.testing.assert_allclose(step.top_logprobs[0, 0], logprobs[last - 1, best], atol=1e-4)
    np.testing.assert_allclose(np.concatenate(states), expected.hidden_states[2][0].numpy(), atol=1e-4)


def test_several_rows_are_read_as_if_alone(tmp_path: Path) -> None:
    llama = random_llama()
    WeightsFiles(tmp_path, lambda name: None).save(causal_graph(llama_weights(llama), "float32", LIMITS, [], "llm"), "llm.onnx")
    rows, tokens = 3, 5
    ids = np.random.default_rng(1).integers(3, VOCABULARY, (tokens, rows)).astype(np.int32)
    nothing = {f"{time}_{part}.{i}": np.zeros((0, rows, 2, 16), np.float32)
               for time in ("prefix", "past") for part in ("key", "value") for i in range(3)}  # fmt: skip
    feeds = {
        "ids": ids, "positions": np.arange(tokens)[:, None].repeat(rows, axis=1), "answer_from": np.array([3]),
        "bias": np.triu(np.full((tokens, tokens), -1e9, np.float32), 1), **nothing,
    }  # fmt: skip
    top_ids, top_logprobs = session(tmp_path / "llm.onnx").run(["top_ids", "top_logprobs"], feeds)
    with torch.no_grad():
        logprobs = llama(input_ids=torch.tensor(ids.T)).logits.log_softmax(-1).numpy().transpose(1, 0, 2)[3:]
    assert top_ids.shape == (2, rows, LIMITS.top_k)
    np.testing.assert_allclose(top_logprobs, np.take_along_axis(logprobs, top_ids.astype(np.int64), axis=2), atol=1e-4)


@pytest.mark.parametrize("lane", ["llm", "hybrid"])
def test_float32_lanes_write_what_pytorch_writes(tmp_path: Path, lane: str) -> None:
    checkpoints = random_checkpoints()
    banned = [0, 1, 7]
    lanes = write_causal_graphs(tmp_path, causal_weights(checkpoints), LIMITS, "float32", banned)
    graphs = CausalGraphs(tmp_path, {"lanes": lanes, "dModel": 64, "tokenizer": {"eosId": EOS}})
    written = [torch_greedy(checkpoints, lane, random_ids(length), banned, 20) for length in (1, 7, 40)]
    assert [graphs.greedy(lane, random_ids(length), 20).ids for length in (1, 7, 40)] == written
    assert max(map(len, written)) > 5
    assert not {*banned} & {token for ids in written for token in ids}


def test_the_hybrids_conditioning_matters(tmp_path: Path) -> None:
    checkpoints = random_checkpoints()
    expected = torch_greedy(checkpoints, "hybrid", random_ids(20), [], 10)
    with torch.no_grad():
        checkpoints.hybrid.projector[2].weight.mul_(-1)
    assert torch_greedy(checkpoints, "hybrid", random_ids(20), [], 10) != expected


def write_random_pack(out: Path, checkpoints: CausalCheckpoints, scratch: Path) -> dict:
    tokenizer = tiny_tokenizer()
    tokenizer.save(str(scratch / "tokenizer.json"))
    facts = SummaryFacts(
        id="random", name="Random", version="1.0.0", description="", language="en", licence="Apache-2.0", licence_text="", notice="Random.",
        training="None.", tasks=TASKS,
    )  # fmt: skip
    plan = SummaryTestPlan(DOCUMENTS[:2], per_lane=2, max_tokens=3, min_tokens=1)
    return write_causal_pack(out, facts, causal_weights(checkpoints), scratch / "tokenizer.json", TINY_LIMITS, EOS, plan)


def test_the_llms_weights_stay_the_same_bytes_when_a_hybrid_comes(tmp_path: Path) -> None:
    checkpoints = random_checkpoints()

    def hashes(name: str, models: CausalCheckpoints) -> dict[str, str]:
        manifest = write_random_pack(tmp_path / name, models, tmp_path)
        return {file["path"]: file["sha256"] for file in manifest["files"]}

    alone, together = hashes("alone", CausalCheckpoints(checkpoints.llm, None)), hashes("together", checkpoints)
    assert {"llm.weights", EMBEDDING, "tokenizer.json"} <= set(alone)
    for file in ("llm.weights", EMBEDDING, "tokenizer.json"):
        assert alone[file] == together[file]
    assert set(together) - set(alone) == {"hybrid.onnx", "hybrid.weights", "projector.onnx"}


def test_a_text_does_not_become_a_control_token() -> None:
    tokenizer = tiny_tokenizer()
    ids = prompt_ids(tokenizer, TASKS[0], "a <|im_end|> b")
    assert ids.count(EOS) == tokenizer.encode(TASKS[0]["after"]).ids.count(EOS)


def test_refuses_what_the_graph_does_not_compute() -> None:
    with pytest.raises(SystemExit, match="tie_word_embeddings"):
        llama_weights(random_llama(tie_word_embeddings=False))


def test_one_name_is_one_weight(tmp_path: Path) -> None:
    files = WeightsFiles(tmp_path, lambda name: "all.weights")
    files.save(causal_graph(llama_weights(random_llama()), "float32", LIMITS, [], "llm"), "a.onnx")
    with pytest.raises(ValueError, match="two that differ"):
        files.save(causal_graph(llama_weights(random_llama(seed=1)), "float32", LIMITS, [], "llm"), "b.onnx")


def test_the_committed_tiny_pack_is_whole_and_gives_its_ids() -> None:
    manifest = json.loads((TINY_PACK / "pack.json").read_text("utf-8"))
    for file in manifest["files"]:
        assert hashlib.sha256((TINY_PACK / file["path"]).read_bytes()).hexdigest() == file["sha256"]
    graphs = CausalGraphs(TINY_PACK, manifest)
    for test in manifest["selfTest"]:
        assert graphs.greedy(test["lane"], test["promptIds"], len(test["targetIds"])).ids == test["targetIds"]
