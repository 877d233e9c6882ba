/** What the app understands on its command line, and the switches that keep Chromium in its bounds. */
import type { App } from 'electron';
import { resolve } from 'node:path';

export interface CommandLine {
  /** `--packs-only=<folder>`: this folder and no other, neither bundled packs nor the user's. */
  packsOnly: string | null;
  /** `--translate-clipboard`: translates what the clipboard holds; of a second start too. */
  translateClipboard: boolean;
  /** `--show-log`: the log goes to the standard error as well, as it does of an app that is not packaged. */
  showLog: boolean;
}

export function readCommandLine({ commandLine }: Pick<App, 'commandLine'>): CommandLine {
  const folder = commandLine.getSwitchValue('packs-only');
  return {
    packsOnly: folder === '' ? null : resolve(folder),
    translateClipboard: commandLine.hasSwitch('translate-clipboard'),
    showLog: commandLine.hasSwitch('show-log'),
  };
}

const SILENCING_SWITCHES = [
  'disable-background-networking',
  'disable-component-update',
  'disable-domain-reliability',
  'disable-sync',
  'dns-prefetch-disable',
  'no-pings',
];

const SILENCED_FEATURES = [
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'Translate',
];

/**
 * Chromium without background networking, and every page in a sandbox. Must run before the app is ready. A page served by the development
 * server needs to resolve its name.
 */
export function setupSwitches(app: Pick<App, 'commandLine' | 'enableSandbox'>, development: boolean): void {
  const { commandLine } = app;
  for (const name of SILENCING_SWITCHES) commandLine.appendSwitch(name);
  const features = [commandLine.getSwitchValue('disable-features'), ...SILENCED_FEATURES].filter((name) => name !== '');
  commandLine.appendSwitch('disable-features', features.join(','));
  if (!development) commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  // It overrides --no-sandbox, without which nothing starts as root.
  if (!commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
}
