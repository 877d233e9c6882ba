import type { Delta } from '../../../shared/inference';
import type { Candidates, Decoder, DecodeLimits, Ending, Strategy } from './decoder';

interface Hypothesis {
  ids: readonly number[];
  /** Sum of log-probabilities. */
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
    let running: Hypothesis[] = [{ ids: [], score: 0 }];
    let lastIds: readonly number[] = [limits.startId];
    let shown: readonly number[] = [];
    let finished: Hypothesis[] = [];
    for (let written = 0; written < limits.maxTokens; written++) {
      const continuations = best(continuationsOf(running, await decoder.step(lastIds), decoder.topK), 2 * width);
      const next: Continuation[] = [];
      continuations.forEach((continuation, rank) => {
        if (continuation.id !== limits.eosId) next.push(continuation);
        // An end that is not among the best `width` would not be in the beam.
        else if (rank < width) finished.push({ ids: continuation.ids, score: continuation.score / (written + 1) });
      });
      next.length = Math.min(next.length, width);
      finished = best(finished, width);
      const winner = finished[0];
      const leader = next[0];
      if (winner && (!leader || isOver(finished, leader, written + 1, width, limits.maxTokens))) {
        const delta = difference(shown, winner.ids);
        if (delta) yield delta;
        return 'stop';
      }
      if (!leader) return 'length';
      running = next.map(({ ids, id, score }) => ({ ids: [...ids, id], score }));
      lastIds = next.map(({ id }) => id);
      const leading = running[0]?.ids ?? [];
      const delta = difference(shown, leading);
      shown = leading;
      if (delta) yield delta;
      decoder.gather(next.map(({ row }) => row));
    }
    const winner = finished[0];
    const delta = difference(shown, winner?.ids ?? shown);
    if (delta) yield delta;
    return winner ? 'stop' : 'length';
  };
}

/** `finished`: the best ones, best first; `length`: tokens of the leader. A score can only fall, so its mean is at best over `maxTokens`. */
function isOver(finished: readonly Hypothesis[], leader: Hypothesis, length: number, width: number, maxTokens: number): boolean {
  const best = finished[0]?.score ?? -Infinity;
  const worst = finished[width - 1]?.score ?? -Infinity;
  return worst >= leader.score / length || best >= leader.score / maxTokens;
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
