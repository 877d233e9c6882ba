/** The rules as they are in force for a file, not as they are written: a rule that is switched off for a folder fails here. */
import { ESLint, Linter } from 'eslint';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

const globals = Object.fromEntries(
  ['fetch', 'WebSocket', 'globalThis', 'window', 'navigator', 'process', 'document'].map((name) => [name, 'readonly' as const]),
);
/** ESLint's own, which need no types. */
const OWN = ['no-restricted-globals', 'no-restricted-imports', 'no-restricted-properties', 'no-restricted-syntax'];
const configSchema = z.looseObject({ rules: z.record(z.string(), z.unknown()) });
const eslint = new ESLint();

/** Problems that code would have, were it in the file at `path`. */
async function problems(code: string, path: string): Promise<string[]> {
  const { rules } = configSchema.parse(await eslint.calculateConfigForFile(path));
  const inForce = Object.fromEntries(OWN.flatMap((name) => (name in rules ? [[name, rules[name] as Linter.RuleEntry]] : [])));
  const languageOptions = { globals, parserOptions: { ecmaFeatures: { jsx: true } } };
  return new Linter().verify(code, { languageOptions, rules: inForce }).map(({ message }) => message);
}

const FOLDERS = [
  'src/main/window.ts',
  'src/main/inference/generate.ts',
  'src/main/documents/job.ts',
  'src/renderer/App.tsx',
  'src/preload/index.ts',
  'src/shared/pack.ts',
  'src/cli/index.ts',
];

describe.each(FOLDERS)('in %s', (path) => {
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
    "import { ipcMain } from 'electron'; ipcMain.handle('more', () => {});",
    "contents.ipc.on('more', () => {});",
  ])('%s is refused', async (code) => {
    expect(await problems(code, path)).not.toEqual([]);
  });

  test.each(["import { app, shell } from 'electron'; shell.openPath('/tmp/a.txt');", 'const fetched = 1; export { fetched };'])(
    '%s is let through',
    async (code) => {
      expect(await problems(code, path)).toEqual([]);
    },
  );

  test('imports are held to what the folder may import', async () => {
    const { rules } = configSchema.parse(await eslint.calculateConfigForFile(path));
    expect(rules['tandem/process-boundaries']).toEqual([2]);
  });
});

test('only the preload speaks to main', async () => {
  const code = "import { ipcRenderer } from 'electron'; ipcRenderer.send('x');";
  expect(await problems(code, 'src/renderer/App.tsx')).not.toEqual([]);
  expect(await problems(code, 'src/preload/index.ts')).toEqual([]);
});

test.each([
  '<p dangerouslySetInnerHTML={{ __html: text }} />;',
  "createElement('p', { dangerouslySetInnerHTML: { __html: text } });",
  '<iframe srcDoc={text} />;',
  'element.innerHTML = text;',
  "element.insertAdjacentHTML('beforeend', text);",
  "new DOMParser().parseFromString(text, 'text/html');",
  'document.write(text);',
])('%s would show a text as HTML, and is refused', async (code) => {
  expect(await problems(code, 'src/renderer/translate/SourcePane.tsx')).toHaveLength(1);
});

test('a text as a child is let through', async () => {
  expect(await problems('<p>{text}</p>;', 'src/renderer/App.tsx')).toEqual([]);
});
