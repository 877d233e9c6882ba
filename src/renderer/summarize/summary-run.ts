/** Folds the events of one summary into what the panel shows. Pure; knows no client, clock or store. */
import { applyTextDelta } from '../../shared/inference/delta';
import type { EngineError } from '../../shared/inference/engine';
import type { Flag } from '../../shared/inference/flags';
import type { Range, Summary } from '../../shared/inference/summary';
import type { Stage, StageTimings } from '../../shared/inference/timings';
import { type SummarizeEvent, type SummarizeInput } from '../../shared/inference-client';
import { isRunning, NO_FLAGS, NO_TIMINGS, type Phase } from '../generation';

export interface SummaryRun {
  input: SummarizeInput;
  phase: Phase;
  /** Parts and joins; null until the engine has planned them. */
  segments: number | null;
  /** The step that runs, from 0. */
  segment: number;
  stage: Stage | null;
  /** How much of the stage is done; null where it is not known. */
  fraction: number | null;
  /** How much of all the work is done, 0 to 1. */
  done: number;
  /** Of the source, in order; empty until they are planned. */
  parts: readonly Range[];
  /** The summary of each part that is done. */
  partTexts: readonly (string | undefined)[];
  /** What the step that runs has written; in the end the summary. */
  output: string;
  tokens: number;
  timings: StageTimings;
  /** Parts whose reading was already known; null until the end. */
  reusedEncodings: number | null;
  /** Steps that the LLM lane wrote again; null until the end. */
  repaired: number | null;
  flagged: readonly Flag[];
  /** What it rests on; null until the end. */
  summary: Summary | null;
  error: EngineError | null;
}

export function beginSummary(input: SummarizeInput): SummaryRun {
  return {
    input,
    phase: 'waiting',
    segments: null,
    segment: 0,
    stage: null,
    fraction: null,
    done: 0,
    parts: [],
    partTexts: [],
    output: '',
    tokens: 0,
    timings: NO_TIMINGS,
    reusedEncodings: null,
    repaired: null,
    flagged: NO_FLAGS,
    summary: null,
    error: null,
  };
}

export function reduceSummary(run: SummaryRun, event: SummarizeEvent): SummaryRun {
  if (!isRunning(run)) return run;
  switch (event.kind) {
    case 'started':
      return { ...run, phase: 'working', segments: event.segments };
    case 'plan':
      return { ...run, parts: event.parts };
    case 'part':
      return { ...run, partTexts: Object.assign([...run.partTexts], { [event.index]: event.text }) };
    case 'stage': {
      // Another step writes anew.
      const output = event.segment === run.segment ? run.output : '';
      const { segment, timings } = event;
      const stage = event.stage === 'load' ? null : event.stage;
      return { ...run, phase: 'working', stage, segment, timings, output, fraction: event.fraction ?? null, done: event.done ?? run.done };
    }
    case 'delta':
      return {
        ...run,
        phase: 'working',
        output: applyTextDelta(run.output, event),
        tokens: event.tokens,
        timings: event.timings,
        done: event.done ?? run.done,
      };
    case 'done':
      return {
        ...run,
        phase: event.finish === 'cancelled' ? 'cancelled' : 'done',
        stage: null,
        fraction: null,
        tokens: event.tokens,
        timings: event.timings,
        reusedEncodings: event.reusedEncodings,
        repaired: event.repaired,
        flagged: event.flagged,
        summary: event.summary ?? null,
      };
    case 'failed':
      return { ...run, phase: 'failed', stage: null, fraction: null, error: event.error };
    default:
      return event satisfies never;
  }
}
