/** What is known of the engine: main's view of the process, the process's own status, the packs on disk. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type AppApi, type AppInfo, type EngineState, type PackEntry, type RuntimeTrouble } from '../../shared/app-api';
import type { EngineError, EngineStatus } from '../../shared/inference/engine';

export interface EngineStoreState {
  process: EngineState;
  connected: boolean;
  /** Null until the process has told it, and while it is away. */
  status: EngineStatus | null;
  /** Null until main has looked. */
  packs: readonly PackEntry[] | null;
  info: AppInfo | null;
  problem: string | null;
}

export interface EngineStore extends StoreApi<EngineStoreState> {
  /** Main has told the info, or could not. */
  readonly informed: Promise<void>;
  connected(): void;
  lost(): void;
  reported(status: EngineStatus): void;
  restart(): void;
  rescanPacks(): void;
  openPacksFolder(): void;
}

export function createEngineStore(app: AppApi): EngineStore {
  const store = createStore<EngineStoreState>(() => ({
    process: { kind: 'starting' },
    connected: false,
    status: null,
    packs: null,
    info: null,
    problem: null,
  }));
  const complain = (error: unknown) => store.setState({ problem: error instanceof Error ? error.message : String(error) });
  const acceptPacks = (packs: PackEntry[]) => store.setState({ packs, problem: null });
  app.on('engineState', (process) => store.setState({ process }));
  app.on('packsChanged', acceptPacks);
  app.call('listPacks', {}).then(acceptPacks, complain);
  const informed = app.call('getAppInfo', {}).then((info) => store.setState({ info }), complain);
  return Object.assign(store, {
    informed,
    connected: () => store.setState({ connected: true }),
    lost: () => store.setState({ connected: false, status: null }),
    reported: (status: EngineStatus) => store.setState({ status }),
    restart: () => void app.call('restartInference', {}).catch(complain),
    rescanPacks: () => void app.call('rescanPacks', {}).then(acceptPacks, complain),
    openPacksFolder: () => void app.call('openPacksFolder', {}).catch(complain),
  });
}

/** One word for the engine and the chosen pack together; the most pressing fact wins. */
export type EngineCondition =
  | { kind: 'starting' }
  | { kind: 'restarting'; reason: string }
  | { kind: 'stopped'; reason: string }
  | { kind: 'unusable'; trouble: RuntimeTrouble; reason: string }
  | { kind: 'no-pack' }
  | { kind: 'opening' }
  | { kind: 'pack-failed'; error: EngineError }
  | { kind: 'ready' };

export function engineCondition(state: EngineStoreState, packId: string | null): EngineCondition {
  if (state.process.kind === 'stopped') return { kind: 'stopped', reason: state.process.reason };
  if (state.process.kind === 'unusable') return state.process;
  if (state.process.kind === 'restarting') return { kind: 'restarting', reason: state.process.reason };
  if (state.packs !== null && packId === null) return { kind: 'no-pack' };
  if (!state.connected || state.status === null) return { kind: 'starting' };
  const pack = state.status.packs.find((candidate) => candidate.packId === packId);
  if (pack?.state === 'failed' && pack.error !== null) return { kind: 'pack-failed', error: pack.error };
  // One that was open and closed to save memory opens again at the next request.
  const isResting = pack?.state === 'closed' && pack.openMs !== null;
  return pack?.state === 'ready' || isResting ? { kind: 'ready' } : { kind: 'opening' };
}
