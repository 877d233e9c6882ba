/** A report as a file: for people (Markdown), for spreadsheets (CSV, a row a run), for programs (JSON). Pure. */
import { STAGES } from '../../shared/inference';
import { LANE_NAMES, languageName } from '../translate/choice';
import { formatMs, times } from '../translate/timeline';
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
  const reference = report.reference === null ? '' : LANE_NAMES[report.reference];
  const facts: [string, string][] = [
    ['Measured', report.measuredAt],
    ['Machine', `${machine.processor}, ${machine.cores} cores, ${gibibytes(machine.memoryBytes)} memory, ${machine.system}`],
    ['Pack', `${pack.name} (${pack.id} ${pack.version})`],
    ['App', `Tandem ${app.version}, commit ${app.commit}`],
    ['Languages', `${languageName(task.from)} to ${languageName(task.to)}`],
    ['Decoding', settings.decoding.kind === 'greedy' ? 'greedy' : `beam of ${settings.decoding.width}`],
    ['Threads', settings.sessions.map(({ part, provider, threads }) => `${part} ${threads} (${provider})`).join(', ') || 'unknown'],
    ['Rounds', roundWords(report)],
  ];
  return [
    `# Comparison of lanes`,
    table(['', ''], facts),
    `## Results`,
    table(
      [
        'Lane',
        'Total',
        'Spread',
        'First token',
        'Tokens',
        'Tokens/s',
        'Encode spared',
        `Whole, times as fast`,
        'Per token',
        'Words the same',
      ],
      lanes.map(resultRow),
    ),
    [
      `Medians over the counted rounds, with the fastest and the slowest; held against ${reference}.`,
      report.sharedEncodeMs === null
        ? ''
        : `The text was encoded once a round (${formatMs(report.sharedEncodeMs.median)}); every lane that uses the encoding is counted with it.`,
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),
    `## Source`,
    quote(source),
    ...lanes.flatMap(({ lane, texts, error }) => [
      `## ${LANE_NAMES[lane]}`,
      ...(error === null ? [] : [`Failed: ${oneLine(error)}`]),
      ...texts.map(quote),
    ]),
    `## Runs`,
    table(
      ['Round', 'Order', 'Lane', 'Total ms', 'First token ms', ...STAGES.map((stage) => `${stage} ms`), 'Tokens'],
      runs.map((run) => [
        run.counted ? String(run.round) : 'warm-up',
        String(run.position),
        LANE_NAMES[run.lane],
        run.totalMs.toFixed(1),
        run.firstTokenMs?.toFixed(1) ?? '',
        ...STAGES.map((stage) => run.stagesMs[stage].toFixed(1)),
        String(run.tokens),
      ]),
    ),
  ]
    .join('\n\n')
    .concat('\n');
}

function resultRow({ lane, totalMs, firstTokenMs, tokens, tokensPerSecond, sparedEncodeMs, timesAsFast, sameWords }: ReportLane): string[] {
  return [
    LANE_NAMES[lane],
    totalMs === null ? '' : formatMs(totalMs.median),
    totalMs === null ? '' : spreadWords(totalMs),
    firstTokenMs === null ? '' : formatMs(firstTokenMs.median),
    tokens === null ? '' : String(tokens),
    tokensPerSecond === null ? '' : String(Math.round(tokensPerSecond.median)),
    sparedEncodeMs === null ? '' : formatMs(sparedEncodeMs),
    timesAsFast === null ? '' : times(timesAsFast.whole),
    timesAsFast?.decodePerToken == null ? '' : times(timesAsFast.decodePerToken),
    sameWords === null ? '' : `${(100 * sameWords).toFixed(1)} %`,
  ];
}

function roundWords({ roundsAsked, warmUp, runs, end }: Report): string {
  const counted = new Set(runs.filter((run) => run.counted).map((run) => run.round)).size;
  const ended = end === 'done' ? '' : `, ${end === 'running' ? 'not finished' : end} after ${counted}`;
  return `${roundsAsked}${warmUp ? ' and one to warm up, not counted' : ''}${ended}; lanes one after the other, taking turns in being first`;
}

export function spreadWords({ min, max }: Spread): string {
  return `${formatMs(min)} to ${formatMs(max)}`;
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

const gibibytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

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
