import type { Decoder } from './decoder';

/** The same decoder, whose runs throw once the signal is aborted: for strategies that make several runs before they yield. */
export function stoppable(decoder: Decoder, signal: AbortSignal): Decoder {
  return {
    topK: decoder.topK,
    maxStep: decoder.maxStep,
    async step(ids) {
      signal.throwIfAborted();
      return decoder.step(ids);
    },
    async extend(ids) {
      signal.throwIfAborted();
      return decoder.extend(ids);
    },
    gather: (rows) => decoder.gather(rows),
    truncate: (length) => decoder.truncate(length),
  };
}
