/**
 * The Memory screen: which pair of languages and which list is shown, a page of it, and what is being edited. Main keeps everything; the lists
 * are asked for anew whenever main says that something changed.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type AppApi } from '../../shared/app-api';
import { type Inlines } from '../../shared/inlines';
import {
  type GlossaryTerm,
  type Imported,
  type LanguagePair,
  type MemoryOverview,
  type MemoryPair,
  type NewGlossaryTerm,
  type Origin,
} from '../../shared/memory';

export type MemoryList = 'pairs' | 'terms';

export interface MemoryState {
  /** Null until main has told it. */
  overview: MemoryOverview | null;
  languages: LanguagePair;
  list: MemoryList;
  /** What is searched for, in both lists. */
  text: string;
  /** As far as shown; null until it has come. */
  pairs: { readonly total: number; readonly page: readonly MemoryPair[] } | null;
  terms: readonly GlossaryTerm[] | null;
  /** Id of the pair or term that is being edited. */
  edited: number | null;
  isImporting: boolean;
  /** What the last import or export came to. */
  done: { readonly kind: 'imported'; readonly files: readonly Imported[] } | { readonly kind: 'exported'; readonly count: number } | null;
  /** Why the last call failed. */
  problem: string | null;
}

export interface MemoryStore extends StoreApi<MemoryState> {
  /** Where the screen was not used yet: the pair that is translated. */
  show(languages: LanguagePair): void;
  setList(list: MemoryList): void;
  search(text: string): void;
  more(): void;
  edit(id: number | null): void;
  changePair(id: number, translation: Inlines): void;
  forgetPair(id: number): void;
  clear(origin: Origin): void;
  saveTerm(id: number | null, term: NewGlossaryTerm): void;
  forgetTerm(id: number): void;
  import(): void;
  export(): void;
  dismiss(): void;
}

/** Entries that are asked for at a time. */
export const PAGE_PAIRS = 50;

export function createMemoryStore(app: AppApi): MemoryStore {
  const store = createStore<MemoryState>(() => ({
    overview: null,
    languages: { from: 'en', to: 'de' },
    list: 'pairs',
    text: '',
    pairs: null,
    terms: null,
    edited: null,
    isImporting: false,
    done: null,
    problem: null,
  }));
  let isUsed = false;
  let asked = 0;

  const complain = (error: unknown) => store.setState({ problem: error instanceof Error ? error.message : String(error) });

  /** As much as is shown, or a first page. What was asked for before is dropped when it comes. */
  async function load(shown = PAGE_PAIRS) {
    const turn = ++asked;
    const { languages, list, text } = store.getState();
    try {
      if (list === 'terms') {
        const terms = await app.call('listTerms', languages);
        if (turn === asked) store.setState({ terms });
        return;
      }
      const page: MemoryPair[] = [];
      let total = 0;
      for (let offset = 0; offset < shown; offset += PAGE_PAIRS) {
        const found = await app.call('searchMemory', { ...languages, text, offset, limit: PAGE_PAIRS });
        page.push(...found.page);
        total = found.total;
        if (found.page.length < PAGE_PAIRS) break;
      }
      if (turn === asked) store.setState({ pairs: { total, page } });
    } catch (error) {
      if (turn === asked) complain(error);
    }
  }

  const reload = () => load(Math.max(PAGE_PAIRS, store.getState().pairs?.page.length ?? 0));

  async function describe() {
    try {
      store.setState({ overview: await app.call('describeMemory', {}) });
    } catch (error) {
      complain(error);
    }
  }

  function ask(call: Promise<unknown>) {
    store.setState({ problem: null });
    // Main tells the change; the lists follow that.
    call.then(() => store.setState({ edited: null }), complain);
  }

  app.on('memoryChanged', (overview) => {
    store.setState({ overview });
    if (isUsed) void reload();
  });

  return Object.assign(store, {
    show: (languages: LanguagePair) => {
      const before = store.getState().languages;
      if (isUsed && before.from === languages.from && before.to === languages.to) return;
      isUsed = true;
      store.setState({ languages, pairs: null, terms: null, edited: null, done: null });
      void describe();
      void load();
    },
    setList: (list: MemoryList) => {
      store.setState({ list, text: '', edited: null, done: null, problem: null });
      void load();
    },
    search: (text: string) => {
      store.setState({ text, edited: null });
      if (store.getState().list === 'pairs') void load();
    },
    more: () => void load((store.getState().pairs?.page.length ?? 0) + PAGE_PAIRS),
    edit: (id: number | null) => store.setState({ edited: id, problem: null }),
    changePair: (id: number, translation: Inlines) => ask(app.call('changePair', { id, translation: [...translation] })),
    forgetPair: (id: number) => ask(app.call('forgetPairs', { ids: [id] })),
    clear: (origin: Origin) => ask(app.call('clearMemory', { ...store.getState().languages, origin })),
    saveTerm: (id: number | null, term: NewGlossaryTerm) => ask(app.call('saveTerm', { id, term })),
    forgetTerm: (id: number) => ask(app.call('forgetTerms', { ids: [id] })),
    import: () => {
      const { list, languages } = store.getState();
      store.setState({ isImporting: true, problem: null, done: null });
      const call = list === 'pairs' ? app.call('importMemory', {}) : app.call('importGlossary', languages);
      call
        .then((files) => files !== null && store.setState({ done: { kind: 'imported', files } }), complain)
        .finally(() => store.setState({ isImporting: false }));
    },
    export: () => {
      const { list, languages } = store.getState();
      store.setState({ problem: null, done: null });
      const call = list === 'pairs' ? app.call('exportMemory', languages) : app.call('exportGlossary', languages);
      call.then((count) => count !== null && store.setState({ done: { kind: 'exported', count } }), complain);
    },
    dismiss: () => store.setState({ done: null, problem: null }),
  });
}
