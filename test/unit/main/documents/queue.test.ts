import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withoutAids } from '../../../../src/main/documents/aids';
import { openDocuments, type Documents } from '../../../../src/main/documents/queue';
import type { DocumentJob, DocumentQueue } from '../../../../src/shared/document';
import { scriptedEngine, type ScriptedEngine } from './scripted-client';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'tandem-queue-'))));
// The list may be on its way to the disk.
afterEach(() => rm(folder, { recursive: true, maxRetries: 20, retryDelay: 50 }));

const options = { packId: 'p', task: { kind: 'translate', from: 'en', to: 'de' }, lane: 'hybrid', decoding: { kind: 'greedy' } } as const;
const warnings: string[] = [];
const corrections: unknown[] = [];
const queues: DocumentQueue[] = [];

function start(engine: ScriptedEngine = scriptedEngine(), told: DocumentJob[] = []): Promise<Documents> {
  return openDocuments(join(folder, 'data'), {
    appVersion: '0.1.0',
    packIdentity: (id) => Promise.resolve({ id, version: '1.0.0', sha256: 'a'.repeat(64) }),
    engines: engine.engines,
    aids: withoutAids,
    namePattern: () => '{name}_{lang}',
    onCorrection: (task, segment) => corrections.push([task.to, segment.translation]),
    onQueue: (queue) => queues.push(queue),
    onJob: (job) => told.push(job),
    log: { info: () => {}, warn: (line) => warnings.push(line), error: () => {} },
  });
}

const states = (documents: Documents) => documents.list().jobs.map(({ state }) => state.kind);
const until = (documents: Documents, ...expected: string[]) =>
  vi.waitFor(() => expect(states(documents)).toEqual(expected), { timeout: 60_000, interval: 20 });
const path = (name: string) => join(folder, name);
const how = { options, skipExisting: false };
const hangsAt = (word: string) => scriptedEngine((text) => (text.includes(word) ? 'hangs' : null));

describe('the queue', () => {
  it('translates what it is given one after the other and tells every state', async () => {
    await writeFile(path('a.txt'), 'One cat.');
    await writeFile(path('b.txt'), 'Two dogs.');
    const told: DocumentJob[] = [];
    const documents = await start(scriptedEngine(), told);
    const { added } = await documents.add([path('a.txt'), path('b.txt')], how);
    await until(documents, 'done', 'done');
    // Progress is told by the clock, so once or more often.
    const kinds = told.filter(({ id }) => id === added[0]).map(({ state }) => state.kind);
    expect(kinds.filter((kind, at) => kind !== kinds[at - 1])).toEqual(['reading', 'translating', 'writing', 'done']);
    expect(await readFile(path('b_de.txt'), 'utf8')).toBe('TWO DOGS.');
    expect(documents.files(added[1] ?? '')).toEqual({ source: path('b.txt'), translation: path('b_de.txt') });
    expect(told.findIndex(({ id }) => id === added[1])).toBeGreaterThan(told.findLastIndex(({ id }) => id === added[0]) - 1);
  });

  it('walks folders: known formats, the rest told, hidden files not; translations are no sources; the tree is made again', async () => {
    for (const name of ['in/deep', 'in/.git']) await mkdir(path(name), { recursive: true });
    const names = [
      'in/a.txt',
      'in/a_de.txt',
      'in/a_en-de.txt',
      'in/deep/b.txt',
      'in/.hidden.txt',
      'in/.git/info.txt',
      'in/~$a.docx',
      'in/c.xyz',
    ];
    for (const name of names) await writeFile(path(name), 'A cat.');
    const documents = await start();
    await documents.setOutputFolder(path('out'));
    const { added, skipped } = await documents.add([path('in'), path('nowhere.txt')], how);
    expect(added.length).toBe(2);
    expect(skipped.map(({ path: where, why }) => `${where.slice(folder.length + 1)}: ${why}`)).toEqual([
      'in/a_de.txt: it is the translation of “a.txt”',
      'in/a_en-de.txt: it is the translation of “a.txt”',
      'in/c.xyz: no format known here',
      'in/~$a.docx: the lock of an open document',
      'nowhere.txt: it is not there',
    ]);
    await until(documents, 'done', 'done');
    expect((await readdir(path('out'), { recursive: true })).sort()).toEqual(['a_de.txt', 'deep', join('deep', 'b_de.txt')]);
    const again = await documents.add([path('in')], { ...how, skipExisting: true });
    expect(again.added).toEqual([]);
  });

  it('remembers over restarts how files were added last, and takes a list that did not', async () => {
    const documents = await start();
    expect(documents.list().adding).toEqual({ skipExisting: true, reflowInto: 'docx' });
    await documents.add([path('nowhere.pdf')], { options, skipExisting: false, reflowInto: 'html' });
    await documents.stop();
    expect((await start()).list().adding).toEqual({ skipExisting: false, reflowInto: 'html' });
    const file = path(join('data', 'queue.json'));
    const older = JSON.stringify(JSON.parse(await readFile(file, 'utf8')), (key, value: unknown) => (key === 'adding' ? undefined : value));
    await writeFile(file, older);
    expect((await start()).list().adding).toEqual({ skipExisting: true, reflowInto: 'docx' });
  });

  it('pauses at once, lets the next one run, and goes on', async () => {
    await writeFile(path('a.txt'), 'One cat. Hold on.');
    await writeFile(path('b.txt'), 'Two dogs.');
    let isHeld = true;
    const documents = await start(scriptedEngine((text) => (isHeld && text === 'Hold on.' ? 'hangs' : null)));
    const { added } = await documents.add([path('a.txt'), path('b.txt')], how);
    const [first = ''] = added;
    expect((await documents.add([path('a.txt')], how)).skipped[0]?.why).toBe('it is in the list already');
    await vi.waitFor(() => expect(documents.list().jobs[0]?.state).toMatchObject({ kind: 'translating', done: 1 }), 60_000);
    await documents.pause(first);
    await until(documents, 'paused', 'done');
    expect(documents.list().jobs[0]?.state).toEqual({ kind: 'paused', progress: { done: 1, segments: 2 } });
    isHeld = false;
    await documents.resume(first, 'ask');
    await until(documents, 'done', 'done');
    expect(await readFile(path('a_de.txt'), 'utf8')).toBe('ONE CAT. HOLD ON.');
  });

  it('comes back after a crash with unfinished jobs paused, and loses nothing of them', async () => {
    await writeFile(path('a.txt'), 'One cat. Hold on.');
    await writeFile(path('b.txt'), 'Two dogs.');
    const before = await start(hangsAt('Hold'));
    await before.add([path('a.txt'), path('b.txt')], how);
    await vi.waitFor(() => expect(before.list().jobs[0]?.state).toMatchObject({ kind: 'translating', done: 1 }), 60_000);
    // The process that ran it is gone, without a word.
    const engine = scriptedEngine();
    const after = await start(engine);
    expect(states(after)).toEqual(['paused', 'paused']);
    for (const { id } of after.list().jobs) await after.resume(id, 'ask');
    await until(after, 'done', 'done');
    expect(engine.asked).toEqual(['Hold on.', 'Two dogs.']);
    await after.stop();
    const again = await start();
    expect(states(again)).toEqual(['done', 'done']);
    await before.stop();
  });

  it('tells why a document failed, goes on with the next, and tries again when asked', async () => {
    await writeFile(path('a.txt'), '');
    await writeFile(path('b.txt'), 'Two dogs.');
    const documents = await start();
    const { added } = await documents.add([path('a.txt'), path('b.txt')], how);
    await until(documents, 'failed', 'done');
    expect(documents.list().jobs[0]?.state).toMatchObject({ reason: expect.stringContaining('is empty') as string });
    await writeFile(path('a.txt'), 'A cat.');
    await documents.resume(added[0] ?? '', 'ask');
    await until(documents, 'done', 'done');
  });

  it('forgets a document that is removed, also while it runs, and keeps its files', async () => {
    await writeFile(path('a.txt'), 'One cat. Hold on.');
    const documents = await start(hangsAt('Hold'));
    const { added } = await documents.add([path('a.txt')], how);
    await vi.waitFor(() => expect(documents.list().jobs[0]?.state).toMatchObject({ done: 1 }), 60_000);
    await documents.remove(added[0] ?? '');
    expect(documents.list().jobs).toEqual([]);
    expect(await readdir(join(folder, 'data'))).toEqual(['queue.json']);
    expect(await readdir(folder)).toEqual(['a.txt', 'data']);
  });

  it('reviews and edits what is done, and only that', async () => {
    await writeFile(path('a.txt'), 'One cat.');
    const documents = await start();
    const { added } = await documents.add([path('a.txt')], how);
    const [id = ''] = added;
    await until(documents, 'done');
    await documents.edit(id, 0, ['Eine Katze.']);
    expect(await readFile(path('a_de.txt'), 'utf8')).toBe('Eine Katze.');
    expect(documents.list().jobs[0]?.state).toMatchObject({ report: { edited: 1 } });
    expect(corrections).toEqual([['de', ['Eine Katze.']]]);
    expect((await documents.review(id, { find: '', order: 'attention', offset: 0, limit: 10 })).page).toMatchObject([{ edited: true }]);
    const words = async () =>
      (await documents.review(id, { find: '', order: 'document', offset: 0, limit: 10 })).page.map(({ source }) => source);
    await writeFile(path('a.txt'), 'Two dogs.');
    await documents.resume(id, 'fresh');
    await until(documents, 'done');
    expect(await words(), 'translated anew, other segments are shown').toEqual([['Two dogs.']]);
    await writeFile(path('b.txt'), '');
    const failed = await documents.add([path('b.txt')], how);
    await until(documents, 'done', 'failed');
    await expect(documents.review(failed.added[0] ?? '', { find: '', order: 'document', offset: 0, limit: 1 })).rejects.toThrow(
      'not translated yet',
    );
  });

  it('sets a list aside that it cannot read', async () => {
    await mkdir(join(folder, 'data'));
    await writeFile(join(folder, 'data', 'queue.json'), '{"entries": [');
    const documents = await start();
    expect(documents.list().jobs).toEqual([]);
    expect((await readdir(join(folder, 'data'))).filter((name) => name.startsWith('queue.damaged-'))).toHaveLength(1);
    expect(warnings.at(-1)).toContain('set aside');
    expect(documents.list().problem).toMatch(/^The list of documents was damaged\..*queue\.damaged-/);
  });

  it('tells while it cannot be saved, and no longer', async () => {
    const documents = await start();
    await rm(join(folder, 'data', 'queue.json'));
    await mkdir(join(folder, 'data', 'queue.json'));
    await documents.setOutputFolder(folder);
    expect(documents.list().problem).toMatch(/^This list cannot be saved: /);
    expect(queues.at(-1)?.problem).toBe(documents.list().problem);
    await rm(join(folder, 'data', 'queue.json'), { recursive: true });
    await documents.setOutputFolder(null);
    expect(documents.list().problem).toBeNull();
  });
});
