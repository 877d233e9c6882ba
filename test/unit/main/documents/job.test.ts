import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withoutAids } from '../../../../src/main/documents/aids';
import { runJob, type Job, type JobSurroundings } from '../../../../src/main/documents/job';
import { Reviews } from '../../../../src/main/documents/review';
import { JobChanged } from '../../../../src/main/documents/job-failure';
import type { DocumentReport, JobState } from '../../../../src/shared/document';
import { upper } from './properties';
import { scriptedEngine, type Mishap, type ScriptedEngine } from './scripted-client';

let folder: string;
let job: Job;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-job-'));
  const options = { packId: 'p', task: { kind: 'translate', from: 'en', to: 'de' }, lane: 'hybrid', decoding: { kind: 'greedy' } } as const;
  job = {
    id: 'j',
    folder: join(folder, 'job'),
    input: join(folder, 'a.txt'),
    output: join(folder, 'out', 'a_de.txt'),
    options,
    changed: 'ask',
  };
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const German = 'Das Wetter ist heute wirklich sehr schön und warm.';
/** 151 sentences, one of them twice, one in the target language. */
const SENTENCES = Array.from({ length: 149 }, (_, at) => `Sentence number ${at} is here.`);
const TEXT = [...SENTENCES, 'Sentence number 7 is here.', German].map((text, at) => text + (at % 5 ? ' ' : '\n\n')).join('');
const TRANSLATED = upper(TEXT).replace(upper(German), German);

function run(engine: ScriptedEngine, more: Partial<JobSurroundings> = {}, states: JobState[] = []): Promise<DocumentReport> {
  return runJob(job, {
    appVersion: '0.1.0',
    packIdentity: (id) => Promise.resolve({ id, version: '1.0.0', sha256: 'a'.repeat(64) }),
    engines: engine.engines,
    aids: withoutAids,
    signal: new AbortController().signal,
    tell: (state) => states.push(state),
    ...more,
  });
}

const at = (number: number, mishap: Mishap, times = Infinity) => {
  let left = times;
  return (text: string) => (text === `Sentence number ${number} is here.` && left-- > 0 ? mishap : null);
};
const output = () => readFile(job.output, 'utf8');
const words = (text: string) => text.split(/\s+/).join(' ');

describe('a document', () => {
  beforeEach(() => writeFile(job.input, TEXT));

  it('is translated, every segment accounted for, equal ones once, what is German left', async () => {
    const engine = scriptedEngine();
    const states: JobState[] = [];
    const report = await run(engine, {}, states);
    expect(words(await output())).toBe(words(TRANSLATED));
    expect(report).toMatchObject({ segments: 151, translated: 150, kept: 1, failed: 0, repeated: 1, tokens: 149 * 3 });
    expect(engine.asked.sort()).toEqual([...SENTENCES].sort());
    expect(states.at(0)).toEqual({ kind: 'reading' });
    expect(states.at(-1)).toEqual({ kind: 'writing' });
    expect(states.filter((state) => state.kind === 'translating').at(-1)).toMatchObject({ done: 151, segments: 151 });
    expect(await readFile(job.input, 'utf8')).toBe(TEXT);
    expect(await readdir(join(folder, 'out'))).toEqual(['a_de.txt']);
  });

  it('is never written over another file', async () => {
    await mkdir(join(folder, 'out'));
    await writeFile(job.output, 'Mine.');
    await writeFile(join(folder, 'out', 'a_de (2).txt'), 'Mine too.');
    const report = await run(scriptedEngine());
    expect(report.output).toBe(join(folder, 'out', 'a_de (3).txt'));
    expect(await output()).toBe('Mine.');
    const anyMs = expect.any(Number) as number;
    expect(await run(scriptedEngine())).toEqual({ ...report, times: { ...report.times, readMs: anyMs, writeMs: anyMs } });
    expect((await readdir(join(folder, 'out'))).length).toBe(3);
  });

  it('asks in batches that depend on the document alone, whatever the number of engines; equal sentences once, also across batches', async () => {
    const many = Array.from({ length: 300 }, (_, number) => `Here is sentence number ${number % 290}.`);
    await writeFile(job.input, many.join('\n\n'));
    const runs = [];
    for (const count of [1, 3, 8]) {
      const engine = scriptedEngine(() => null, {}, count);
      job = { ...job, folder: join(folder, `job${count}`), output: join(folder, 'out', `${count}.txt`) };
      const { translated, repeated } = await run(engine);
      expect({ translated, repeated }).toEqual({ translated: 300, repeated: 10 });
      expect(engine.most()).toBe(Math.min(count, engine.requests.length));
      runs.push(engine.requests.map((texts) => texts.join()).sort());
      expect(await output()).toBe(upper(many.join('\n\n')));
    }
    expect(runs[0]?.length).toBe(Math.ceil(290 / 64));
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).toEqual(runs[0]);
  });

  it('sums the time of each stage over all engines, and the clock’s once; also when it is written again', async () => {
    const many = Array.from({ length: 64 * 4 }, (_, number) => `Here is sentence number ${number}.`);
    await writeFile(job.input, many.join('\n\n'));
    const begun = performance.now();
    const { times, translateMs } = await run(scriptedEngine(() => null, { encodeMs: 7, decodeMs: 3, loadMs: 2 }, 4));
    expect(times).toMatchObject({ loadMs: 8, encodeMs: 28, decodeMs: 12, prefillMs: 0 });
    expect(translateMs).toBeGreaterThan(0);
    expect(translateMs).toBeLessThan(performance.now() - begun);
    expect(times?.readMs).toBeGreaterThan(0);
    expect(times?.writeMs).toBeGreaterThan(0);
    expect((await run(scriptedEngine())).times).toMatchObject({ loadMs: 8, encodeMs: 28, decodeMs: 12 });
  });

  it('asks for the whole batch again at which an engine died, and leaves the others alone', async () => {
    const engine = scriptedEngine(at(70, 'dies', 1), {}, 2);
    expect(await run(engine)).toMatchObject({ translated: 150, failed: 0 });
    const texts = engine.requests.map((request) => request.join());
    expect(texts.length).toBe(Math.ceil(149 / 64) + 1);
    expect(new Set(texts).size).toBe(texts.length - 1);
  });

  it('ends where one of several engines cannot go on, and cancels the others', async () => {
    const engine = scriptedEngine((text) => at(5, 'pack-damaged')(text) ?? at(70, 'hangs')(text), {}, 3);
    await expect(run(engine)).rejects.toThrow('It pack-damaged.');
  });

  it('goes on where it was paused and asks for nothing twice', async () => {
    const controller = new AbortController();
    const first = scriptedEngine((text) => {
      if (first.asked.length === 100) controller.abort();
      return at(120, 'hangs')(text);
    });
    await expect(run(first, { signal: controller.signal })).rejects.toThrow('abort');
    const second = scriptedEngine();
    const states: JobState[] = [];
    await run(second, {}, states);
    expect(words(await output())).toBe(words(TRANSLATED));
    expect(states.find((state) => state.kind === 'translating')).toMatchObject({ done: 101 });
    expect(first.asked.slice(0, 99).filter((text) => second.asked.includes(text))).toEqual([]);
  });

  it('survives the engine’s death once, and leaves out a sentence at which it always dies', async () => {
    expect(await run(scriptedEngine(at(70, 'dies', 1)))).toMatchObject({ translated: 150, failed: 0 });
    await rm(job.folder, { recursive: true });
    const report = await run(scriptedEngine(at(70, 'dies')));
    expect(report).toMatchObject({ segments: 151, translated: 149, kept: 1, failed: 1 });
    expect(words(await readFile(report.output, 'utf8'))).toBe(
      words(TRANSLATED).replace('SENTENCE NUMBER 70 IS HERE', 'Sentence number 70 is here'),
    );
    // Tried again, the failed one alone is asked for, and the same file is written.
    const again = scriptedEngine();
    expect(await run(again)).toMatchObject({ failed: 0, translated: 150, output: report.output });
    expect(again.asked).toEqual(['Sentence number 70 is here.']);
  });

  it.each(['fails', 'empty'] as const)('marks a sentence that %s as failed, keeps its source and shows it first', async (mishap) => {
    expect(await run(scriptedEngine(at(3, mishap)))).toMatchObject({ failed: 1, translated: 149 });
    const { page, segments, attention } = await new Reviews().page(job, { find: '', order: 'attention', offset: 0, limit: 3 });
    expect({ segments, attention }).toEqual({ segments: 151, attention: 1 });
    expect(page[0]).toMatchObject({ index: 3, outcome: 'failed', translation: ['Sentence number 3 is here.'] });
    expect(page[0]?.message).not.toBeNull();
    expect(page[1]).toMatchObject({ confidence: 0.5 });
  });

  it('fails with the engine’s words where every sentence would', async () => {
    await expect(run(scriptedEngine(at(0, 'pack-damaged')))).rejects.toThrow('It pack-damaged.');
  });

  it('keeps what is translated when the disk is full, and goes on when it is not', async () => {
    const handle = await open(job.input);
    const prototype = Object.getPrototypeOf(handle) as { appendFile: (data: Buffer) => Promise<void> };
    await handle.close();
    const { appendFile } = prototype;
    let left = 80;
    vi.spyOn(prototype, 'appendFile').mockImplementation(function (this: unknown, data: Buffer) {
      if (left-- > 0) return appendFile.call(this, data);
      // As a disk does: the half that fits is there.
      const half = appendFile.call(this, data.subarray(0, data.length / 2));
      return half.then(() => Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' })));
    });
    await expect(run(scriptedEngine())).rejects.toThrow('the disk is full. Make room, and resume.');
    vi.restoreAllMocks();
    const engine = scriptedEngine();
    expect(await run(engine)).toMatchObject({ translated: 150 });
    expect(engine.asked.length).toBeLessThan(149 - 70);
    expect(words(await output())).toBe(words(TRANSLATED));
    expect(await readFile(job.input, 'utf8')).toBe(TEXT);
  });

  it('leaves nothing behind when the translation cannot be written whole', async () => {
    const handle = await open(job.input);
    const prototype = Object.getPrototypeOf(handle) as { writeFile: () => Promise<void> };
    await handle.close();
    const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
    vi.spyOn(prototype, 'writeFile').mockRejectedValue(full);
    await expect(run(scriptedEngine())).rejects.toThrow('the disk is full. All that is translated is kept');
    expect(await readdir(join(folder, 'out'))).toEqual([]);
    vi.restoreAllMocks();
    const engine = scriptedEngine();
    await run(engine);
    expect(engine.asked).toEqual([]);
  });

  it('says at once that there is no folder to write to', async () => {
    await writeFile(join(folder, 'out'), 'A file.');
    const engine = scriptedEngine();
    await expect(run(engine)).rejects.toThrow('a file is where a folder is needed');
    expect(engine.asked).toEqual([]);
  });

  it('asks what to do when the document or the pack is another one', async () => {
    await expect(run(scriptedEngine(at(100, 'pack-damaged')))).rejects.toThrow();
    const other = () => Promise.resolve({ id: 'p', version: '2.0.0', sha256: 'b'.repeat(64) });
    await expect(run(scriptedEngine(), { packIdentity: other })).rejects.toThrow(JobChanged);
    await writeFile(job.input, `${TEXT}One more.`);
    await expect(run(scriptedEngine())).rejects.toMatchObject({ changed: { what: 'input' } });
    const kept = scriptedEngine();
    job = { ...job, changed: 'keep' };
    await run(kept);
    expect(kept.asked.length).toBeLessThan(60);
    expect(kept.asked).toContain('One more.');
    job = { ...job, changed: 'fresh' };
    const fresh = scriptedEngine();
    expect((await run(fresh)).output).toBe(join(folder, 'out', 'a_de (2).txt'));
    expect(fresh.asked.length).toBe(150);
  });

  it('that is gone is not translated', async () => {
    await rm(job.input);
    await expect(run(scriptedEngine())).rejects.toThrow('it is not there');
  });
});

describe('a finished document', () => {
  beforeEach(async () => {
    job = { ...job, input: join(folder, 'a.txt') };
    await writeFile(job.input, TEXT);
    await run(scriptedEngine());
  });

  it('is listed page by page, in reading order if wanted', async () => {
    const { page } = await new Reviews().page(job, { find: '', order: 'document', offset: 148, limit: 10 });
    expect(page.map(({ index }) => index)).toEqual([148, 149, 150]);
    expect(page[2]).toMatchObject({ outcome: 'kept', source: [German], translation: [German] });
  });

  it('is searched in its sources and translations, whatever the case and the accents', async () => {
    const reviews = new Reviews();
    const found = async (find: string) => {
      const { segments, page } = await reviews.page(job, { find, order: 'document', offset: 0, limit: 200 });
      return [segments, ...page.map(({ index }) => index)];
    };
    expect(await found(' Number 14 IS ')).toEqual([1, 14]);
    expect(await found('nothing of the kind')).toEqual([0]);
    await reviews.edit(job, 7, ['Ein Café.']);
    expect(await found('CAFE')).toEqual([1, 7]);
  });

  it('is written again with a changed segment, at that place alone', async () => {
    const { segment, report } = await new Reviews().edit(job, 7, ['Satz Nummer sieben.']);
    expect(segment).toMatchObject({ index: 7, edited: true, translation: ['Satz Nummer sieben.'] });
    expect(report).toMatchObject({ edited: 1, output: job.output });
    expect(words(await output())).toBe(words(TRANSLATED).replace('SENTENCE NUMBER 7 IS HERE.', 'Satz Nummer sieben.'));
    expect(await readdir(join(folder, 'out'))).toEqual(['a_de.txt']);
  });

  it('that someone changed by hand is written beside', async () => {
    await writeFile(job.output, 'My own words.');
    const { report } = await new Reviews().edit(job, 0, ['Satz null.']);
    expect(report.output).toBe(join(folder, 'out', 'a_de (2).txt'));
    expect(await output()).toBe('My own words.');
  });

  it('has a bilingual file beside it where one is wanted, which follows an edit; a format that has none says so', async () => {
    job = { ...job, folder: join(folder, 'job2'), options: { ...job.options, bilingual: true } };
    const { bilingual } = await run(scriptedEngine());
    expect(bilingual).toBe(join(folder, 'out', 'a_en-de.txt'));
    expect(words(await readFile(bilingual ?? '', 'utf8'))).toContain('Sentence number 0 is here. SENTENCE NUMBER 0 IS HERE.');
    expect((await new Reviews().edit(job, 0, ['Satz null.'])).report).toMatchObject({ bilingual });
    expect(words(await readFile(bilingual ?? '', 'utf8'))).toContain('Sentence number 0 is here. Satz null.');
    expect((await readdir(join(folder, 'out'))).sort()).toEqual(['a_de (2).txt', 'a_de.txt', 'a_en-de.txt']);
    job = { ...job, folder: join(folder, 'job3'), input: join(folder, 'a.csv'), output: join(folder, 'out', 'a_de.csv') };
    await writeFile(job.input, 'One cat,Two dogs\n');
    expect(await run(scriptedEngine())).toMatchObject({ bilingual: null, left: [{ what: 'bilingual file' }] });
  });

  it('takes no change that would break codes, nor one of a segment it has not', async () => {
    await expect(new Reviews().edit(job, 0, ['Satz ', { code: 0 }])).rejects.toThrow('break the formatting');
    await expect(new Reviews().edit(job, 151, ['Satz'])).rejects.toThrow('no segment 152');
    await writeFile(job.input, 'Other.');
    await expect(new Reviews().edit(job, 0, ['Satz'])).rejects.toThrow('changed after it was translated');
  });
});
