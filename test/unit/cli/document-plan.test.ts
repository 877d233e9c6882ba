import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseCommand } from '../../../src/cli/arguments';
import { planDocuments } from '../../../src/cli/document-plan';
import { findPack } from '../../../src/cli/pack-folders';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-plan-'));
  await mkdir(join(folder, 'in'));
  await writeFile(join(folder, 'in', 'a.txt'), 'Hello.');
  await writeFile(join(folder, 'file'), 'x');
});
afterEach(() => rm(folder, { recursive: true }));

/** `@` stands for the folder. */
async function plan(line: string) {
  const command = parseCommand(['document', ...line.replaceAll('@', folder).split(' ')]);
  if (command.kind !== 'document') throw new Error('expected a document command');
  const { manifest } = await findPack('test/fixtures/packs/tiny', {});
  const { found } = await planDocuments(command, manifest);
  return found.map(({ output }) => output.slice(folder.length + 1));
}

test.each([
  ['@/in/a.txt --to xx', /does not translate en → xx\. It translates: en → de/],
  ['@/in/a.txt --out @/in/a.txt', /is the document itself, which stays as it is/],
  ['@/in/a.txt --out @/b.docx', /got "b\.docx"; the translation of a\.txt has a name that ends in \.txt/],
  ['@/in --out @/file', /file is a file; a folder was expected/],
  ['@/in/a.txt --out @/b.txt --name {name}.{lang}', /--name names files in a folder/],
  ['@/in --pdf-as md', /--pdf-as goes with PDFs; there is none/],
])('%s is refused before any work', async (line, message) => {
  await expect(plan(line)).rejects.toThrow(message);
});

test('what is named twice is translated once', async () => {
  expect(await plan('@/in @/in/a.txt @/in/a.txt --out @/out')).toEqual([join('out', 'a_de.txt')]);
  expect(await plan('@/in/a.txt --out @/b.text')).toEqual(['b.text']);
});
