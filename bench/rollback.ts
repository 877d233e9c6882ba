import type { Delta } from '../src/shared/inference/delta';
import type { Candidates, Decoder, DecodeLimits, Ending, Strategy } from '../src/main/inference/decode/decoder';

export interface RollbackThresholds {
  /** The writer goes on alone while the probability of its token is at least this. */
  unsure: number;
  /** A token stands if the checker finds it at least this often as probable as its own best. */
  acceptable: number;
}

/**
 * BiLD (arXiv 2302.07863): one decoder writes; where it is unsure, or has written as much as one run reads, `checker` reads what was
 * written since. The output goes back to the first token that it does not find acceptable, and its own token comes there, or next.
 */
export function rollback(checker: Decoder, { unsure, acceptable }: RollbackThresholds): Strategy {
  return async function* (writer: Decoder, limits: DecodeLimits): AsyncGenerator<Delta<number[]>, Ending, undefined> {
    const { startId, eosId, maxTokens } = limits;
    /** Start included. Before each round the writer has read all but the last, and the checker the first `checked`. */
    const ids = [startId];
    let checked = 0;
    while (ids.length <= maxTokens) {
      const candidates = await writer.step(ids.slice(-1));
      const own = candidates.ids[0] ?? eosId;
      const isSure = Math.exp(candidates.logprobs[0] ?? -Infinity) >= unsure;
      if (isSure && ids.length - checked < checker.maxStep) {
        if (own === eosId) return 'stop';
        ids.push(own);
        yield { keep: ids.length - 2, append: [own] };
        continue;
      }
      const read = ids.slice(checked);
      const opinions = await (read.length === 1 ? checker.step(read) : checker.extend(read));
      let place = 0;
      while (place + 1 < read.length && isAcceptable(opinions, place, checker.topK, read[place + 1] ?? eosId, acceptable)) place++;
      const better = opinions.ids[place * checker.topK] ?? eosId;
      checked += place + 1;
      checker.truncate(checked);
      writer.truncate(checked);
      const shown = ids.length - 1;
      ids.length = checked;
      if (better === eosId) {
        if (checked - 1 < shown) yield { keep: checked - 1, append: [] };
        return 'stop';
      }
      ids.push(better);
      yield { keep: checked - 1, append: [better] };
    }
    return 'length';
  };
}

function isAcceptable({ ids, logprobs }: Candidates, place: number, topK: number, id: number, acceptable: number): boolean {
  const first = place * topK;
  const found = ids.subarray(first, first + topK).indexOf(id);
  return found >= 0 && (logprobs[first + found] ?? -Infinity) - (logprobs[first] ?? 0) >= Math.log(acceptable);
}
