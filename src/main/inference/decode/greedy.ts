import type { Delta } from '../../../shared/inference/delta';
import type { Decoder, DecodeLimits, Ending } from './decoder';

/** Always the most probable next token. */
export async function* greedy(decoder: Decoder, limits: DecodeLimits): AsyncGenerator<Delta<number[]>, Ending, undefined> {
  let last = limits.startId;
  for (let written = 0; written < limits.maxTokens; written++) {
    const candidates = await decoder.step([last]);
    last = candidates.ids[0] ?? limits.eosId;
    if (last === limits.eosId) return 'stop';
    yield { keep: written, append: [last] };
  }
  return 'length';
}
