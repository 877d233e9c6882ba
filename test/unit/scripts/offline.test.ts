import { Linter } from 'eslint';
import { expect, test } from 'vitest';
import { OFFLINE_RULES } from '../../../scripts/eslint/offline.js';

const globals = Object.fromEntries(
  ['fetch', 'WebSocket', 'globalThis', 'window', 'navigator', 'process'].map((name) => [name, 'readonly' as const]),
);

function problems(code: string): number {
  return new Linter().verify(code, { languageOptions: { globals }, rules: OFFLINE_RULES }).length;
}

test.each([
  "fetch('https://example.com');",
  "globalThis.fetch('https://example.com');",
  "window['fetch']('https://example.com');",
  "new WebSocket('wss://example.com');",
  "navigator.sendBeacon('https://example.com');",
  "process.getBuiltinModule('node:net');",
  "import { net } from 'electron';",
  "import { autoUpdater } from 'electron';",
  "import { shell } from 'electron'; shell.openExternal('https://example.com');",
])('%s is refused', (code) => {
  expect(problems(code)).toBeGreaterThan(0);
});

test.each(["import { app, shell } from 'electron'; shell.openPath('/tmp/a.txt');", 'const fetched = 1; export { fetched };'])(
  '%s is let through',
  (code) => {
    expect(problems(code)).toBe(0);
  },
);
