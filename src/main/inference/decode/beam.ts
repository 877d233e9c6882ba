import type { Delta } from '../../../shared/inference/delta';
import type { Candidates, Decoder, DecodeLimits, Strategy } from './decoder';

export interface Hypothesis {
  ids: readonly number[];
  /** Sum of log-probabilities; of an output that is whole, over its length as the rules say. */
  score: number;
}

/** How a beam ranks outputs and when it is over; the names and the meaning are those of Hugging Face Transformers. */
export interface BeamRules {
  /** The sum of an output's log-probabilities is divided by its length, end of sentence counted, to the power of this. */
  readonly lengthPenalty: number;
  /**
   * It is over when as many outputs have ended as it is wide, and: `true`: at once; `false`: all are better than the best unfinished one is so
   * far; `never`: none can still win.
   */
  readonly earlyStopping: boolean | 'never';
  /** An output that reaches the limit has the end of sentence behind it, which counts. */
  readonly endIsForced: boolean;
}

/** The mean log-probability per token ranks. To stop at the first outputs that ended would prefer sentences broken off early. */
export const BY_MEAN: BeamRules = { lengthPenalty: 1, earlyStopping: false, endIsForced: false };

interface Continuation extends Hypothesis {
  /** Row it goes on from. */
  row: number;
  id: number;
}

/** What a search found, best first. */
interface Found {
  /** The best that ended, at most as many as the beam is wide. */
  ended: Hypothesis[];
  /** What the limit broke off. */
  broken: Hypothesis[];
}

/**
 * Beam search: keeps the `width` most probable outputs and returns the one that ranks best when it is over, also one that the limit broke
 * off; or as soon as what ranks best cannot be overtaken. Needs `2 * width` candidates a step (checkRequest), so that `width` remain when
 * all the best ones end. A width of 1 is greedy.
 */
export function beam(width: number, rules = BY_MEAN): Strategy {
  return async function* (decoder: Decoder, limits: DecodeLimits) {
    let shown: readonly number[] = [];
    const isOver = (ended: readonly Hypothesis[], leader: Hypothesis, length: number) =>
      isFull(ended, leader, length, width, rules) || cannotWin(ended, leader, length, limits.maxTokens, rules);
    const steps = search(width, rules, isOver, decoder, limits);
    for (;;) {
      const step = await steps.next();
      const [winner] = step.done ? best([...step.value.ended, ...step.value.broken], 1) : [step.value];
      const delta = difference(shown, winner?.ids ?? shown);
      shown = winner?.ids ?? shown;
      if (delta) yield delta;
      if (step.done) return winner && step.value.ended.includes(winner) ? 'stop' : 'length';
    }
  };
}

/**
 * The `width` outputs with the best mean log-probability per token that one beam search finds, best first; fewer where the limit came
 * before. Yields after each step. It looks for all of them, so it is not over before `width` outputs have ended.
 */
export async function* nBest(width: number, decoder: Decoder, limits: DecodeLimits): AsyncGenerator<null, Hypothesis[], undefined> {
  const isOver = (ended: readonly Hypothesis[], leader: Hypothesis, length: number) => isFull(ended, leader, length, width, BY_MEAN);
  const steps = search(width, BY_MEAN, isOver, decoder, limits);
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value.ended;
    yield null;
  }
}

/** Yields after each step the best unfinished output. `isOver`: asked with the best unfinished output and its tokens so far. */
async function* search(
  width: number,
  rules: BeamRules,
  isOver: (ended: readonly Hypothesis[], leader: Hypothesis, length: number) => boolean,
  decoder: Decoder,
  { startId, eosId, maxTokens }: DecodeLimits,
): AsyncGenerator<Hypothesis, Found, undefined> {
  let running: Hypothesis[] = [{ ids: [], score: 0 }];
  let lastIds: readonly number[] = [startId];
  let ended: Hypothesis[] = [];
  for (let length = 1; ; length++) {
    const ranked = best(continuationsOf(running, await decoder.step(lastIds), decoder.topK), 2 * width);
    // What is not among the best `width` is in reserve: an end there is not in the beam.
    const inBeam = ranked.slice(0, width);
    const ends = inBeam.filter(({ id }) => id === eosId).map(({ ids, score }) => ({ ids, score: normalized(score, length, rules) }));
    ended = best([...ended, ...ends], width);
    const open = ranked.filter(({ id }) => id !== eosId).slice(0, width);
    const [leader] = open;
    if (!leader) return { ended, broken: [] };
    const isLast = length === maxTokens;
    // At the limit all of the beam ends at once, unless an end of sentence comes behind it.
    if ((!isLast || rules.endIsForced) && isOver(ended, leader, length)) return { ended, broken: [] };
    if (isLast) {
      const kept = rules.endIsForced ? open : open.filter((continuation) => inBeam.includes(continuation));
      const scored = ({ ids, score }: Hypothesis) => ({ ids, score: normalized(score, longest(maxTokens, rules), rules) });
      return { ended, broken: kept.map(extended).map(scored) };
    }
    running = open.map(extended);
    lastIds = open.map(({ id }) => id);
    yield extended(leader);
    decoder.gather(open.map(({ row }) => row));
  }
}

/** As many outputs have ended as the beam is wide, and by the rules that is enough. */
function isFull(ended: readonly Hypothesis[], leader: Hypothesis, length: number, width: number, rules: BeamRules): boolean {
  const worst = ended[width - 1];
  if (worst === undefined || rules.earlyStopping === 'never') return false;
  return rules.earlyStopping || worst.score >= normalized(leader.score, length, rules);
}

/** A sum can only fall, so this is the most that the leader can come to: over the most tokens where length helps, over the fewest where not. */
function cannotWin(ended: readonly Hypothesis[], leader: Hypothesis, length: number, maxTokens: number, rules: BeamRules): boolean {
  const kindest = rules.lengthPenalty > 0 ? longest(maxTokens, rules) : length;
  return (ended[0]?.score ?? -Infinity) >= normalized(leader.score, kindest, rules);
}

const extended = ({ ids, id, score }: Continuation): Hypothesis => ({ ids: [...ids, id], score });

const normalized = (sum: number, length: number, { lengthPenalty }: BeamRules) => sum / length ** lengthPenalty;

/** Tokens that count of the longest output. */
const longest = (maxTokens: number, { endIsForced }: BeamRules) => maxTokens + (endIsForced ? 1 : 0);

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
