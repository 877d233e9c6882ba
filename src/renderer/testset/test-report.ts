/** A run over a test set with all that a reader of its numbers must know, as a file: Markdown, CSV (a row a sentence and lane), JSON. Pure. */
import { type RequestLane } from '../../shared/inference';
import { bleu } from '../../shared/metrics/bleu';
import { SAMPLES, SEED, type Interval } from '../../shared/metrics/bootstrap';
import { chrf } from '../../shared/metrics/chrf';
import { readsEncoding } from '../compare/compared';
import { circumstanceCells, circumstanceFacts, circumstancesOf, type Circumstances, type ReportContext } from '../compare/circumstances';
import { EXTENSIONS, type Format } from '../compare/export';
import { type LanguagePair } from '../compare/lanes';
import { csvTable, markdownTable } from '../compare/markup';
import { formatNumber, t } from '../i18n/i18n';
import { laneName } from '../translate/choice';
import { formatMs, times } from '../translate/timeline';
import { fairMs, losses } from './test-run';
import { type TestRun } from './testset-store';

/** Milliseconds have three decimals, scores as many as they were worked out with. */
export interface TestReport extends Circumstances {
  kind: 'tandem-test-set';
  version: 1;
  task: LanguagePair;
  testSet: { name: string; sentences: number; skipped: number };
  /** Whether all sentences were translated. */
  end: TestRun['phase'];
  measured: number;
  /** The others are held against it. */
  reference: RequestLane | null;
  metrics: { bleu: string; chrf: string; bootstrap: { samples: number; seed: number; level: 0.95 } };
  lanes: TestReportLane[];
  sentences: TestReportSentence[];
}

export interface TestReportLane {
  lane: RequestLane;
  bleu: number;
  chrf: number;
  against: { bleu: Interval; chrf: Interval } | null;
  totalMs: number;
  medianMs: number;
  tokens: number;
  tokensPerSecond: number | null;
  timesAsFast: number | null;
  repaired: number;
  flagged: number;
}

export interface TestReportSentence {
  line: number;
  source: string;
  reference: string;
  lanes: { lane: RequestLane; output: string; chrf: number; tokens: number; totalMs: number; repaired: number; flagged: number }[];
}

export function testReportOf(run: TestRun, context: ReportContext): TestReport {
  const { choice, set, phase, lines, scores, startedAt, sessions } = run;
  return {
    kind: 'tandem-test-set',
    version: 1,
    ...circumstancesOf(choice, startedAt, sessions, context),
    task: { from: choice.from, to: choice.to },
    testSet: { name: set.name, sentences: set.pairs.length, skipped: set.skipped },
    end: phase,
    measured: lines.length,
    reference: choice.lanes[0] ?? null,
    metrics: { bleu: bleu.signature, chrf: chrf.signature, bootstrap: { samples: SAMPLES, seed: SEED, level: 0.95 } },
    lanes: (scores ?? []).map(({ faster, totalMs, medianMs, ...score }) => ({
      ...score,
      totalMs: rounded(totalMs),
      medianMs: rounded(medianMs),
      timesAsFast: faster,
    })),
    sentences: lines.map((line) => ({
      line: line.pair.line,
      source: line.pair.source,
      reference: line.pair.reference,
      lanes: choice.lanes.flatMap((lane) => {
        const own = line.lanes[lane];
        if (own === undefined) return [];
        const { output, tokens, repaired, flagged, chrfCounts } = own;
        const totalMs = rounded(fairMs(line, lane, readsEncoding(choice, lane)));
        return [{ lane, output, chrf: chrf.score(chrfCounts), tokens, totalMs, repaired, flagged }];
      }),
    })),
  };
}

export function testFile(run: TestRun, format: Format, context: ReportContext): { name: string; text: string } {
  const report = testReportOf(run, context);
  const { from, to } = report.task;
  const name = `test-set_${from}_${to}_${report.measuredAt.slice(0, 10)}.${EXTENSIONS[format]}`;
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
  const { testSet, metrics, measured, reference, lanes } = report;
  const facts: [string, string][] = [
    ...circumstanceFacts(report),
    [
      t('testset.sentences'),
      measured === testSet.sentences ? formatNumber(measured) : `${formatNumber(measured)} / ${formatNumber(testSet.sentences)}`,
    ],
    [t('testset.metrics'), `BLEU ${metrics.bleu}, chrF ${metrics.chrf}`],
    [t('testset.bootstrap'), t('testset.bootstrapFacts', { samples: formatNumber(SAMPLES), seed: SEED })],
  ];
  const against = t('testset.against', { reference: reference === null ? '' : laneName(reference) });
  const head = [
    'BLEU',
    `BLEU, ${against}`,
    'chrF',
    `chrF, ${against}`,
    t('testset.sentenceTime'),
    t('compare.tokensPerSecond'),
    t('compare.speed'),
  ];
  const worst = worstOf(run);
  return [
    `# ${t('testset.reportTitle', { name: testSet.name })}`,
    markdownTable(['', ''], facts),
    `## ${t('testset.results')}`,
    markdownTable(
      [t('shell.lane'), ...head, t('testset.repaired'), t('testset.flagged')],
      lanes.map((lane) => [
        laneName(lane.lane),
        scoreWords(lane.bleu),
        lane.against === null ? '' : intervalWords(lane.against.bleu),
        scoreWords(lane.chrf),
        lane.against === null ? '' : intervalWords(lane.against.chrf),
        formatMs(lane.medianMs),
        lane.tokensPerSecond === null ? '' : formatNumber(lane.tokensPerSecond),
        lane.timesAsFast === null ? '' : times(lane.timesAsFast),
        formatNumber(lane.repaired),
        formatNumber(lane.flagged),
      ]),
    ),
    ...(worst === null || reference === null
      ? []
      : [
          `## ${t('testset.worst', { lane: laneName(worst.lane) })}`,
          markdownTable(
            ['', t('shell.source'), t('testset.referenceTranslation'), laneName(reference), laneName(worst.lane), 'chrF'],
            worst.losses.map(({ line, difference }) => [
              String(line.pair.line),
              line.pair.source,
              line.pair.reference,
              line.lanes[reference]?.output ?? '',
              line.lanes[worst.lane]?.output ?? '',
              signed(difference),
            ]),
          ),
        ]),
  ]
    .join('\n\n')
    .concat('\n');
}

function csv(report: TestReport): string {
  const circumstances = { test_set: report.testSet.name, ...circumstanceCells(report) };
  return csvTable(
    report.sentences.flatMap(({ line, source, reference, lanes }) =>
      lanes.map(({ lane, output, chrf: score, tokens, totalMs, repaired, flagged }) => ({
        line,
        lane,
        source,
        reference,
        output,
        chrf: score.toFixed(4),
        tokens,
        total_ms: totalMs,
        repaired,
        flagged,
        ...circumstances,
      })),
    ),
  );
}

const WORST = 5;

/** The sentences in which the hybrid, or else the lane that loses most, falls furthest behind the reference lane. */
export function worstOf({ choice, lines, scores }: TestRun): { lane: RequestLane; losses: ReturnType<typeof losses> } | null {
  const [reference, ...others] = choice.lanes;
  const byLoss = others.toSorted((a, b) => differenceOf(a) - differenceOf(b));
  const lane = others.find((other) => other === 'hybrid') ?? byLoss[0];
  if (reference === undefined || lane === undefined || scores === null) return null;
  const found = losses(lines, lane, reference, WORST);
  return found.length === 0 ? null : { lane, losses: found };

  function differenceOf(other: RequestLane): number {
    return scores?.find((score) => score.lane === other)?.against?.chrf.difference ?? 0;
  }
}

/** With one decimal more than is usual in papers: small differences are what this is about. */
export const scoreWords = (score: number) => formatNumber(score, 2);

export function signed(difference: number): string {
  const number = formatNumber(Math.abs(difference), 2);
  return Number(difference.toFixed(2)) === 0 ? number : `${difference < 0 ? '−' : '+'}${number}`;
}

export function intervalWords({ difference, low, high }: Interval): string {
  return `${signed(difference)} (${t('testset.interval', { low: signed(low), high: signed(high) })})`;
}

const rounded = (ms: number) => Number(ms.toFixed(3));
