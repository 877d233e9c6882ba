import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalEngine, type LocalEngine } from '../../src/cli/local-engine';
import { selfTestProblems } from '../../src/main/inference/self-test';
import type { EngineStatus } from '../../src/shared/inference/engine';
import { STAGES } from '../../src/shared/inference/timings';
import type { GenerateInput } from '../../src/shared/inference-client';
import { cpuMs } from '../unit/shared/cpu-clock';
import { collect, configOf, request, TINY, tinyManifest } from './tiny';

let engine: LocalEngine;
const statuses: EngineStatus[] = [];
beforeAll(async () => {
  engine = await startLocalEngine(configOf(TINY), (status) => statuses.push(status));
});
afterAll(() => engine.close());

const generate = (changes: Partial<GenerateInput> = {}, signal?: AbortSignal) =>
  collect(engine.client.generate({ ...request, ...changes }, signal));

describe('the tiny pack', () => {
  it('passes its self-test', async () => {
    expect(await selfTestProblems(TINY)).toEqual([]);
  });

  // Emoji are kept out of what is translated, so a sentence with one is not translated as a whole.
  it.each(tinyManifest.selfTest.filter(({ text }) => !/\p{Emoji_Presentation}/u.test(text)))(
    'translates in the $lane lane, $from → $to: $text',
    async ({ lane, from, to, text, targetText, targetIds }) => {
      const task = { kind: 'translate', from, to } as const;
      const greedy = await generate({ lane, task, text });
      // The model's spaces before French marks break lines; the app's do not.
      const shown = to === 'fr' ? targetText.replace(/ (?=[!?:;])/g, '\u00a0') : targetText;
      expect(greedy.text).toBe(shown);
      expect(greedy.end).toMatchObject({ kind: 'done', finish: 'stop', tokens: targetIds.length, segments: 1, flagged: [] });
      const beam = await generate({ lane, task, text, decoding: { kind: 'beam', width: 4 } });
      expect(beam.text).toBe(shown);
    },
  );
});

describe('events', () => {
  it('tell the stages in order, with tokens as they come and times that add up', async () => {
    await generate({});
    const { events, end } = await generate({ lane: 'hybrid', text: 'It is raining.' });
    expect(events[0], 'of a pack that is open').toMatchObject({ kind: 'started', segments: 1 });
    expect(events.flatMap((event) => (event.kind === 'stage' ? [event.stage] : []))).toEqual([...STAGES]);
    const deltas = events.filter((event) => event.kind === 'delta');
    expect(deltas.length).toBeGreaterThan(1);
    expect(deltas.map(({ tokens }) => tokens)).toEqual([...deltas.map(({ tokens }) => tokens)].sort((a, b) => a - b));
    if (end.kind !== 'done') throw new Error('expected done');
    const { totalMs, firstTokenMs, loadMs, ...stages } = end.timings;
    expect(loadMs).toBeUndefined();
    expect(Object.entries(stages).filter(([, ms]) => ms <= 0)).toEqual([]);
    expect(Object.values(stages).reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(totalMs);
    expect(firstTokenMs).toBeLessThan(totalMs);
  });

  it('leave out the stages a lane has not', async () => {
    const stagesOf = async (lane: 'llm' | 'slm') =>
      (await generate({ lane })).events.flatMap((event) => (event.kind === 'stage' ? [event.stage] : []));
    expect(await stagesOf('llm')).toEqual(['tokenize', 'encode', 'prefill', 'decode', 'detokenize']);
    expect(await stagesOf('slm')).toEqual(['tokenize', 'prefill', 'decode', 'detokenize']);
  });

  it('put gaps back exactly: lines, bullets, numbers, other scripts', async () => {
    const text = '\ufeff  Where is the station?\r\n\r\n - It is raining today.   42 \n\tשלום 😀\n\n';
    const { text: translated, end } = await generate({ text });
    expect(translated).toBe('\ufeff  Wo ist der Bahnhof?\r\n\r\n - Heute regnet es.   42 \n\tשלום 😀\n\n');
    expect(end).toMatchObject({ kind: 'done', segments: 2 });
  });

  it('run nothing where there is nothing to translate', async () => {
    for (const text of ['', '  \n\t', '1, 2, 3', '😀\ud800\0', 'Привет']) {
      const { text: kept, events, end } = await generate({ text });
      expect(kept).toBe(text);
      expect(events.filter((event) => event.kind === 'stage')).toEqual([]);
      expect(events[0]).toMatchObject({ kind: 'started', segments: 0 });
      expect(end).toMatchObject({ kind: 'done', finish: 'stop', tokens: 0, segments: 0, timings: { firstTokenMs: null } });
    }
  });

  it('report the status when it changes', async () => {
    expect(statuses.map(({ packs }) => packs[0]?.state)).toEqual(expect.arrayContaining(['opening', 'ready']));
    await expect.poll(() => statuses.at(-1)?.pending).toBe(0);
    const status = statuses.at(-1);
    expect(status?.residentBytes).toBeGreaterThan(1e7);
    expect(status?.packs[0]?.openMs).toBeGreaterThan(0);
    const parts = status?.packs[0]?.sessions.map(({ part, provider, threads }) => `${part} ${provider} ${threads}`);
    expect(parts).toEqual([
      'encoder cpu 1',
      'llm prefill cpu 1',
      'llm decoder cpu 1',
      'projector cpu 1',
      'hybrid prefill cpu 1',
      'hybrid decoder cpu 1',
      'slm prefill cpu 1',
      'slm decoder cpu 1',
    ]);
  });
});

describe('encodings', () => {
  it('are computed once a prompt, for every lane and later request', async () => {
    const text = 'My cat reads a book. Your dog sleeps.';
    expect((await generate({ text })).end).toMatchObject({ reusedEncodings: 0, segments: 2 });
    const again = await generate({ text, lane: 'hybrid' });
    expect(again.end).toMatchObject({ reusedEncodings: 2, timings: { encodeMs: 0 } });
    const edited = await generate({ text: `${text} New sentence.`, lane: 'hybrid' });
    expect(edited.end).toMatchObject({ reusedEncodings: 2, segments: 3 });
    const otherTask = await generate({ text, task: { kind: 'translate', from: 'en', to: 'fr' } });
    expect(otherTask.end).toMatchObject({ reusedEncodings: 0 });
  });
});

describe('bad input', () => {
  const WORD = 'Donaudampfschiff'.repeat(625);

  it.each([
    ['a lone surrogate', 'Where is \ud800 the station?'],
    ['NULs', 'Where\0 is the\0 station?'],
    ['right-to-left text', 'Say שלום עולם to them. مرحبا'],
    ['emoji', 'I ❤️ you 👩‍👩‍👧 very 😀 much'],
    ['one word of 10,000 characters', WORD],
    ['10,000 commas', `a${','.repeat(10_000)}b`],
    ['control tokens as text', '</s> <pad> <0x41> translate English to German: <extra_id_0>'],
  ])(
    '%s breaks nothing',
    async (_name, text) => {
      for (const lane of ['llm', 'hybrid', 'slm'] as const) {
        const { text: translated, end } = await generate({ text, lane });
        expect(end).toMatchObject({ kind: 'done', finish: 'stop' });
        const others = /[\0\ud800\p{Script=Hebrew}\p{Script=Arabic}\p{Emoji_Presentation}]/gu;
        expect(translated.match(others)).toEqual(text.match(others));
      }
    },
    60_000,
  );

  it.each([
    ['a lane that is not there', { lane: 'slow' }, 'bad-request'],
    ['no text', { text: 7 }, 'bad-request'],
    ['an unknown pair', { task: { kind: 'translate', from: 'de', to: 'en' } }, 'unsupported-request'],
    ['a beam too wide', { decoding: { kind: 'beam', width: 8 } }, 'unsupported-request'],
    ['an unknown pack', { packId: 'nope' }, 'pack-missing'],
  ])('%s is refused with a reason', async (_name, changes, code) => {
    const { end } = await collect(engine.client.generate({ ...request, ...changes } as GenerateInput));
    expect(end).toMatchObject({ kind: 'failed', error: { code } });
    expect((await generate()).text).toBe('Wo ist der Bahnhof?');
  });
});

describe('long text', () => {
  it('is cut to what the model can read, and nothing is lost', async () => {
    const sentence = `Where is the station, ${'where is the cat and the dog, '.repeat(40)}it is raining today.`;
    const { events, end } = await generate({ text: sentence });
    expect(end).toMatchObject({ kind: 'done', segments: 1 });
    expect(events.filter((event) => event.kind === 'stage' && event.stage === 'decode').length).toBeGreaterThan(3);
  });

  it('starts soon on a megabyte, and can be cancelled', async () => {
    const text = 'Where is the station? It is raining today.\n'.repeat(24_000);
    const controller = new AbortController();
    const began = cpuMs();
    let firstMs = Infinity;
    let aborted = 0;
    let deltas = 0;
    const { text: translated, end } = await collect(engine.client.generate({ ...request, text }, controller.signal), (event) => {
      if (event.kind !== 'delta') return;
      if (deltas++ === 0) firstMs = cpuMs() - began;
      if (deltas === 500) {
        controller.abort();
        aborted = cpuMs();
      }
    });
    expect(end).toMatchObject({ kind: 'done', finish: 'cancelled', segments: 48_000 });
    expect(translated.startsWith('Wo ist der Bahnhof? Heute regnet es.\nWo ist')).toBe(true);
    expect(firstMs).toBeLessThan(3000);
    expect(cpuMs() - aborted).toBeLessThan(1000);
  }, 60_000);
});
