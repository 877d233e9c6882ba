"""The graphs against PyTorch, on random T5s of every shape that the export takes; and the committed tiny pack."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from tandem_training.checkpoints import Checkpoints, weights_of
from tandem_training.hybrid import Hybrid, new_projector, write_hybrid
from tandem_training.onnx_decode import PackGraphs, padding_mask
from tandem_training.pack import banned_ids, code_ids
from tandem_training.pack_graphs import EXACT, QUANTIZED, PackLimits, parameter_counts
from tandem_training.parity import TOLERANCE, agreement, write_parity_graphs
from tandem_training.t5 import write_t5
from tandem_training.tiny_sentences import SENTENCES
from tandem_training.tokenizer import EXTRA_IDS, PREFIXES, build, train_pieces
from tandem_training.torch_lanes import torch_lanes
from transformers import T5Config, T5ForConditionalGeneration
from transformers.modeling_outputs import BaseModelOutput

VOCABULARY = 160
BANNED = [0, 2, 150]
LIMITS = PackLimits(max_tokens=48, top_k=8)
VOCABULARY_OF_PACK = 400
TRAINING = Path(__file__).resolve().parents[1]
TINY_PACK = TRAINING.parent / "test" / "fixtures" / "packs" / "tiny"


def random_t5(width=64, heads=2, layers=(2, 2), feed_forward="relu", tied=True, seed=0, vocabulary=VOCABULARY) -> T5ForConditionalGeneration:
    torch.manual_seed(seed)
    config = T5Config(
        vocab_size=vocabulary, d_model=width, d_kv=16, num_heads=heads, d_ff=2 * width, num_layers=layers[0],
        num_decoder_layers=layers[1], feed_forward_proj=feed_forward, dropout_rate=0.0, decoder_start_token_id=0,
        relative_attention_max_distance=24, tie_word_embeddings=tied,
    )  # fmt: skip
    model = T5ForConditionalGeneration(config).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "relative_attention_bias" in name or "layer_norm" in name:
                parameter.normal_(1.0, 0.5)  # fresh ones would hide a misplaced bias or gain
        if not tied:
            model.lm_head.weight = torch.nn.Parameter(torch.randn_like(model.shared.weight) / width**0.5)
    return model


def random_checkpoints(conditioning="add", vocabulary=VOCABULARY, **shape) -> Checkpoints:
    llm = random_t5(vocabulary=vocabulary, **shape)
    slm = random_t5(width=32, layers=(1, 1), seed=1, vocabulary=vocabulary)
    alone = random_t5(width=32, seed=2, vocabulary=vocabulary)
    return Checkpoints(llm, Hybrid(llm, new_projector(llm.config.d_model, 32), slm, conditioning).eval(), alone)


def random_prompts(*lengths: int) -> list[list[int]]:
    generator = np.random.default_rng(0)
    return [[*generator.integers(3, VOCABULARY, length - 1).tolist(), 1] for length in lengths]


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"feed_forward": "gated-gelu", "tied": False},
        {"feed_forward": "gated-silu"},
        {"feed_forward": "gated-relu", "heads": 4, "layers": (3, 1)},
        {"width": 96, "conditioning": "replace"},
    ],
    ids=str,
)
def test_float32_graphs_equal_pytorch(tmp_path, shape):
    checkpoints = random_checkpoints(**shape)
    graphs = write_parity_graphs(tmp_path, weights_of(checkpoints), LIMITS, EXACT, BANNED)
    for lane, reference in torch_lanes(checkpoints, BANNED).items():
        found = agreement(reference, graphs, lane, random_prompts(1, 7, 40), max_tokens=30)
        assert found.max_error < TOLERANCE, lane
        assert found.same_best == 1 and found.same_greedy == 1, lane


def test_int8_graphs_stay_near_pytorch(tmp_path):
    checkpoints = random_checkpoints(feed_forward="gated-gelu")
    graphs = write_parity_graphs(tmp_path, weights_of(checkpoints), LIMITS, QUANTIZED, BANNED)
    for lane, reference in torch_lanes(checkpoints, BANNED).items():
        found = agreement(reference, graphs, lane, random_prompts(5, 12, 40), max_tokens=30)
        assert found.mean_error < 0.05 and found.same_best > 0.8, (lane, found)


def test_padded_rows_of_a_batch_read_in_runs_of_several_tokens_equal_pytorch(tmp_path):
    model = random_t5()
    graphs = write_parity_graphs(tmp_path, weights_of(Checkpoints(model, None, None)), LIMITS, EXACT, BANNED)
    prompts = random_prompts(9, 4, 6)
    ids = np.array([prompt + [0] * (9 - len(prompt)) for prompt in prompts], np.int32)
    mask = padding_mask([len(prompt) for prompt in prompts])
    decoder = graphs.decoder("llm", graphs.prefill("llm", ids, mask), mask)
    written = np.random.default_rng(1).integers(3, VOCABULARY, (3, 6))
    written[:, 0] = 0
    expected = []
    with torch.no_grad():
        for prompt, row in zip(prompts, written, strict=True):
            states = BaseModelOutput(last_hidden_state=model.encoder(input_ids=torch.tensor([prompt])).last_hidden_state)
            logits = model(encoder_outputs=states, decoder_input_ids=torch.tensor(row[None])).logits[0]
            logits[:, BANNED] -= 1e9
            expected.append(logits.log_softmax(-1).topk(LIMITS.top_k))
    for run in (range(0, 1), range(1, 4), range(4, 6)):
        step = decoder.step(written[:, run].T.astype(np.int32))
        for row in range(len(prompts)):
            np.testing.assert_array_equal(step.top_ids[:, row], expected[row].indices[run])
            np.testing.assert_allclose(step.top_logprobs[:, row], expected[row].values[run], atol=TOLERANCE)


def test_banned_tokens_never_come_up(tmp_path):
    model = random_t5()
    with torch.no_grad():
        model.shared.weight[2] = model.shared.weight[3] * 5
    graphs = write_parity_graphs(tmp_path, weights_of(Checkpoints(model, None, None)), LIMITS, QUANTIZED, BANNED)
    for prompt in random_prompts(5, 8):
        assert not set(graphs.greedy("llm", prompt).ids) & set(BANNED)


def test_a_checkpoint_survives_its_folder(tmp_path):
    """Untied heads and unscaled outputs are easily lost between save and load."""
    for name, model in {"tied": random_t5(), "untied": random_t5(tied=False)}.items():
        model.save_pretrained(tmp_path / name)
        again = T5ForConditionalGeneration.from_pretrained(tmp_path / name).eval()
        kept, back = (weights_of(Checkpoints(m, None, None)).llm for m in (model, again))
        assert (back.head is back.embedding) == (name == "tied")
        np.testing.assert_array_equal(back.head, kept.head)
        np.testing.assert_array_equal(back.decoder.final_norm, kept.decoder.final_norm)


def test_parameters_are_counted_once():
    checkpoints = random_checkpoints()
    counts = parameter_counts(weights_of(checkpoints))
    assert counts["encoder"] + counts["llm"] == sum(p.numel() for p in checkpoints.llm.parameters())
    assert counts["slm"] == sum(p.numel() for p in checkpoints.slm.parameters())
    trained = [*checkpoints.hybrid.slm.parameters(), *checkpoints.hybrid.projector.parameters()]
    assert counts["hybrid"] == sum(p.numel() for p in trained)


def test_the_tiny_pack_is_whole():
    manifest = json.loads((TINY_PACK / "pack.json").read_text("utf-8"))
    for file in manifest["files"]:
        content = (TINY_PACK / file["path"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file["bytes"], file["sha256"])
    assert {path.name for path in TINY_PACK.iterdir()} == {file["path"] for file in manifest["files"]} | {"pack.json"}
    graphs = PackGraphs(TINY_PACK, manifest)
    assert {test["lane"] for test in manifest["selfTest"]} == {"llm", "hybrid", "slm"}
    for test in manifest["selfTest"]:
        assert graphs.greedy(test["lane"], test["sourceIds"]).ids == test["targetIds"]


def test_the_export_command_writes_a_pack(tmp_path):
    texts = [text for row in SENTENCES for text in row]
    tokenizer = build(train_pieces(texts, VOCABULARY_OF_PACK - len(PREFIXES) - EXTRA_IDS))
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    checkpoints = random_checkpoints(vocabulary=VOCABULARY_OF_PACK)
    write_t5(checkpoints.llm, tmp_path / "tokenizer.json", tmp_path / "llm")
    write_hybrid(checkpoints.hybrid, tmp_path / "tokenizer.json", tmp_path / "hybrid")
    score = {"lane": "llm", "from": "en", "to": "fr", "group": "everyday", "sentences": 9, "chrf": 12.5, "bleu": 1.5}
    (tmp_path / "quality").mkdir()
    (tmp_path / "quality" / "quality.json").write_text(json.dumps({"quality": [score], "signatures": {"chrf": "a", "bleu": "b"}}))
    (tmp_path / "quality" / "quality.md").write_text("| 12.5 |\n")
    command = [
        sys.executable, "-m", "tandem_training.export", "--id", "random", "--name", "Random", "--out", tmp_path / "pack",
        "--llm", tmp_path / "llm", "--hybrid", tmp_path / "hybrid", "--quality", tmp_path / "quality", "--codes",
        "--task", "en", "fr", "translate English to French: ",
    ]  # fmt: skip
    subprocess.run(command, check=True, cwd=TRAINING, env={**os.environ, "HF_HUB_OFFLINE": "1"})
    manifest = json.loads((tmp_path / "pack" / "pack.json").read_text("utf-8"))
    assert list(manifest["lanes"]) == ["llm", "hybrid"]
    assert manifest["quality"] == [score]
    assert [task["to"] for task in manifest["tasks"]] == ["fr"]
    assert {file["path"] for file in manifest["files"]} >= {"LICENSE", "README.md", "tokenizer.json", "encoder.onnx"}
    assert "| 12.5 |" in (tmp_path / "pack" / "README.md").read_text("utf-8")
    hello = tokenizer.encode("translate English to French: Hello!").ids
    assert manifest["tokenizer"]["eosId"] == hello[-1] and hello[0] == tokenizer.token_to_id("translate English to French:")
    banned = banned_ids(tokenizer, weights_of(checkpoints))
    assert hello[0] in banned and hello[-1] not in banned
    codes = [tokenizer.token_to_id(f"<extra_id_{k}>") for k in range(EXTRA_IDS)]
    assert manifest["tokenizer"]["codeIds"] == codes == code_ids(tokenizer)
    assert set(codes) <= set(banned) and not set(codes) & set(banned_ids(tokenizer, weights_of(checkpoints), codes))
