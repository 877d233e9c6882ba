/** The terms of the pair of languages that is being translated, as main last told them. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type AppApi } from '../../shared/app-api';
import { Glossary, MAX_TERMS, type Term } from '../../shared/glossary';
import { type LanguagePair } from '../../shared/memory';

interface GlossaryState {
  /** Null until main has told it, and where the glossary is off. */
  glossary: Glossary | null;
}

export interface GlossaryStore extends StoreApi<GlossaryState> {
  /** Follows this pair from now on; null: none. */
  follow(languages: LanguagePair | null): void;
  /** Those that a text holds, at most as many as a request may carry. */
  termsIn(text: string): Term[];
}

export function createGlossaryStore(app: AppApi): GlossaryStore {
  const store = createStore<GlossaryState>(() => ({ glossary: null }));
  let followed: LanguagePair | null = null;
  let lastTerms = '';

  async function load() {
    const languages = followed;
    if (languages === null) return;
    const terms = await app.call('listTerms', languages).catch(() => []);
    if (followed !== languages) return;
    const told = terms.map(({ source, target, matchCase }) => ({ source, target, matchCase }));
    const text = JSON.stringify([languages, told]);
    if (text === lastTerms) return;
    lastTerms = text;
    store.setState({ glossary: new Glossary(told, languages.from, languages.to) });
  }

  app.on('memoryChanged', () => void load());

  return Object.assign(store, {
    follow: (languages: LanguagePair | null) => {
      if (languages?.from === followed?.from && languages?.to === followed?.to) return;
      followed = languages;
      lastTerms = '';
      store.setState({ glossary: null });
      void load();
    },
    termsIn: (text: string) => {
      const { glossary } = store.getState();
      if (glossary === null || glossary.terms.length === 0) return [];
      return [...new Set(glossary.find(text).map(({ term }) => term))].slice(0, MAX_TERMS);
    },
  });
}
