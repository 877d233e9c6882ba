import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalEngine, type LocalEngine } from '../../src/cli/local-engine';
import type { Candidate, Opinion, Version } from '../../src/shared/inference/sentences';
import type { CandidatesInput, GenerateEvent, GenerateInput, RequestEvent } from '../../src/shared/inference-client';
import { collect, configOf, request, TINY } from './tiny';

const SENTENCES = readFileSync('test/fixtures/sentences/tatoeba.txt', 'utf8').trim().split('\n');
const BUNDLED = 'tandem-small';
/** A run through every sentence would take the machine minutes. */
const SOME = SENTENCES.filter((_, index) => index % 5 === 0);

type Written = Extract<GenerateEvent, { kind: 'sentence' }>;

let engine: LocalEngine;
beforeAll(async () => {
  const tiny = configOf(TINY);
  engine = await startLocalEngine({
    ...tiny,
    packs: [...tiny.packs, { packId: BUNDLED, folder: resolve('resources/packs', BUNDLED) }],
  });
});
afterAll(() => engine.close());

const task = { kind: 'translate', from: 'en', to: 'de' } as const;
const bundled: GenerateInput = { ...request, packId: BUNDLED, lane: 'hybrid', task };

async function generate(input: GenerateInput) {
  const collected = await collect(engine.client.generate(input));
  const sentences = collected.events.filter((event): event is Written => event.kind === 'sentence');
  return { ...collected, sentences };
}

async function all<T extends RequestEvent>(events: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const event of events) list.push(event);
  expect(list.filter(({ kind }) => kind === 'done' || kind === 'failed')).toHaveLength(1);
  return list;
}

/** The only sentence of a text. */
async function sentenceOf(text: string, changes: Partial<GenerateInput> = {}) {
  const { text: translated, sentences } = await generate({ ...bundled, ...changes, text });
  const [written, ...others] = sentences;
  if (!written || others.length > 0) throw new Error(`got ${sentences.length} sentences of "${text}", expected one`);
  return { ...written, text: translated };
}

const continued = (written: Written, prefix: readonly number[], lane = written.lane) => {
  const { sentence } = written;
  return collect(engine.client.continueFrom({ packId: BUNDLED, task, lane, sentence, prefix, decoding: { kind: 'greedy' } }));
};

const candidatesOf = async (
  { sentence }: Written,
  prefix: readonly number[],
  lanes: CandidatesInput['lanes'],
  asked: CandidatesInput['task'] = task,
) => {
  const events = await all(engine.client.candidates({ packId: BUNDLED, task: asked, sentence, lanes, prefix }));
  const lists = events.flatMap((event): Candidate[][] => (event.kind === 'candidates' ? [event.candidates] : []));
  return { lists, end: events.at(-1) };
};

describe('the sentences of a text', () => {
  it('are told with their place in the output, and where each of their tokens ends', async () => {
    const text = `${SOME.slice(0, 6).join(' ')}\n\n - Open https://example.org/a_b and the file "main.ts".  \nПривет\n`;
    const { text: output, sentences } = await generate({ ...bundled, text });
    expect(sentences.length).toBeGreaterThan(6);
    for (const { start, end, written } of sentences) {
      const shown = output.slice(start, end);
      expect(shown.trim()).toBe(shown);
      expect(written.ends).toHaveLength(written.ids.length);
      expect(written.ends.at(-1)).toBe(shown.length);
      expect([...written.ends]).toEqual([...written.ends].sort((a, b) => a - b));
    }
    expect(sentences.map(({ start }) => start)).toEqual(sentences.map(({ start }) => start).sort((a, b) => a - b));
    expect(sentences.at(-1)?.sentence.hidden.map(([, hidden]) => hidden)).toEqual(['https://example.org/a_b', 'main.ts']);
  });

  it('that nothing was written for are not told', async () => {
    const { sentences } = await generate({ ...request, text: 'a'.repeat(28) });
    expect(sentences.every(({ start, end }) => end > start)).toBe(true);
    expect((await generate({ ...bundled, text: '12 345' })).sentences).toEqual([]);
  });
});

describe('continuing', () => {
  it('from nothing writes what the lane writes, on 40 sentences, and reads none of them again', async () => {
    for (const lane of ['hybrid', 'llm'] as const) {
      for (const text of SOME) {
        const written = await sentenceOf(text, { lane });
        if (written.lane !== lane) continue;
        const { text: again, end, events } = await continued(written, []);
        expect(again).toBe(written.text);
        expect(end).toMatchObject({ kind: 'done', reusedEncodings: 1, tokens: written.written.ids.length, timings: { encodeMs: 0 } });
        expect(events.find(({ kind }) => kind === 'sentence')).toMatchObject({ written: written.written });
      }
    }
  }, 600_000);

  it('from another word keeps it and what stood before it, in either lane', async () => {
    const written = await sentenceOf('The old man walks slowly along the river in the evening.');
    // A token that begins a word in the middle of the sentence.
    const place = 1 + written.written.ends.findIndex((end) => end > 10 && written.text.charAt(end) === ' ');
    const prefix = written.written.ids.slice(0, place);
    const kept = written.text.slice(0, written.written.ends[place - 1]);
    const { lists } = await candidatesOf(written, prefix, ['hybrid', 'llm']);
    for (const [index, lane] of (['hybrid', 'llm'] as const).entries()) {
      const other = lists[index]?.find(
        ({ text }) => !written.text.slice(kept.length).trimStart().startsWith(text) && /^\p{L}{2}/u.test(text),
      );
      if (!other) throw new Error(`got no other word from ${lane}`);
      const { text, events, end } = await continued(written, [...prefix, ...other.ids], lane);
      expect(text.startsWith(kept)).toBe(true);
      expect(text.slice(kept.length).trimStart().startsWith(other.text)).toBe(true);
      expect(text.length).toBeGreaterThan(kept.length + other.text.length);
      const sentence = events.find((event) => event.kind === 'sentence');
      expect(sentence).toMatchObject({ lane, start: 0, end: text.length });
      expect(sentence?.written.ids.slice(0, place)).toEqual(prefix);
      expect(end).toMatchObject({ kind: 'done', reusedEncodings: 1 });
    }
  });

  it('keeps what must survive, also where the chosen words leave it out', async () => {
    const written = await sentenceOf('Open https://example.org/a_b and the file "main.ts".');
    const { text } = await continued(written, written.written.ids.slice(0, 1));
    expect(text).toContain('https://example.org/a_b');
    expect(text).toContain('main.ts');
    const wordsOnly = await sentenceOf('Good morning to all of you and welcome.');
    const lost = await continued(written, wordsOnly.written.ids);
    expect(lost.text).toContain('https://example.org/a_b');
    expect(lost.end).toMatchObject({ flagged: [{ reason: 'codes' }] });
  });
});

describe('other words', () => {
  it('are whole, ranked by probability, and the first of the writing lane is what it wrote', async () => {
    let asked = 0;
    for (const text of SOME.slice(0, 10)) {
      const written = await sentenceOf(text);
      if (written.lane !== 'hybrid') continue;
      asked++;
      const { lists, end } = await candidatesOf(written, [], ['hybrid', 'llm']);
      expect(lists).toHaveLength(2);
      for (const list of lists) {
        const probabilities = list.map(({ probability }) => probability);
        expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
        expect(new Set(list.map(({ text: word }) => word)).size).toBe(list.length);
        for (const { text: word } of list) expect(word).toMatch(/^\S+$/);
      }
      const first = lists[0]?.[0]?.text ?? '';
      expect(written.text.startsWith(first)).toBe(true);
      expect(written.text.slice(first.length)).toMatch(/^$|^[^\p{L}\p{N}]/u);
      expect(end).toMatchObject({ kind: 'done', reusedEncodings: 2 });
    }
    expect(asked).toBeGreaterThan(5);
  }, 300_000);

  it('are refused for ids that are none of the pack, and a pair that it lacks', async () => {
    const written = await sentenceOf('Where is the station?');
    expect((await candidatesOf(written, [10_000_000], ['llm'])).end).toMatchObject({ kind: 'failed', error: { code: 'bad-request' } });
    const back = await candidatesOf(written, [], ['llm'], { kind: 'translate', from: 'de', to: 'en' });
    expect(back.end).toMatchObject({ kind: 'failed', error: { code: 'unsupported-request' } });
  });
});

describe('other versions', () => {
  it('are different, best first, and made of tokens that can be continued', async () => {
    const written = await sentenceOf('Most of the children were playing in the garden behind the house.');
    const events = await all(engine.client.versions({ packId: BUNDLED, task, lane: 'hybrid', sentence: written.sentence, count: 4 }));
    const versions = events.flatMap((event): Version[] => (event.kind === 'versions' ? event.versions : []));
    expect(versions.length).toBeGreaterThan(1);
    expect(new Set(versions.map(({ text }) => text)).size).toBe(versions.length);
    expect(versions.map(({ confidence }) => confidence)).toEqual(versions.map(({ confidence }) => confidence).sort((a, b) => b - a));
    for (const { text, ids, ends } of versions) {
      expect(ends.at(-1)).toBe(text.length);
      expect((await continued(written, ids)).text.startsWith(text)).toBe(true);
    }
    expect(events.at(-1)).toMatchObject({ kind: 'done', reusedEncodings: 1 });
  });

  it('are refused where the pack tells too few candidates', async () => {
    const { sentence } = await sentenceOf('Where is the station?');
    const events = await all(engine.client.versions({ packId: BUNDLED, task, lane: 'hybrid', sentence, count: 8 }));
    expect(events).toMatchObject([{ kind: 'failed', error: { code: 'unsupported-request' } }]);
  });
});

describe('a second opinion', () => {
  const opinionsOn = async (written: readonly Written[]) => {
    const asked = written.map(({ sentence, written: { ids } }) => ({ sentence, ids }));
    const events = await all(engine.client.opinion({ packId: BUNDLED, task, written: asked }));
    return { opinions: events.flatMap((event): Opinion[][] => (event.kind === 'opinion' ? [event.opinions] : [])), end: events.at(-1) };
  };

  it('on what the large model wrote itself agrees but for rounding, token by token and on the end', async () => {
    const { sentences } = await generate({ ...bundled, lane: 'llm', text: SOME.join('\n') });
    const { opinions, end } = await opinionsOn(sentences);
    expect(opinions).toHaveLength(sentences.length);
    opinions.forEach((list, index) => expect(list).toHaveLength((sentences[index]?.written.ids.length ?? 0) + 1));
    const tokens = opinions.flat();
    expect(tokens.filter(({ rank }) => rank !== 0).length).toBeLessThan(0.01 * tokens.length);
    expect(end).toMatchObject({ kind: 'done', segments: sentences.length, reusedEncodings: sentences.length });
  }, 300_000);

  it('on what the hybrid wrote names the words that the large model would have written', async () => {
    const { sentences } = await generate({ ...bundled, text: SOME.join('\n') });
    const { opinions } = await opinionsOn(sentences);
    const tokens = opinions.flat();
    const others = tokens.filter(({ rank }) => rank !== 0);
    expect(others.length).toBeGreaterThan(0.02 * tokens.length);
    expect(others.length).toBeLessThan(0.5 * tokens.length);
    for (const { rank, probability, instead } of others) {
      expect(instead).not.toBeNull();
      expect(probability === null).toBe(rank === null);
    }
    expect(tokens.filter(({ rank, instead }) => rank === 0 && instead !== null)).toEqual([]);
    expect(others.filter(({ instead }) => /^\p{L}{3,}$/u.test(instead ?? '')).length).toBeGreaterThan(others.length / 3);
  }, 300_000);

  it('agrees with the large model continuing from the same place', async () => {
    const { sentences } = await generate({ ...bundled, text: SOME.slice(0, 12).join('\n') });
    const { opinions } = await opinionsOn(sentences);
    let compared = 0;
    for (const [index, list] of opinions.entries()) {
      const written = sentences[index];
      const at = list.findIndex(({ rank, instead }) => rank !== 0 && instead !== '');
      if (!written || at < 0) continue;
      const prefix = written.written.ids.slice(0, at);
      const { text } = await continued(written, prefix, 'llm');
      expect(text.slice(Math.max(0, (written.written.ends[at - 1] ?? 0) - 20))).toContain(list[at]?.instead);
      compared++;
    }
    expect(compared).toBeGreaterThan(2);
  }, 300_000);

  it('can be cancelled, and then ends as cancelled', async () => {
    const { sentences } = await generate({ ...bundled, text: SOME.join('\n') });
    const asked = sentences.map(({ sentence, written: { ids } }) => ({ sentence, ids }));
    const controller = new AbortController();
    const kinds: string[] = [];
    for await (const event of engine.client.opinion({ packId: BUNDLED, task, written: asked }, controller.signal)) {
      kinds.push(event.kind === 'done' ? event.finish : event.kind);
      controller.abort();
    }
    expect(kinds.at(-1)).toBe('cancelled');
    expect(kinds.length).toBeLessThan(sentences.length);
  });
});
