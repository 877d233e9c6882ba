import itertools
from pathlib import Path

import pytest
import torch

from tandem_training.batches import Batch, Pairs, Position
from tandem_training.hybrid import Hybrid, distillation_loss, freeze, new_projector, read_hybrid, write_hybrid
from tandem_training.optimizer import optimizers_for
from tandem_training.t5 import new_t5, write_t5

VOCABULARY = 800


@pytest.fixture
def batch(pairs: Pairs) -> Batch:
    return pairs.batch(next(itertools.islice(pairs.batches(600, Position()), 3, None))[0])


def new_hybrid(conditioning: str) -> Hybrid:
    torch.manual_seed(0)
    llm = freeze(new_t5(VOCABULARY, 64, 128, 1, 2, 2))
    return Hybrid(llm, new_projector(64, 32), new_t5(VOCABULARY, 32, 64, 1, 1, 1).train(), conditioning)


def train(hybrid: Hybrid, batch: Batch, steps: int) -> float:
    optimizers = optimizers_for([hybrid.slm, hybrid.projector], 2e-2, 2e-2)
    for _ in range(steps):
        loss = distillation_loss(hybrid(batch.source, batch.target), None, batch.target, 0)
        loss.backward()
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad()
    return loss.item()


@pytest.mark.parametrize("conditioning", ["add", "replace"])
def test_only_slm_and_projector_move_and_z_reaches_the_slm(batch: Batch, conditioning: str):
    hybrid = new_hybrid(conditioning)
    before = {name: weight.clone() for name, weight in hybrid.state_dict().items()}
    trained = train(hybrid, batch, 60)
    for name, weight in hybrid.state_dict().items():
        assert torch.equal(weight, before[name]) == name.startswith("llm."), name
    z = hybrid.conditions(batch.source)
    shuffled = z[torch.randperm(len(z))]
    logits = hybrid.slm(**hybrid.prompt(batch.source, shuffled), labels=batch.target).logits
    assert distillation_loss(logits, None, batch.target, 0).item() > trained + 0.1


def test_replacing_ignores_the_prompt_embeddings_and_adding_does_not(batch: Batch):
    for conditioning, same in (("replace", True), ("add", False)):
        hybrid = new_hybrid(conditioning)
        z = hybrid.conditions(batch.source)
        other = batch.source.where(batch.source == 0, 5)
        embeddings = [hybrid.prompt(source, z)["inputs_embeds"] for source in (batch.source, other)]
        assert torch.equal(*embeddings) == same


def test_a_written_hybrid_reads_back_the_same(tmp_path: Path, data: Path, batch: Batch):
    hybrid = new_hybrid("add")
    write_t5(hybrid.llm, data / "tokenizer.json", tmp_path / "llm")
    write_hybrid(hybrid, data / "tokenizer.json", tmp_path / "hybrid")
    again = read_hybrid(tmp_path / "llm", tmp_path / "hybrid")
    hybrid.slm.eval(), again.slm.eval()
    with torch.no_grad():
        assert torch.allclose(hybrid(*batch), again(*batch), atol=1e-5)


def test_distilling_pulls_towards_the_teacher():
    target = torch.tensor([[3, 1]])
    teacher = torch.zeros(1, 2, 5)
    teacher[..., 4] = 5
    like_teacher, like_target = teacher.clone(), torch.nn.functional.one_hot(target, 5) * 5.0
    assert distillation_loss(like_teacher, teacher, target, 1.0).item() == pytest.approx(0, abs=1e-5)
    assert distillation_loss(like_target, teacher, target, 1.0) > distillation_loss(like_target, teacher, target, 0.0)
