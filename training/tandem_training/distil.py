"""Step 5a. Training pairs + the LLM → pairs whose targets the LLM wrote: sequence-level distillation (Kim and Rush 2016).

Sources are drawn in proportion to their weight, decoded in batches of similar length, and kept when the output is a sentence one would learn from.
With --beam the search's several outputs compete: the one nearest the reference is taken ("interpolation", section 3.3 there), so that what is learnt
is plain enough for a small decoder and yet what the reference says.
Writes an .npz like the encode step's, every weight 1. What is decoded lies in <out>.shards/ at once: after a stop, at any point, the same command goes
on, and with a later --deadline or a larger --limit it adds to what is there. Shards of another LLM, of another search or of other pairs are refused.
"""

import argparse
import collections
import hashlib
import signal
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from transformers import PreTrainedModel

from tandem_training.batches import Pairs
from tandem_training.encode import write_pairs
from tandem_training.pretrained import Vocabulary, eos_of, read_llm, read_tokenizer
from tandem_training.t5 import generate_greedily
from tandem_training.tokenizer import EOS, PAD
from tandem_training.whole import whole_file
from tandem_training.workers import Workers

WINDOW_PAIRS = 4_000  # sorted by length, so that a batch has little padding
SHARD_SECONDS = 60
MAX_RATIO, FORGIVEN_TOKENS = 2.2, 8  # of the longer to the shorter of output and reference
LOOP_TOKENS, LOOP_TIMES = 4, 3  # a stretch of so many tokens, so many times


Write = Callable[[torch.Tensor, int], list[list[list[int]]]]  # source [n, length], most new tokens → each sentence's outputs, likeliest first


def drawn(pairs: Pairs, limit: int) -> np.ndarray:
    """Indices of `limit` different pairs, likelier with more weight; a larger limit begins with the same ones."""
    waits = np.random.default_rng(0).exponential(size=len(pairs.usable)) / pairs.weights
    return pairs.usable[np.argsort(waits)[:limit]]


def batches_of(pairs: Pairs, indices: np.ndarray, tokens: int) -> list[np.ndarray]:
    """At most `tokens` source tokens a batch, padding included; windows in order, the batches of a window shuffled."""
    batches = []
    for start in range(0, len(indices), WINDOW_PAIRS):
        window = indices[start : start + WINDOW_PAIRS]
        window = window[np.argsort(pairs.source_lengths[window], kind="stable")]
        cuts, first = [], 0
        for end in range(1, len(window) + 1):
            if end == len(window) or pairs.source_lengths[window[end]] * (end + 1 - first) > tokens:
                cuts.append(window[first:end])
                first = end
        np.random.default_rng(start).shuffle(order := np.arange(len(cuts)))
        batches += [cuts[i] for i in order]
    return batches


def refusal(source: list[int], output: list[int], reference: list[int], codes: frozenset[int]) -> str | None:
    """Why an output is not worth learning from, or None. Source and reference as in the .npz; the output ends in EOS if it ended."""
    if not output or output[-1] != EOS:
        return "unfinished"
    source, output, reference = source[1:-1], output[:-1], reference[:-1]
    if not output:
        return "empty"
    longer, shorter = max(len(reference), len(output)), min(len(reference), len(output))
    if longer + FORGIVEN_TOKENS > MAX_RATIO * (shorter + FORGIVEN_TOKENS):
        return "ratio"
    if sorted(i for i in source if i in codes) != sorted(i for i in output if i in codes):
        return "codes"
    if loops(output) and not loops(source):
        return "loop"
    return "copy" if output == source != reference else None


def nearest(outputs: list[list[int]], source: list[int], reference: list[int], codes: frozenset[int]) -> list[int]:
    """Of the outputs that are worth learning from the one most like the reference, the likelier of two as like; without any, the likeliest."""
    usable = [output for output in outputs if refusal(source, output, reference, codes) is None]
    return max(usable, key=lambda output: likeness(output, reference)) if len(usable) > 1 else (usable or outputs)[0]


def likeness(one: list[int], other: list[int]) -> float:
    """F1 of their n-grams, mean over n from 1 to 4: 1 where they are the same."""
    scores = []
    for n in range(1, 5):
        grams = [collections.Counter(tuple(ids[i : i + n]) for i in range(len(ids) - n + 1)) for ids in (one, other)]
        if total := sum(grams[0].values()) + sum(grams[1].values()):
            scores.append(2 * (grams[0] & grams[1]).total() / total)
    return sum(scores) / max(1, len(scores))


def loops(ids: list[int]) -> bool:
    stretches = collections.Counter(tuple(ids[i : i + LOOP_TOKENS]) for i in range(len(ids) - LOOP_TOKENS + 1))
    return max(stretches.values(), default=0) >= LOOP_TIMES


def origin(llm: PreTrainedModel, pairs: Pairs, beam: int | None = None) -> str:
    """Tells LLMs, pairs and widths of the beam apart."""
    digest = hashlib.blake2b(digest_size=16)
    for parameter in llm.parameters():
        digest.update(parameter.detach().cpu().view(torch.int16).numpy().tobytes())
    for array in (pairs.source_tokens, pairs.source_starts):
        digest.update(array.tobytes())
    if beam:
        digest.update(f"nearest of {beam}".encode())
    return digest.hexdigest()


class Shards:
    """What is decoded so far: files of (pair, output) that one worker wrote, read by all."""

    def __init__(self, folder: Path, rank: int) -> None:
        self.folder, self.rank = folder, rank
        folder.mkdir(parents=True, exist_ok=True)
        for leftover in folder.glob(f"*-{rank}.partial.npz"):
            leftover.unlink()

    def belong_to(self, made_by: str) -> None:
        """Refuses to go on with what something else wrote."""
        record = self.folder / "origin.txt"
        if not record.exists():
            record.write_text(made_by)
        elif record.read_text() != made_by:
            raise SystemExit(f"{self.folder} was written by another LLM, another search or from other pairs; delete it, or choose another --out")

    def write(self, outputs: dict[int, list[int]]) -> None:
        if not outputs:
            return
        starts = np.cumsum([0, *map(len, outputs.values())])
        number = 1 + max((int(path.stem.split("-")[0]) for path in self.folder.glob("*.npz")), default=-1)
        shard = self.folder / f"{number:05}-{self.rank}.npz"
        with whole_file(shard) as partial:
            np.savez(partial, pairs=np.array(list(outputs), np.int64), tokens=np.concatenate(list(outputs.values())).astype(np.uint32), starts=starts)

    def read(self) -> dict[int, list[int]]:
        """A damaged shard is put aside and its pairs are decoded again."""
        outputs: dict[int, list[int]] = {}
        for path in sorted(self.folder.glob("*.npz")):
            if ".partial" in path.name:
                continue
            try:
                with np.load(path) as shard:
                    pairs, tokens, starts = shard["pairs"].tolist(), shard["tokens"].tolist(), shard["starts"].tolist()
            except Exception as error:  # zip, zlib and NumPy each have their own
                path.rename(path.with_suffix(".damaged"))
                print(f"distil: {path} is damaged ({error}); its pairs are decoded again", flush=True)
                continue
            outputs |= {pair: tokens[a:b] for pair, a, b in zip(pairs, starts, starts[1:], strict=False)}
        return outputs


def decode(
    write: Write, pairs: Pairs, batches: list[np.ndarray], codes: frozenset[int], shards: Shards, deadline: float, device: torch.device,
    stopped: list[bool],
) -> None:  # fmt: skip
    """Until the deadline or a signal; every SHARD_SECONDS, and at the end, what is new is on disk."""
    outputs: dict[int, list[int]] = {}
    began = written = time.time()
    sentences = tokens = 0
    for number, batch in enumerate(batches):
        if time.time() >= deadline or stopped:
            break
        source = pairs.batch(batch).source.to(device)
        for index, rows in zip(batch.tolist(), write(source, int(1.5 * source.shape[1]) + 10), strict=True):
            outputs[index] = nearest(rows, *pairs.pair(index), codes)
            tokens += len(outputs[index])
        sentences += len(batch)
        now = time.time()
        if now - written > SHARD_SECONDS:
            shards.write(outputs)
            outputs, written = {}, now
            seconds = now - began
            print(f"distil: batch {number + 1} of {len(batches)}, {sentences / seconds:.1f} sentences/s, {tokens / seconds:.0f} tok/s", flush=True)
    shards.write(outputs)


def distilled(pairs: Pairs, outputs: dict[int, list[int]], vocabulary: Vocabulary) -> tuple[dict[str, np.ndarray], collections.Counter[str]]:
    """The arrays of the .npz, and how many outputs were refused for which reason."""
    refused: collections.Counter[str] = collections.Counter()
    sources, targets, codes = [], [], frozenset(vocabulary.codes)
    for index, output in sorted(outputs.items()):
        source, reference = pairs.pair(index)
        reason = refusal(source, output, reference, codes)
        if reason:
            refused[reason] += 1
            continue
        sources.append(source)
        targets.append(output)
    if not vocabulary.is_shared:
        targets = vocabulary.target_ids([vocabulary.source.decode(target) for target in targets])
    arrays = {"weights": np.ones(len(sources), np.float32)}
    for side, sentences in (("source", sources), ("target", targets)):
        arrays[f"{side}_tokens"] = np.array([i for sentence in sentences for i in sentence], np.uint32)
        arrays[f"{side}_starts"] = np.cumsum([0, *map(len, sentences)]).astype(np.uint32)
    return arrays, refused


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--llm", required=True, help="folder or hub name")
    parser.add_argument("--slm", help="folder or hub name: what the targets are encoded for, where that is not the LLM's tokenizer")
    parser.add_argument("--pairs", type=Path, required=True, help=".npz of the encode step")
    parser.add_argument("--out", type=Path, required=True, help=".npz to write")
    parser.add_argument("--limit", type=int, required=True, help="sources to decode")
    parser.add_argument("--deadline", type=float, required=True, help="Unix time at which decoding ends")
    parser.add_argument("--max-tokens", type=int, default=96, help="longest side of a pair")
    parser.add_argument("--batch-tokens", type=int, default=2000, help="source tokens, padding included")
    parser.add_argument("--beam", type=int, help="width of a search by CTranslate2 on the CPU; without it greedy, in PyTorch")
    parser.add_argument("--threads", type=int, default=1, help="per worker; start with torchrun for several")
    arguments = parser.parse_args()
    if arguments.beam:
        from tandem_training.beam_search import beam_search, prepare_search  # a GPU's machine may lack CTranslate2
    torch.set_num_threads(arguments.threads)
    workers = Workers()
    device = workers.device()
    tokenizer = read_tokenizer(arguments.llm)
    vocabulary = Vocabulary(tokenizer, tokenizer)
    if arguments.slm:
        vocabulary = Vocabulary(tokenizer, read_tokenizer(arguments.slm), eos_of(arguments.slm))
    # Half the bytes to read a token: decoding waits for memory, not for arithmetic.
    llm = read_llm(arguments.llm).to(device, torch.bfloat16).eval().requires_grad_(False)
    pairs = Pairs(arguments.pairs, arguments.max_tokens)
    shards = Shards(arguments.out.with_suffix(".shards"), workers.rank)
    stopped: list[bool] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.append(True))

    searched = shards.folder / "ctranslate2"
    if workers.first:
        shards.belong_to(origin(llm, pairs, arguments.beam))
        if arguments.beam:
            prepare_search(read_llm(arguments.llm), tokenizer, searched)
    wanted = drawn(pairs, arguments.limit)
    done = shards.read()
    workers.wait()  # all have read before any writes
    missing = wanted[~np.isin(wanted, list(done))]
    print(f"distil: {len(wanted)} sources, {len(wanted) - len(missing)} decoded before", flush=True)
    batches = batches_of(pairs, missing, arguments.batch_tokens)[workers.rank :: workers.count]

    def greedy(source: torch.Tensor, max_new_tokens: int) -> list[list[list[int]]]:
        rows = generate_greedily(llm, max_new_tokens, input_ids=source, attention_mask=source != PAD).tolist()
        return [[row[: row.index(EOS) + 1] if EOS in row else [i for i in row if i != PAD]] for row in rows]

    write = beam_search(searched, tokenizer, arguments.beam, arguments.threads) if arguments.beam else greedy
    decode(write, pairs, batches, frozenset(vocabulary.codes), shards, arguments.deadline, device, stopped)
    workers.wait()
    if workers.first:
        arrays, refused = distilled(pairs, shards.read(), vocabulary)
        print(f"distil: refused {dict(refused)}")
        if not len(arrays["weights"]):
            raise SystemExit(f"none of {sum(refused.values())} outputs is worth learning from; train the LLM longer, or give the step more time")
        write_pairs(arguments.out, arrays)
    if stopped:
        raise SystemExit("distil: stopped by a signal; start the same command again to go on")


if __name__ == "__main__":
    main()
