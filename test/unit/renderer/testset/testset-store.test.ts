import { describe, expect, it } from 'vitest';
import { type Compared, type SummaryComparison } from '../../../../src/renderer/compare/compared';
import { testFile, testReportOf } from '../../../../src/renderer/testset/test-report';
import { createTestSetStore } from '../../../../src/renderer/testset/testset-store';
import { summarizingManifestSchema } from '../../../../src/shared/pack';
import summaryPack from '../../../fixtures/packs/tiny-summary/pack.json';
import { delta, done, ScriptedEngine, settle, timings } from '../scripted-engine';
import { CHOICE } from './tiny-choice';

const SUMMARIES: SummaryComparison = {
  pack: summarizingManifestSchema.parse(summaryPack),
  length: 'short',
  form: 'paragraph',
  available: ['llm', 'exact'],
  lanes: ['llm', 'exact'],
};
const CONTEXT = {
  app: { version: '1.2.3', commit: 'abc1234' },
  machine: { processor: 'Test, "CPU"', cores: 2, memoryBytes: 2 ** 33, system: 'Linux 6' },
};
const TSV = 'The cat sleeps on the mat.\tDie Katze schläft auf der Matte.\nThe dog is big.\tDer Hund ist groß.\n';

const DOCUMENT = 'The cat sleeps on the mat. It is warm there. Nobody wakes it. Then it rains.';
const JSON_LINES = [
  { text: DOCUMENT, summary: 'A cat sleeps on a warm mat.' },
  { text: 'Ha.', summary: 'Laughter.' },
]
  .map((row) => `${JSON.stringify(row)}\n`)
  .join('');

const bytesOf = (text: string) => new TextEncoder().encode(text);

function panel(first: Compared = CHOICE, file = { name: 'a.tsv', bytes: bytesOf(TSV) }) {
  let choice = first;
  const engine = new ScriptedEngine();
  let nowMs = 0;
  let forgotten = 0;
  const store = createTestSetStore({
    client: () => engine.client,
    choose: () => choice,
    forgetEncodings: () => Promise.resolve(forgotten++),
    sessions: () => [{ part: 'encoder', provider: 'cpu', threads: 2, bytes: 1 }],
    clock: { now: () => nowMs, date: () => new Date(0), pause: () => Promise.resolve() },
  });
  store.open([file]);
  const choose = (next: Compared) => {
    choice = next;
    store.wantedChanged();
  };
  const lastId = () =>
    engine.requests.flatMap((request) => (request.kind === 'generate' || request.kind === 'summarize' ? [request.id] : [])).at(-1) ?? -1;
  const run = () => {
    const { run: current } = store.getState();
    if (current === null) throw new Error('expected a run');
    return current;
  };
  /** Answers the request of the moment; encoding counts for the lane that is first. */
  const answer = async (text: string, encodeMs: number, ownMs: number) => {
    const id = lastId();
    nowMs += encodeMs + ownMs;
    const measured = timings({ encodeMs, decodeMs: ownMs / 2, totalMs: encodeMs + ownMs });
    await engine.tell(delta(id, 0, text, 4), done(id, { tokens: 4, timings: measured }));
  };
  const over = async () => {
    for (let turn = 0; turn < 5_000 && run().phase === 'scoring'; turn++) await settle();
  };
  const asked = () => engine.requests.flatMap((request) => (request.kind === 'generate' ? [`${request.lane} ${request.text}`] : []));
  return { engine, store, choose, lastId, run, answer, over, asked, forgotten: () => forgotten };
}

async function wholeRun() {
  const world = panel();
  world.store.run();
  await settle();
  // The warm-up does not count.
  await world.answer('Aufwärmen.', 900, 900);
  await world.answer('Aufwärmen.', 0, 900);
  await world.answer('Die Katze schläft auf der Matte.', 10, 40);
  await world.answer('Die Katze liegt auf dem Boden.', 0, 10);
  await world.answer('Der Hund ist groß.', 10, 10);
  await world.answer('Der Hund ist groß.', 0, 30);
  await world.over();
  return world;
}

describe('a run over a test set', () => {
  it('translates every sentence in every lane, lanes taking turns in being first, after a warm-up that is forgotten', async () => {
    const { asked, forgotten, run } = await wholeRun();
    expect(asked()).toEqual([
      'llm The cat sleeps on the mat.',
      'hybrid The cat sleeps on the mat.',
      'llm The cat sleeps on the mat.',
      'hybrid The cat sleeps on the mat.',
      'hybrid The dog is big.',
      'llm The dog is big.',
    ]);
    expect(forgotten()).toBe(1);
    expect(run()).toMatchObject({ phase: 'done', lane: null, error: null, elapsedMs: 110 });
  });

  it('scores lanes as sacreBLEU does, and counts one reading a sentence for both', async () => {
    const { run } = await wholeRun();
    const [llm, hybrid] = run().scores ?? [];
    expect(llm).toMatchObject({ writer: 'llm', values: [{ against: null }, { against: null }], speed: { faster: null, tokens: 8 } });
    // 40 + 10 and 30 + 10; 10 + 10 and 10 + 10.
    expect([llm?.speed?.totalMs, hybrid?.speed?.totalMs]).toEqual([90, 40]);
    expect(hybrid?.speed?.faster).toBeCloseTo(2.25);
    expect(llm?.values[0]?.score).toBeCloseTo(100, 9);
    const [, chrf] = hybrid?.values ?? [];
    expect(chrf?.against?.difference).toBeCloseTo((chrf?.score ?? 0) - 100, 9);
    expect(chrf?.against?.low).toBeLessThanOrEqual(chrf?.against?.difference ?? 0);
    expect(chrf?.against?.high).toBe(0);
  });

  it('that is cancelled counts what every lane has translated', async () => {
    const { engine, store, run, answer, over } = panel();
    store.run();
    await settle();
    for (let i = 0; i < 5; i++) await answer('Die Katze.', 1, 1);
    store.cancel();
    await settle();
    await engine.tell(done(engine.asked.at(-1) ?? -1, { finish: 'cancelled' }));
    await over();
    expect(run().phase).toBe('cancelled');
    expect(run().lines).toHaveLength(1);
    expect(run().scores).toHaveLength(2);
  });

  it('that fails says why, and keeps what it has', async () => {
    const { engine, store, run, answer, over } = panel();
    store.run();
    await settle();
    for (let i = 0; i < 4; i++) await answer('Die Katze.', 1, 1);
    await engine.die();
    await over();
    expect(run()).toMatchObject({ phase: 'failed', error: { code: 'process-died' } });
    expect(run().scores).toHaveLength(2);
  });

  it('ends with its test set', async () => {
    const { engine, store, answer } = panel();
    store.run();
    await settle();
    await answer('Die Katze.', 1, 1);
    store.clear();
    await settle();
    expect(engine.cancelled).toHaveLength(1);
    expect(store.getState()).toEqual({ set: null, problem: null, run: null });
  });
});

describe('a broken file', () => {
  it('is refused in words, and what was there before is gone', () => {
    const { store } = panel();
    store.open([{ name: 'b.tsv', bytes: bytesOf('no tab') }]);
    expect(store.getState().set).toBeNull();
    expect(store.getState().problem?.()).toMatch(/^b\.tsv, line 1/);
  });

  it('is read again when the task is another', () => {
    const { store, choose } = panel(CHOICE, { name: 'a.jsonl', bytes: bytesOf(JSON_LINES) });
    expect(store.getState().problem?.()).toBe('a.jsonl is no test set: expected one TSV or TMX file, or two text files.');
    choose(SUMMARIES);
    expect(store.getState()).toMatchObject({ problem: null, set: { task: 'summarize', pairs: [{ line: 1 }, { line: 2 }] } });
  });
});

async function summaryRun() {
  const world = panel(SUMMARIES, { name: 'a.jsonl', bytes: bytesOf(JSON_LINES) });
  world.store.run();
  await settle();
  for (let i = 0; i < 4; i++) await world.answer('The cat sleeps on a warm mat.', 10, 30);
  const error = { code: 'unfit-text', message: 'Nothing to summarize.' } as const;
  for (let i = 0; i < 2; i++) await world.engine.tell({ kind: 'failed', id: world.lastId(), error });
  await world.over();
  return world;
}

describe('a run over documents', () => {
  it('scores summaries with ROUGE beside the first sentences, which are as good as they are', async () => {
    const { run } = await summaryRun();
    expect(run()).toMatchObject({ phase: 'done', lines: [{ pair: { line: 1 } }, { pair: { line: 2 } }] });
    const scores = run().scores ?? [];
    expect(scores.map(({ writer }) => writer)).toEqual(['llm', 'exact', 'lead-1', 'lead-3']);
    expect(scores[0]?.values.map(({ metric }) => metric.name)).toEqual(['ROUGE-1', 'ROUGE-2', 'ROUGE-L']);
    // Of the first document 6 of 7 words in both; the second has no summary.
    expect(scores[0]?.values[0]?.score).toBeCloseTo((100 * 12) / 14 / 2, 9);
    expect(scores[1]?.values[0]?.against).toEqual({ difference: 0, low: 0, high: 0 });
    expect(scores[2]?.values[0]?.against?.low).toBeCloseTo((100 * 8) / 13 - (100 * 12) / 14, 9);
    expect(scores[2]?.speed).toBeNull();
    expect(scores[3]?.lengthRatio).toBeCloseTo((6 + 4 + 3 + 1) / 8, 9);
    expect(run().lines[0]?.written['lead-3']?.output).toBe('The cat sleeps on the mat. It is warm there. Nobody wakes it.');
  });

  it('counts a document that there is nothing to summarize in as an empty summary to check', async () => {
    const { run } = await summaryRun();
    expect(run().lines[1]?.written.llm).toMatchObject({ output: '', work: { flagged: 1 } });
    expect(run().scores?.[0]?.speed).toMatchObject({ flagged: 1 });
  });

  it('is exported with every output', async () => {
    const { run } = await summaryRun();
    const csv = testFile(run(), 'csv', CONTEXT);
    expect(csv.name).toBe('test-set_short_paragraph_1970-01-01.csv');
    const rows = csv.text.trimEnd().split('\r\n');
    expect(rows).toHaveLength(1 + 2 * 4);
    expect(rows[0]).toMatch(/^line,lane,source,reference,output,rouge1,rouge2,rougeL,tokens,/);
    expect(rows[3]).toMatch(/^1,lead-1,.+,The cat sleeps on the mat\.,\d+\.\d{4},\d+\.\d{4},\d+\.\d{4},,,,,/);
    expect(testFile(run(), 'markdown', CONTEXT).text).toMatch(/\| First sentence \| \d+\.\d\d \([−+]?\d+\.\d\d \(/);
  });
});

describe('the export', () => {
  it('has the circumstances, every sentence and every lane’s scores', async () => {
    const { run } = await wholeRun();
    const report = testReportOf(run(), CONTEXT);
    expect(report).toMatchObject({
      kind: 'tandem-test-set',
      measuredAt: '1970-01-01T00:00:00.000Z',
      pack: { id: 'tiny' },
      testSet: { name: 'a.tsv', texts: 2, skipped: 0 },
      measured: 2,
      reference: 'llm',
      bootstrap: { samples: 1000 },
      scores: [
        { writer: 'llm', against: null, speed: { totalMs: 90 } },
        { writer: 'hybrid', against: { chrf: { high: 0 } }, speed: { totalMs: 40 } },
      ],
      texts: [
        {
          line: 1,
          outputs: [
            { writer: 'llm', work: { totalMs: 50 } },
            { writer: 'hybrid', work: { totalMs: 20 } },
          ],
        },
        { line: 2 },
      ],
    });
    expect(JSON.parse(testFile(run(), 'json', CONTEXT).text)).toEqual(JSON.parse(JSON.stringify(report)));
  });

  it('as CSV has a row a sentence and lane, as Markdown a table and where the hybrid loses', async () => {
    const { run } = await wholeRun();
    const csv = testFile(run(), 'csv', CONTEXT);
    expect(csv.name).toBe('test-set_en_de_1970-01-01.csv');
    const rows = csv.text.trimEnd().split('\r\n');
    expect(rows).toHaveLength(5);
    expect(rows[0]).toMatch(/^line,lane,source,reference,output,chrf,tokens,total_ms,/);
    expect(rows[2]).toMatch(/^1,hybrid,The cat sleeps on the mat\.,Die Katze schläft auf der Matte\.,Die Katze liegt auf dem Boden\.,/);
    expect(rows[1]).toContain('"Test, ""CPU"""');
    const { text } = testFile(run(), 'markdown', CONTEXT);
    expect(text).toContain('| LLM | 100.00 (reference) | 100.00 (reference) |');
    expect(text).toContain('## Where Hybrid loses most');
    expect(text).toContain('Die Katze liegt auf dem Boden.');
    expect(text).toContain('tok:13a');
  });
});
