/** The packs' library as main last told it, and the speeds measured since the window opened. Which packs there are is the engine store's. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type AppApi } from '../../shared/app-api';
import { type InferenceClient } from '../../shared/inference-client';
import { type Provider, type TranslatingManifest } from '../../shared/pack';
import { type PackLibraryState } from '../../shared/pack-library';
import { type ProcessorsState } from '../../shared/processors';
import { t } from '../i18n/i18n';
import { measureSpeed, type LaneSpeed } from './speed';

export interface SpeedState {
  kind: 'measuring' | 'measured' | 'failed';
  lanes: readonly LaneSpeed[];
  /** Why it failed. */
  problem: string | null;
}

export interface PacksState {
  /** Null until main has told it. */
  library: PackLibraryState | null;
  /** Null until main has told it. */
  processors: ProcessorsState | null;
  /** By pack id. */
  speeds: Readonly<Record<string, SpeedState>>;
  /** Why the last call failed, and the pack's folder it was about; null: about none. */
  problem: { folder: string | null; message: string } | null;
}

export interface PacksStore extends StoreApi<PacksState> {
  /** Asks for what to import. */
  choose(from: 'folder' | 'zip'): void;
  drop(file: File): void;
  /** Which languages the model that asks translates, and what it is asked with; null: with nothing. */
  answer(from: string, to: string, prefix: string | null): void;
  cancelImport(): void;
  /** Puts away what the last import came to, and the call that failed. */
  dismiss(): void;
  check(folder: string): void;
  remove(folder: string): void;
  showFolder(folder: string): void;
  /** One pack at a time; another one takes its place. */
  measure(pack: TranslatingManifest): void;
  stopMeasuring(): void;
  /** Of the pack in `folder`. A provider, or null: every one that did not end or block a test before. */
  testProcessors(folder: string, packId: string, provider: Provider | null): void;
  cancelProcessorTest(): void;
  forgetProcessors(folder: string, packId: string): void;
}

export function createPacksStore(app: AppApi, client: () => Pick<InferenceClient, 'generate'> | null): PacksStore {
  const store = createStore<PacksState>(() => ({ library: null, processors: null, speeds: {}, problem: null }));
  let measuring = new AbortController();

  const accept = (library: PackLibraryState) => store.setState({ library });
  const complainAbout = (folder: string | null) => (error: unknown) =>
    store.setState({ problem: { folder, message: error instanceof Error ? error.message : String(error) } });

  function ask(folder: string | null, call: Promise<null>) {
    store.setState({ problem: null });
    call.catch(complainAbout(folder));
  }

  function setSpeed(packId: string, speed: SpeedState | null) {
    const others = Object.entries(store.getState().speeds).filter(([id]) => id !== packId);
    store.setState({ speeds: Object.fromEntries(speed === null ? others : [...others, [packId, speed]]) });
  }

  async function measure(pack: TranslatingManifest) {
    measuring.abort();
    const controller = new AbortController();
    measuring = controller;
    const lanes: LaneSpeed[] = [];
    setSpeed(pack.id, { kind: 'measuring', lanes, problem: null });
    try {
      const engine = client();
      if (engine === null) throw new Error(t('engine.notRunning'));
      for await (const lane of measureSpeed(pack, engine, () => app.call('forgetEncodings', {}), controller.signal)) {
        lanes.push(lane);
        setSpeed(pack.id, { kind: 'measuring', lanes: [...lanes], problem: null });
      }
      const isEmpty = lanes.length === 0 && controller.signal.aborted;
      setSpeed(pack.id, isEmpty ? null : { kind: 'measured', lanes, problem: null });
    } catch (error) {
      setSpeed(pack.id, { kind: 'failed', lanes, problem: error instanceof Error ? error.message : String(error) });
    }
  }

  app.on('packLibraryChanged', accept);
  app.on('processorsChanged', (processors) => store.setState({ processors }));
  app
    .call('getProcessors', {})
    .then((processors) => store.getState().processors === null && store.setState({ processors }), complainAbout(null));
  // An event that comes before the answer is newer than it.
  app.call('getPackLibrary', {}).then((library) => store.getState().library === null && accept(library), complainAbout(null));

  return Object.assign(store, {
    choose: (from: 'folder' | 'zip') => ask(null, app.call('choosePackToImport', { from })),
    drop: (file: File) => ask(null, app.importDroppedPack(file)),
    answer: (from: string, to: string, prefix: string | null) => ask(null, app.call('answerPackImport', { from, to, prefix })),
    cancelImport: () => ask(null, app.call('cancelPackImport', {})),
    dismiss: () => ask(null, app.call('dismissPackImport', {})),
    check: (folder: string) => ask(folder, app.call('checkPack', { folder })),
    remove: (folder: string) => ask(folder, app.call('removePack', { folder })),
    showFolder: (folder: string) => ask(folder, app.call('showPackFolder', { folder })),
    measure: (pack: TranslatingManifest) => void measure(pack),
    stopMeasuring: () => measuring.abort(),
    testProcessors: (folder: string, packId: string, provider: Provider | null) =>
      ask(folder, app.call('testProcessors', { packId, provider })),
    cancelProcessorTest: () => ask(null, app.call('cancelProcessorTest', {})),
    forgetProcessors: (folder: string, packId: string) => ask(folder, app.call('forgetProcessors', { packId })),
  });
}
