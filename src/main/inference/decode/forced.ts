import type { Delta } from '../../../shared/inference/delta';
import type { Decoder, DecodeLimits, Ending, Strategy } from './decoder';
import { readTokens } from './read-tokens';

/**
 * The output begins with `prefix`, ids without start and end; `strategy` writes what follows. Its first delta is the prefix. With an empty
 * one it is `strategy` itself.
 */
export function forced(prefix: readonly number[], strategy: Strategy): Strategy {
  const last = prefix.at(-1);
  if (last === undefined) return strategy;
  return async function* (decoder: Decoder, limits: DecodeLimits): AsyncGenerator<Delta<number[]>, Ending, undefined> {
    if (prefix.length >= limits.maxTokens) {
      yield { keep: 0, append: prefix.slice(0, limits.maxTokens) };
      return 'length';
    }
    const reading = readTokens(decoder, [limits.startId, ...prefix.slice(0, -1)]);
    for (let run = await reading.next(); !run.done;) run = await reading.next();
    yield { keep: 0, append: [...prefix] };
    // To the strategy the prefix's last token is what the start is otherwise: read, and not written.
    const deltas = strategy(decoder, { ...limits, startId: last, maxTokens: limits.maxTokens - prefix.length });
    for (;;) {
      const step = await deltas.next();
      if (step.done) return step.value;
      yield { keep: prefix.length + step.value.keep, append: step.value.append };
    }
  };
}
