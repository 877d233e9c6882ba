/** What the stage timeline shows, from timings: pure. */
import { STAGES, type Stage, type StageTimings } from '../../shared/inference/timings';
import { type GenerateInput } from '../../shared/inference-client';
import { type Generation } from '../generation';
import { formatNumber, t } from '../i18n/i18n';
import { laneName } from './choice';

export interface StageSpan {
  stage: Stage;
  ms: number;
}

const STAGE_KEYS = {
  tokenize: 'tokenizeMs',
  encode: 'encodeMs',
  project: 'projectMs',
  prefill: 'prefillMs',
  decode: 'decodeMs',
  detokenize: 'detokenizeMs',
} as const satisfies Record<Stage, keyof StageTimings>;

export const stageName = (stage: Stage): string => t(`translate.${stage}`);
export const stageMeaning = (stage: Stage): string => t(`translate.${stage}Meaning`);

export function stageSpans(timings: StageTimings): StageSpan[] {
  return STAGES.map((stage) => ({ stage, ms: timings[STAGE_KEYS[stage]] }));
}

/** Time of no stage is named from this part of the total. */
const OTHER_SHARE = 0.03;

/** The part of the total that no stage accounts for, e.g. waiting between segments. */
export function unaccountedMs(timings: StageTimings): number {
  return Math.max(0, timings.totalMs - stageSpans(timings).reduce((sum, span) => sum + span.ms, 0));
}

/** Whether so much of the time belongs to no stage that a reader sees it and asks what it is. */
export const hasOther = (timings: StageTimings): boolean => unaccountedMs(timings) > OTHER_SHARE * timings.totalMs;

/** Timings between two events: the running stage and the total have grown by the time since the last one. */
export function timingsNow(timings: StageTimings, stage: Stage | null, sinceEventMs: number): StageTimings {
  if (stage === null || sinceEventMs <= 0) return timings;
  const key = STAGE_KEYS[stage];
  return { ...timings, [key]: timings[key] + sinceEventMs, totalMs: timings.totalMs + sinceEventMs };
}

const SCALE_STEPS = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

/** The smallest round number of milliseconds, 10 or more, that `ms` fits into. */
export function scaleFor(ms: number): number {
  if (ms <= 10) return 10;
  const decade = 10 ** Math.floor(Math.log10(ms));
  const step = SCALE_STEPS.find((candidate) => candidate * decade >= ms) ?? 10;
  return step * decade;
}

export function tokensPerSecond(tokens: number, timings: StageTimings): number | null {
  return tokens > 0 && timings.decodeMs > 0 ? (tokens * 1000) / timings.decodeMs : null;
}

export function formatMs(ms: number): string {
  if (ms === 0) return '0 ms';
  if (ms < 9.95) return `${formatNumber(ms, 1)} ms`;
  if (ms < 999.5) return `${formatNumber(ms)} ms`;
  if (ms < 59_950) return `${formatNumber(ms / 1000, ms < 9_950 ? 2 : 1)} s`;
  const seconds = Math.round(ms / 1000);
  const rest = seconds % 60;
  return `${Math.floor(seconds / 60)} min ${rest < 10 ? '0' : ''}${rest} s`;
}

/** A finished run of this session. */
export interface Measurement {
  input: GenerateInput;
  timings: StageTimings;
}

const MEASUREMENTS_KEPT = 24;

/** The newest measurement of each input, newest first. */
export function remember(measurements: readonly Measurement[], newest: Measurement): readonly Measurement[] {
  const others = measurements.filter(
    (measurement) => !sameWork(measurement.input, newest.input) || measurement.input.lane !== newest.input.lane,
  );
  return [newest, ...others].slice(0, MEASUREMENTS_KEPT);
}

export interface LaneComparison {
  /** The lane compared with. */
  lane: 'llm' | 'hybrid';
  /** What it takes for this text, its encoding counted as in this run: the lanes share it. */
  ms: number;
  /** Its time by this run's time; null until this run is finished. */
  ratio: number | null;
}

/** The LLM lane (for the LLM lane itself, the hybrid one) as measured for this very text; null where it was not. */
export function compareLanes(generation: Generation, measurements: readonly Measurement[]): LaneComparison | null {
  const { input, timings } = generation;
  const lane = input.lane === 'llm' ? 'hybrid' : 'llm';
  const other = measurements.find((measurement) => measurement.input.lane === lane && sameWork(measurement.input, input));
  if (other === undefined) return null;
  const ms = other.timings.totalMs - other.timings.encodeMs + timings.encodeMs;
  return { lane, ms, ratio: generation.phase === 'done' && timings.totalMs > 0 ? ms / timings.totalMs : null };
}

export function describeComparison({ lane, ms, ratio }: LaneComparison): string | null {
  if (ratio === null || ratio <= 0) return null;
  const named = { lane: laneName(lane) };
  const took = { ...named, time: formatMs(ms) };
  if (lane === 'hybrid')
    return ratio < 0.95 ? t('translate.tookHereFaster', { ...took, times: times(1 / ratio) }) : t('translate.tookHere', took);
  if (ratio > 1.05) return t('translate.fasterHere', { ...named, times: times(ratio) });
  return ratio < 0.95 ? t('translate.slowerHere', { ...named, times: times(1 / ratio) }) : t('translate.asFastHere', named);
}

export function times(ratio: number): string {
  return t('translate.times', { ratio: formatNumber(ratio, ratio < 9.95 ? 1 : 0) });
}

function sameWork(a: GenerateInput, b: GenerateInput): boolean {
  return (
    a.packId === b.packId &&
    a.task.from === b.task.from &&
    a.task.to === b.task.to &&
    (a.decoding.kind === 'beam' ? a.decoding.width : 1) === (b.decoding.kind === 'beam' ? b.decoding.width : 1) &&
    a.text === b.text
  );
}
