import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalEngine, type LocalEngine } from '../../src/cli/local-engine';
import { codesProblem, type CodePair } from '../../src/shared/check-codes';
import { textOf, type Inlines } from '../../src/shared/inlines';
import type { SegmentsEvent, SegmentsInput } from '../../src/shared/inference-client';
import { collect, configOf, copyOfTiny, request, TINY, tinyManifest } from './tiny';

type SegmentEvent = Extract<SegmentsEvent, { kind: 'segment' }>;
const base = { packId: 'tiny', task: request.task, lane: 'llm', decoding: { kind: 'greedy' } } as const;

/** Reads a request to its end and holds it to what every request promises. */
async function collectSegments(events: AsyncIterable<SegmentsEvent>, atEvent: (event: SegmentsEvent) => void = () => {}) {
  const all: SegmentsEvent[] = [];
  for await (const event of events) {
    all.push(event);
    atEvent(event);
  }
  const end = all.at(-1);
  if (end?.kind !== 'done' && end?.kind !== 'failed') throw new Error(`got ${end?.kind} last, expected done or failed`);
  expect(all.filter(({ kind }) => kind === 'done' || kind === 'failed')).toHaveLength(1);
  const segments = all.filter((event): event is SegmentEvent => event.kind === 'segment');
  expect(new Set(segments.map(({ index }) => index)).size).toBe(segments.length);
  return { segments, end, byIndex: (index: number) => segments.find((segment) => segment.index === index) };
}

const texts = [
  ...tinyManifest.selfTest.filter(({ lane, to }) => lane === 'llm' && to === 'de').map(({ text }) => text),
  'It is raining. Where is the station?\n - The dog is big. 42\n',
  `Where is the station, ${'where is the cat and the dog, '.repeat(12)}it is raining today.`,
  'My cat reads a book.',
  'Your dog sleeps, and my cat reads a book about the station in Berlin.',
  '12, 13',
  'I ❤️ coffee 😀 very much. Привет, мир',
];
const asSegments = (all: readonly string[]): SegmentsInput['segments'] => all.map((text) => ({ inlines: text === '' ? [] : [text] }));

describe('segments', () => {
  let engine: LocalEngine;
  beforeAll(async () => {
    engine = await startLocalEngine(configOf(TINY));
  });
  afterAll(() => engine.close());

  it.each(['llm', 'hybrid', 'slm'] as const)('of mixed lengths are what the same texts are one by one, in the %s lane', async (lane) => {
    const { byIndex, end } = await collectSegments(engine.client.translateSegments({ ...base, lane, segments: asSegments(texts) }));
    expect(end).toMatchObject({ kind: 'done', finish: 'stop', segments: texts.length });
    let tokens = 0;
    for (const [index, text] of texts.entries()) {
      const alone = await collect(engine.client.generate({ ...request, lane, text }));
      const segment = byIndex(index);
      expect(textOf(segment?.inlines ?? [])).toBe(alone.text);
      tokens += segment?.tokens ?? 0;
      expect(segment?.confidence).toBeGreaterThan(0);
    }
    expect(end).toMatchObject({ tokens });
    expect(byIndex(texts.indexOf('12, 13'))).toMatchObject({ inlines: ['12, 13'], tokens: 0, flags: [], confidence: 1 });
  });

  it('are searched with a beam as one by one', async () => {
    const decoding = { kind: 'beam', width: 3 } as const;
    const some = texts.slice(0, 5);
    const { byIndex } = await collectSegments(engine.client.translateSegments({ ...base, decoding, segments: asSegments(some) }));
    for (const [index, text] of some.entries()) {
      expect(textOf(byIndex(index)?.inlines ?? [])).toBe((await collect(engine.client.generate({ ...request, decoding, text }))).text);
      expect(byIndex(index)?.confidence).toBeGreaterThan(0.3);
    }
  });

  it('keep their codes, each once and pairs nested, spaces and line ends as they were', async () => {
    const pairs: CodePair[] = [[0, 1], [2, 3]]; // prettier-ignore
    const segments: { inlines: Inlines; pairs: CodePair[] }[] = [
      { inlines: [{ code: 0 }, 'It is raining today.', { code: 1 }], pairs },
      { inlines: ['The ', { code: 0 }, 'cat', { code: 1 }, ' is ', { code: 2 }, 'small', { code: 3 }, '.'], pairs },
      { inlines: [' ', { code: 4 }, '\n42'], pairs: [] },
      { inlines: ['Hello!', { code: 1 }, ' \t', { code: 2 }, 'The dog is big.'], pairs },
      { inlines: [], pairs: [] },
    ];
    const { byIndex, end } = await collectSegments(engine.client.translateSegments({ ...base, segments }));
    expect(end).toMatchObject({ kind: 'done' });
    segments.forEach(({ inlines }, index) => {
      expect(codesProblem(inlines, byIndex(index)?.inlines ?? [], pairs)).toBeNull();
    });
    expect(byIndex(0)).toMatchObject({ inlines: [{ code: 0 }, 'Heute regnet es.', { code: 1 }], flags: [] });
    expect(byIndex(1)).toMatchObject({ inlines: ['Die ', { code: 0 }, 'Katze', { code: 1 }, ' ist ', { code: 2 }, 'klein', { code: 3 }, '.'], flags: ['codes'] }); // prettier-ignore
    expect(byIndex(2)?.inlines).toEqual(segments[2]?.inlines);
    expect(byIndex(3)).toMatchObject({ inlines: ['Hallo!', { code: 1 }, ' \t', { code: 2 }, 'Der Hund ist groß.'], flags: [] });
    expect(byIndex(4)).toMatchObject({ inlines: [], tokens: 0 });
  });

  it('take the encodings of what was typed, and leave none behind', async () => {
    const segments = asSegments(['The cat sleeps in Berlin.', 'My dog reads a book.']);
    const { end } = await collectSegments(engine.client.translateSegments({ ...base, segments }));
    expect(end).toMatchObject({ kind: 'done', reusedEncodings: 0 });
    const typed = await collect(engine.client.generate({ ...request, text: 'The cat sleeps in Berlin.' }));
    expect(typed.end).toMatchObject({ kind: 'done', reusedEncodings: 0 });
    const again = await collectSegments(engine.client.translateSegments({ ...base, segments }));
    expect(again.end).toMatchObject({ kind: 'done', reusedEncodings: 1 });
  });

  it('are refused with a reason when they are not well formed, or not for this pack', async () => {
    const refused = async (changes: Partial<SegmentsInput>) =>
      (await collectSegments(engine.client.translateSegments({ ...base, segments: asSegments(['Hello!']), ...changes }))).end;
    expect(await refused({ segments: [{ inlines: [{ code: 0 }, { code: 0 }] }] })).toMatchObject({ error: { code: 'bad-request' } });
    expect(await refused({ segments: asSegments(Array.from({ length: 257 }, () => 'a')) })).toMatchObject({
      error: { code: 'bad-request' },
    });
    expect(await refused({ packId: 'nope' })).toMatchObject({ error: { code: 'pack-missing' } });
    expect(await refused({ decoding: { kind: 'beam', width: 8 } })).toMatchObject({ error: { code: 'unsupported-request' } });
    expect(await refused({ segments: [] })).toMatchObject({ kind: 'done', segments: 0, tokens: 0 });
  });

  it('stop when cancelled, with what was done', async () => {
    const controller = new AbortController();
    const many = Array.from({ length: 256 }, (_, i) => `It is raining today, ${i}. Where is the station?`);
    const { segments, end } = await collectSegments(
      engine.client.translateSegments({ ...base, segments: asSegments(many) }, controller.signal),
      (event) => {
        if (event.kind === 'segment') controller.abort();
      },
    );
    expect(end).toMatchObject({ kind: 'done', finish: 'cancelled' });
    expect(segments.length).toBeGreaterThan(0);
    expect(segments.length).toBeLessThan(256);
  });

  it('let typing in between two of their runs', async () => {
    const other = engine.connect();
    const controller = new AbortController();
    const many = Array.from({ length: 256 }, (_, i) => `The dog is big and the cat is small, ${i}.`);
    const log: string[] = [];
    const typed: Promise<void>[] = [];
    const batch = collectSegments(other.translateSegments({ ...base, segments: asSegments(many) }, controller.signal), (event) => {
      log.push(event.kind);
      if (typed.length > 0) return;
      const sentence = collect(engine.client.generate(request)).then(({ text }) => {
        log.push('typed');
        expect(text).toBe('Wo ist der Bahnhof?');
        controller.abort();
      });
      typed.push(sentence);
    });
    expect((await batch).end).toMatchObject({ finish: 'cancelled' });
    await Promise.all(typed);
    // A batch of sixteen takes a score of runs; the typed sentence is done before the first of them has ended.
    expect(log.slice(0, log.indexOf('typed')).filter((kind) => kind === 'segment').length).toBeLessThanOrEqual(16);
    other.close();
  });
});

describe('a pack whose tokenizer has codes but whose model was never taught them', () => {
  it('hides what must survive, finds that the codes are not there, and places them', async () => {
    const folder = await copyOfTiny();
    const path = join(folder, 'pack.json');
    const file = JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')) as { added_tokens: { id: number; content: string }[] };
    const codeIds = file.added_tokens.filter(({ content }) => content.startsWith('<extra_id_')).map(({ id }) => id);
    writeFileSync(path, JSON.stringify({ ...tinyManifest, tokenizer: { ...tinyManifest.tokenizer, codeIds } }));
    const engine = await startLocalEngine(configOf(folder));
    try {
      const text = 'The cat is small, see https://example.com/a_b?c=1.';
      const { segments } = await collectSegments(
        engine.client.translateSegments({ ...base, lane: 'hybrid', segments: [{ inlines: [text] }, { inlines: ['The cat is small.'] }] }),
      );
      const hidden = segments.find(({ index }) => index === 0);
      expect(textOf(hidden?.inlines ?? [])).toContain('https://example.com/a_b?c=1');
      expect(hidden?.flags).toContain('codes');
      expect(segments.find(({ index }) => index === 1)).toMatchObject({ inlines: ['Die Katze ist klein.'], flags: [] });
      // The same in the box.
      const typed = await collect(engine.client.generate({ ...request, lane: 'hybrid', text }));
      expect(typed.text).toBe(textOf(hidden?.inlines ?? []));
    } finally {
      await engine.close();
    }
  });
});

const BUNDLED = resolve('resources/packs/tandem-small');

describe.runIf(existsSync(join(BUNDLED, 'pack.json')))('the bundled pack', () => {
  // The decoder's 8-bit kernels round otherwise for one row than for several, so that a word hanging in the balance may fall the other way.
  it.each(['llm', 'hybrid'] as const)('writes in batches what it writes one by one, but for near ties, in the %s lane', async (lane) => {
    const engine = await startLocalEngine(configOf(BUNDLED));
    try {
      const sentences = readFileSync('bench/sentences.txt', 'utf8').trim().split('\n');
      const { byIndex, end } = await collectSegments(engine.client.translateSegments({ ...base, lane, segments: asSegments(sentences) }));
      expect(end).toMatchObject({ kind: 'done', segments: sentences.length });
      const different: string[] = [];
      for (const [index, text] of sentences.entries()) {
        const alone = await collect(engine.client.generate({ ...request, lane, text }));
        if (textOf(byIndex(index)?.inlines ?? []) !== alone.text) different.push(alone.text);
      }
      expect(different.length).toBeLessThanOrEqual(sentences.length / 5);
    } finally {
      await engine.close();
    }
  });
});
