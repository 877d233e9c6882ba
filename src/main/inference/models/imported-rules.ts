/** What an imported model writes next, by its generation settings; as the processors of Hugging Face Transformers decide it. */
import type { Candidates } from '../decode/decoder';

export interface WritingRules {
  /** Never. */
  bannedIds: readonly number[];
  /** Never one after the other. */
  bannedSequences?: readonly (readonly number[])[] | undefined;
  /** Not as the first token that the model is free to choose. */
  firstBannedIds?: readonly number[] | undefined;
  /** No that many tokens twice in the same order. */
  noRepeatNgram?: number | undefined;
  /** The output does not end before that many are written. */
  minTokens?: number | undefined;
  /** What was written already is less likely where this is above 1. */
  repetitionPenalty?: number | undefined;
  /** Probabilities are those among what may be written. */
  renormalizeLogits?: boolean | undefined;
}

/** What was written of an output, and how it began. */
export interface WrittenRow {
  /** All so far, the start token first. */
  readonly written: readonly number[];
  /** How many after it were not the model's to choose. */
  readonly forced: number;
}

/** How many `nextTokens` gives. */
export const candidatesFor = ({ repetitionPenalty }: WritingRules, topK: number) => topK + (repetitionPenalty === undefined ? 0 : 1);

/**
 * The best `topK` of what may follow, best first. With a penalty for repetition one more, and before them what greedy decoding writes: there
 * Transformers penalizes by logits, in a beam by log-probabilities, and comes to other orders. Of equals the lower id. `logits`: f32[V], lost.
 */
export function nextTokens(logits: Float32Array, rules: WritingRules, row: WrittenRow, eosId: number, topK: number): Candidates {
  const { repetitionPenalty: penalty, renormalizeLogits } = rules;
  const banned = bannedNext(rules, row.written, row.forced, eosId);
  const total = logSumExp(logits);
  const repeated = [...new Set(row.written)].filter((id) => !banned.has(id)).map((id) => [id, logits[id] ?? -Infinity] as const);
  const penalize = (penalized: (logit: number) => number) => {
    for (const [id, logit] of repeated) logits[id] = penalized(logit);
  };
  for (const id of banned) logits[id] = -Infinity;
  if (penalty === undefined) return best(logits, topK, renormalizeLogits ? logSumExp(logits) : total);
  penalize((logit) => (logit < 0 ? logit * penalty : logit / penalty));
  const greedy = best(logits, 1, total).ids[0] ?? eosId;
  penalize((logit) => total + (logit - total) * penalty);
  const among = renormalizeLogits ? logSumExp(logits) : total;
  const { ids, logprobs } = best(logits, topK + 1, among);
  // It moves to the front; where it is not there, the last goes.
  const place = ids.indexOf(greedy);
  const moved = place < 0 ? topK : place;
  ids.copyWithin(1, 0, moved);
  logprobs.copyWithin(1, 0, moved);
  ids[0] = greedy;
  logprobs[0] = (logits[greedy] ?? -Infinity) - among;
  return { ids, logprobs };
}

function logSumExp(logits: Float32Array): number {
  let most = -Infinity;
  for (const logit of logits) if (logit > most) most = logit;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - most);
  return most + Math.log(sum);
}

/** The `count` highest, `total` taken from each; places that nothing is left for have no probability. */
function best(logits: Float32Array, count: number, total: number): Candidates {
  const ids = new Int32Array(count);
  const highest = new Float32Array(count).fill(-Infinity);
  for (let id = 0; id < logits.length; id++) {
    const logit = logits[id] ?? -Infinity;
    if (logit <= (highest[count - 1] ?? 0)) continue;
    let at = count - 1;
    for (; at > 0 && (highest[at - 1] ?? 0) < logit; at--) {
      highest[at] = highest[at - 1] ?? 0;
      ids[at] = ids[at - 1] ?? 0;
    }
    highest[at] = logit;
    ids[at] = id;
  }
  return { ids, logprobs: highest.map((logit) => logit - total) };
}

/** `written`: all so far, the start token first; `forced`: how many after it were not the model's to choose. */
export function bannedNext(rules: WritingRules, written: readonly number[], forced: number, eosId: number): ReadonlySet<number> {
  const { bannedIds, bannedSequences = [], firstBannedIds = [], noRepeatNgram, minTokens = 0 } = rules;
  const banned = new Set(bannedIds);
  if (written.length === 1 + forced) for (const id of firstBannedIds) banned.add(id);
  if (written.length - 1 < minTokens) banned.add(eosId);
  for (const sequence of bannedSequences) {
    const last = sequence.at(-1);
    if (last !== undefined && sequence.length <= written.length && endsWith(written, sequence.slice(0, -1))) banned.add(last);
  }
  if (noRepeatNgram !== undefined) {
    const begun = noRepeatNgram === 1 ? [] : written.slice(1 - noRepeatNgram);
    for (let next = noRepeatNgram - 1; next < written.length; next++) {
      if (endsWith(written.slice(0, next), begun)) banned.add(written[next] ?? eosId);
    }
  }
  return banned;
}

function endsWith(ids: readonly number[], end: readonly number[]): boolean {
  const before = ids.length - end.length;
  return before >= 0 && end.every((id, i) => ids[before + i] === id);
}
