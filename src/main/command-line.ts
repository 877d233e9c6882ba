/** What the app understands on its command line, and the switches that keep Chromium from any background networking. */
import { app } from 'electron';
import { resolve } from 'node:path';

export interface CommandLine {
  /** `--packs-only=<folder>`: this folder and no other, neither bundled packs nor the user's. */
  packsOnly: string | null;
  /** `--translate-clipboard`: translates what the clipboard holds; of a second start too. */
  translateClipboard: boolean;
}

export function readCommandLine(): CommandLine {
  const folder = app.commandLine.getSwitchValue('packs-only');
  return {
    packsOnly: folder === '' ? null : resolve(folder),
    translateClipboard: app.commandLine.hasSwitch('translate-clipboard'),
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

/** Must run before the app is ready. A page served by the development server needs to resolve its name. */
export function setupSwitches(development: boolean): void {
  for (const name of SILENCING_SWITCHES) app.commandLine.appendSwitch(name);
  const features = [app.commandLine.getSwitchValue('disable-features'), ...SILENCED_FEATURES].filter((name) => name !== '');
  app.commandLine.appendSwitch('disable-features', features.join(','));
  if (!development) app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
}
