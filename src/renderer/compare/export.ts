/** A report as a file: for people (Markdown), for spreadsheets (CSV, a row a run), for programs (JSON). Pure. */
import { STAGES } from '../../shared/inference/timings';
import { formatNumber, formatPercent, t } from '../i18n/i18n';
import { laneName } from '../translate/choice';
import { formatMs, stageName, times } from '../translate/timeline';
import { circumstanceCells, circumstanceFacts } from './circumstances';
import { describeDrafts } from './comparison';
import { csvTable, markdownTable, oneLine, quote } from './markup';
import { type Report, type ReportLane, type ReportRun } from './report';
import { type Spread } from './spread';

export const FORMATS = ['markdown', 'csv', 'json'] as const;
export type Format = (typeof FORMATS)[number];

export const FORMAT_NAMES: Record<Format, string> = { markdown: 'Markdown', csv: 'CSV', json: 'JSON' };

export const EXTENSIONS: Record<Format, string> = { markdown: 'md', csv: 'csv', json: 'json' };

export function exportReport(report: Report, format: Format): string {
  switch (format) {
    case 'markdown':
      return markdown(report);
    case 'csv':
      return csv(report);
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`;
    default:
      return format satisfies never;
  }
}

/** E.g. `comparison_en_de_2026-05-17.md`. */
export function fileName({ task, measuredAt }: Report, format: Format): string {
  return `comparison_${Object.values(task).join('_')}_${measuredAt.slice(0, 10)}.${EXTENSIONS[format]}`;
}

function markdown(report: Report): string {
  const { lanes, runs, source } = report;
  const reference = report.reference === null ? '' : laneName(report.reference);
  const facts = [...circumstanceFacts(report), [t('compare.rounds'), roundWords(report)]];
  return [
    `# ${t('compare.reportTitle')}`,
    markdownTable(['', ''], facts),
    `## ${t('compare.results')}`,
    markdownTable(
      [
        t('shell.lane'),
        t('translate.total'),
        t('compare.spread'),
        t('compare.firstToken'),
        t('compare.tokens'),
        t('compare.tokensPerSecond'),
        t('compare.encodeSpared'),
        t('compare.wholeFaster'),
        t('compare.eachToken'),
        t('compare.wordsSameHead'),
      ],
      lanes.map(resultRow),
    ),
    [
      t(report.roundsAsked === 1 ? 'compare.oneRoundOver' : 'compare.mediansOver', { reference }),
      report.sharedEncodeMs === null ? '' : t('compare.encodedOnceFor', { time: formatMs(report.sharedEncodeMs.median) }),
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),
    `## ${t('shell.source')}`,
    quote(source),
    ...lanes.flatMap(({ lane, texts, error }) => [
      `## ${laneName(lane)}`,
      ...(error === null ? [] : [t('compare.failedWith', { reason: oneLine(error) })]),
      ...texts.map(quote),
    ]),
    `## ${t('compare.runs')}`,
    markdownTable(
      [
        t('compare.round'),
        t('compare.orderInRound'),
        t('shell.lane'),
        t('compare.totalMs'),
        t('compare.firstTokenMs'),
        ...STAGES.map((stage) => t('compare.stageMs', { stage: stageName(stage) })),
        t('compare.tokens'),
        t('testset.repaired'),
        t('testset.flagged'),
        t('compare.drafts'),
      ],
      runs.map((run) => [
        run.counted ? String(run.round) : t('compare.warmUpCell'),
        String(run.position),
        laneName(run.lane),
        formatNumber(run.totalMs, 1),
        run.firstTokenMs === null ? '' : formatNumber(run.firstTokenMs, 1),
        ...STAGES.map((stage) => formatNumber(run.stagesMs[stage], 1)),
        String(run.tokens),
        String(run.repaired),
        String(run.flagged),
        run.drafts === null ? '' : describeDrafts(run.drafts),
      ]),
    ),
  ]
    .join('\n\n')
    .concat('\n');
}

function resultRow({ lane, totalMs, firstTokenMs, tokens, tokensPerSecond, sparedEncodeMs, timesAsFast, sameWords }: ReportLane): string[] {
  return [
    laneName(lane),
    totalMs === null ? '' : formatMs(totalMs.median),
    totalMs === null || totalMs.count === 1 ? '' : spreadWords(totalMs),
    firstTokenMs === null ? '' : formatMs(firstTokenMs.median),
    tokens === null ? '' : String(tokens),
    tokensPerSecond === null ? '' : String(Math.round(tokensPerSecond.median)),
    sparedEncodeMs === null ? '' : formatMs(sparedEncodeMs),
    timesAsFast === null ? '' : times(timesAsFast.whole),
    timesAsFast?.decodePerToken == null ? '' : times(timesAsFast.decodePerToken),
    sameWords === null ? '' : formatPercent(sameWords, 1),
  ];
}

const ENDS = { running: 'compare.notFinishedAfter', cancelled: 'compare.cancelledAfter', failed: 'compare.failedAfter' } as const;

function roundWords({ roundsAsked, warmUp, runs, end }: Report): string {
  const counted = new Set(runs.filter((run) => run.counted).map((run) => run.round)).size;
  const asked = warmUp ? t('compare.roundsWithWarmUp', { rounds: roundsAsked }) : String(roundsAsked);
  const rounds = end === 'done' ? asked : t(ENDS[end], { rounds: asked, counted });
  return t('compare.roundsTakingTurns', { rounds });
}

export function spreadWords({ min, max }: Spread): string {
  return t('compare.range', { least: formatMs(min), most: formatMs(max) });
}

/** A row a run. */
function csv(report: Report): string {
  const circumstances = { ...circumstanceCells(report), source: report.source };
  return csvTable(report.runs.map((run) => ({ ...runCells(run), output: outputOf(report, run), ...circumstances })));
}

function runCells(run: ReportRun): Record<string, string | number | null> {
  return {
    round: run.round,
    counted: run.counted ? 'yes' : 'no',
    position: run.position,
    lane: run.lane,
    segments: run.segments,
    tokens: run.tokens,
    flagged: run.flagged,
    repaired: run.repaired,
    drafted: run.drafts?.drafted ?? null,
    drafts_kept: run.drafts?.accepted ?? null,
    drafting_given_up: run.drafts === null ? null : run.drafts.gaveUp ? 'yes' : 'no',
    total_ms: run.totalMs,
    first_token_ms: run.firstTokenMs,
    measured_total_ms: run.measuredTotalMs,
    ...Object.fromEntries(STAGES.map((stage) => [`${stage}_ms`, run.stagesMs[stage]])),
    reused_encodings: run.reusedEncodings,
    spared_encode_ms: run.sparedEncodeMs,
  };
}

function outputOf({ lanes }: Report, run: ReportRun): string {
  return lanes.find(({ lane }) => lane === run.lane)?.texts[run.text] ?? '';
}
