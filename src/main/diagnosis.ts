/** What a report of a bug needs, as a text to paste: facts of machine and packs, the engine's state, and the choices that matter. */
import type { EngineState, Settings } from '../shared/app-api';
import { withoutUser, type Facts } from './facts';

/** Those that change what the app does with a text; none of them was typed. */
const CHOICES = [
  'language',
  'theme',
  'packId',
  'lane',
  'from',
  'to',
  'beamWidth',
  'processor',
  'threads',
  'documentCores',
  'liveTranslation',
  'memory',
  'anyMachine',
  'glossary',
  'bilingual',
  'keepHistory',
  'privateMode',
] as const satisfies readonly (keyof Settings)[];

/** Fenced, so that it stays as it is where reports are Markdown. It holds no text of a person's and no name of a user. */
export function diagnosis(
  facts: Facts,
  engine: EngineState,
  documentEngines: readonly EngineState[],
  settings: Settings,
  desktop: string,
): string {
  const choices = Object.fromEntries(CHOICES.map((name) => [name, settings[name]]));
  return `\`\`\`json\n${withoutUser(JSON.stringify({ ...facts, desktop, engine, documentEngines, choices }, null, 2))}\n\`\`\`\n`;
}

/** How the desktop draws windows, e.g. `wayland GNOME`: much that goes wrong with a window goes wrong on one of them only. */
export function desktopOf(environment: NodeJS.ProcessEnv): string {
  return [environment['XDG_SESSION_TYPE'], environment['XDG_CURRENT_DESKTOP']].filter((part) => part !== undefined).join(' ');
}
