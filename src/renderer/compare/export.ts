/** A report as a file: for people (Markdown), for spreadsheets (CSV, a row a run), for programs (JSON). Pure. */
import { STAGES } from '../../shared/inference';
import { formatNumber, formatPercent, languageName, t } from '../i18n/i18n';
import { laneName } from '../translate/choice';
import { formatMs, stageName, times } from '../translate/timeline';
import { type Report, type ReportLane, type ReportRun } from './report';
import { type Spread } from './spread';

export const FORMATS = ['markdown', 'csv', 'json'] as const;
export type Format = (typeof FORMATS)[number];

export const FORMAT_NAMES: Record<Format, string> = { markdown: 'Markdown', csv: 'CSV', json: 'JSON' };

const EXTENSIONS: Record<Format, string> = { markdown: 'md', csv: 'csv', json: 'json' };

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
  return `comparison_${task.from}_${task.to}_${measuredAt.slice(0, 10)}.${EXTENSIONS[format]}`;
}

function markdown(report: Report): string {
  const { app, machine, pack, task, settings, lanes, runs, source } = report;
  const reference = report.reference === null ? '' : laneName(report.reference);
  const facts: [string, string][] = [
    [t('compare.measured'), report.measuredAt],
    [
      t('compare.machine'),
      t('compare.machineFacts', {
        processor: machine.processor,
        cores: machine.cores,
        memory: gibibytes(machine.memoryBytes),
        system: machine.system,
      }),
    ],
    [t('compare.pack'), `${pack.name} (${pack.id} ${pack.version})`],
    [t('compare.app'), t('compare.appFacts', app)],
    [t('compare.languages'), t('shell.pair', { from: languageName(task.from), to: languageName(task.to) })],
    [
      t('compare.decoding'),
      settings.decoding.kind === 'greedy' ? t('compare.greedy') : t('compare.beamOf', { width: settings.decoding.width }),
    ],
    [
      t('compare.threads'),
      settings.sessions.map(({ part, provider, threads }) => `${part} ${threads} (${provider})`).join(', ') || t('compare.unknown'),
    ],
    [t('compare.rounds'), roundWords(report)],
  ];
  return [
    `# ${t('compare.reportTitle')}`,
    table(['', ''], facts),
    `## ${t('compare.results')}`,
    table(
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
      t('compare.mediansOver', { reference }),
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
    table(
      [
        t('compare.round'),
        t('compare.orderInRound'),
        t('shell.lane'),
        t('compare.totalMs'),
        t('compare.firstTokenMs'),
        ...STAGES.map((stage) => t('compare.stageMs', { stage: stageName(stage) })),
        t('compare.tokens'),
      ],
      runs.map((run) => [
        run.counted ? String(run.round) : t('compare.warmUpCell'),
        String(run.position),
        laneName(run.lane),
        formatNumber(run.totalMs, 1),
        run.firstTokenMs === null ? '' : formatNumber(run.firstTokenMs, 1),
        ...STAGES.map((stage) => formatNumber(run.stagesMs[stage], 1)),
        String(run.tokens),
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
    totalMs === null ? '' : spreadWords(totalMs),
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

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => oneLine(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** A fence longer than any in the text, so that the text stays as it is. */
function quote(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

const gibibytes = (bytes: number) => `${formatNumber(bytes / 2 ** 30, 1)} GiB`;

/** RFC 4180. Every row tells all of its circumstances, so that rows of several files can be put together. */
function csv(report: Report): string {
  const { app, machine, pack, task, settings, source, measuredAt } = report;
  const circumstances = {
    measured_at: measuredAt,
    app_version: app.version,
    app_commit: app.commit,
    processor: machine.processor,
    cores: machine.cores,
    memory_bytes: machine.memoryBytes,
    system: machine.system,
    pack: pack.id,
    pack_version: pack.version,
    from: task.from,
    to: task.to,
    decoding: settings.decoding.kind,
    beam_width: settings.decoding.kind === 'beam' ? settings.decoding.width : 1,
    threads: settings.sessions.map(({ part, threads }) => `${part}: ${threads}`).join('; '),
    source,
  };
  const rows = report.runs.map((run) => ({ ...runCells(run), output: outputOf(report, run), ...circumstances }));
  const columns = Object.keys(rows[0] ?? circumstances);
  return [columns.map(cell), ...rows.map((row) => Object.values(row).map(cell))].map((cells) => `${cells.join(',')}\r\n`).join('');
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

function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
