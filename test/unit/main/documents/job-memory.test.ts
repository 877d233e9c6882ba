/** A job with a memory and a glossary: what it asks the engine for, what it keeps, what it takes. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { docx } from '../../../../src/main/documents/formats/docx';
import { runJob, type Job, type PackIdentity } from '../../../../src/main/documents/job';
import { Reviews } from '../../../../src/main/documents/review';
import { correction, jobAids, type AidChoices } from '../../../../src/main/memory/job-aids';
import { MemoryFile } from '../../../../src/main/memory/memory-file';
import type { DocumentReport } from '../../../../src/shared/document';
import { textOf } from '../../../../src/shared/inlines';
import { scriptedEngine, type ScriptedEngine } from './scripted-client';

const FILE = resolve('test/fixtures/documents/docx/libreoffice-test_segfault_while_save.docx');
const EN_DE = { from: 'en', to: 'de' };

let folder: string;
let memory: MemoryFile;
let choices: AidChoices;
let pack: PackIdentity;
const problems: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-job-memory-'));
  memory = new MemoryFile(join(folder, 'memory.db'), () => {});
  choices = { recalls: true, keeps: true, anyMachine: false, glossary: true };
  pack = { id: 'p', version: '1.0.0', sha256: 'a'.repeat(64) };
  problems.length = 0;
});
afterEach(() => {
  memory.close();
  rmSync(folder, { recursive: true });
});

function jobOf(name: string, changed: Job['changed'] = 'ask'): Job {
  const options = { packId: 'p', task: { kind: 'translate', ...EN_DE }, lane: 'hybrid', decoding: { kind: 'greedy' } } as const;
  return {
    id: name,
    folder: join(folder, `job-${name}`),
    input: join(folder, name),
    output: join(folder, `out-${name}`),
    options,
    changed,
  };
}

function run(job: Job, engine: ScriptedEngine): Promise<DocumentReport> {
  return runJob(job, {
    appVersion: '0.1.0',
    packIdentity: () => Promise.resolve(pack),
    engines: engine.engines,
    aids: jobAids(
      memory,
      () => choices,
      (problem) => problems.push(problem),
      () => {},
    ),
    tell: () => {},
    signal: new AbortController().signal,
  });
}

it('asks only for what was changed in a Word document that was translated before', async () => {
  await copyFile(FILE, join(folder, 'a.docx'));
  const first = scriptedEngine();
  const report = await run(jobOf('a.docx'), first);
  expect(report).toMatchObject({ recalled: 0, failed: 0 });

  const document = await docx.read(readFileSync(FILE));
  const at = document.blocks.findIndex(({ inlines }) => inlines.length === 1 && textOf(inlines).length > 60);
  expect(at).toBeGreaterThanOrEqual(0);
  await writeFile(join(folder, 'b.docx'), await document.write(new Map([[at, ['This paragraph is a new one.']]])));
  const second = scriptedEngine();
  const again = await run(jobOf('b.docx'), second);
  expect(second.asked).toEqual(['This paragraph is a new one.']);
  expect(again).toMatchObject({ recalled: again.translated - 1, failed: 0, tokens: 3 });
  const whole = await run(jobOf('b.docx', 'fresh'), scriptedEngine());
  expect(await readFile(again.output)).toEqual(await readFile(whole.output));
  expect(whole.recalled).toBe(0);
});

it('takes a person’s correction before any machine, and says whose it is', async () => {
  await writeFile(join(folder, 'a.txt'), 'One cat. Two dogs.');
  await run(jobOf('a.txt'), scriptedEngine());
  const { segment } = await new Reviews().edit(jobOf('a.txt'), 0, ['Eine Katze.']);
  memory.keep(EN_DE, [correction(segment.source, segment.translation, segment.pairs, 5)]);
  pack = { id: 'q', version: '2.0.0', sha256: 'b'.repeat(64) };
  await copyFile(join(folder, 'a.txt'), join(folder, 'b.txt'));
  const engine = scriptedEngine();
  await run(jobOf('b.txt'), engine);
  expect(engine.asked).toEqual(['Two dogs.']);
  expect(await readFile(join(folder, 'out-b.txt'), 'utf8')).toBe('Eine Katze. TWO DOGS.');
  const { page } = await new Reviews().page(jobOf('b.txt'), { find: '', order: 'document', offset: 0, limit: 5 });
  expect(page.map((one) => one.memory)).toEqual(['person', null]);
});

it('takes another pack’s translation only if that is wanted, none where the memory is off', async () => {
  await writeFile(join(folder, 'a.txt'), 'One cat.');
  await run(jobOf('a.txt'), scriptedEngine());
  const asked = async (name: string) => {
    await copyFile(join(folder, 'a.txt'), join(folder, name));
    const engine = scriptedEngine();
    await run(jobOf(name), engine);
    return engine.asked;
  };
  expect(await asked('b.txt')).toEqual([]);
  pack = { ...pack, sha256: 'c'.repeat(64) };
  choices = { ...choices, anyMachine: true };
  expect(await asked('c.txt')).toEqual([]);
  choices = { ...choices, recalls: false, keeps: false };
  expect(await asked('d.txt')).toEqual(['One cat.']);
  choices = { ...choices, recalls: true, anyMachine: false };
  expect(await asked('e.txt')).toEqual(['One cat.']);
});

it('keeps nothing while it may not, and takes what it knows', async () => {
  await writeFile(join(folder, 'a.txt'), 'One cat.');
  choices = { ...choices, keeps: false };
  await run(jobOf('a.txt'), scriptedEngine());
  await copyFile(join(folder, 'a.txt'), join(folder, 'b.txt'));
  const engine = scriptedEngine();
  choices = { ...choices, keeps: true };
  await run(jobOf('b.txt'), engine);
  expect(engine.asked).toEqual(['One cat.']);
  choices = { ...choices, keeps: false };
  await copyFile(join(folder, 'a.txt'), join(folder, 'c.txt'));
  const again = scriptedEngine();
  await run(jobOf('c.txt'), again);
  expect(again.asked).toEqual([]);
});

it('sends terms with the sentences that hold them, and knows those sentences anew when a term changes', async () => {
  await writeFile(join(folder, 'a.txt'), 'One cat. Two dogs.');
  await run(jobOf('a.txt'), scriptedEngine());
  const term = { ...EN_DE, source: 'cat', target: 'Kater', matchCase: false, note: '' };
  memory.saveTerms([term, { ...term, source: 'bird', target: 'Vogel' }]);
  await copyFile(join(folder, 'a.txt'), join(folder, 'b.txt'));
  const engine = scriptedEngine();
  await run(jobOf('b.txt'), engine);
  expect(engine.asked).toEqual(['One cat.']);
  expect(engine.terms.map(({ source }) => source)).toEqual(['cat']);
});

it('marks an imported translation that lacks a term', async () => {
  await writeFile(join(folder, 'a.txt'), 'One cat.');
  memory.saveTerms([{ ...EN_DE, source: 'cat', target: 'Kater', matchCase: false, note: '' }]);
  memory.keep(EN_DE, [{ ...correction(['One cat.'], ['Eine Katze.'], [], 5), origin: 'imported' }]);
  expect(await run(jobOf('a.txt'), scriptedEngine())).toMatchObject({ recalled: 1, flagged: 1 });
  const { page } = await new Reviews().page(jobOf('a.txt'), { find: '', order: 'attention', offset: 0, limit: 1 });
  expect(page).toMatchObject([{ flags: ['glossary'], memory: 'imported', terms: [{ source: 'cat', target: 'Kater', isUsed: false }] }]);
});

it('goes on without a memory that fails', async () => {
  memory.close();
  memory = new MemoryFile(folder, () => {});
  await writeFile(join(folder, 'a.txt'), 'One cat.');
  expect(await run(jobOf('a.txt'), scriptedEngine())).toMatchObject({ translated: 1, recalled: 0 });
  expect(problems.length).toBeGreaterThan(0);
  memory = new MemoryFile(join(folder, 'other.db'), () => {});
});
