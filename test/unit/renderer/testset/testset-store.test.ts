import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ComparisonChoice } from '../../../../src/renderer/compare/lanes';
import { testFile, testReportOf } from '../../../../src/renderer/testset/test-report';
import { createTestSetStore } from '../../../../src/renderer/testset/testset-store';
import { packManifestSchema, isTranslating } from '../../../../src/shared/pack';
import { delta, done, ScriptedEngine, settle, timings } from '../scripted-engine';

const manifest = packManifestSchema.parse(JSON.parse(readFileSync('test/fixtures/packs/tiny/pack.json', 'utf8')));
if (!isTranslating(manifest)) throw new Error('expected a pack that translates');
const CHOICE: ComparisonChoice = {
  pack: manifest,
  from: 'en',
  to: 'de',
  beamWidth: 1,
  available: ['llm', 'hybrid'],
  lanes: ['llm', 'hybrid'],
};
const CONTEXT = {
  app: { version: '1.2.3', commit: 'abc1234' },
  machine: { processor: 'Test, "CPU"', cores: 2, memoryBytes: 2 ** 33, system: 'Linux 6' },
};
const TSV = 'The cat sleeps on the mat.\tDie Katze schläft auf der Matte.\nThe dog is big.\tDer Hund ist groß.\n';

function panel() {
  const engine = new ScriptedEngine();
  let nowMs = 0;
  let forgotten = 0;
  const store = createTestSetStore({
    client: () => engine.client,
    choose: () => CHOICE,
    forgetEncodings: () => Promise.resolve(forgotten++),
    sessions: () => [{ part: 'encoder', provider: 'cpu', threads: 2, bytes: 1 }],
    clock: { now: () => nowMs, date: () => new Date(0), pause: () => Promise.resolve() },
  });
  store.open([{ name: 'a.tsv', bytes: new TextEncoder().encode(TSV) }]);
  const run = () => {
    const { run: current } = store.getState();
    if (current === null) throw new Error('expected a run');
    return current;
  };
  /** Answers the request of the moment; encoding counts for the lane that is first. */
  const answer = async (text: string, encodeMs: number, ownMs: number) => {
    const id = engine.asked.at(-1) ?? -1;
    nowMs += encodeMs + ownMs;
    const measured = timings({ encodeMs, decodeMs: ownMs / 2, totalMs: encodeMs + ownMs });
    await engine.tell(delta(id, 0, text, 4), done(id, { tokens: 4, timings: measured }));
  };
  const over = async () => {
    for (let turn = 0; turn < 5_000 && run().phase === 'scoring'; turn++) await settle();
  };
  const asked = () => engine.requests.flatMap((request) => (request.kind === 'generate' ? [`${request.lane} ${request.text}`] : []));
  return { engine, store, run, answer, over, asked, forgotten: () => forgotten };
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
    expect(llm).toMatchObject({ lane: 'llm', against: null, faster: null, tokens: 8 });
    // 40 + 10 and 30 + 10; 10 + 10 and 10 + 10.
    expect([llm?.totalMs, hybrid?.totalMs]).toEqual([90, 40]);
    expect(hybrid?.faster).toBeCloseTo(2.25);
    expect(llm?.bleu).toBeCloseTo(100, 9);
    expect(hybrid?.against?.chrf.difference).toBeCloseTo((hybrid?.chrf ?? 0) - 100, 9);
    expect(hybrid?.against?.chrf.low).toBeLessThanOrEqual(hybrid?.against?.chrf.difference ?? 0);
    expect(hybrid?.against?.chrf.high).toBe(0);
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
    store.open([{ name: 'b.tsv', bytes: new TextEncoder().encode('no tab') }]);
    expect(store.getState().set).toBeNull();
    expect(store.getState().problem?.()).toMatch(/^b\.tsv, line 1/);
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
      testSet: { name: 'a.tsv', sentences: 2, skipped: 0 },
      measured: 2,
      reference: 'llm',
      metrics: { bootstrap: { samples: 1000 } },
      lanes: [
        { lane: 'llm', totalMs: 90 },
        { lane: 'hybrid', totalMs: 40 },
      ],
      sentences: [
        {
          line: 1,
          lanes: [
            { lane: 'llm', totalMs: 50 },
            { lane: 'hybrid', totalMs: 20 },
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
    expect(text).toContain('| LLM | 100.00 |  | 100.00 |');
    expect(text).toContain('## Where Hybrid loses most');
    expect(text).toContain('Die Katze liegt auf dem Boden.');
    expect(text).toContain('tok:13a');
  });
});
