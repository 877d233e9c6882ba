/** The history's entries as main last told them, the question they answer, and what can be undone. Main keeps them. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type AppApi } from '../../shared/app-api';
import { type EXPORT_FORMATS, type HistoryEntry } from '../../shared/history';
import { errorWords } from '../documents/error-words';
import { t } from '../i18n/i18n';

/** Entries asked for at a time. */
export const PAGE_ENTRIES = 50;
/** Typing a question pauses for so long before it is asked. */
const ASK_MS = 150;
/** For so long what was removed can be brought back; main keeps it a little longer. */
export const UNDO_MS = 15_000;

export interface HistoryState {
  query: string;
  /** Null until main has told them. */
  entries: readonly HistoryEntry[] | null;
  /** That the question fits; more than `entries` while not all are shown. */
  found: number;
  total: number;
  /** How many were removed last and can be brought back; 0: none. */
  undoable: number;
  /** What came of the last export, or why a call failed. */
  told: { words: string; isBad: boolean } | null;
}

export interface HistoryStore extends StoreApi<HistoryState> {
  search(query: string): void;
  showMore(): void;
  pin(entry: HistoryEntry): void;
  /** Null: all. */
  remove(id: number | null): void;
  undo(): void;
  copy(text: string): void;
  save(format: (typeof EXPORT_FORMATS)[number]): void;
  dismiss(): void;
}

export interface HistoryClock {
  /** Returns the function that calls it off. */
  after(ms: number, run: () => void): () => void;
}

export function createHistoryStore(app: AppApi, { after }: HistoryClock): HistoryStore {
  const store = createStore<HistoryState>(() => ({ query: '', entries: null, found: 0, total: 0, undoable: 0, told: null }));
  let newestAsk = 0;
  let limit = PAGE_ENTRIES;
  let callOffAsk = () => {};
  let callOffUndo = () => {};

  const complain = (error: unknown) => store.setState({ told: { words: errorWords(error), isBad: true } });

  async function load() {
    const mine = ++newestAsk;
    try {
      const pages: HistoryEntry[] = [];
      let found = 0;
      let total = 0;
      do {
        const page = await app.call('listHistory', { query: store.getState().query, offset: pages.length, limit: PAGE_ENTRIES });
        pages.push(...page.entries);
        ({ found, total } = page);
        if (page.entries.length === 0) break;
      } while (pages.length < Math.min(limit, found));
      if (mine === newestAsk) store.setState({ entries: pages, found, total });
    } catch (error) {
      if (mine === newestAsk) complain(error);
    }
  }

  app.on('historyChanged', () => void load());
  void load();

  return Object.assign(store, {
    search: (query: string) => {
      limit = PAGE_ENTRIES;
      store.setState({ query });
      callOffAsk();
      callOffAsk = after(ASK_MS, () => void load());
    },
    showMore: () => {
      limit += PAGE_ENTRIES;
      void load();
    },
    pin: ({ id, isPinned }: HistoryEntry) => void app.call('pinHistory', { id, isPinned: !isPinned }).catch(complain),
    remove: (id: number | null) => {
      callOffUndo();
      app.call('removeHistory', { id }).then((undoable) => {
        store.setState({ undoable, told: null });
        callOffUndo = after(UNDO_MS, () => store.setState({ undoable: 0 }));
      }, complain);
    },
    undo: () => {
      callOffUndo();
      store.setState({ undoable: 0 });
      app.call('restoreHistory', {}).catch(complain);
    },
    copy: (text: string) => {
      app.call('copyText', { text }).then(() => store.setState({ told: { words: t('shell.copied'), isBad: false } }), complain);
    },
    save: (format: (typeof EXPORT_FORMATS)[number]) => {
      store.setState({ told: null });
      app.call('exportHistory', { format }).then((saved) => {
        if (saved.kind === 'saved') store.setState({ told: { words: t('compare.savedAs', { name: saved.name }), isBad: false } });
        if (saved.kind === 'failed') complain(new Error(saved.message));
      }, complain);
    },
    dismiss: () => store.setState({ undoable: 0, told: null }),
  });
}
