/** Folds the events of one request into what a panel shows. Pure; knows no client, clock or store. */
import { type UsedTerm } from '../shared/glossary';
import type { EngineError } from '../shared/inference/engine';
import type { Speculation } from '../shared/inference/events';
import type { Flag } from '../shared/inference/flags';
import type { Stage, StageTimings } from '../shared/inference/timings';
import { type GenerateEvent, type GenerateInput } from '../shared/inference-client';
import { EMPTY_TEXT, growText, textLength, type GrowingText } from './growing-text';

/** `waiting`: asked for, not begun. */
export type Phase = 'waiting' | 'working' | 'done' | 'cancelled' | 'failed';

/** A sentence of the output that can be asked about, as the engine told it. */
export type WrittenSentence = Omit<Extract<GenerateEvent, { kind: 'sentence' }>, 'kind' | 'id'>;

export interface Generation<Input = GenerateInput> {
  input: Input;
  phase: Phase;
  /** Null until the engine has cut the text. */
  segments: number | null;
  /** The one being worked on, from 0. */
  segment: number;
  stage: Stage | null;
  output: GrowingText;
  tokens: number;
  timings: StageTimings;
  /** Segments whose encoding was already known; null until the end. */
  reusedEncodings: number | null;
  /** Sentences that the LLM lane wrote again; null until the end. */
  repaired: number | null;
  /** What drafting came to; null until the end, and in lanes that do not draft. */
  speculation: Speculation | null;
  flagged: readonly Flag[];
  /** The glossary's terms in the text; empty until the end. */
  terms: readonly UsedTerm[];
  /** In the order of the output; what was put together from several outputs is not among them. */
  sentences: readonly WrittenSentence[];
  error: EngineError | null;
  /** How often text already shown was taken back, and where the last time. */
  revisions: number;
  revisedFrom: number;
}

export const NO_FLAGS: readonly Flag[] = [];
const NO_TERMS: readonly UsedTerm[] = [];
const NO_SENTENCES: readonly WrittenSentence[] = [];

export const NO_TIMINGS: StageTimings = {
  tokenizeMs: 0,
  encodeMs: 0,
  projectMs: 0,
  prefillMs: 0,
  decodeMs: 0,
  detokenizeMs: 0,
  totalMs: 0,
  firstTokenMs: null,
};

export function beginGeneration(input: GenerateInput): Generation;
export function beginGeneration<Input>(input: Input): Generation<Input>;
export function beginGeneration<Input>(input: Input): Generation<Input> {
  return {
    input,
    phase: 'waiting',
    segments: null,
    segment: 0,
    stage: null,
    output: EMPTY_TEXT,
    tokens: 0,
    timings: NO_TIMINGS,
    reusedEncodings: null,
    repaired: null,
    speculation: null,
    flagged: NO_FLAGS,
    terms: NO_TERMS,
    sentences: NO_SENTENCES,
    error: null,
    revisions: 0,
    revisedFrom: 0,
  };
}

export function isRunning({ phase }: { phase: Phase }): boolean {
  return phase === 'waiting' || phase === 'working';
}

export function reduceGeneration<Input>(state: Generation<Input>, event: GenerateEvent): Generation<Input> {
  if (!isRunning(state)) return state;
  switch (event.kind) {
    case 'started':
      return { ...state, phase: 'working', segments: event.segments };
    case 'stage':
      return {
        ...state,
        phase: 'working',
        stage: event.stage === 'load' ? null : event.stage,
        segment: event.segment,
        timings: event.timings,
      };
    case 'delta': {
      const takenBack = event.keep < textLength(state.output);
      return {
        ...state,
        phase: 'working',
        output: growText(state.output, event.keep, event.append),
        tokens: event.tokens,
        timings: event.timings,
        revisions: takenBack ? state.revisions + 1 : state.revisions,
        revisedFrom: takenBack ? event.keep : state.revisedFrom,
      };
    }
    case 'sentence': {
      const { sentence, lane, written, start, end } = event;
      return { ...state, sentences: [...state.sentences, { sentence, lane, written, start, end }] };
    }
    case 'done':
      return {
        ...state,
        phase: event.finish === 'cancelled' ? 'cancelled' : 'done',
        stage: null,
        segments: event.segments,
        tokens: event.tokens,
        timings: event.timings,
        reusedEncodings: event.reusedEncodings,
        repaired: event.repaired,
        speculation: event.speculation ?? null,
        flagged: event.flagged,
        terms: event.terms ?? NO_TERMS,
      };
    case 'failed':
      return { ...state, phase: 'failed', stage: null, error: event.error };
    default:
      return event satisfies never;
  }
}
