/** How fast a pack is on this machine: fixed sentences through the ordinary client, one lane after the other. Knows no store and no clock. */
import type { RequestLane } from '../../shared/inference/lanes';
import { type InferenceClient } from '../../shared/inference-client';
import { type TranslatingManifest } from '../../shared/pack';
import { sampleSentences } from '../../shared/sample-sentences';
import { engineErrorWords } from '../engine/engine-error-words';
import { offeredLanes } from '../translate/choice';

/** Times in milliseconds, as the engine took them. */
export interface LaneSpeed {
  lane: RequestLane;
  sentences: number;
  /** Of a sentence, from tokenizing to text. */
  medianMs: number;
  /** Of a sentence, reading alone. */
  medianEncodeMs: number;
  tokensPerSecond: number;
}

/** Yields a lane when it is measured; ends early when the signal is aborted. Throws with the engine's words when it fails. */
export async function* measureSpeed(
  pack: TranslatingManifest,
  client: Pick<InferenceClient, 'generate'>,
  forgetEncodings: () => Promise<unknown>,
  signal: AbortSignal,
): AsyncGenerator<LaneSpeed, void, undefined> {
  const [task] = pack.tasks;
  if (!task) return;
  const { from, to } = task;
  const sentences = sampleSentences(pack, from);
  const timeOf = async (lane: RequestLane, text: string) => {
    const request = {
      packId: pack.id,
      task: { kind: 'translate', from, to },
      lane,
      decoding: { kind: 'greedy' },
      priority: 'interactive',
    } as const;
    for await (const event of client.generate({ ...request, text }, signal)) {
      if (event.kind === 'failed') throw new Error(engineErrorWords(event.error));
      if (event.kind === 'done' && event.finish === 'stop') return { ...event.timings, tokens: event.tokens };
    }
    return null;
  };
  for (const lane of offeredLanes(pack)) {
    // Opens the pack, and touches the weights once.
    await timeOf(lane, sentences[0] ?? '');
    await forgetEncodings();
    const times = [];
    for (const sentence of sentences) {
      if (signal.aborted) return;
      const time = await timeOf(lane, sentence);
      if (time === null) return;
      times.push(time);
    }
    const tokens = times.reduce((sum, time) => sum + time.tokens, 0);
    const decodeMs = times.reduce((sum, time) => sum + time.decodeMs, 0);
    yield {
      lane,
      sentences: times.length,
      medianMs: median(times.map(({ totalMs }) => totalMs)),
      medianEncodeMs: median(times.map(({ encodeMs }) => encodeMs)),
      tokensPerSecond: decodeMs === 0 ? 0 : (1000 * tokens) / decodeMs,
    };
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
