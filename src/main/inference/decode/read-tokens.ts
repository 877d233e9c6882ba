import type { Candidates, Decoder } from './decoder';

/** What may follow one token: the part of `Candidates` that belongs to its place. */
export interface Place {
  /** i32[topK] */
  readonly ids: Int32Array;
  /** f32[topK] */
  readonly logprobs: Float32Array;
}

/** Appends these tokens to the only row, as many a run as the decoder takes, and yields after each run what may follow its tokens. */
export async function* readTokens(decoder: Decoder, ids: readonly number[]): AsyncGenerator<Place[], void, undefined> {
  for (let start = 0; start < ids.length; start += decoder.maxStep) {
    const run = ids.slice(start, start + decoder.maxStep);
    const candidates = await (run.length === 1 ? decoder.step(run) : decoder.extend(run));
    yield run.map((_, place) => placeOf(candidates, place, decoder.topK));
  }
}

export function placeOf({ ids, logprobs }: Candidates, place: number, topK: number): Place {
  return { ids: ids.subarray(place * topK, (place + 1) * topK), logprobs: logprobs.subarray(place * topK, (place + 1) * topK) };
}
