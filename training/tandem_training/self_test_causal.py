"""The self-test of a pack that summarizes: texts with the ids that its own graphs give.

Different processors round int8 sums differently, so only outputs whose every step is decided clearly are kept, as far as they are.
"""

from dataclasses import dataclass

from tokenizers import Tokenizer

from tandem_training.causal_decode import CausalGraphs
from tandem_training.self_test import CLEAR_MARGIN

DOCUMENTS = [
    "The library opens at nine on weekdays and at ten on Saturdays. It is closed on Sundays and on public holidays. Members may borrow up to "
    "six books for three weeks.",
    "Volunteers planted two hundred oak trees along the river on Saturday. The city paid for the trees, and a local school will water them "
    "during the first summer. The mayor said that the trees will keep the river bank from washing away.",
    "This package contains a small program that renames many files at once. It can replace text in file names, number files and change upper "
    "case to lower case. A dry run shows the new names before anything is changed.",
    "The new bridge was opened on Monday after four years of work. It is eight hundred metres long and carries trams, bicycles and people on "
    "foot, but no cars. About thirty thousand people are expected to cross it each day.",
    "We present a method for finding spelling errors in historical newspapers. It compares each word with a dictionary of the same century. "
    "On a collection of ten thousand pages it finds more errors than earlier methods and needs no training data.",
    "The meeting of the housing committee was moved to Thursday because the chair was ill. The committee will discuss the repair of the roof "
    "and the price of heating. Residents may send questions until Wednesday evening.",
]


@dataclass(frozen=True)
class SummaryTestPlan:
    documents: list[str]
    per_lane: int  # kept for each lane: those that go on clearly for longest
    max_tokens: int = 16
    min_tokens: int = 5


DEFAULT_SUMMARY_PLAN = SummaryTestPlan(DOCUMENTS, per_lane=4)


def prompt_ids(tokenizer: Tokenizer, task: dict, text: str) -> list[int]:
    """`before` and `after` may hold control tokens, the text does not become one."""
    plain = Tokenizer.from_str(tokenizer.to_str())
    plain.encode_special_tokens = True
    return [*tokenizer.encode(task["before"]).ids, *plain.encode(text).ids, *tokenizer.encode(task["after"]).ids]


def summary_tests(graphs: CausalGraphs, tokenizer: Tokenizer, plan: SummaryTestPlan) -> list[dict]:
    """The manifest's `selfTest`."""
    tests = []
    for lane in graphs.manifest["lanes"]:
        clear = [test for task in graphs.manifest["tasks"] for text in plan.documents
                 if (test := _clear_test(graphs, tokenizer, lane, task, text, plan)) is not None]  # fmt: skip
        clear.sort(key=lambda test: -len(test["targetIds"]))
        tests += clear[: plan.per_lane]
    return tests


def _clear_test(graphs: CausalGraphs, tokenizer: Tokenizer, lane: str, task: dict, text: str, plan: SummaryTestPlan) -> dict | None:
    ids = prompt_ids(tokenizer, task, text)
    generation = graphs.greedy(lane, ids, plan.max_tokens)
    close = [i for i, margin in enumerate(generation.margins) if margin < CLEAR_MARGIN]
    # Where it ends itself, that was a decision too; else one token less is recorded than was decided.
    target = generation.ids[: close[0] if close else None]
    if len(target) < plan.min_tokens:
        return None
    return {
        "lane": lane, "length": task["length"], "form": task["form"], "text": text, "promptIds": ids,
        "targetIds": target, "targetText": tokenizer.decode(target),
    }  # fmt: skip
