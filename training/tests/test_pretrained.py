"""Any Hugging Face pair: small random checkpoints in the hub's own layout, written by transformers."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import sentencepiece
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from tokenizers.decoders import ByteLevel
from transformers import (
    AutoConfig, AutoModelForCausalLM, AutoModelForSeq2SeqLM, MT5Config, PreTrainedTokenizerFast, T5Config, UMT5Config,
)  # fmt: skip

from tandem_training.batches import Batch, Pairs
from tandem_training.checkpoints import read_checkpoints
from tandem_training.corpora import read_rows
from tandem_training.encode import encode_pairs
from tandem_training.hybrid import Hybrid, distillation_loss, freeze, new_projector, read_hybrid, write_hybrid
from tandem_training.optimizer import optimizers_for
from tandem_training.pretrained import Vocabulary, eos_of, read_llm, read_slm, read_tokenizer
from tandem_training.slm import target_logits, width_of

TRAINING = Path(__file__).resolve().parents[1]
T5_SIZES = {"d_model": 32, "d_kv": 16, "d_ff": 64, "num_layers": 1, "num_heads": 2, "decoder_start_token_id": 0, "dropout_rate": 0.0}
CAUSAL_SIZES = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2, "num_key_value_heads": 1}
GPT2_SIZES = {"n_embd": 32, "n_layer": 1, "n_head": 2, "n_positions": 128, "resid_pdrop": 0.0, "embd_pdrop": 0.0, "attn_pdrop": 0.0}


@pytest.fixture(scope="module")
def hub(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders as the hub has them: a T5 with spiece.model alone, as the oldest have; the others with tokenizer.json."""
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("hub")
    sentences = [text for row in read_rows(data / "train.tsv") for text in row[3:]]
    (folder / "t5").mkdir()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences), model_prefix=str(folder / "t5" / "spiece"), vocab_size=500, pad_id=0, eos_id=1, unk_id=2, bos_id=-1,
        minloglevel=2,
    )  # fmt: skip
    (folder / "t5" / "spiece.vocab").unlink()
    bytes_tokenizer = Tokenizer(models.BPE())
    bytes_tokenizer.pre_tokenizer, bytes_tokenizer.decoder = pre_tokenizers.ByteLevel(add_prefix_space=False), ByteLevel()
    bytes_tokenizer.train_from_iterator(sentences, trainers.BpeTrainer(vocab_size=400, special_tokens=["!", "<|endoftext|>"], show_progress=False))
    configs = {
        "t5": T5Config(vocab_size=640, feed_forward_proj="gated-gelu", tie_word_embeddings=False, **T5_SIZES),
        "mt5": MT5Config(vocab_size=800, **T5_SIZES),
        "umt5": UMT5Config(vocab_size=800, **T5_SIZES),
        "gpt2": AutoConfig.for_model("gpt2", vocab_size=400, bos_token_id=1, eos_token_id=1, **GPT2_SIZES),
        **{
            kind: AutoConfig.for_model(kind, vocab_size=400, bos_token_id=1, eos_token_id=1, **CAUSAL_SIZES) for kind in ("llama", "mistral", "qwen2")
        },
    }
    for name, config in configs.items():
        kind = AutoModelForSeq2SeqLM if config.is_encoder_decoder else AutoModelForCausalLM
        kind.from_config(config).save_pretrained(folder / name)
        if name in ("mt5", "umt5"):
            Tokenizer.from_file(str(data / "tokenizer.json")).save(str(folder / name / "tokenizer.json"))
        elif name != "t5":
            PreTrainedTokenizerFast(tokenizer_object=bytes_tokenizer, eos_token="<|endoftext|>").save_pretrained(folder / name)
    return folder


def pair_of(hub: Path, data: Path, out: Path, llm: str, slm: str, conditioning: str = "add") -> tuple[Vocabulary, Hybrid, Batch]:
    torch.manual_seed(0)
    vocabulary = Vocabulary(read_tokenizer(hub / llm), read_tokenizer(hub / slm), eos_of(hub / slm))
    rows = read_rows(data / "train.tsv")
    encode_pairs(vocabulary, [f"translate: {row[3]}" for row in rows], [row[4] for row in rows], [1.0] * len(rows), out / "train.npz")
    pairs = Pairs(out / "train.npz", max_tokens=48)
    batch = pairs.batch(np.argsort(pairs.source_lengths + pairs.target_lengths)[100:124])
    large, small = freeze(read_llm(hub / llm)), read_slm(hub / slm)
    reader = torch.nn.Linear(32, 32) if conditioning == "add" and not vocabulary.is_shared else None
    return vocabulary, Hybrid(large, new_projector(32, width_of(small)), small.train(), conditioning, reader), batch


@pytest.mark.parametrize(
    ("llm", "slm", "conditioning"),
    [
        ("t5", "mt5", "add"),
        ("t5", "gpt2", "add"),
        ("t5", "gpt2", "replace"),
        ("mt5", "llama", "add"),
        ("mt5", "mistral", "replace"),
        ("umt5", "qwen2", "add"),
        ("umt5", "mt5", "add"),
        ("mt5", "t5", "replace"),
    ],
)
def test_training_moves_all_but_the_llm_and_the_slm_lives_on_its_states(hub: Path, data: Path, tmp_path: Path, llm: str, slm: str, conditioning: str):
    vocabulary, hybrid, batch = pair_of(hub, data, tmp_path, llm, slm, conditioning)
    assert vocabulary.is_shared == ({llm, slm} == {"umt5", "mt5"})
    before = {name: weight.clone() for name, weight in hybrid.state_dict().items()}
    optimizers = optimizers_for(hybrid.trained, 2e-2, 2e-2)
    losses = []
    for _ in range(60):
        loss = distillation_loss(hybrid(batch.source, batch.target), None, batch.target, 0)
        loss.backward()
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad()
        losses.append(loss.item())
    assert losses[-1] < losses[0] - 1
    after = hybrid.state_dict()
    assert all(torch.equal(weight, before[name]) for name, weight in after.items() if name.startswith("llm."))
    for part in ("projector.0.weight", "projector.2.weight", *(["reader.weight"] if hybrid.reader else [])):
        assert not torch.equal(after[part], before[part]), part

    z = hybrid.conditions(batch.source)
    shuffled = target_logits(hybrid.slm, batch.target, **hybrid.prompt(batch.source, z.roll(1, dims=0)))
    assert distillation_loss(shuffled, None, batch.target, 0).item() > losses[-1] + 0.1


def test_a_causal_slm_writes_what_its_logits_say_whatever_the_padding(hub: Path, data: Path, tmp_path: Path):
    """Greedy ids of a padded batch, of each row alone, and the best of the teacher-forced logits over them are the same."""
    for slm in ("gpt2", "llama"):
        _, hybrid, batch = pair_of(hub, data, tmp_path, "t5", slm)
        hybrid.eval()
        lengths = (batch.source != 0).sum(1)
        rows = [row[: n - 2 * k] for k, (row, n) in enumerate(zip(batch.source[:3], lengths, strict=False))]
        source = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)
        with torch.no_grad(), torch.autocast("cpu", enabled=False):
            together = hybrid.generate(source, 6)
            for row, written in zip(source, together, strict=True):
                alone = hybrid.generate(row[row != 0][None], 6)
                assert alone[0].tolist() == written.tolist()[: alone.shape[1]]
            z = hybrid.conditions(source)
            best = target_logits(hybrid.slm, together, **hybrid.prompt(source, z)).argmax(-1)
        assert (best == together).float().mean() > 0.9  # generating runs in bfloat16


def test_a_pair_with_two_tokenizers_reads_back_the_same_and_is_no_pack(hub: Path, data: Path, tmp_path: Path):
    _, hybrid, batch = pair_of(hub, data, tmp_path, "t5", "gpt2")
    write_hybrid(hybrid, hub / "gpt2" / "tokenizer.json", tmp_path / "hybrid", separate=True)
    again = read_hybrid(hub / "t5", tmp_path / "hybrid")
    hybrid.eval(), again.eval()
    with torch.no_grad():
        assert torch.allclose(hybrid(*batch), again(*batch), atol=1e-5)
    with pytest.raises(SystemExit, match="is of type gpt2; a pack holds t5 or mt5 models, all with one tokenizer"):
        read_checkpoints(hub / "t5", tmp_path / "hybrid", None)
    facts = json.loads((tmp_path / "hybrid" / "hybrid.json").read_text())
    assert facts["tokenizers"] == "separate"


def test_a_folder_of_another_kind_is_refused(hub: Path, tmp_path: Path):
    with pytest.raises(SystemExit, match="is of type gpt2; an LLM is T5-like"):
        read_llm(hub / "gpt2")
    with pytest.raises(SystemExit, match="expected a folder with config.json"):
        read_slm(tmp_path)
    (tmp_path / "config.json").write_text('{"model_type": "bert"}')
    with pytest.raises(SystemExit, match="is of type bert; an SLM is T5-like or causal"):
        read_slm(tmp_path)


def run(*command: object, succeeds: bool = True) -> str:
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(TRAINING), "OMP_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, "-m", *map(str, command)], env=environment, capture_output=True, text=True)
    assert (done.returncode == 0) == succeeds, done.stderr
    return done.stdout + done.stderr


def test_the_commands_take_a_data_set_and_a_pair_of_the_hub(hub: Path, data: Path, tmp_path: Path):
    """From a folder of the `datasets` library to a trained hybrid, two workers; what cannot be is refused by name."""
    import datasets

    rows = [row for row in read_rows(data / "train.tsv") if row[0] == "de"]
    translations = datasets.Dataset.from_dict({"translation": [{"en": row[3], "de": row[4]} for row in rows]})
    datasets.DatasetDict({"train": translations}).save_to_disk(str(tmp_path / "set"))
    run("tandem_training.dataset_rows", "--dataset", tmp_path / "set", "--target", "de", "--task", "translate English to German:", "--out", tmp_path)
    written = {row[3]: row[4] for split in ("train", "dev", "test") for row in read_rows(tmp_path / f"{split}.tsv")}
    assert written == {row[3]: written[row[3]] for row in rows} and len(written) > 0.9 * len({row[3] for row in rows})
    pair = ("--llm", hub / "t5", "--slm", hub / "gpt2")
    run("tandem_training.encode", "--rows", tmp_path / "train.tsv", *pair, "--out", tmp_path / "train.npz")
    training = (
        *pair, "--run", tmp_path / "run", "--pairs", tmp_path / "train.npz", "--dev", tmp_path / "dev-sample.tsv", "--deadline", time.time() + 300,
        "--decay-minutes", 1, "--batch-tokens", 300, "--max-tokens", 40, "--max-steps", 3, "--evaluate-pairs", 1, "--threads", 1,
    )  # fmt: skip
    run("torch.distributed.run", "--standalone", "--nproc-per-node", 2, "-m", "--", "tandem_training.hybrid", *training)
    assert read_hybrid(hub / "t5", tmp_path / "run" / "hybrid").slm.config.model_type == "gpt2"
    assert set(load_file(tmp_path / "run" / "hybrid" / "reader.safetensors")) == {"weight", "bias"}
    assert read_tokenizer(tmp_path / "run" / "hybrid" / "slm").get_vocab() == read_tokenizer(hub / "gpt2").get_vocab()
    assert "--kl-share above 0 needs one tokenizer" in run("tandem_training.hybrid", *training, "--kl-share", 0.5, succeeds=False)
