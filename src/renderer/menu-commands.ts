import { useEffect, useRef } from 'react';
import { type AppApi, type MenuCommand } from '../shared/app-api';

/** Runs when the item is chosen from the menu or by its keys. */
export function useMenuCommand(app: AppApi, command: MenuCommand, run: () => void) {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => app.on('menuCommand', (chosen) => chosen === command && latest.current()), [app, command]);
}
