import type { Delta } from '../../../shared/inference';
import type { Candidates, Decoder, DecodeLimits, Ending, Strategy } from './decoder';

export interface Hypothesis {
  ids: readonly number[];
  /** Sum of log-probabilities; of a finished output its mean per token, end of sentence counted. */
  score: number;
}

interface Continuation extends Hypothesis {
  /** Row it goes on from. */
  row: number;
  id: number;
}

/**
 * Beam search: keeps the `width` most probable outputs and returns the one with the best mean log-probability per token, its end of
 * sentence counted. Needs `2 * width` candidates a step (checkRequest), so that `width` remain when all the best ones end.
 * It is over when `width` outputs have ended and are all better than the best unfinished one is so far, or when none can still win.
 * (Stopping at the first `width` ends whatever their score prefers sentences broken off early.) A width of 1 is greedy.
 */
export function beam(width: number): Strategy {
  return async function* (decoder: Decoder, limits: DecodeLimits): AsyncGenerator<Delta<number[]>, Ending, undefined> {
    let shown: readonly number[] = [];
    const isOver = (finished: readonly Hypothesis[], leader: Hypothesis, length: number) =>
      cannotImprove(finished, leader, length, width) || cannotWin(finished, leader, limits.maxTokens);
    const steps = search(width, isOver, decoder, limits);
    for (;;) {
      const step = await steps.next();
      const [winner] = step.done ? step.value : [step.value];
      const delta = difference(shown, winner?.ids ?? shown);
      shown = winner?.ids ?? shown;
      if (delta) yield delta;
      if (step.done) return winner ? 'stop' : 'length';
    }
  };
}

/**
 * The `width` best outputs that one beam search finds, best first; fewer where the limit came before. Yields after each step. As `beam`, but
 * over only when `width` outputs have ended and are all better than the best unfinished one is so far.
 */
export async function* nBest(width: number, decoder: Decoder, limits: DecodeLimits): AsyncGenerator<null, Hypothesis[], undefined> {
  const steps = search(width, (finished, leader, length) => cannotImprove(finished, leader, length, width), decoder, limits);
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
    yield null;
  }
}

/** Yields after each step the best unfinished output; returns the best finished ones, best first. `length`: tokens of the leader. */
async function* search(
  width: number,
  isOver: (finished: readonly Hypothesis[], leader: Hypothesis, length: number) => boolean,
  decoder: Decoder,
  { startId, eosId, maxTokens }: DecodeLimits,
): AsyncGenerator<Hypothesis, Hypothesis[], undefined> {
  let running: Hypothesis[] = [{ ids: [], score: 0 }];
  let lastIds: readonly number[] = [startId];
  let finished: Hypothesis[] = [];
  for (let written = 0; written < maxTokens; written++) {
    const continuations = best(continuationsOf(running, await decoder.step(lastIds), decoder.topK), 2 * width);
    const next: Continuation[] = [];
    continuations.forEach((continuation, rank) => {
      if (continuation.id !== eosId) next.push(continuation);
      // An end that is not among the best `width` would not be in the beam.
      else if (rank < width) finished.push({ ids: continuation.ids, score: continuation.score / (written + 1) });
    });
    next.length = Math.min(next.length, width);
    finished = best(finished, width);
    const [leader] = next;
    if (!leader || (finished.length > 0 && isOver(finished, leader, written + 1))) return finished;
    running = next.map(({ ids, id, score }) => ({ ids: [...ids, id], score }));
    lastIds = next.map(({ id }) => id);
    const [leading] = running;
    if (leading) yield leading;
    decoder.gather(next.map(({ row }) => row));
  }
  return finished;
}

/** `width` outputs have ended, and are all better than the leader is so far. */
function cannotImprove(finished: readonly Hypothesis[], leader: Hypothesis, length: number, width: number): boolean {
  return (finished[width - 1]?.score ?? -Infinity) >= leader.score / length;
}

/** A score can only fall, so the leader's mean is at best over `maxTokens`. */
function cannotWin(finished: readonly Hypothesis[], leader: Hypothesis, maxTokens: number): boolean {
  return (finished[0]?.score ?? -Infinity) >= leader.score / maxTokens;
}

function continuationsOf(running: readonly Hypothesis[], candidates: Candidates, topK: number): Continuation[] {
  return running.flatMap(({ ids, score }, row) =>
    Array.from({ length: topK }, (_, k) => ({
      row,
      ids,
      id: candidates.ids[row * topK + k] ?? 0,
      score: score + (candidates.logprobs[row * topK + k] ?? -Infinity),
    })),
  );
}

/** The `count` highest scores, best first; equal scores keep their order. */
function best<T extends Hypothesis>(hypotheses: readonly T[], count: number): T[] {
  return [...hypotheses].sort((a, b) => b.score - a.score).slice(0, count);
}

function difference(from: readonly number[], to: readonly number[]): Delta<number[]> | null {
  let keep = 0;
  while (keep < from.length && keep < to.length && from[keep] === to[keep]) keep++;
  return keep === from.length && keep === to.length ? null : { keep, append: to.slice(keep) };
}
