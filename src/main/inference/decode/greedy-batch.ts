import type { Decoder, DecodeLimits, Ending } from './decoder';
import { hasLoop, loopStart } from './loop-detection';

/** One row of a batch: a prompt, and how many tokens may be written for it, end of sentence counted. */
export interface BatchRow {
  readonly sourceIds: readonly number[];
  readonly maxTokens: number;
}

/** What was written for a prompt; ids without start and end of sentence, a repetition cut. */
export interface Written {
  readonly ids: readonly number[];
  readonly ending: Ending | 'loop';
  /** Natural logarithm of the probability of everything that was written, what was cut and the end of sentence counted. */
  readonly logprob: number;
  /** Tokens that `logprob` is the sum over. */
  readonly steps: number;
}

/** Which row of the batch ended, and how. */
export type EndedRow = Written & { readonly row: number };

/**
 * Greedy, all rows at a time: always the most probable next token of each. Row `i` of a new `decoder` reads the prompt of `rows[i]`; rows
 * that ended are dropped. Yields after each step the rows that ended with it; each row ends once. A row's ids are those of `greedy` with
 * `stopAtLoop`.
 */
export async function* greedyBatch(
  decoder: Decoder,
  rows: readonly BatchRow[],
  { startId, eosId }: Pick<DecodeLimits, 'startId' | 'eosId'>,
): AsyncGenerator<EndedRow[], void, undefined> {
  let running = rows.map(({ sourceIds, maxTokens }, row) => ({
    row,
    maxTokens,
    mayLoop: hasLoop(sourceIds),
    ids: [] as number[],
    last: startId,
    logprob: 0,
    steps: 0,
  }));
  while (running.length > 0) {
    const candidates = await decoder.step(running.map(({ last }) => last));
    const ended: EndedRow[] = [];
    const kept: number[] = [];
    running.forEach((state, place) => {
      state.last = candidates.ids[place * decoder.topK] ?? eosId;
      state.logprob += candidates.logprobs[place * decoder.topK] ?? 0;
      state.steps++;
      const ending = append(state, eosId);
      if (ending) ended.push({ row: state.row, ids: state.ids, ending, logprob: state.logprob, steps: state.steps });
      else kept.push(place);
    });
    if (ended.length > 0 && kept.length > 0) decoder.gather(kept);
    running = running.filter((_, place) => kept.includes(place));
    yield ended;
  }
}

/** Takes the row's last token. How the row ended, or null when it goes on. */
function append(row: { ids: number[]; last: number; maxTokens: number; mayLoop: boolean }, eosId: number): Written['ending'] | null {
  if (row.last === eosId) return 'stop';
  row.ids.push(row.last);
  const keep = row.mayLoop ? null : loopStart(row.ids);
  if (keep !== null) {
    row.ids.length = keep;
    return 'loop';
  }
  return row.ids.length >= row.maxTokens ? 'length' : null;
}
