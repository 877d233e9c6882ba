/** Runs as a comparison measures them, for tests of what is made of them. */
import { type LaneRun } from '../../../../src/renderer/compare/comparison';
import { translatingManifestSchema } from '../../../../src/shared/pack';
import tinyPack from '../../../fixtures/packs/tiny/pack.json';
import { timings } from '../scripted-engine';

export const TINY = translatingManifestSchema.parse(tinyPack);

export function laneRun(change: Partial<LaneRun> = {}): LaneRun {
  return {
    lane: 'llm',
    round: 1,
    position: 0,
    text: 'Guten Morgen.',
    segments: 1,
    tokens: 10,
    reusedEncodings: 0,
    repaired: 0,
    flagged: 0,
    speculation: null,
    timings: timings({ encodeMs: 40, decodeMs: 200, totalMs: 300, firstTokenMs: 60 }),
    firstEncodeMs: 40,
    ...change,
  };
}

/** One round: the LLM reads, the hybrid finds the encoding kept. */
export const ROUND: readonly LaneRun[] = [
  laneRun(),
  laneRun({
    lane: 'hybrid',
    position: 1,
    text: 'Guten Tag.',
    reusedEncodings: 1,
    timings: timings({ projectMs: 5, decodeMs: 50, totalMs: 60, firstTokenMs: 15 }),
    firstEncodeMs: 0,
  }),
];
