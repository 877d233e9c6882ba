/** A run over a test set with all that a reader of its numbers must know, as a file: Markdown, CSV (a row a text and writer), JSON. Pure. */
import type { RequestLane } from '../../shared/inference/lanes';
import { SAMPLES, SEED, type Interval } from '../../shared/metrics/bootstrap';
import { type Metric } from '../../shared/metrics/metric';
import { circumstanceCells, circumstanceFacts, circumstancesOf, type Circumstances, type ReportContext } from '../compare/circumstances';
import { taskOf } from '../compare/compared';
import { EXTENSIONS, type Format } from '../compare/export';
import { csvTable, markdownTable } from '../compare/markup';
import { formatNumber, t } from '../i18n/i18n';
import { leadsOf, METRICS, type Writer, writerName } from './measures';
import { excerpt, fewWords, scoreCells, scoreColumns, signed } from './score-table';
import { fairMs, worstOf, type Speed } from './test-run';
import { type TestRun } from './testset-store';

type MetricId = Metric['id'];

/** Milliseconds have three decimals, scores as many as they were worked out with. */
export interface TestReport extends Circumstances {
  kind: 'tandem-test-set';
  version: 2;
  testSet: { name: string; texts: number; skipped: number };
  /** Whether all texts were worked on. */
  end: TestRun['phase'];
  measured: number;
  /** The others are held against it. */
  reference: RequestLane | null;
  /** How each is computed. */
  metrics: Partial<Record<MetricId, string>>;
  bootstrap: { samples: number; seed: number; level: 0.95 };
  scores: TestReportScore[];
  texts: TestReportText[];
}

export interface TestReportScore {
  writer: Writer;
  scores: Partial<Record<MetricId, number>>;
  /** Null for the reference. */
  against: Partial<Record<MetricId, Interval>> | null;
  lengthRatio: number;
  /** Null for the first sentences of a document. */
  speed: Speed | null;
}

export interface TestReportText {
  line: number;
  source: string;
  reference: string;
  outputs: TestReportOutput[];
}

export interface TestReportOutput {
  writer: Writer;
  output: string;
  scores: Partial<Record<MetricId, number>>;
  /** Null where no lane wrote it. */
  work: { tokens: number; totalMs: number; repaired: number; flagged: number } | null;
}

export function testReportOf(run: TestRun, context: ReportContext): TestReport {
  const { choice, set, phase, lines, scores, startedAt, sessions } = run;
  const metrics = METRICS[taskOf(choice)];
  return {
    kind: 'tandem-test-set',
    version: 2,
    ...circumstancesOf(choice, startedAt, sessions, context),
    testSet: { name: set.name, texts: set.pairs.length, skipped: set.skipped },
    end: phase,
    measured: lines.length,
    reference: choice.lanes[0] ?? null,
    metrics: Object.fromEntries(metrics.map(({ id, signature }) => [id, signature])),
    bootstrap: { samples: SAMPLES, seed: SEED, level: 0.95 },
    scores: (scores ?? []).map(({ writer, values, lengthRatio, speed }) => {
      const against = values.flatMap((value) => (value.against === null ? [] : [[value.metric.id, value.against] as const]));
      return {
        writer,
        scores: Object.fromEntries(values.map(({ metric, score }) => [metric.id, score])),
        against: against.length === 0 ? null : Object.fromEntries(against),
        lengthRatio,
        speed: speed && { ...speed, totalMs: rounded(speed.totalMs), medianMs: rounded(speed.medianMs) },
      };
    }),
    texts: lines.map((line) => ({
      line: line.pair.line,
      source: line.pair.source,
      reference: line.pair.reference,
      outputs: writersOf(run).flatMap((writer): TestReportOutput[] => {
        const own = line.written[writer];
        if (own === undefined) return [];
        const { output, counts, work } = own;
        const ofOne = metrics.flatMap((metric, index) => (metric.isOfOne ? [[metric.id, metric.score(counts[index] ?? [])] as const] : []));
        const lane = choice.lanes.find((candidate) => candidate === writer);
        return [
          {
            writer,
            output,
            scores: Object.fromEntries(ofOne),
            work:
              work === null || lane === undefined
                ? null
                : { tokens: work.tokens, totalMs: rounded(fairMs(line, lane, choice)), repaired: work.repaired, flagged: work.flagged },
          },
        ];
      }),
    })),
  };
}

const writersOf = ({ choice }: TestRun): Writer[] => [...choice.lanes, ...leadsOf(taskOf(choice))];

export function testFile(run: TestRun, format: Format, context: ReportContext): { name: string; text: string } {
  const report = testReportOf(run, context);
  const name = `test-set_${Object.values(report.task).join('_')}_${report.measuredAt.slice(0, 10)}.${EXTENSIONS[format]}`;
  switch (format) {
    case 'markdown':
      return { name, text: markdown(run, report) };
    case 'csv':
      return { name, text: csv(report) };
    case 'json':
      return { name, text: `${JSON.stringify(report, null, 2)}\n` };
    default:
      return format satisfies never;
  }
}

function markdown(run: TestRun, report: TestReport): string {
  const { testSet, measured, reference } = report;
  const task = taskOf(run.choice);
  const facts: [string, string][] = [
    ...circumstanceFacts(report),
    [
      t('testset.texts'),
      measured === testSet.texts ? formatNumber(measured) : `${formatNumber(measured)} / ${formatNumber(testSet.texts)}`,
    ],
    [t('testset.metrics'), METRICS[task].map(({ name, signature }) => `${name} ${signature}`).join(', ')],
    [t('testset.bootstrap'), t('testset.bootstrapFacts', { samples: formatNumber(SAMPLES), seed: SEED })],
  ];
  const withNote = (value: string, note: string) => (note === '' ? value : `${value} (${note})`);
  return [
    `# ${t('testset.reportTitle', { name: testSet.name })}`,
    markdownTable(['', ''], facts),
    `## ${t('testset.results')}`,
    markdownTable(
      [t('shell.lane'), ...scoreColumns(task).map(({ name }) => name)],
      (run.scores ?? []).map((score) => [writerName(score.writer), ...scoreCells(score).map(({ value, note }) => withNote(value, note))]),
    ),
    ...(reference === null ? [] : [t('testset.againstMeaning', { reference: writerName(reference), samples: formatNumber(SAMPLES) })]),
    ...[fewWords(run.lines)].filter((words) => words !== null),
    ...worstSection(run),
  ]
    .join('\n\n')
    .concat('\n');
}

/** Texts shown of those in which most is lost. */
export const WORST = 5;

function worstSection({ choice, lines }: TestRun): string[] {
  const worst = worstOf(lines, choice, WORST);
  if (worst === null) return [];
  const { writer, than, metric, losses } = worst;
  return [
    `## ${t('testset.worst', { lane: writerName(writer) })}`,
    markdownTable(
      ['', t('shell.source'), t('testset.reference'), writerName(than), writerName(writer), metric.name],
      losses.map(({ line: { pair, written }, difference }) => [
        String(pair.line),
        excerpt(pair.source),
        pair.reference,
        written[than]?.output ?? '',
        written[writer]?.output ?? '',
        signed(difference),
      ]),
    ),
  ];
}

function csv(report: TestReport): string {
  const circumstances = { test_set: report.testSet.name, ...circumstanceCells(report) };
  return csvTable(
    report.texts.flatMap(({ line, source, reference, outputs }) =>
      outputs.map(({ writer, output, scores, work }) => ({
        line,
        lane: writer,
        source,
        reference,
        output,
        ...Object.fromEntries(Object.entries(scores).map(([id, score]) => [id, score.toFixed(4)])),
        tokens: work?.tokens ?? null,
        total_ms: work?.totalMs ?? null,
        repaired: work?.repaired ?? null,
        flagged: work?.flagged ?? null,
        ...circumstances,
      })),
    ),
  );
}

const rounded = (ms: number) => Number(ms.toFixed(3));
