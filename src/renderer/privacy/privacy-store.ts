/** What main last told of privacy, and what the page's own content policy stopped. Nothing is asked before the screen is shown. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type AppApi } from '../../shared/app-api';
import { hostOf, type DeletableData, type KeptData, type PrivacyReport, type Refused } from '../../shared/privacy';

export interface PrivacyState {
  /** Null until main has told it; with what the page stopped among `refused`. */
  report: PrivacyReport | null;
  /** What was deleted last. */
  deleted: DeletableData | null;
  /** The file's name, when the report was saved. */
  saved: string | null;
  /** Why the last call failed. */
  problem: string | null;
}

export interface PrivacyStore extends StoreApi<PrivacyState> {
  /** Asks main how things are now. */
  look(): void;
  remove(what: DeletableData): void;
  show(what: KeptData): void;
  save(text: string): void;
}

const SUGGESTED_NAME = 'tandem-privacy.md';

/** `page`: where the page's violations of its policy are told. */
export function createPrivacyStore(app: AppApi, page: Pick<Document, 'addEventListener'>): PrivacyStore {
  const store = createStore<PrivacyState>(() => ({ report: null, deleted: null, saved: null, problem: null }));
  const stopped = new Map<string, Refused>();
  page.addEventListener('securitypolicyviolation', ({ blockedURI }) => {
    const what = hostOf(blockedURI);
    stopped.set(what, { kind: 'policy', what, count: (stopped.get(what)?.count ?? 0) + 1 });
  });
  const accept = (report: PrivacyReport) =>
    store.setState({ report: { ...report, refused: [...report.refused, ...stopped.values()] }, problem: null });
  const complain = (error: unknown) => store.setState({ problem: error instanceof Error ? error.message : String(error) });
  const ask = () => app.call('getPrivacyReport', {}).then(accept);

  return Object.assign(store, {
    look: () => {
      store.setState({ deleted: null, saved: null });
      ask().catch(complain);
    },
    remove: (what: DeletableData) => {
      store.setState({ deleted: null, saved: null });
      app
        .call('deleteKept', { what })
        .then(() => {
          store.setState({ deleted: what });
          return ask();
        })
        .catch(complain);
    },
    show: (what: KeptData) => void app.call('showKept', { what }).catch(complain),
    save: (text: string) => {
      store.setState({ saved: null, problem: null });
      app.call('saveTextFile', { suggestedName: SUGGESTED_NAME, text }).then((answer) => {
        if (answer.kind === 'saved') store.setState({ saved: answer.name });
        if (answer.kind === 'failed') store.setState({ problem: answer.message });
      }, complain);
    },
  });
}
