import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemoryFile, type NewPair } from '../../../../src/main/memory/memory-file';
import type { CodePair } from '../../../../src/shared/check-codes';
import type { Inlines } from '../../../../src/shared/inlines';

const EN_DE = { from: 'en', to: 'de' };

let folder: string;
let memory: MemoryFile;
let setAside: string[];
const path = () => join(folder, 'memory.db');
const open = () => new MemoryFile(path(), (aside) => setAside.push(aside));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-memory-'));
  setAside = [];
  memory = open();
});
afterEach(() => {
  memory.close();
  rmSync(folder, { recursive: true });
});

const pair = (source: Inlines | string, translation: Inlines | string, more: Partial<NewPair> = {}): NewPair => ({
  source: typeof source === 'string' ? [source] : source,
  translation: typeof translation === 'string' ? [translation] : translation,
  pairs: [],
  origin: 'machine',
  maker: 'pack 1',
  makerKey: 'p1',
  flags: [],
  confidence: 0.8,
  changedMs: 1,
  ...more,
});
const recall = (text: string, makerKey = 'p1', anyMachine = false) =>
  memory.recall(EN_DE, { inlines: [text], pairs: [] }, makerKey, anyMachine)?.inlines ?? null;

describe('a sentence that is known', () => {
  it('is recalled: a person’s before an imported one before the same machine’s; another machine’s only if wanted', () => {
    memory.keep(EN_DE, [pair('Save.', 'Sichern.')]);
    expect(recall('Save.')).toEqual(['Sichern.']);
    expect(recall('Save.', 'p2')).toBeNull();
    expect(recall('Save.', 'p2', true)).toEqual(['Sichern.']);
    memory.keep(EN_DE, [pair('Save.', 'Speichern.', { origin: 'imported', makerKey: '' })]);
    expect(recall('Save.')).toEqual(['Speichern.']);
    memory.keep(EN_DE, [pair('Save.', 'Ablegen.', { origin: 'person', makerKey: '' })]);
    memory.keep(EN_DE, [pair('Save.', 'Neu.', { makerKey: 'p2', changedMs: 99 })]);
    expect(recall('Save.', 'p2', true)).toEqual(['Ablegen.']);
  });

  it('is known by its languages, its capitals and its codes', () => {
    memory.keep(EN_DE, [pair('Save.', 'Sichern.')]);
    expect(recall('save.')).toBeNull();
    expect(memory.recall({ from: 'en', to: 'fr' }, { inlines: ['Save.'], pairs: [] }, 'p1', true)).toBeNull();
    expect(memory.recall(EN_DE, { inlines: ['Save', { code: 0 }, '.'], pairs: [] }, 'p1', true)).toBeNull();
  });

  it('has its codes counted anew, pairs kept', () => {
    const bold: CodePair = [7, 9];
    memory.keep(EN_DE, [
      pair(['Press ', { code: 7 }, 'Enter', { code: 9 }], [{ code: 7 }, 'Enter', { code: 9 }, ' drücken'], { pairs: [bold] }),
    ]);
    const asked: Inlines = ['Press ', { code: 0 }, 'Enter', { code: 1 }];
    const inlines = [{ code: 0 }, 'Enter', { code: 1 }, ' drücken'];
    expect(memory.recall(EN_DE, { inlines: asked, pairs: [[0, 1]] }, 'p1', false)).toMatchObject({
      inlines,
      origin: 'machine',
      confidence: 0.8,
    });
    expect(memory.recall(EN_DE, { inlines: asked, pairs: [] }, 'p1', false)).toBeNull();
  });

  it('takes the newer of two that were imported', () => {
    const imported = { origin: 'imported', makerKey: '' } as const;
    memory.keep(EN_DE, [pair('Save.', 'Neu.', { ...imported, changedMs: 5 }), pair('Save.', 'Alt.', { ...imported, changedMs: 4 })]);
    expect(recall('Save.')).toEqual(['Neu.']);
    expect(memory.counts()).toEqual([{ ...EN_DE, pairs: { person: 0, imported: 1, machine: 0 }, terms: 0 }]);
  });

  it('is corrected anew after the clock was set back', () => {
    const corrected = { origin: 'person', makerKey: '' } as const;
    memory.keep(EN_DE, [pair('Save.', 'Erst.', { ...corrected, changedMs: 5 })]);
    memory.keep(EN_DE, [pair('Save.', 'Dann.', { ...corrected, changedMs: 4 })]);
    expect(recall('Save.')).toEqual(['Dann.']);
  });
});

describe('a sentence that is nearly known', () => {
  const suggest = (inlines: Inlines, pairs: CodePair[] = []) => memory.suggest(EN_DE, { inlines, pairs });

  beforeEach(() => {
    const noise = Array.from({ length: 500 }, (_, at) => pair(`The file number ${at} is in the folder of the user.`, `Datei ${at}`));
    memory.keep(EN_DE, noise);
    memory.keep(EN_DE, [
      pair('Remove the battery before cleaning the device.', 'Entfernen Sie den Akku.', { origin: 'person', makerKey: '' }),
      pair('Remove the battery before cleaning the screen!', 'Falsch.', { flags: ['numbers'] }),
    ]);
  });

  it('gets the likest first, with its likeness, and nothing that is doubtful or far off', () => {
    const [first, ...rest] = suggest(['Remove the battery before cleaning the screen.']);
    expect(first).toMatchObject({ translation: ['Entfernen Sie den Akku.'], likeness: 7 / 8, hasCodes: true, origin: 'person' });
    expect(rest).toEqual([]);
    expect(suggest(['Charge the battery after using the device.'])).toEqual([]);
  });

  it('is told where codes are missing', () => {
    const [first] = suggest(['Remove the ', { code: 0 }, 'battery', { code: 1 }, ' before cleaning the device.'], [[0, 1]]);
    expect(first).toMatchObject({ likeness: 8 / 10, hasCodes: false });
  });

  it('is found among many by its rare words', () => {
    const [first] = suggest(['The file number 77 is in a folder of the user.']);
    expect(first).toMatchObject({ translation: ['Datei 77'] });
    expect(suggest(['Whatever else nobody wrote.'])).toEqual([]);
  });
});

describe('the list', () => {
  it('is searched by beginnings of words in both languages, newest first', () => {
    memory.keep(EN_DE, [pair('A house', 'Ein Häuschen'), pair('A horse', 'Ein Pferd', { changedMs: 2 })]);
    const found = (text: string) => memory.search(EN_DE, text, 0, 10).page.map(({ source }) => source[0]);
    expect(found('')).toEqual(['A horse', 'A house']);
    expect(found('hau')).toEqual(['A house']);
    expect(found('a ho')).toEqual(['A horse', 'A house']);
    expect(found('"; DROP')).toEqual([]);
    expect(memory.search(EN_DE, 'ein', 1, 1)).toMatchObject({ total: 2, page: [{ source: ['A house'] }] });
  });

  it('makes a change a person’s, and forgets what is no longer wanted', () => {
    memory.keep(EN_DE, [pair('A house', 'Ein Hase')]);
    const [only] = memory.search(EN_DE, '', 0, 10).page;
    const changed = memory.change(only?.id ?? 0, ['Ein Haus'], 7);
    expect(changed).toMatchObject({ origin: 'person', translation: ['Ein Haus'], changedMs: 7 });
    expect(recall('A house', 'other')).toEqual(['Ein Haus']);
    expect(memory.search(EN_DE, 'Hase', 0, 10).total).toBe(0);
    expect(() => memory.change(changed.id, ['x', { code: 0 }], 8)).toThrow('codes');
    memory.forget([changed.id]);
    expect(recall('A house')).toBeNull();
    expect(() => memory.change(changed.id, ['x'], 8)).toThrow('no longer');
  });

  it('is cleared by origin', () => {
    memory.keep(EN_DE, [pair('A', 'B'), pair('A', 'C', { origin: 'person', makerKey: '' })]);
    memory.clear(EN_DE, 'machine');
    expect([...memory.export(EN_DE)].flat()).toMatchObject([{ origin: 'person' }]);
  });
});

it('keeps terms, one for a source', () => {
  const term = { ...EN_DE, source: 'server', target: 'Server', matchCase: false, note: '' };
  memory.saveTerms([term, { ...term, source: 'IT', target: 'EDV', matchCase: true, note: 'old' }]);
  memory.saveTerms([{ ...term, target: 'Rechner' }]);
  expect(memory.terms(EN_DE)).toMatchObject([
    { source: 'IT', matchCase: true, note: 'old' },
    { source: 'server', target: 'Rechner' },
  ]);
  const [it] = memory.terms(EN_DE);
  memory.saveTerms([{ ...term, source: 'ICT', target: 'IKT' }], it?.id);
  expect(memory.terms(EN_DE).map(({ source }) => source)).toEqual(['ICT', 'server']);
  memory.forgetTerms(memory.terms(EN_DE).map(({ id }) => id));
  expect(memory.counts()).toEqual([]);
});

describe('the file', () => {
  it('that is no database is set aside and a new one begun', () => {
    writeFileSync(path(), 'Not a database, but long enough to be looked at as one. '.repeat(40));
    memory.keep(EN_DE, [pair('A', 'B')]);
    expect(recall('A')).toEqual(['B']);
    expect(setAside).toHaveLength(1);
    expect(readFileSync(setAside[0] ?? '', 'utf8')).toContain('Not a database');
  });

  it('that is damaged inside is set aside when that comes out', () => {
    memory.keep(
      EN_DE,
      Array.from({ length: 3000 }, (_, at) => pair(`Sentence ${at} says something.`, `Satz ${at}`)),
    );
    memory.close();
    const bytes = readFileSync(path());
    bytes.fill(0xa5, 4096, bytes.length - 4096);
    writeFileSync(path(), bytes);
    memory = open();
    memory.search(EN_DE, '', 0, 10);
    memory.keep(EN_DE, [pair('A', 'B')]);
    expect(recall('A')).toEqual(['B']);
    expect(setAside).toHaveLength(1);
  });

  it('of a later version is left alone', () => {
    memory.counts();
    memory.close();
    const script = `const d = new (require('libsql'))(${JSON.stringify(path())}); d.exec('PRAGMA user_version = 99'); d.close()`;
    spawnSync(process.execPath, ['-e', script]);
    memory = open();
    expect(() => memory.counts()).toThrow('later version');
    expect(setAside).toEqual([]);
    expect(readdirSync(folder)).toContain('memory.db');
  });

  it('holds all that was kept before a kill', () => {
    const script = `
      const { MemoryFile } = require('./src/main/memory/memory-file.ts');
      const memory = new MemoryFile(${JSON.stringify(path())}, () => {});
      for (let at = 0; at < 50; at++) memory.keep({ from: 'en', to: 'de' }, [${JSON.stringify(pair('x', 'y'))}].map((pair) => ({ ...pair, source: ['Text ' + at] })));
      process.kill(process.pid, 'SIGKILL');`;
    const { signal } = spawnSync(process.execPath, ['--import', 'tsx', '-e', script]);
    expect(signal).toBe('SIGKILL');
    expect(memory.search(EN_DE, '', 0, 1).total).toBe(50);
    expect(setAside).toEqual([]);
  });
});
