"""Documents with summaries + a frozen decoder-only LLM → what its hybrid learns from. Writes examples.npz, states.f16 and finals.f16 into <out>.

The LLM reads each document once. After it come the instructions: of the length that the document's own summary has, and, for the shares
--short and --long of the documents, of such a summary that the LLM then writes itself, greedily. Of every prompt token the hidden states after the first --llm-layers layers are kept,
and of every token what the head reads; shapes and order as summary_examples.py says. Resumable: documents that the folder holds are not read again. Ends at --deadline.
"""

import argparse
import fcntl
import time
from pathlib import Path

import numpy as np
import torch
from transformers import LlamaForCausalLM

from tandem_training.causal_hybrid import read_causal_llm
from tandem_training.causal_writing import read, without_loop, write
from tandem_training.corpora import read_rows
from tandem_training.sources import summary_source_of
from tandem_training.summary_examples import laid_out
from tandem_training.summary_prompts import PROMPTS, PromptTokenizer, SummaryPrompt, read_prompts
from tandem_training.whole import whole_file
from tandem_training.workers import Workers

SAVE_EVERY_S = 60
SHORT_WORDS = 14  # a summary of more words is no headline
LONG_WORDS = 90


def length_of(summary: str) -> str:
    """Which length a summary from the corpora is an example of."""
    words = len(summary.split())
    return "headline" if words <= SHORT_WORDS else "short" if words <= LONG_WORDS else "long"


class Store:
    """The folder: examples are added, and kept whole every minute."""

    def __init__(self, folder: Path, d_llm: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.index, self.d_llm = folder / "examples.npz", d_llm
        self.files = [(folder / name).open("ab") for name in ("states.f16", "finals.f16")]
        try:
            fcntl.flock(self.files[0], fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(f"{folder} is being written by another process; wait for its end, or name another folder") from None
        self.parts: dict[str, list[np.ndarray]] = {name: [] for name in ("tokens", "segments", "is_target")}
        self.rows: list[int] = []
        self.lengths: list[int] = []
        self.states: list[int] = []
        if self.index.exists():
            with np.load(self.index) as file:
                self.parts = {name: [file[name]] for name in self.parts}
                self.rows = file["rows"].tolist()
                self.lengths, self.states = np.diff(file["starts"]).tolist(), np.diff(file["state_starts"]).tolist()
        # What an interrupted run wrote after the index belongs to no example.
        for file, count in zip(self.files, (sum(self.states), sum(self.lengths)), strict=True):
            file.truncate(2 * d_llm * count)
        self.saved = time.time()

    def add(self, row: int, segments: list[tuple[list[int], list[int]]], states: np.ndarray, finals: np.ndarray) -> None:
        """`segments`: of each the prompt's ids and the summary's. float16 [tokens, d_llm]; of the states those of prompt tokens are kept."""
        is_prompt = np.concatenate([np.repeat([True, False], [len(prompt), len(target)]) for prompt, target in segments])
        for number, (prompt, target) in enumerate(segments):
            self.parts["tokens"].append(np.array([*prompt, *target], np.uint16))
            self.parts["segments"].append(np.full(len(prompt) + len(target), number, np.uint8))
            self.parts["is_target"].append(np.repeat([False, True], [len(prompt), len(target)]))
        for file, array in zip(self.files, (states[is_prompt], finals), strict=True):
            file.write(np.ascontiguousarray(array, np.float16).tobytes())
        self.rows.append(row)
        self.lengths.append(sum(len(prompt) + len(target) for prompt, target in segments))
        self.states.append(int(is_prompt.sum()))

    def save(self) -> None:
        for file in self.files:
            file.flush()
        arrays = {name: np.concatenate(parts) for name, parts in self.parts.items()}
        self.parts = {name: [array] for name, array in arrays.items()}
        with whole_file(self.index) as partial:
            np.savez(
                partial, **arrays, starts=np.cumsum([0, *self.lengths]), state_starts=np.cumsum([0, *self.states]), d_llm=self.d_llm,
                rows=np.array(self.rows, np.int64),
            )  # fmt: skip
        self.saved = time.time()

    def close(self) -> None:
        for file in self.files:
            file.close()


class Reader:
    def __init__(self, llm: LlamaForCausalLM, llm_layers: int, tokenizer: PromptTokenizer, prompts: dict[tuple[str, str], SummaryPrompt]) -> None:
        self.llm, self.llm_layers, self.tokenizer, self.prompts = llm, llm_layers, tokenizer, prompts

    def documents(self, texts: list[str]) -> list[list[int]]:
        return [self.tokenizer.document(self.prompts["short", "paragraph"], text) for text in texts]

    def written(self, documents: list[list[int]], lengths: list[str]) -> dict[str, list[list[int]]]:
        """What the LLM writes of each document at each length; empty where it did not come to an end or repeated itself."""
        reading = read(self.llm, documents) if lengths else None
        summaries = {}
        for length in lengths:
            prompt = self.prompts[length, "paragraph"]
            rows = write(self.llm, reading, self.tokenizer.instruction(prompt), prompt.max_tokens)
            summaries[length] = [row if 0 < len(row) < prompt.max_tokens and without_loop(row) == row else [] for row in rows]
        return summaries

    @torch.no_grad()
    def states(self, rows: list[list[list[int]]]) -> list[tuple[np.ndarray, np.ndarray]]:
        """`rows`: of each document its segments' ids. Of each, float16 [tokens, d_llm]: after the first layers, and what the head reads."""
        segments = [np.repeat(np.arange(len(row), dtype=np.uint8), [len(ids) for ids in row]) for row in rows]
        positions, sees = laid_out(segments)
        ids = torch.zeros_like(positions)
        for place, row in enumerate(rows):
            flat = [token for part in row for token in part]
            ids[place, : len(flat)] = torch.tensor(flat)
        device = self.llm.device
        hidden = self.llm.model(
            input_ids=ids.to(device), attention_mask=sees.to(device), position_ids=positions.clamp(min=0).to(device), use_cache=False,
            output_hidden_states=True,
        ).hidden_states  # fmt: skip
        kept = [hidden[layer].to("cpu", torch.float16).numpy() for layer in (self.llm_layers, -1)]
        return [tuple(states[place, : len(own)] for states in kept) for place, own in enumerate(segments)]


def chosen(rows: list[tuple[str, ...]], sources: set[str], max_characters: int) -> list[int]:
    """Lines of the rows whose source is wanted (all, where none is named) and whose document is short enough, drawn by their sources' weights:
    of any beginning of the list, each source has its share. The same on every machine."""
    lines = [line for line, row in enumerate(rows) if (not sources or row[2] in sources) and len(row[3]) <= max_characters]
    weights = np.array([summary_source_of(rows[line][2]).weight for line in lines])
    # Efraimidis and Spirakis: the largest of u^(1/w) are a weighted sample.
    return [lines[i] for i in np.argsort(-np.log(np.random.default_rng(0).random(len(lines))) / weights)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=Path, required=True, help="train.tsv or dev.tsv of the corpora step")
    parser.add_argument("--llm", type=Path, required=True, help="folder of the from_gguf step")
    parser.add_argument("--prompts", type=Path, default=PROMPTS)
    parser.add_argument("--llm-layers", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--deadline", type=float, required=True, help="Unix time at which reading ends")
    parser.add_argument("--limit", type=int, default=10**9, help="documents")
    parser.add_argument("--max-characters", type=int, default=1000, help="of a document")
    parser.add_argument("--short", type=float, default=0.0, help="share of the documents of which the LLM writes a short summary")
    parser.add_argument("--long", type=float, default=0.0, help="share of the documents of which the LLM writes a long summary")
    parser.add_argument("--sources", nargs="*", default=[], help="of the rows; all where none is named")
    parser.add_argument("--batch", type=int, default=8, help="documents")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    llm = read_causal_llm(arguments.llm).to(Workers().device(), torch.bfloat16)
    reader = Reader(llm, arguments.llm_layers, PromptTokenizer(arguments.llm), read_prompts(arguments.prompts))
    store = Store(arguments.out, llm.config.hidden_size)
    rows = read_rows(arguments.rows)
    order = chosen(rows, set(arguments.sources), arguments.max_characters)
    done = set(store.rows)
    missing = [line for line in order[: arguments.limit] if line not in done]
    shares = {"short": arguments.short, "long": arguments.long}
    began, number = time.time(), 0
    # Neighbours in length share a batch, without the short ones all coming first.
    for start in range(0, len(missing), 16 * arguments.batch):
        window = sorted(missing[start : start + 16 * arguments.batch], key=lambda line: len(rows[line][3]))
        batches = [window[i : i + arguments.batch] for i in range(0, len(window), arguments.batch)]
        np.random.default_rng(start).shuffle(order_of := np.arange(len(batches)))
        for lines in (batches[i] for i in order_of):
            if time.time() > arguments.deadline:
                break
            number += len(lines)
            random = np.random.default_rng(lines[0])
            read_batch(reader, store, rows, lines, [length for length, share in shares.items() if random.random() < share])
            if time.time() - store.saved > SAVE_EVERY_S:
                store.save()
                print(f"states: {len(store.rows)} documents, {number / (time.time() - began):.2f} a second", flush=True)
    if not store.rows:
        raise SystemExit("no document was read before the deadline; give the step more time")
    store.save()
    store.close()
    print(f"states: {len(store.rows)} documents, {sum(store.states)} states, {sum(store.lengths) - sum(store.states)} summary tokens", flush=True)


def read_batch(reader: Reader, store: Store, rows: list[tuple[str, ...]], lines: list[int], written_lengths: list[str]) -> None:
    documents = reader.documents([rows[line][3] for line in lines])
    summaries: list[list[tuple[str, list[int]]]] = [[(length_of(rows[line][4]), reader.tokenizer.written(rows[line][4]))] for line in lines]
    for length, texts in reader.written(documents, written_lengths).items():
        for own, written in zip(summaries, texts, strict=True):
            if written:
                own.append((length, written))
    instructions = [[reader.tokenizer.instruction(reader.prompts[length, "paragraph"]) for length, _ in own] for own in summaries]
    eos = reader.llm.config.eos_token_id
    segments = [
        [(document, []), *((ids, [*written, eos]) for ids, (_, written) in zip(asked, own, strict=True))]
        for document, own, asked in zip(documents, summaries, instructions, strict=True)
    ]
    read_states = reader.states([[[*prompt, *target] for prompt, target in own] for own in segments])
    for line, own, (states, finals) in zip(lines, segments, read_states, strict=True):
        store.add(line, own, states, finals)


if __name__ == "__main__":
    main()
