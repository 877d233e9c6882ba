import { describe, expect, it } from 'vitest';
import { type Comparison } from '../../../../src/renderer/compare/compare-run';
import { exportReport, fileName } from '../../../../src/renderer/compare/export';
import { reportOf, type Report } from '../../../../src/renderer/compare/report';
import { beginGeneration } from '../../../../src/renderer/generation';
import { EMPTY_TEXT, growText } from '../../../../src/renderer/growing-text';
import { laneRun, ROUND, TINY } from './runs';

const CONTEXT = {
  app: { version: '0.1.0', commit: 'abc1234' },
  machine: { processor: 'Some | Processor', cores: 8, memoryBytes: 16 * 2 ** 30, system: 'Linux 6.1 x64' },
};
const SOURCE = 'Good "morning", all.\nSecond line.';

function comparison(change: Partial<Comparison> = {}): Comparison {
  const lanes = ['llm', 'hybrid'] as const;
  return {
    choice: { pack: TINY, from: 'en', to: 'de', beamWidth: 1, available: lanes, lanes },
    text: SOURCE,
    rounds: 1,
    phase: 'done',
    round: 1,
    lane: null,
    columns: {},
    runs: ROUND,
    error: null,
    startedAt: new Date('2026-05-17T10:20:30Z'),
    sessions: [{ part: 'encoder', provider: 'cpu', threads: 4, bytes: 1 }],
    ...change,
  };
}

/** RFC 4180, as a spreadsheet reads it. */
function readCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\r\n') rows.push([]);
  }
  const [head = [], ...body] = rows.slice(0, -1);
  return body.map((cells) => Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ''])));
}

describe('a report', () => {
  it('says what was measured, where, and with what', () => {
    expect(reportOf(comparison(), CONTEXT)).toMatchObject({
      measuredAt: '2026-05-17T10:20:30.000Z',
      ...CONTEXT,
      pack: { id: TINY.id, version: TINY.version },
      task: { from: 'en', to: 'de' },
      settings: { decoding: { kind: 'greedy' }, sessions: [{ part: 'encoder', provider: 'cpu', threads: 4 }] },
      end: 'done',
      warmUp: false,
      source: SOURCE,
      reference: 'llm',
      sharedEncodeMs: { median: 40 },
      lanes: [
        { lane: 'llm', texts: ['Guten Morgen.'], totalMs: { median: 300 }, timesAsFast: null, sameWords: null, error: null },
        { lane: 'hybrid', totalMs: { median: 100 }, sparedEncodeMs: 40, timesAsFast: { whole: 3, decodePerToken: 4 }, sameWords: 0.5 },
      ],
      runs: [
        { round: 1, counted: true, position: 1, lane: 'llm', totalMs: 300, measuredTotalMs: 300, stagesMs: { encode: 40, decode: 200 } },
        { position: 2, lane: 'hybrid', totalMs: 100, measuredTotalMs: 60, firstTokenMs: 55, sparedEncodeMs: 40, text: 0 },
      ],
    });
  });

  it('keeps every text where rounds did not agree, and text of a lane that was cut short', () => {
    const again = ROUND.map((run) => ({ ...run, round: 2, text: run.lane === 'hybrid' ? 'Tag.' : run.text }));
    const { lanes, runs } = reportOf(comparison({ runs: [...ROUND, ...again] }), CONTEXT);
    expect(lanes[1]?.texts).toEqual(['Guten Tag.', 'Tag.']);
    expect(runs.map(({ text }) => text)).toEqual([0, 0, 0, 1]);

    const cut = {
      ...beginGeneration({ lane: 'hybrid' as const, language: 'de' }),
      phase: 'failed' as const,
      output: growText(EMPTY_TEXT, 0, 'Gu'),
    };
    const failed = comparison({
      runs: ROUND.slice(0, 1),
      columns: { hybrid: { ...cut, error: { code: 'internal', message: 'It broke.' } } },
    });
    expect(reportOf(failed, CONTEXT).lanes[1]).toMatchObject({ texts: ['Gu'], rounds: 0, totalMs: null, error: 'It broke.' });
  });
});

describe('an export', () => {
  const report = reportOf(comparison(), CONTEXT);

  it('as JSON is the report', () => {
    expect(JSON.parse(exportReport(report, 'json')) as Report).toEqual(report);
  });

  it('as CSV has a row for each run, each with all of its circumstances', () => {
    const rows = readCsv(exportReport(report, 'csv'));
    expect(rows).toMatchObject([
      { round: '1', counted: 'yes', lane: 'llm', total_ms: '300', encode_ms: '40', spared_encode_ms: '0', output: 'Guten Morgen.' },
      { lane: 'hybrid', total_ms: '100', measured_total_ms: '60', decode_ms: '50', spared_encode_ms: '40', source: SOURCE },
    ]);
    for (const row of rows) {
      expect(row).toMatchObject({
        processor: 'Some | Processor',
        app_commit: 'abc1234',
        pack: TINY.id,
        decoding: 'greedy',
        beam_width: '1',
      });
    }
  });

  it('as Markdown has tables of as many cells as their heads, and the texts untouched', () => {
    const fenced = reportOf(comparison({ text: '```\ncode | pipe\n```' }), CONTEXT);
    const markdown = exportReport(fenced, 'markdown');
    expect(markdown).toContain('````text\n```\ncode | pipe\n```\n````');
    expect(markdown).toContain('| Hybrid | 100 ms |  | 55 ms | 10 | 200 | 40 ms | 3.0x | 4.0x | 50.0 % |');
    expect(markdown).toContain('One round each, held against LLM.');
    expect(markdown).toContain('| Machine | Some \\| Processor, 8 cores, 16.0 GiB memory, Linux 6.1 x64 |');
    const tables = markdown.split('\n\n').filter((block) => block.startsWith('|'));
    expect(tables).toHaveLength(3);
    for (const table of tables) {
      const widths = table
        .trimEnd()
        .split('\n')
        .map((line) => line.replaceAll('\\|', '').split('|').length);
      expect(new Set(widths).size).toBe(1);
    }
  });

  it('as Markdown says what was written again and what to check, and of several rounds how far times spread', () => {
    const again = ROUND.map((run) => ({
      ...run,
      round: 2,
      repaired: 1,
      flagged: 2,
      timings: { ...run.timings, totalMs: run.timings.totalMs + 60 },
    }));
    const markdown = exportReport(reportOf(comparison({ rounds: 5, runs: [...ROUND, ...again] }), CONTEXT), 'markdown');
    expect(markdown).toContain('| LLM | 330 ms | 300 ms to 360 ms |');
    expect(markdown).toMatch(/\| 2 \| 1 \| LLM .* \| 1 \| 2 \|  \|\n/);
  });

  it('tells in each format what became of the drafts of the exact lane', () => {
    const speculation = { drafted: 20, accepted: 12, rejected: 8, gaveUp: true };
    const drafted = reportOf(comparison({ runs: [...ROUND, laneRun({ lane: 'exact', position: 2, speculation })] }), CONTEXT);
    expect(drafted.runs.map(({ drafts }) => drafts)).toEqual([null, null, speculation]);
    expect(readCsv(exportReport(drafted, 'csv'))).toMatchObject([
      { lane: 'llm', drafted: '', drafts_kept: '', drafting_given_up: '' },
      {},
      { lane: 'exact', drafted: '20', drafts_kept: '12', drafting_given_up: 'yes' },
    ]);
    expect(exportReport(drafted, 'markdown')).toMatch(/\| 1 \| 3 \| Exact .* \| 12 of 20 drafts kept, then given up \|\n/);
  });

  it('says when it was cut short', () => {
    const cut = reportOf(comparison({ phase: 'cancelled', rounds: 10 }), CONTEXT);
    expect(exportReport(cut, 'markdown')).toContain('10 and one to warm up, not counted, cancelled after 1;');
  });

  it('is named after languages and day', () => {
    expect(fileName(report, 'markdown')).toBe('comparison_en_de_2026-05-17.md');
    expect(fileName(report, 'csv')).toBe('comparison_en_de_2026-05-17.csv');
  });
});
