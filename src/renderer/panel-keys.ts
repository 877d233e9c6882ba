import { useEffect, useRef } from 'react';
import { type AppApi } from '../shared/app-api';
import { useMenuCommand } from './menu-commands';

export interface PanelCommands {
  /** Writes what the panel writes. */
  run(): void;
  cancel(): void;
  swap?(): void;
  changePane(): void;
}

/** A panel's keys, and the same commands from the menu. A key that the page handles does not reach the menu. */
export function usePanelKeys(app: AppApi, isShown: boolean, commands: PanelCommands) {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  useMenuCommand(app, 'translate', () => isShown && commands.run());
  useMenuCommand(app, 'cancel', () => isShown && commands.cancel());
  useMenuCommand(app, 'swapLanguages', () => isShown && commands.swap?.());
  useEffect(() => {
    if (!isShown) return;
    function onKey(event: KeyboardEvent) {
      const withModifier = event.ctrlKey || event.metaKey;
      if (event.key === 'F6') latest.current.changePane();
      else if (withModifier && event.key === 'Enter') latest.current.run();
      else if (withModifier && event.shiftKey && event.key.toLowerCase() === 's') latest.current.swap?.();
      else if (event.key === 'Escape' && document.querySelector(':popover-open') === null) latest.current.cancel();
      else return;
      event.preventDefault();
    }
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [isShown]);
}
