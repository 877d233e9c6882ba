/** The scores of a run as a table of words, for the window and for a report alike. Pure. */
import { type Interval } from '../../shared/metrics/bootstrap';
import { type ComparedTask } from '../compare/compared';
import { formatNumber, t } from '../i18n/i18n';
import { formatMs, times } from '../translate/timeline';
import { METRICS, type Writer, writerName } from './measures';
import { FEWEST_LINES, isFew, type MetricValue, type Speed, type TestLine, type WriterScore } from './test-run';

export interface ScoreColumn {
  name: string;
  meaning: string;
}

export interface ScoreCell {
  value: string;
  /** What stands below it: of a metric how it differs from the reference lane. */
  note: string;
  /** What the note says is more than chance. */
  isSure: boolean;
}

/** After the writer's name. */
export function scoreColumns(task: ComparedTask): ScoreColumn[] {
  return [
    ...METRICS[task].map(({ id, name }) => ({ name, meaning: t(`testset.${id}Meaning`) })),
    { name: t('testset.length'), meaning: t('testset.lengthMeaning') },
    { name: t('testset.time'), meaning: t('testset.timeMeaning') },
    { name: t('compare.tokensPerSecond'), meaning: t('compare.tokensPerSecondMeaning') },
    { name: t('compare.speed'), meaning: t('testset.speedMeaning') },
    { name: t('testset.repaired'), meaning: t('testset.repairedMeaning') },
    { name: t('testset.flagged'), meaning: t('testset.flaggedMeaning') },
  ];
}

/** As many as there are columns. */
export function scoreCells({ values, lengthRatio, speed }: WriterScore): ScoreCell[] {
  return [...values.map(metricCell), cell(formatNumber(lengthRatio, 2)), ...speedCells(speed)];
}

function metricCell({ score, against, isSure }: MetricValue): ScoreCell {
  return { value: scoreWords(score), note: against === null ? t('compare.reference') : intervalWords(against), isSure };
}

function speedCells(speed: Speed | null): ScoreCell[] {
  if (speed === null) return Array.from({ length: 5 }, () => cell(''));
  const { medianMs, tokensPerSecond, faster, repaired, flagged } = speed;
  return [
    formatMs(medianMs),
    tokensPerSecond === null ? '' : formatNumber(tokensPerSecond),
    faster === null ? '' : times(faster),
    formatNumber(repaired),
    formatNumber(flagged),
  ].map(cell);
}

const cell = (value: string): ScoreCell => ({ value, note: '', isSure: false });

/** What the hybrid loses to the reference lane, in one sentence; null without one. */
export function lossWords(scores: readonly WriterScore[], reference: Writer): string | null {
  const hybrid = scores.find(({ writer }) => writer === 'hybrid');
  if (hybrid === undefined || reference === 'hybrid') return null;
  const differences = hybrid.values.flatMap(({ metric: { name }, against }) =>
    against === null ? [] : [`${signed(against.difference)} ${unbroken(name)} (${rangeWords(against)})`],
  );
  return t('testset.loss', { lane: writerName('hybrid'), reference: writerName(reference), differences: differences.join(', ') });
}

/** What a reader of the intervals must know first; null where they are of enough texts. */
export const fewWords = (lines: readonly TestLine[]): string | null =>
  isFew(lines) ? t('testset.fewTexts', { fewest: formatNumber(FEWEST_LINES) }) : null;

const MOST_SHOWN = 600;

/** The beginning of a long document; the whole is in the CSV and JSON. */
export const excerpt = (text: string) => (text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN).replace(/\s+\S*$/, '')} …`);

/** With one decimal more than is usual in papers: small differences are what this is about. */
export const scoreWords = (score: number) => formatNumber(score, 2);

export function signed(difference: number): string {
  const number = formatNumber(Math.abs(difference), 2);
  return Number(difference.toFixed(2)) === 0 ? number : `${difference < 0 ? '−' : '+'}${number}`;
}

const intervalWords = (interval: Interval) => `${signed(interval.difference)} (${rangeWords(interval)})`;

const rangeWords = ({ low, high }: Interval) => t('testset.interval', { low: signed(low), high: signed(high) });

/** In a sentence: a name's hyphen is no place to end a line. */
const unbroken = (name: string) => name.replace('-', '\u2011');
