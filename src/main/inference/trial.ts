/** A text through a pack's tokenizer-made ids, encoder and lane, without the care that a request gets: what self-tests and probes run. */
import type { Decoder, DecodeLimits } from './decode/decoder';
import { greedy } from './decode/greedy';
import type { CausalLane, CausalReader, Reading } from './models/causal-lane';
import type { Hidden } from './models/encoder';
import type { OpenLane } from './models/lanes';
import type { SummaryPrompt } from './summary-prompt';

/** `hidden`: what the encoder made of `ids`; a lane that reads the ids alone leaves it. */
export async function translatingDecoder(lane: OpenLane, ids: readonly number[], hidden: Hidden): Promise<Decoder> {
  const states = lane.readsHidden ? hidden : null;
  const conditioning = states && lane.project ? await lane.project(states) : states;
  return lane.decoder([await lane.prefill({ ids, conditioning })]);
}

export async function readSummaryPrompt(reader: CausalReader, { documentIds, instructionIds }: SummaryPrompt): Promise<Reading> {
  return resultOf(reader.read(instructionIds, await resultOf(reader.read(documentIds, null))));
}

export async function summaryDecoder(lane: CausalLane, prompt: Reading): Promise<{ decoder: Decoder; startId: number }> {
  const projected = lane.project ? await resultOf(lane.project(prompt)) : null;
  const prefilled = await resultOf(lane.prefill(prompt, projected));
  return { decoder: lane.decoder(prefilled), startId: prefilled.lastId };
}

/** Without start and end of sentence. */
export async function greedyIds(decoder: Decoder, limits: DecodeLimits): Promise<number[]> {
  const ids: number[] = [];
  for await (const { keep, append } of greedy(decoder, limits)) ids.splice(keep, Infinity, ...append);
  return ids;
}

/** What a generator returns, its steps passed over. */
async function resultOf<T>(steps: AsyncGenerator<null, T, undefined>): Promise<T> {
  let step = await steps.next();
  while (!step.done) step = await steps.next();
  return step.value;
}
