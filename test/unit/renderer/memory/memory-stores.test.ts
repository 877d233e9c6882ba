import { describe, expect, it, vi } from 'vitest';
import { type AppApi, type AppCallResults, type AppEvents } from '../../../../src/shared/app-api';
import { type GlossaryTerm, type LanguagePair, type MemoryPair } from '../../../../src/shared/memory';
import { createGlossaryStore } from '../../../../src/renderer/memory/glossary-store';
import { createMemoryStore, PAGE_PAIRS } from '../../../../src/renderer/memory/memory-store';

const EN_DE: LanguagePair = { from: 'en', to: 'de' };
const term = (id: number, source: string, target: string): GlossaryTerm => ({ ...EN_DE, id, source, target, matchCase: false, note: '' });
const pair = (id: number): MemoryPair => ({
  ...{ ...EN_DE, id, source: [`Source ${id}`], translation: [`Ziel ${id}`], pairs: [] },
  ...{ origin: 'machine', maker: 'p', changedMs: id },
});

/** Main with so many pairs and these terms. */
function scriptedApp(pairs: number, terms: GlossaryTerm[]) {
  const asked: [name: string, argument: unknown][] = [];
  const listeners: ((event: AppEvents['memoryChanged']) => void)[] = [];
  const overview = { languages: [], notice: null };
  const answers: Record<string, (argument: never) => unknown> = {
    describeMemory: () => overview,
    searchMemory: ({ offset, limit }: { offset: number; limit: number }): AppCallResults['searchMemory'] => ({
      total: pairs,
      page: Array.from({ length: Math.max(0, Math.min(limit, pairs - offset)) }, (_, at) => pair(offset + at)),
    }),
    listTerms: () => [...terms],
    forgetPairs: () => null,
    changePair: () => {
      throw new Error('It is gone.');
    },
  };
  const app = {
    call: async (name: string, argument: unknown) => {
      asked.push([name, argument]);
      return Promise.resolve(answers[name]?.(argument as never));
    },
    on: (_name: string, listener: (event: AppEvents['memoryChanged']) => void) => {
      listeners.push(listener);
      return () => {};
    },
  } as unknown as AppApi;
  return { app, asked, tell: () => listeners.forEach((listener) => listener(overview)) };
}

describe('the Memory screen', () => {
  it('shows a page, more on demand, and as much again after a change', async () => {
    const { app, asked, tell } = scriptedApp(120, []);
    const store = createMemoryStore(app);
    tell();
    expect(asked).toEqual([]);
    store.show(EN_DE);
    await vi.waitFor(() => expect(store.getState().pairs?.page).toHaveLength(PAGE_PAIRS));
    store.more();
    await vi.waitFor(() => expect(store.getState().pairs?.page).toHaveLength(100));
    store.more();
    await vi.waitFor(() => expect(store.getState().pairs).toMatchObject({ total: 120, page: { length: 120 } }));
    asked.length = 0;
    tell();
    await vi.waitFor(() => expect(asked.filter(([name]) => name === 'searchMemory')).toHaveLength(3));
  });

  it('ends editing when main has done it, and tells why where it has not', async () => {
    const { app } = scriptedApp(3, []);
    const store = createMemoryStore(app);
    store.show(EN_DE);
    store.edit(1);
    store.changePair(1, ['Neu']);
    await vi.waitFor(() => expect(store.getState()).toMatchObject({ problem: 'It is gone.', edited: 1 }));
    store.forgetPair(1);
    await vi.waitFor(() => expect(store.getState()).toMatchObject({ problem: null, edited: null }));
  });
});

describe('the glossary of what is being translated', () => {
  it('gives the terms of a text, and follows changes and languages', async () => {
    const terms = [term(1, 'cat', 'Kater'), term(2, 'dog', 'Hund')];
    const { app, tell } = scriptedApp(0, terms);
    const store = createGlossaryStore(app);
    expect(store.termsIn('A cat')).toEqual([]);
    store.follow(EN_DE);
    await vi.waitFor(() => expect(store.termsIn('Cats and a cat')).toEqual([{ source: 'cat', target: 'Kater', matchCase: false }]));
    const told = vi.fn();
    store.subscribe(told);
    tell();
    terms[0] = term(1, 'cat', 'Katze');
    tell();
    await vi.waitFor(() => expect(store.termsIn('cat')).toMatchObject([{ target: 'Katze' }]));
    expect(told).toHaveBeenCalledTimes(1);
    store.follow(null);
    expect(store.termsIn('cat')).toEqual([]);
  });
});
