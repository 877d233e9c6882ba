import { describe, expect, it } from 'vitest';
import { wholeText } from '../../../src/renderer/growing-text';
import { createAlternativesStore } from '../../../src/renderer/translate/alternatives-store';
import { judgementOf } from '../../../src/renderer/translate/opinion-marks';
import { createOpinionStore } from '../../../src/renderer/translate/opinion-store';
import { neighbour, placeAt } from '../../../src/renderer/translate/places';
import { createTranslateStore } from '../../../src/renderer/translate/translate-store';
import type { InferenceEvent } from '../../../src/shared/inference/events';
import type { Opinion, Written } from '../../../src/shared/inference/sentences';
import { delta, done, INPUT, ScriptedEngine, settle } from './scripted-engine';

const FIRST = 'Der Hund ist groß.';
const SECOND = 'Die Katze schläft.';
const OUTPUT = `${FIRST}\n${SECOND}`;
/** ` Der`, ` Hund`, …: a token a word, its space before it. */
const ENDS = [3, 8, 12, 17, 18];

const sentence = (id: number, source: string, start: number, text: string, written: Written): InferenceEvent => ({
  kind: 'sentence',
  id,
  sentence: { inlines: [source], pairs: [], hidden: [] },
  lane: 'hybrid',
  written,
  start,
  end: start + text.length,
});

/** A translation of two sentences; the tokens of the second are 21 to 24. */
async function panel({ canJudge = true } = {}) {
  const engine = new ScriptedEngine();
  const clock = { now: () => 0, frame: (run: () => void) => run(), after: () => () => {} };
  const translation = createTranslateStore({
    client: () => engine.client,
    input: (text) => ({ ...INPUT, text }),
    isLive: () => false,
    clock,
  });
  const client = () => engine.client;
  const alternatives = createAlternativesStore({ client, translation, pack: () => ({ lanes: ['hybrid', 'llm', 'slm'], widestBeam: 4 }) });
  const opinion = createOpinionStore({ client, translation, canJudge: () => canJudge });
  translation.openExample('The dog is big.\nThe cat sleeps.');
  await settle();
  await engine.tell(
    delta(0, 0, OUTPUT, 9),
    sentence(0, 'The dog is big.', 0, FIRST, { ids: [11, 12, 13, 14, 15], ends: ENDS }),
    sentence(0, 'The cat sleeps.', FIRST.length + 1, SECOND, { ids: [21, 22, 23, 24], ends: [3, 9, 17, 18] }),
    done(0, { flagged: [{ reason: 'numbers', start: FIRST.length + 1, end: OUTPUT.length }] }),
  );
  const generation = () => {
    const { generation: shown } = translation.getState();
    if (shown === null) throw new Error('expected a generation');
    return shown;
  };
  const output = () => wholeText(generation().output);
  const requests = (kind: string) => engine.requests.filter((request) => request.kind === kind);
  return { engine, translation, alternatives, opinion, generation, output, requests };
}

describe('places', () => {
  it('are the words of sentences, with the tokens before them', async () => {
    const { generation } = await panel();
    const at = (offset: number) => {
      const place = placeAt(OUTPUT, generation().sentences, offset);
      return place && [place.word, place.token, place.start];
    };
    expect(at(0)).toEqual(['Der', 0, 0]);
    expect(at(5)).toEqual(['Hund', 1, 4]);
    // The space between two words belongs to the one before it, the end of the sentence to its last sign.
    expect(at(8)).toEqual(['Hund', 1, 4]);
    expect(at(18)).toEqual(['.', 4, 17]);
    expect(at(24)).toEqual(['Katze', 1, 23]);
    expect(placeAt(OUTPUT, [], 3)).toBeNull();
  });

  it('follow each other over the ends of sentences', async () => {
    const { generation } = await panel();
    const words: string[] = [];
    let place = neighbour(OUTPUT, generation().sentences, null, 1);
    for (; place !== null; place = neighbour(OUTPUT, generation().sentences, place, 1)) words.push(place.word);
    expect(words).toEqual(['Der', 'Hund', 'ist', 'groß', '.', 'Die', 'Katze', 'schläft', '.']);
    const backwards: string[] = [];
    place = neighbour(OUTPUT, generation().sentences, null, -1);
    for (; place !== null; place = neighbour(OUTPUT, generation().sentences, place, -1)) backwards.push(place.word);
    expect(backwards).toEqual(words.reverse());
  });
});

describe('other words', () => {
  it('are asked of hybrid and LLM with the tokens before the word, and shown as they come', async () => {
    const { engine, alternatives, requests } = await panel();
    expect(alternatives.look(24)).toBe(true);
    await settle();
    const inlines = ['The cat sleeps.'];
    expect(requests('candidates')).toMatchObject([{ lanes: ['hybrid', 'llm'], prefix: [21], sentence: { inlines } }]);
    const candidates = [{ ids: [31, 32], text: 'Kater', probability: 0.2 }];
    await engine.tell({ kind: 'candidates', id: 1, lane: 'hybrid', candidates });
    expect(alternatives.getState().words).toEqual({ lanes: [{ lane: 'hybrid', candidates }], isOver: false, problem: null });
    await engine.tell(done(1));
    expect(alternatives.getState().words?.isOver).toBe(true);
    alternatives.close();
    expect(alternatives.getState()).toMatchObject({ words: null, place: { word: 'Katze' } });
  });

  it('are forgotten with the translation that they belong to', async () => {
    const { engine, translation, alternatives } = await panel();
    alternatives.look(24);
    translation.openExample('Something else.');
    await settle();
    expect(alternatives.getState()).toMatchObject({ place: null, words: null });
    expect(engine.cancelled).toEqual([1]);
  });

  it('chosen rewrite the sentence from there, as it is written; the others keep their place', async () => {
    const { engine, alternatives, generation, output, requests } = await panel();
    alternatives.look(5);
    await settle();
    alternatives.choose('llm', { ids: [41, 42], text: 'Rüde', probability: 0.1 });
    await settle();
    expect(requests('continue')).toMatchObject([{ lane: 'llm', prefix: [11, 41, 42] }]);
    await engine.tell(delta(2, 0, 'Der Rüde'));
    expect(output()).toBe(`Der Rüde\n${SECOND}`);
    expect(alternatives.getState().rewritten).toMatchObject({ isRunning: true, word: 'Rüde', lane: 'llm' });
    expect(alternatives.look(0)).toBe(false);
    const written = { ids: [11, 41, 42, 43], ends: [3, 6, 8, 15] };
    await engine.tell(
      delta(2, 8, ' ist da'),
      { ...sentence(2, 'The dog is big.', 0, 'Der Rüde ist da', written), lane: 'llm' } as InferenceEvent,
      done(2),
    );
    expect(output()).toBe(`Der Rüde ist da\n${SECOND}`);
    expect(generation().sentences).toMatchObject([
      { lane: 'llm', start: 0, end: 15, written },
      { start: 16, end: 34 },
    ]);
    expect(generation().flagged).toMatchObject([{ reason: 'numbers', start: 16, end: 34 }]);
    alternatives.undo();
    expect(output()).toBe(OUTPUT);
    expect(generation().sentences).toHaveLength(2);
    expect(alternatives.getState().rewritten).toBeNull();
  });

  it('leave the sentence as it was where writing is cancelled or fails', async () => {
    const { engine, alternatives, output } = await panel();
    for (const [id, end] of [
      [2, () => void alternatives.cancel()],
      [4, () => engine.tell({ kind: 'failed', id: 4, error: { code: 'internal', message: 'It broke.' } })],
    ] as const) {
      alternatives.look(5);
      await settle();
      alternatives.choose('hybrid', { ids: [41], text: 'Rüde', probability: 0.1 });
      await settle();
      await engine.tell(delta(id, 0, 'Der Rüde'));
      expect(output()).not.toBe(OUTPUT);
      await end();
      await settle();
      expect(output()).toBe(OUTPUT);
    }
    expect(alternatives.getState().rewritten).toMatchObject({ isRunning: false, problem: 'It broke.' });
  });
});

describe('other versions', () => {
  it('are looked for in the sentence of the word, and taken over without asking again', async () => {
    const { engine, alternatives, output, requests } = await panel();
    alternatives.showVersions(true);
    await settle();
    // Two sentences: it is not known which is meant.
    expect(requests('versions')).toEqual([]);
    alternatives.look(24);
    await settle();
    expect(requests('versions')).toMatchObject([{ lane: 'hybrid', count: 4, sentence: { inlines: ['The cat sleeps.'] } }]);
    const version = { text: 'Es schläft die Katze.', ids: [51, 52, 53, 54, 55], ends: [2, 10, 14, 20, 21], confidence: 0.4 };
    await engine.tell({ kind: 'versions', id: 2, versions: [version] });
    alternatives.take(version);
    expect(output()).toBe(`${FIRST}\n${version.text}`);
    const asked = engine.requests.length;
    // Its own tokens count from now on.
    alternatives.look(FIRST.length + 4);
    await settle();
    expect(engine.requests.slice(asked)).toMatchObject([{ kind: 'candidates', prefix: [51] }]);
    alternatives.undo();
    expect(output()).toBe(OUTPUT);
  });
});

describe('a second opinion', () => {
  it('is not asked of a model that cannot read what the other one wrote', async () => {
    const { opinion, generation, requests } = await panel({ canJudge: false });
    expect(opinion.canJudge(generation())).toBe(false);
    opinion.want(true);
    await settle();
    expect(requests('opinion')).toEqual([]);
    expect(opinion.getState()).toMatchObject({ isAsking: false, problem: null });
  });

  const same: Opinion = { rank: 0, probability: 0.9, instead: null };

  it('is asked once wanted, for every sentence, and marks words', async () => {
    const { engine, opinion, generation, requests } = await panel();
    expect(requests('opinion')).toEqual([]);
    opinion.want(true);
    await settle();
    expect(requests('opinion')).toMatchObject([{ written: [{ ids: [11, 12, 13, 14, 15] }, { ids: [21, 22, 23, 24] }] }]);
    const first = [
      same,
      { rank: 1, probability: 0.3, instead: 'Rüde' },
      same,
      { rank: null, probability: null, instead: 'klein' },
      same,
      same,
    ];
    const second = [same, same, same, same, { rank: 2, probability: 0.01, instead: 'heute' }];
    await engine.tell(
      { kind: 'opinion', id: 1, index: 0, opinions: first },
      { kind: 'opinion', id: 1, index: 1, opinions: second },
      done(1),
    );
    const { marks, words, same: agreed } = judgementOf(generation(), opinion.getState().opinions);
    expect(marks).toEqual([
      { start: 4, end: 8, distance: 'close', instead: 'Rüde' },
      { start: 13, end: 17, distance: 'far', instead: 'klein' },
      { start: OUTPUT.length - 1, end: OUTPUT.length, distance: 'more', instead: 'heute' },
    ]);
    expect([words, agreed]).toEqual([9, 7]);
  });

  it('is asked again only for what changed', async () => {
    const { engine, alternatives, opinion, generation, requests } = await panel();
    opinion.want(true);
    await settle();
    const agreed = { kind: 'opinion', id: 1, opinions: Array.from({ length: 6 }, () => same) } as const;
    await engine.tell({ ...agreed, index: 0 }, { ...agreed, index: 1 }, done(1));
    alternatives.showVersions(true);
    alternatives.look(5);
    await settle();
    const version = { text: 'Ein Hund.', ids: [61, 62, 63], ends: [3, 8, 9], confidence: 0.4 };
    const asked = engine.requests.findLast((request) => request.kind === 'versions');
    await engine.tell({ kind: 'versions', id: asked?.kind === 'versions' ? asked.id : -1, versions: [version] });
    alternatives.take(version);
    await settle();
    // The large model has not read this one; the version is the hybrid's.
    expect(requests('opinion').at(-1)).toMatchObject({ written: [{ ids: [61, 62, 63] }] });
    expect(judgementOf(generation(), opinion.getState().opinions).words).toBe(4);
  });

  it('that fails says so, and no longer wanted is cancelled', async () => {
    const { engine, opinion } = await panel();
    opinion.want(true);
    await settle();
    await engine.tell({ kind: 'failed', id: 1, error: { code: 'internal', message: 'It broke.' } });
    expect(opinion.getState()).toMatchObject({ isAsking: false, problem: 'It broke.' });
    opinion.want(true);
    await settle();
    opinion.want(false);
    await settle();
    expect(engine.cancelled).toEqual([2]);
  });
});
