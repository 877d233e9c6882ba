/** The command line's memory and glossary, with the real engine and the tiny pack. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'tandem-cli-memory-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);

function cli(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', resolve('src/cli/index.ts'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, TANDEM_PACKS: resolve('test/fixtures/packs'), TANDEM_DATA: at('data'), npm_lifecycle_event: '' },
  });
  return { status, stdout, stderr };
}

it('takes a document’s sentences from the memory, and a memory from a file and into one', () => {
  writeFileSync(at('a.txt'), 'Good morning. The cat is small.\n');
  writeFileSync(
    at('in.tmx'),
    '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>Good morning.</seg></tuv><tuv xml:lang="de"><seg>Moin.</seg></tuv></tu></body></tmx>',
  );
  expect(cli('memory', 'import', at('in.tmx'))).toMatchObject({ status: 0, stderr: 'in.tmx: 1 entries taken over\n' });
  const translated = cli('document', at('a.txt'), '--pack', 'tiny', '--memory', '--bilingual');
  expect(translated.stderr).toContain('1 from memory');
  expect(readFileSync(at('a_de.txt'), 'utf8')).toMatch(/^Moin\. Die Katze/);
  expect(readFileSync(at('a_en-de.txt'), 'utf8')).toMatch(/^Good morning\. The cat is small\.\n\nMoin\. Die Katze/);
  expect(cli('memory', 'list').stdout).toBe('en-de\t0 corrected\t1 imported\t1 by machine\t0 terms\n');
  expect(cli('memory', 'export', '--to', 'de', at('out.tmx')).status).toBe(0);
  expect(readFileSync(at('out.tmx'), 'utf8')).toContain('<seg>Moin.</seg>');
  expect(cli('memory', 'import', at('a.txt'))).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('cannot be taken over') as string,
  });
});

it('sends the glossary’s terms with a text and tells where one is not used', () => {
  writeFileSync(at('terms.csv'), 'cat,Zimmerpflanze\n');
  expect(cli('glossary', 'import', '--to', 'de', at('terms.csv')).status).toBe(0);
  expect(cli('glossary', 'list', '--to', 'de').stdout).toBe('cat\tZimmerpflanze\t\n');
  writeFileSync(at('b.txt'), 'The cat is small.');
  const { stdout, stderr } = cli('translate', '--to', 'de', '--pack', 'tiny', at('b.txt'));
  // The tiny model may or may not place it: it is in the text, or it is told.
  expect(stdout.includes('Zimmerpflanze') || stderr.includes('without a term of the glossary')).toBe(true);
});
