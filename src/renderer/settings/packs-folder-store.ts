/** Where imported packs are kept, as main last told it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type AppApi } from '../../shared/app-api';
import { type PacksFolderState } from '../../shared/packs-folder';

export interface PacksFolderStoreState {
  /** Null until main has told it. */
  state: PacksFolderState | null;
  /** Why the last call failed. */
  problem: string | null;
}

export interface PacksFolderStore extends StoreApi<PacksFolderStoreState> {
  move(to: 'ask' | 'usual'): void;
  cancel(): void;
}

export function createPacksFolderStore(app: AppApi): PacksFolderStore {
  const store = createStore<PacksFolderStoreState>(() => ({ state: null, problem: null }));
  const accept = (state: PacksFolderState) => store.setState({ state });
  const complain = (error: unknown) => store.setState({ problem: error instanceof Error ? error.message : String(error) });
  app.on('packsFolderChanged', accept);
  app.call('getPacksFolder', {}).then(accept, complain);
  return Object.assign(store, {
    move: (to: 'ask' | 'usual') => {
      store.setState({ problem: null });
      app.call('movePacks', { to }).catch(complain);
    },
    cancel: () => void app.call('cancelPacksMove', {}).catch(complain),
  });
}
