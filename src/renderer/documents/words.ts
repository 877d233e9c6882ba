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
import { type Origin } from '../../shared/memory';
import type { SegmentReason } from '../../shared/inference/flags';
import { formatList, formatNumber, languageName, t, type TextKey } from '../i18n/i18n';
import { laneName } from '../translate/choice';
import { flagMeaning } from '../translate/flagged';
import { formatMs } from '../translate/timeline';
import { formatName } from './format-name';
import { markerText, type MarkerProblem } from './markers';

/** In a document some reasons mean something else than in typed text. */
function flagWords(reason: SegmentReason): string {
  switch (reason) {
    case 'codes':
      return t('documents.flagCodes');
    case 'numbers':
      return t('documents.flagNumbers');
    default:
      return flagMeaning(reason);
  }
}

/** What can be done with a job in a state; the first is the one at hand, the others are in the menu. */
export type JobAction = 'pause' | 'resume' | 'retry' | 'open' | 'review' | 'folder' | 'source' | 'retryFailed' | 'remove';

const ACTION_WORDS = {
  pause: 'documents.pause',
  resume: 'documents.resume',
  retry: 'shell.tryAgain',
  open: 'shell.open',
  review: 'documents.review',
  folder: 'documents.folder',
  source: 'documents.original',
  retryFailed: 'documents.retryFailed',
  remove: 'documents.remove',
} as const satisfies Record<JobAction, TextKey>;

export const actionWords = (action: JobAction): string => t(ACTION_WORDS[action]);

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
  return t('shell.pair', { from: languageName(task.from), to: languageName(task.to) });
}

export function factWords({ format, options }: DocumentJob): readonly string[] {
  return [formatName(format), pairWords(options), laneName(options.lane)];
}

export function progressWords({ done, segments }: DocumentProgress): string {
  return t('documents.progress', { done: formatNumber(done), count: segments });
}

export function remainingWords(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  if (ms < 10_000) return t('documents.fewSecondsLeft');
  if (minutes === 1) return t('documents.underMinuteLeft');
  return minutes < 60
    ? t('documents.minutesLeft', { minutes })
    : t('documents.hoursLeft', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** Segments that failed or have a reason to check them. */
export function toCheck({ failed, flagged }: DocumentReport): number {
  return failed + flagged;
}

/** `212 of 212 segments`, and what else is to be told but for what is to check. */
export function reportWords(report: DocumentReport): readonly string[] {
  const { segments, failed, kept, edited, recalled, translateMs } = report;
  if (segments === 0) return [t('documents.noText')];
  return [
    progressWords({ done: segments - failed, segments }),
    ...(kept > 0 ? [t('documents.kept', { number: formatNumber(kept) })] : []),
    ...(edited > 0 ? [t('documents.edited', { number: formatNumber(edited) })] : []),
    ...(recalled > 0 ? [t('memory.recalled', { number: formatNumber(recalled) })] : []),
    ...(translateMs > 0 ? [t('documents.took', { time: formatMs(translateMs) })] : []),
  ];
}

/** Null: nothing is to check. */
export function checkWords(report: DocumentReport): string | null {
  return toCheck(report) === 0 ? null : t('documents.toCheck', { number: formatNumber(toCheck(report)) });
}

/** `2 images, 1 macro project` */
export function leftWords({ left }: DocumentReport): string {
  return left.map(({ what }) => what).join(', ');
}

/** How a job stands, part by part. */
export function stateWords(state: JobState): readonly string[] {
  switch (state.kind) {
    case 'waiting':
      return [t('documents.stateWaiting')];
    case 'reading':
      return [t('documents.stateReading')];
    case 'translating':
      return [
        t('documents.stateTranslating'),
        progressWords(state),
        ...(state.remainingMs === null ? [] : [remainingWords(state.remainingMs)]),
      ];
    case 'writing':
      return [t('documents.stateWriting')];
    case 'paused':
      return state.progress === null ? [t('documents.statePausedUnbegun')] : [t('documents.statePaused'), progressWords(state.progress)];
    case 'changed':
      return [t('documents.stateChanged'), state.message];
    case 'done':
      return [t('documents.stateDone'), ...reportWords(state.report)];
    case 'failed':
      return [t('documents.stateFailed'), state.reason];
    default:
      return state satisfies never;
  }
}

/** What is worth telling a screen reader when a job comes into a state; null: nothing. */
export function announceState({ name, state }: DocumentJob): string | null {
  if (state.kind === 'done')
    return t('documents.announced', {
      name,
      words: [...stateWords(state), checkWords(state.report)].filter((part) => part !== null).join(', '),
    });
  return state.kind === 'failed' || state.kind === 'changed' || state.kind === 'paused' ? `${name}: ${stateWords(state).join(', ')}` : null;
}

/** In the order they are told. */
const COUNTED = [
  ['translating', 'documents.countTranslating'],
  ['reading', 'documents.countReading'],
  ['writing', 'documents.countWriting'],
  ['waiting', 'documents.countWaiting'],
  ['paused', 'documents.countPaused'],
  ['changed', 'documents.countChanged'],
  ['failed', 'documents.countFailed'],
  ['done', 'documents.countDone'],
] as const satisfies readonly (readonly [kind: JobState['kind'], words: TextKey])[];

/** `5 files: 1 translating, 4 done` */
export function queueWords(jobs: readonly DocumentJob[]): string {
  const counts = COUNTED.flatMap(([kind, words]) => {
    const count = jobs.filter(({ state }) => state.kind === kind).length;
    return count === 0 ? [] : [t(words, { number: formatNumber(count) })];
  });
  return t('documents.files', { count: jobs.length, states: counts.join(', ') });
}

/** Null: what was added shows in the list, and nothing was left out. */
export function addedWords({ added, skipped }: AddedDocuments): string | null {
  if (skipped.length > 0) return t('documents.filesLeftOut', { count: skipped.length });
  return added.length === 0 ? t('documents.noneFound') : null;
}

export function changedChoice(how: 'keep' | 'fresh'): { label: string; meaning: string } {
  return how === 'keep'
    ? { label: t('documents.keepDone'), meaning: t('documents.keepDoneMeaning') }
    : { label: t('documents.startAnew'), meaning: t('documents.startAnewMeaning') };
}

/** Why a person should look at a segment, or what is special about it; the first is the most pressing. */
export function segmentNotes(
  { outcome, flags, message, edited, memory }: ReviewSegment,
  to: string,
): readonly { tone: 'bad' | 'warn' | 'plain'; words: string }[] {
  return [
    ...(outcome === 'failed' ? [{ tone: 'bad' as const, words: message ?? t('documents.segmentFailed') }] : []),
    ...flags.map((flag) => ({ tone: 'warn' as const, words: flagWords(flag) })),
    ...(outcome === 'kept' ? [{ tone: 'plain' as const, words: t('documents.keptAs', { language: languageName(to) }) }] : []),
    ...(edited ? [{ tone: 'plain' as const, words: t('documents.noteEdited') }] : []),
    ...(memory !== null ? [{ tone: 'plain' as const, words: recalledWords(memory) }] : []),
  ];
}

function recalledWords(memory: Origin): string {
  switch (memory) {
    case 'person':
      return t('memory.fromPerson');
    case 'imported':
      return t('memory.fromImported');
    case 'machine':
      return t('memory.fromMachine');
    default:
      return memory satisfies never;
  }
}

export function markerWords(problem: MarkerProblem): string {
  switch (problem.kind) {
    case 'unknown':
      return t('documents.markersUnknown', named(problem.markers));
    case 'twice':
      return t('documents.markersTwice', named(problem.markers));
    case 'missing':
      return t('documents.markersMissing', named(problem.markers));
    case 'crossed':
      return t('documents.markersCrossed');
    case 'line-break':
      return t('documents.lineBreak');
    default:
      return problem satisfies never;
  }
}

const named = (numbers: readonly number[]) => ({ markers: formatList(numbers.map(markerText)), count: numbers.length });
