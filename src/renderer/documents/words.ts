/** Every word of the Documents screen that depends on a fact. Pure. */
import {
  type AddedDocuments,
  type DocumentJob,
  type DocumentOptions,
  type DocumentProgress,
  type DocumentReport,
  type JobState,
  type ReviewSegment,
} from '../../shared/document';
import { type SegmentReason } from '../../shared/inference';
import { plural } from '../counts';
import { LANE_NAMES, languageName } from '../translate/choice';
import { FLAG_MEANINGS } from '../translate/flagged';
import { formatMs } from '../translate/timeline';
import { markerText, type MarkerProblem } from './markers';

const number = (count: number) => count.toLocaleString('en');

export const FLAG_WORDS: Record<SegmentReason, string> = {
  ...FLAG_MEANINGS,
  codes: 'Formatting may stand in the wrong place.',
  numbers: 'Numbers differ from the source.',
  short: 'Much shorter than the source, something may be missing.',
};

/** What can be done with a job in a state; the first is the one at hand, the others are in the menu. */
export type JobAction = 'pause' | 'resume' | 'retry' | 'open' | 'review' | 'folder' | 'source' | 'retryFailed' | 'remove';

export const ACTION_WORDS: Record<JobAction, string> = {
  pause: 'Pause',
  resume: 'Resume',
  retry: 'Try again',
  open: 'Open',
  review: 'Review',
  folder: 'Show in folder',
  source: 'Open the original',
  retryFailed: 'Try failed segments again',
  remove: 'Remove from the list',
};

/** Null: what can be done is asked in the row itself. */
export function primaryAction(state: JobState): JobAction | null {
  switch (state.kind) {
    case 'waiting':
    case 'reading':
    case 'translating':
    case 'writing':
      return 'pause';
    case 'paused':
      return 'resume';
    case 'failed':
      return 'retry';
    case 'done':
      return 'open';
    case 'changed':
      return null;
    default:
      return state satisfies never;
  }
}

export function menuActions(state: JobState): readonly JobAction[] {
  if (state.kind !== 'done') return ['source', 'remove'];
  return ['review', 'folder', 'source', ...(state.report.failed > 0 ? (['retryFailed'] as const) : []), 'remove'];
}

/** `English to German` */
export function pairWords({ task }: DocumentOptions): string {
  return `${languageName(task.from)} to ${languageName(task.to)}`;
}

export function factWords({ format, options }: DocumentJob): readonly string[] {
  return [format, pairWords(options), LANE_NAMES[options.lane]];
}

export function progressWords({ done, segments }: DocumentProgress): string {
  return `${number(done)} of ${plural(segments, 'segment')}`;
}

export function remainingWords(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  if (ms < 10_000) return 'a few seconds left';
  if (minutes === 1) return 'less than a minute left';
  return minutes < 60 ? `about ${minutes} min left` : `about ${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
}

/** Segments that failed or have a reason to check them. */
export function toCheck({ failed, flagged }: DocumentReport): number {
  return failed + flagged;
}

/** `212 of 212 segments`, and what else is to be told but for what is to check. */
export function reportWords(report: DocumentReport): readonly string[] {
  const { segments, failed, kept, edited, translateMs } = report;
  if (segments === 0) return ['No text to translate in this file'];
  return [
    progressWords({ done: segments - failed, segments }),
    ...(kept > 0 ? [`${number(kept)} kept as they were`] : []),
    ...(edited > 0 ? [`${number(edited)} edited`] : []),
    ...(translateMs > 0 ? [`took ${formatMs(translateMs)}`] : []),
  ];
}

/** Null: nothing is to check. */
export function checkWords(report: DocumentReport): string | null {
  return toCheck(report) === 0 ? null : `${number(toCheck(report))} to check`;
}

/** `2 images, 1 macro project` */
export function leftWords({ left }: DocumentReport): string {
  return left.map(({ what }) => what).join(', ');
}

/** How a job stands, part by part. */
export function stateWords(state: JobState): readonly string[] {
  switch (state.kind) {
    case 'waiting':
      return ['Waiting'];
    case 'reading':
      return ['Reading'];
    case 'translating':
      return ['Translating', progressWords(state), ...(state.remainingMs === null ? [] : [remainingWords(state.remainingMs)])];
    case 'writing':
      return ['Writing'];
    case 'paused':
      return state.progress === null ? ['Paused, not begun yet'] : ['Paused', progressWords(state.progress)];
    case 'changed':
      return ['Changed', state.message];
    case 'done':
      return ['Done', ...reportWords(state.report)];
    case 'failed':
      return ['Failed', state.reason];
    default:
      return state satisfies never;
  }
}

/** What is worth telling a screen reader when a job comes into a state; null: nothing. */
export function announceState({ name, state }: DocumentJob): string | null {
  if (state.kind === 'done')
    return `${name}: ${[...stateWords(state), checkWords(state.report)].filter((part) => part !== null).join(', ')}.`;
  return state.kind === 'failed' || state.kind === 'changed' || state.kind === 'paused' ? `${name}: ${stateWords(state).join(', ')}` : null;
}

/** In the order they are told. */
const COUNTED: readonly [kind: JobState['kind'], words: string][] = [
  ['translating', 'translating'],
  ['reading', 'reading'],
  ['writing', 'writing'],
  ['waiting', 'waiting'],
  ['paused', 'paused'],
  ['changed', 'changed'],
  ['failed', 'failed'],
  ['done', 'done'],
];

/** `5 files: 1 translating, 4 done` */
export function queueWords(jobs: readonly DocumentJob[]): string {
  const counts = COUNTED.flatMap(([kind, words]) => {
    const count = jobs.filter(({ state }) => state.kind === kind).length;
    return count === 0 ? [] : [`${number(count)} ${words}`];
  });
  return `${plural(jobs.length, 'file')}: ${counts.join(', ')}`;
}

/** Null: what was added shows in the list, and nothing was left out. */
export function addedWords({ added, skipped }: AddedDocuments): string | null {
  if (skipped.length > 0) return `${plural(skipped.length, 'file')} left out`;
  return added.length === 0 ? 'No file to translate was found there' : null;
}

export const CHANGED_CHOICES = {
  keep: { label: 'Keep what is done', meaning: 'Sentences that are the same keep their translation, the rest is translated.' },
  fresh: { label: 'Start anew', meaning: 'Everything is translated again.' },
} as const;

/** Why a person should look at a segment, or what is special about it; the first is the most pressing. */
export function segmentNotes(
  { outcome, flags, message, edited }: ReviewSegment,
  to: string,
): readonly { tone: 'bad' | 'warn' | 'plain'; words: string }[] {
  return [
    ...(outcome === 'failed' ? [{ tone: 'bad' as const, words: message ?? 'It could not be translated, the source is kept.' }] : []),
    ...flags.map((flag) => ({ tone: 'warn' as const, words: FLAG_WORDS[flag] })),
    ...(outcome === 'kept' ? [{ tone: 'plain' as const, words: `Kept: it is in ${languageName(to)} already.` }] : []),
    ...(edited ? [{ tone: 'plain' as const, words: 'Edited' }] : []),
  ];
}

export function confidenceWords(confidence: number): string {
  return `${Math.round(confidence * 100)} %`;
}

export function markerWords(problem: MarkerProblem): string {
  switch (problem.kind) {
    case 'unknown':
      return `${markers(problem.markers)} ${isOrAre(problem.markers)} not in the source. Take ${itOrThem(problem.markers)} out.`;
    case 'twice':
      return `${markers(problem.markers)} ${problem.markers.length === 1 ? 'stands' : 'stand'} here more than once. Keep one of each.`;
    case 'missing':
      return `${markers(problem.markers)} ${isOrAre(problem.markers)} missing. Put ${itOrThem(problem.markers)} back.`;
    case 'crossed':
      return 'Markers that open and close are crossed. Let them enclose each other as in the source.';
    case 'line-break':
      return 'The source is one line. Take the line break out.';
    default:
      return problem satisfies never;
  }
}

function markers(numbers: readonly number[]): string {
  const texts = numbers.map(markerText);
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}

const isOrAre = (numbers: readonly number[]) => (numbers.length === 1 ? 'is' : 'are');
const itOrThem = (numbers: readonly number[]) => (numbers.length === 1 ? 'it' : 'them');
