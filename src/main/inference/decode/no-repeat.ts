import type { Candidates, Decoder } from './decoder';

/**
 * The same decoder for a model that says again what it said: no `size` tokens come twice in the same order (no-repeat n-grams). A token that
 * would complete them stands behind all other candidates, with no probability left; where all candidates would, they stay as they are.
 * What `source` itself holds more than once may be written more than once. The first token that is read is the prompt's, not written.
 */
export function withoutRepeats(decoder: Decoder, size: number, source: readonly number[]): Decoder {
  const allowed = repeatedIn(source, size);
  let rows: (readonly number[])[] = [[]];
  /** The candidates that follow each of `histories`, which begin with the prompt's last token. */
  const lowered = (candidates: Candidates, histories: readonly (readonly number[])[]): Candidates => {
    const { topK } = decoder;
    const ids = candidates.ids.slice();
    const logprobs = candidates.logprobs.slice();
    for (const [place, history] of histories.entries()) {
      const refused = completing(history, size, allowed);
      if (refused.size === 0) continue;
      const order = Array.from({ length: topK }, (_, rank) => place * topK + rank);
      const isRefused = (at: number) => refused.has(candidates.ids[at] ?? -1);
      const kept = order.filter((at) => !isRefused(at));
      if (kept.length === 0) continue;
      for (const [rank, at] of [...kept, ...order.filter(isRefused)].entries()) {
        ids[place * topK + rank] = candidates.ids[at] ?? 0;
        logprobs[place * topK + rank] = rank < kept.length ? (candidates.logprobs[at] ?? 0) : -Infinity;
      }
    }
    return { ids, logprobs };
  };
  return {
    topK: decoder.topK,
    maxStep: decoder.maxStep,
    async step(ids) {
      const candidates = await decoder.step(ids);
      rows = rows.map((row, i) => [...row, ids[i] ?? 0]);
      return lowered(candidates, rows);
    },
    async extend(ids) {
      const candidates = await decoder.extend(ids);
      const [row = []] = rows;
      rows = [[...row, ...ids]];
      return lowered(
        candidates,
        ids.map((_, i) => [...row, ...ids.slice(0, i + 1)]),
      );
    },
    gather(from) {
      decoder.gather(from);
      rows = from.map((row) => rows[row] ?? []);
    },
    truncate(length) {
      decoder.truncate(length);
      rows = rows.map((row) => row.slice(0, length));
    },
  };
}

/** The tokens that would complete `size` tokens which `history`, its first left out, holds already. */
function completing(history: readonly number[], size: number, allowed: ReadonlySet<string>): Set<number> {
  const refused = new Set<number>();
  const end = history.slice(history.length - size + 1);
  for (let start = 1; start + size <= history.length; start++) {
    const last = history[start + size - 1];
    if (last === undefined || !end.every((id, i) => history[start + i] === id)) continue;
    if (!allowed.has(keyOf([...end, last]))) refused.add(last);
  }
  return refused;
}

/** Every `size` tokens that stand in `ids` more than once. */
function repeatedIn(ids: readonly number[], size: number): Set<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (let start = 0; start + size <= ids.length; start++) {
    const key = keyOf(ids.slice(start, start + size));
    if (seen.has(key)) repeated.add(key);
    seen.add(key);
  }
  return repeated;
}

const keyOf = (ids: readonly number[]) => ids.join(' ');
