/**
 * Where the parts of a pack run: what came of testing a provider on this machine, and what follows from it. A part is what reads (the encoder;
 * of a decoder-only pack the LLM, which also writes the LLM lane) or what a lane writes with.
 */
import { z } from 'zod';
import { laneSchema, providerSchema, type Provider } from './pack';

/** A lane that is not named writes where the pack reads. */
export const placesSchema = z.strictObject({ reading: providerSchema, lanes: z.partialRecord(laneSchema, providerSchema) });
export type Places = z.infer<typeof placesSchema>;

const comparisonSchema = z.strictObject({
  /** Whether the same ids were written as on the CPU, of every text; null: it was so slow that nobody looked. */
  same: z.boolean().nullable(),
  /** Of the sample texts, each at its best. */
  cpuMs: z.number().nonnegative(),
  ms: z.number().nonnegative(),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** What an inference process of its own found out. */
const probedSchema = z.discriminatedUnion('kind', [
  /** Lanes that are not named write with the part that reads. */
  z.strictObject({ kind: z.literal('measured'), reading: comparisonSchema, lanes: z.partialRecord(laneSchema, comparisonSchema) }),
  /** Sessions cannot be made or run there; `reason` in the runtime's words. */
  z.strictObject({ kind: z.literal('unavailable'), reason: z.string() }),
]);

export type Probed = z.infer<typeof probedSchema>;

/** What such a process is told to find out. */
export const probeTaskSchema = z.strictObject({
  folder: z.string(),
  provider: providerSchema,
  encoderThreads: z.number().int().min(1),
  decoderThreads: z.number().int().min(1),
});
export type ProbeTask = z.infer<typeof probeTaskSchema>;

/** What it tells: how far it is, then once what it found, or why nothing could be found. */
export const probeNewsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('probing'), done: z.number().int(), steps: z.number().int() }),
  z.strictObject({ kind: z.literal('probed'), outcome: probedSchema }),
  z.strictObject({ kind: z.literal('refused'), problem: z.string() }),
]);
export type ProbeNews = z.infer<typeof probeNewsSchema>;

/** `crashed` and `hung` are not tried again until somebody asks. */
export const probeOutcomeSchema = z.discriminatedUnion('kind', [
  ...probedSchema.options,
  /** The process that used it ended: that of the test, or the engine while it worked. */
  z.strictObject({ kind: z.literal('crashed'), during: z.enum(['test', 'work']) }),
  z.strictObject({ kind: z.literal('hung'), limitMs: z.number().nonnegative() }),
]);
export type ProbeOutcome = z.infer<typeof probeOutcomeSchema>;

export interface ProbeResult {
  provider: Provider;
  outcome: ProbeOutcome;
}

export interface ProcessorsState {
  /** What this machine may have besides the CPU. */
  providers: readonly Provider[];
  /** By the id of a pack; none where nothing was tested. */
  packs: Readonly<Record<string, { results: readonly ProbeResult[]; places: Places }>>;
  /** The test that is under way: steps done of the provider's. */
  testing: { packId: string; provider: Provider; done: number; steps: number } | null;
}

export const ON_CPU: Places = { reading: 'cpu', lanes: {} };

/** Faster by less than this is not worth another place. */
const WORTH = 1.1;

const isBetter = ({ same, cpuMs, ms }: Comparison) => same === true && cpuMs > WORTH * ms;

/** How many times as fast as on the CPU. */
export const speedUp = ({ cpuMs, ms }: Comparison): number => (ms === 0 ? 1 : cpuMs / ms);

/** The one provider, besides the CPU, that saves the most time, for the parts that are right and faster there. */
export function placesOf(results: readonly ProbeResult[]): Places {
  let best = ON_CPU;
  let mostSavedMs = 0;
  for (const { provider, outcome } of results) {
    if (outcome.kind !== 'measured') continue;
    const lanes = Object.entries(outcome.lanes);
    const parts = [outcome.reading, ...lanes.map(([, comparison]) => comparison)].filter(isBetter);
    const savedMs = parts.reduce((sum, { cpuMs, ms }) => sum + cpuMs - ms, 0);
    if (savedMs <= mostSavedMs) continue;
    const placeOf = (comparison: Comparison) => (isBetter(comparison) ? provider : 'cpu');
    mostSavedMs = savedMs;
    best = { reading: placeOf(outcome.reading), lanes: Object.fromEntries(lanes.map(([lane, comparison]) => [lane, placeOf(comparison)])) };
  }
  return best;
}

export const isOnCpu = ({ reading, lanes }: Places): boolean => [reading, ...Object.values(lanes)].every((provider) => provider === 'cpu');
