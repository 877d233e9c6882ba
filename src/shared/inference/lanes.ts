/** What may be asked of a pack: which task, by which lane, decoded how. */
import { z } from 'zod';
import { languageSchema, laneSchema, sharesTokens, usualBeamWidth, type Lane, type TranslatingManifest } from '../pack';

export const taskSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('translate'), from: languageSchema, to: languageSchema }),
]);
export type Task = z.infer<typeof taskSchema>;

/**
 * What a request may ask for: a lane of the pack, or `exact`: the hybrid drafts, the LLM reads the drafts and writes what it would have
 * written alone.
 */
export const requestLaneSchema = z.enum([...laneSchema.options, 'exact']);
export type RequestLane = z.infer<typeof requestLaneSchema>;

/** What a user chooses among: those, or `best`: the LLM's lane with a beam of at least `BEST_BEAM_WIDTH`. */
export const laneChoiceSchema = z.enum([...requestLaneSchema.options, 'best']);
export type LaneChoice = z.infer<typeof laneChoiceSchema>;

/** Wider ones gain little more and cost as much again (docs/adr/0010-best.md). */
export const BEST_BEAM_WIDTH = 4;

/** The lanes of the pack that a request's lane runs; the first is the one that writes. */
export function lanesOf(lane: RequestLane): readonly [Lane, ...Lane[]] {
  return lane === 'exact' ? ['llm', 'hybrid'] : [lane];
}

/** Whether the pack can run it. The hybrid drafts for the LLM only in tokens that both write. */
export function hasLane(pack: Pick<TranslatingManifest, 'lanes'>, lane: RequestLane): boolean {
  return lanesOf(lane).every((part) => pack.lanes[part] !== undefined) && (lane !== 'exact' || sharesTokens(pack));
}

export const decodingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('greedy') }),
  z.strictObject({ kind: z.literal('beam'), width: z.number().int().min(2).max(8) }),
]);
export type Decoding = z.infer<typeof decodingSchema>;

/** With a beam of that width; 1 is greedy. */
export const decodingOfWidth = (width: number): Decoding => (width > 1 ? { kind: 'beam', width } : { kind: 'greedy' });

/** How a lane is meant to be used. */
export function usualDecoding(pack: Pick<TranslatingManifest, 'lanes'>, lane: RequestLane): Decoding {
  return decodingOfWidth(lane === 'exact' ? 1 : usualBeamWidth(pack, lane));
}
