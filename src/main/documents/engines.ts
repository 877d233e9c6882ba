/** The engines that a job translates with, as it sees them: clients, each with an engine of its own. */
import type { InferenceClient } from '../../shared/inference-client';

/**
 * A client of the engine as it runs now, waited for while it is being started again; asked before each request. Throws where nothing will
 * start it, or the signal's reason.
 */
export type Connect = (signal: AbortSignal) => Promise<InferenceClient>;

export interface Engines {
  /** At least one; an engine that is not asked for is not started. */
  readonly connects: readonly Connect[];
  /** The job ended, however it did. */
  release(): void;
}

/** For one job at a time. */
export type UseEngines = (packId: string) => Engines;
