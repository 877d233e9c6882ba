"""A pack's self-test: sentences with the ids that its own graphs give, so that a changed file or engine shows.

Different processors round int8 sums differently, so only sentences whose every step is decided clearly are kept.
"""

from dataclasses import dataclass

from tokenizers import Tokenizer

from tandem_training.onnx_decode import PackGraphs

# Log-probability of the best token minus that of the second best, at the closest step of the sentence.
CLEAR_MARGIN = 0.2
SENTENCES = {
    "en": [
        "Hello!", "Thank you very much.", "Where is the station?", "I don't know.", "The file could not be opened.",
        "My brother lives in Berlin.", "We have two dogs and a cat.", "She is reading a book.", "Tom is at home.",
        "What time is it?", "I am tired.", "The new version is available.",
    ],
    "de": [
        "Hallo!", "Vielen Dank.", "Wo ist der Bahnhof?", "Ich weiß es nicht.", "Die Datei konnte nicht geöffnet werden.",
        "Mein Bruder wohnt in Berlin.", "Sie liest ein Buch.", "Tom ist zu Hause.", "Wie spät ist es?", "Ich bin müde.",
    ],
    "fr": [
        "Bonjour !", "Merci beaucoup.", "Où est la gare ?", "Je ne sais pas.", "Le fichier n'a pas pu être ouvert.",
        "Mon frère habite à Berlin.", "Elle lit un livre.", "Tom est à la maison.", "Quelle heure est-il ?", "Je suis fatigué.",
    ],
}  # fmt: skip


@dataclass(frozen=True)
class SelfTestPlan:
    sentences: dict[str, list[str]]  # by source language
    per_task: int  # kept for each lane and task: those with the clearest decisions


DEFAULT_PLAN = SelfTestPlan(SENTENCES, per_task=2)


def self_tests(graphs: PackGraphs, tokenizer: Tokenizer, plan: SelfTestPlan) -> list[dict]:
    """The manifest's `selfTest`."""
    tests = []
    for lane in graphs.manifest["lanes"]:
        for task in graphs.manifest["tasks"]:
            clear = _clear_tests(graphs, tokenizer, lane, task, plan.sentences.get(task["from"], []))
            tests += clear[: plan.per_task]
    return tests


def _clear_tests(graphs: PackGraphs, tokenizer: Tokenizer, lane: str, task: dict, sentences: list[str]) -> list[dict]:
    clear = []
    for text in sentences:
        source_ids = tokenizer.encode(task["prefix"] + text).ids
        generation = graphs.greedy(lane, source_ids, max_tokens=4 * len(source_ids) + 16)
        margin = min(generation.margins)
        if generation.finished and generation.ids and margin >= CLEAR_MARGIN:
            test = {
                "lane": lane, "from": task["from"], "to": task["to"], "text": text, "sourceIds": source_ids,
                "targetIds": generation.ids, "targetText": tokenizer.decode(generation.ids),
            }  # fmt: skip
            clear.append((margin, test))
    clear.sort(key=lambda pair: -pair[0])
    return [test for _, test in clear]
