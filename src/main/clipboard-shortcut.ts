/** Keys of the whole desktop that translate the clipboard, where the desktop lets a program have them. */
import { clipboard, globalShortcut } from 'electron';

export const CLIPBOARD_KEYS = 'CommandOrControl+Alt+T';
/** Of a second start, for desktops that bind keys to commands. */
export const CLIPBOARD_SWITCH = '--translate-clipboard';

/** The keys as this system writes them. */
export const clipboardKeysLabel = (): string => (process.platform === 'darwin' ? '⌥⌘T' : 'Ctrl+Alt+T');

export type ShortcutOutcome = 'on' | 'off' | 'taken' | 'unsupported';

export interface ClipboardShortcut {
  set(isOn: boolean): ShortcutOutcome;
  /** As if the keys were pressed. */
  run(): void;
}

/** `translate` is given the clipboard's text, empty where it holds none. */
export function setupClipboardShortcut(translate: (text: string) => void): ClipboardShortcut {
  // Newer Electrons answer with a promise.
  const run = () => void Promise.resolve(clipboard.readText()).then(translate);
  return {
    run,
    set: (isOn) => {
      globalShortcut.unregister(CLIPBOARD_KEYS);
      if (!isOn) return 'off';
      // There a registration seems to work and only windows under XWayland ever send the keys.
      if (process.platform === 'linux' && process.env['XDG_SESSION_TYPE'] === 'wayland') return 'unsupported';
      return globalShortcut.register(CLIPBOARD_KEYS, run) ? 'on' : 'taken';
    },
  };
}
