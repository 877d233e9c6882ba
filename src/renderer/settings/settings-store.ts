/** The settings as main last told them. Main keeps them; a change shows at once and gives way to main's answer. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { settingsSchema, type AppApi, type Settings, type SettingsPatch } from '../../shared/app-api';

export interface SettingsState {
  settings: Settings;
  /** Why the last change could not be kept. */
  problem: string | null;
}

export interface SettingsStore extends StoreApi<SettingsState> {
  /** Main has told them, or could not. */
  readonly loaded: Promise<void>;
  change(patch: SettingsPatch): void;
}

export function createSettingsStore(app: AppApi): SettingsStore {
  const store = createStore<SettingsState>(() => ({ settings: settingsSchema.parse({}), problem: null }));
  const accept = (settings: Settings) => store.setState({ settings, problem: null });
  const complain = (error: unknown) => store.setState({ problem: error instanceof Error ? error.message : String(error) });
  app.on('settingsChanged', accept);
  const loaded = app.call('getSettings', {}).then(accept, complain);
  return Object.assign(store, {
    loaded,
    change: (patch: SettingsPatch) => {
      store.setState({ settings: settingsSchema.parse({ ...store.getState().settings, ...patch }) });
      app.call('changeSettings', patch).then(accept, (error: unknown) => {
        // What holds is main's to say: another change may be under way, or have been refused as well.
        app.call('getSettings', {}).then((settings) => store.setState({ settings }), complain);
        complain(error);
      });
    },
  });
}
