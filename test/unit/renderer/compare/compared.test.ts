import { describe, expect, it } from 'vitest';
import { chooseCompared, eventsOf, isSummary, readsEncoding, writtenLanguage } from '../../../../src/renderer/compare/compared';
import { settingsSchema, type PackEntry } from '../../../../src/shared/app-api';
import { summarizingManifestSchema } from '../../../../src/shared/pack';
import summaryPack from '../../../fixtures/packs/tiny-summary/pack.json';
import { delta, done, ScriptedEngine, settle } from '../scripted-engine';
import { TINY } from './runs';

const SUMMARIZING = summarizingManifestSchema.parse(summaryPack);
const entry = (manifest: typeof TINY | typeof SUMMARIZING): PackEntry => ({
  state: 'ok',
  folder: `/packs/${manifest.id}`,
  bundled: false,
  bytes: 1,
  manifest,
});
const PACKS = [entry(TINY), entry(SUMMARIZING)];
const SETTINGS = settingsSchema.parse({ summaryLength: 'short', summaryForm: 'paragraph' });
const AS_ELSEWHERE = { pair: null, shape: null, lanes: null };

function summaries(change = {}) {
  const choice = chooseCompared(PACKS, SETTINGS, { task: 'summarize', ...AS_ELSEWHERE, ...change });
  if (choice === null || !isSummary(choice)) throw new Error('the tiny pack summarizes');
  return choice;
}

describe('chooseCompared', () => {
  it('holds the LLM that writes token by token against the one that copies', () => {
    expect(summaries()).toMatchObject({ length: 'short', form: 'paragraph' });
    expect(summaries().lanes.slice(0, 2)).toEqual(['llm', 'exact']);
    expect(writtenLanguage(summaries())).toBe(SUMMARIZING.language);
    expect(readsEncoding(summaries(), 'exact')).toBe(true);
  });

  it('follows what was chosen here', () => {
    const [task] = SUMMARIZING.tasks;
    if (task === undefined) throw new Error('the tiny pack has tasks');
    const { length, form } = task;
    expect(summaries({ shape: { length, form }, lanes: ['exact'] })).toMatchObject({ length, form, lanes: summaries().available });
  });

  it('needs a pack of the kind', () => {
    expect(chooseCompared([entry(TINY)], SETTINGS, { task: 'summarize', ...AS_ELSEWHERE })).toBeNull();
    expect(chooseCompared([entry(SUMMARIZING)], SETTINGS, { task: 'translate', ...AS_ELSEWHERE })).toBeNull();
  });
});

describe('eventsOf', () => {
  it.each([
    ['exact', 'copied'],
    ['llm', 'none'],
  ] as const)('asks for a summary, %s with drafts %s, and tells what was written', async (lane, drafts) => {
    const engine = new ScriptedEngine();
    const told: string[] = [];
    const following = (async () => {
      for await (const { kind } of eventsOf(engine.client, summaries(), lane, 'A text.', new AbortController().signal)) told.push(kind);
    })();
    await settle();
    const request = engine.requests.find(({ kind }) => kind === 'summarize');
    expect(request).toMatchObject({ lane: 'llm', drafts, length: 'short', form: 'paragraph', text: 'A text.' });
    await engine.tell({ kind: 'plan', id: 0, parts: [{ start: 0, end: 7 }] }, delta(0, 0, 'Text.'), done(0));
    await following;
    expect(told).toEqual(['delta', 'done']);
  });
});
