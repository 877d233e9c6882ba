/** Writes for prompts that were read: greedily all together, or with a beam one after the other. */
import type { Decoding } from '../../shared/inference/lanes';
import { beam } from './decode/beam';
import { greedyBatch, type Written } from './decode/greedy-batch';
import { stopAtLoop } from './decode/loop-detection';
import { ScoredDecoder } from './decode/scored-decoder';
import type { OpenLane } from './models/lanes';
import type { OpenPack } from './open-pack';
import type { ReadPrompt } from './read-prompts';
import type { StageClock } from './stage-clock';
import { tokenLimit } from './token-limit';

/** What was written for the prompt at `row`. */
export interface WrittenRow {
  readonly row: number;
  readonly written: Written;
}

export interface DecodeContext {
  readonly pack: OpenPack;
  readonly lane: OpenLane;
  readonly clock: StageClock;
  readonly signal: AbortSignal;
}

/** Yields each row when it ends, and null after each run. Throws the signal's reason. */
export async function* decodePrompts(
  prompts: readonly ReadPrompt[],
  decoding: Decoding,
  context: DecodeContext,
): AsyncGenerator<WrittenRow | null, void, undefined> {
  if (decoding.kind === 'greedy') return yield* decodeTogether(prompts, context);
  for (const [row, prompt] of prompts.entries()) yield { row, written: yield* search(prompt, decoding.width, context) };
}

async function* decodeTogether(
  prompts: readonly ReadPrompt[],
  { pack, lane, clock, signal }: DecodeContext,
): AsyncGenerator<WrittenRow | null, void, undefined> {
  const decoder = lane.decoder(prompts.map(({ crossKv }) => crossKv));
  const rows = prompts.map(({ ids }) => ({ sourceIds: ids, maxTokens: tokenLimit(lane, ids) }));
  const steps = greedyBatch(decoder, rows, pack.manifest.tokenizer);
  for (;;) {
    signal.throwIfAborted();
    const step = await clock.timeAsync('decode', () => steps.next());
    if (step.done) return;
    clock.markFirstToken();
    for (const { row, ...written } of step.value) yield { row, written };
    yield null;
  }
}

/** One prompt by itself: its rows are the beam's. */
async function* search(
  prompt: ReadPrompt,
  width: number,
  { pack, lane, clock, signal }: DecodeContext,
): AsyncGenerator<null, Written, undefined> {
  const decoder = new ScoredDecoder(lane.decoder([prompt.crossKv]));
  const { startId, eosId } = pack.manifest.tokenizer;
  const limits = { startId, eosId, maxTokens: tokenLimit(lane, prompt.ids) };
  const deltas = stopAtLoop(beam(width, lane.beamRules)(decoder, limits), prompt.ids);
  const ids: number[] = [];
  for (;;) {
    yield null;
    signal.throwIfAborted();
    const step = await clock.timeAsync('decode', () => deltas.next());
    if (!step.done) {
      clock.markFirstToken();
      ids.splice(step.value.keep, Infinity, ...step.value.append);
      continue;
    }
    const scored = step.value === 'stop' ? [...ids, eosId] : ids;
    return { ids, ending: step.value, logprob: decoder.logprobOf(scored), steps: scored.length };
  }
}
