/** A PDF as a job: what it becomes, what is said of it, how its translation is called. */
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withoutAids } from '../../../../../src/main/documents/aids';
import { findDocuments } from '../../../../../src/main/documents/find-documents';
import { docx } from '../../../../../src/main/documents/formats/docx';
import { runJob, type Job } from '../../../../../src/main/documents/job';
import { Reviews } from '../../../../../src/main/documents/review';
import { textOf } from '../../../../../src/shared/inlines';
import { scriptedEngine } from '../scripted-client';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-pdf-'));
  await copyFile(resolve('test/fixtures/documents/pdf/libreoffice-PDFSearch.pdf'), join(folder, 'search.pdf'));
});
afterEach(() => rm(folder, { recursive: true }));

const jobTo = (output: string, bilingual = false): Job => ({
  id: 'j',
  folder: join(folder, 'job'),
  input: join(folder, 'search.pdf'),
  output: join(folder, output),
  options: {
    packId: 'p',
    task: { kind: 'translate', from: 'en', to: 'de' },
    lane: 'hybrid',
    decoding: { kind: 'greedy' },
    ...(bilingual && { bilingual }),
  },
  changed: 'ask',
});

const run = (job: Job, controller = new AbortController()) =>
  runJob(job, {
    appVersion: '0.1.0',
    packIdentity: (id) => Promise.resolve({ id, version: '1.0.0', sha256: 'a'.repeat(64) }),
    engines: scriptedEngine().engines,
    aids: withoutAids,
    signal: controller.signal,
    tell: () => {},
  });

test.each(['search_de.docx', 'search_de.html', 'search_de.md'])('becomes %s, with a bilingual file of the same kind', async (name) => {
  const report = await run(jobTo(name, true));
  expect(report).toMatchObject({ failed: 0, kept: 0, output: join(folder, name), bilingual: join(folder, name.replace('_de', '_en-de')) });
  expect(report.segments).toBeGreaterThan(5);
  expect(report.translated).toBe(report.segments);
  expect(report.left.map(({ what }) => what)).toEqual(['pictures and the layout of the pages']);
  expect((await readdir(folder)).sort()).toEqual(['job', name, name.replace('_de', '_en-de'), 'search.pdf'].sort());
});

test('is reviewed and edited as other documents are, with the page that each sentence comes from', async () => {
  const job = jobTo('search_de.docx');
  await run(job);
  const { segments, page } = await new Reviews().page(job, { find: '', order: 'document', offset: 0, limit: 200 });
  expect(page).toHaveLength(segments);
  expect(page[0]?.place).toBe('page 1');
  expect(page.every(({ place }) => /^page [12]$/.test(place))).toBe(true);
  const { segment } = await new Reviews().edit(job, 0, ['Von Hand.']);
  expect(segment.edited).toBe(true);
  const written = await docx.read(await readFile(job.output));
  expect(textOf(written.blocks[0]?.inlines ?? [])).toContain('Von Hand.');
});

test('is refused a name of another format, and lets go when it is paused while it is read', async () => {
  await expect(run(jobTo('search_de.pdf'))).rejects.toThrow(/another format \(\.docx, \.html, \.md\), not into “search_de\.pdf”/);
  const controller = new AbortController();
  controller.abort(new Error('paused'));
  await expect(run(jobTo('search_de.docx'), controller)).rejects.toThrow('paused');
  expect(await readdir(folder)).not.toContain('search_de.docx');
});

test('is found with the name of what it becomes; its translation is no document of its own', async () => {
  const wanted = { to: 'de', outputFolder: null, namePattern: '{name}_{lang}', skipExisting: true } as const;
  const found = async (reflowInto: string) => (await findDocuments([folder], { ...wanted, reflowInto })).found.map(({ output }) => output);
  expect(await found('docx')).toEqual([join(folder, 'search_de.docx')]);
  expect(await found('html')).toEqual([join(folder, 'search_de.html')]);
  await run(jobTo('search_de.docx'));
  await rm(join(folder, 'job'), { recursive: true });
  await mkdir(join(folder, 'job'));
  const { found: none, skipped } = await findDocuments([folder], { ...wanted, reflowInto: 'docx' });
  expect(none).toEqual([]);
  expect(skipped).toEqual(
    expect.arrayContaining([
      { path: join(folder, 'search.pdf'), why: 'its translation is there already' },
      { path: join(folder, 'search_de.docx'), why: 'it is the translation of “search.pdf”' },
    ]),
  );
});
