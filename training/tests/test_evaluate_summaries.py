from tandem_training.evaluate_summaries import evaluate, lead, sample, table
from tandem_training.summary_states import chosen

DOCUMENT = "The package holds a parser. It reads JSON, e.g. files of settings. It has no dependencies! Version 2.0 is faster."
ROWS = [
    ("summary", "summary", "debian-descriptions", DOCUMENT, "parser of JSON"),
    ("summary", "summary", "commits-git", "A pointer was freed twice. Set it to null.", "free a pointer once"),
    ("summary", "summary", "scitldr", "We train a small model. It writes. " * 6, "A small model is trained to write what a large model has read, which costs a third of the time."),
]


def test_lead_takes_whole_sentences():
    assert lead(DOCUMENT, 1) == "The package holds a parser."
    assert lead(DOCUMENT, 3) == "The package holds a parser. It reads JSON, e.g. files of settings. It has no dependencies!"
    assert lead("no full stop", 3) == "no full stop"


def test_each_document_is_summarized_at_the_length_of_its_reference_and_scored_by_source():
    asked = []

    def summarize(lane: str, length: str, documents: list[str]) -> list[dict]:
        asked.append((lane, length, len(documents)))
        by_document = {row[3]: row[4] for row in ROWS}
        return [{"text": by_document[document] if lane == "llm" else "parser", "tokens": 4, "decodeMs": 10.0} for document in documents]

    result = evaluate(ROWS, ["llm", "hybrid"], summarize)
    assert asked == [("llm", "headline", 2), ("llm", "short", 1), ("hybrid", "headline", 2), ("hybrid", "short", 1)]
    scores = {(score["source"], score["lane"]): score for score in result["scores"]}
    assert [scores[source, "llm"]["rougeL"] for source in ("debian-descriptions", "commits", "scitldr")] == [100, 100, 100]
    assert scores["debian-descriptions", "hybrid"]["rouge1"] == 50 and scores["debian-descriptions", "hybrid"]["length"] == 0.33
    assert 0 < scores["debian-descriptions", "lead-1"]["rouge1"] < 50
    assert result["decodeMsPerToken"] == {"llm": 2.5, "hybrid": 2.5}
    assert "ROUGE-L of the hybrid, of the LLM's: debian-descriptions 50 %" in table(result, "What this is.")


def test_samples_take_the_first_of_each_source():
    rows = [ROWS[0], ROWS[1], (*ROWS[1][:2], "commits-curl", "Another change. It is small.", "small change"), ROWS[0]]
    assert sample(rows, 1) == [ROWS[0], ROWS[1]]


def test_sources_of_more_weight_are_read_first():
    rows = [("summary", "summary", source, "text", "sum") for source in ("commits-git", "scitldr") for _ in range(400)]
    first = chosen(rows, set(), 100)[:200]
    # Weights 0.15 and 4.0.
    assert sum(line >= 400 for line in first) > 180
    assert chosen(rows, {"commits-git"}, 100)[0] < 400 and chosen(rows, set(), 3) == []
