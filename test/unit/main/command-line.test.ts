import type { App } from 'electron';
import { expect, test } from 'vitest';
import { setupSwitches } from '../../../src/main/command-line';

/** The switches after `setupSwitches`, and whether every page is in a sandbox. */
function started(given: Record<string, string>, development = false) {
  const switches = new Map(Object.entries(given));
  let isSandboxed = false;
  const commandLine = {
    appendSwitch: (name: string, value = '') => void switches.set(name, value),
    getSwitchValue: (name: string) => switches.get(name) ?? '',
    hasSwitch: (name: string) => switches.has(name),
  };
  setupSwitches({ commandLine, enableSandbox: () => (isSandboxed = true) } as unknown as App, development);
  return { switches, isSandboxed };
}

test('every page is in a sandbox, but where root can have none', () => {
  expect(started({}).isSandboxed).toBe(true);
  expect(started({ 'no-sandbox': '' }).isSandboxed).toBe(false);
});

test('no name is resolved, but while the page is developed', () => {
  expect(started({}).switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
  expect(started({}, true).switches.has('host-resolver-rules')).toBe(false);
});

test.each([
  'disable-background-networking',
  'disable-component-update',
  'disable-domain-reliability',
  'disable-sync',
  'dns-prefetch-disable',
  'no-pings',
])('Chromium is told to %s', (name) => {
  expect(started({}).switches.has(name)).toBe(true);
});

test('features that reach out are off, besides those that were off', () => {
  const off = started({ 'disable-features': 'Own' }).switches.get('disable-features')?.split(',');
  expect(off).toEqual([
    'Own',
    'AutofillServerCommunication',
    'CertificateTransparencyComponentUpdater',
    'MediaRouter',
    'NetworkTimeServiceQuerying',
    'OptimizationHints',
    'Translate',
  ]);
});
