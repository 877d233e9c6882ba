/** A word that only the user writes goes everywhere a person can put words, where things go well and where they fail: the log has it nowhere. */
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FIXTURE_PACKS, launchApp, test, type RunningApp } from './app';
import { openEnginePort } from './engine-port';
import { expect, PATIENCE_MS } from './translate-panel';

const WORD = 'Zebrafink';
const SAID = `Dear “${WORD}”, said "${WORD}" to '${WORD}' and „${WORD}“.`;

/** Dialogs answer with these paths. */
async function answerDialogs({ electron }: RunningApp, paths: readonly string[]): Promise<void> {
  await electron.evaluate(
    ({ dialog }, given) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: given });
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: given[0] ?? '' });
    },
    [...paths],
  );
}

/** Calls that succeed and calls that are refused, in the page's words; a failure is told to the page. */
async function callAll({ page }: RunningApp, calls: readonly (readonly [name: string, argument: unknown])[]): Promise<number> {
  let refused = 0;
  for (const [name, argument] of calls) {
    refused += await page.evaluate(
      ([call, given]) =>
        window.app.call(call as 'listPacks', given as Record<string, never>).then(
          () => 0,
          () => 1,
        ),
      [name, argument] as const,
    );
  }
  return refused;
}

async function writeUserFiles(folder: string): Promise<Record<'good' | 'locked' | 'json' | 'tmx' | 'pack', string>> {
  const paths = {
    good: join(folder, `${WORD}.txt`),
    locked: join(folder, `${WORD} locked.docx`),
    json: join(folder, `${WORD} cut.json`),
    tmx: join(folder, `${WORD}.tmx`),
    pack: join(folder, 'model'),
  };
  await writeFile(paths.good, SAID);
  await writeFile(paths.locked, SAID);
  await writeFile(paths.json, `{ "a": ${SAID}`);
  await writeFile(paths.tmx, `<tmx><body><tu><${WORD}></tu>${SAID}`);
  await cp(join(FIXTURE_PACKS, 'tiny'), paths.pack, { recursive: true });
  await writeFile(join(paths.pack, 'tokenizer.json'), SAID);
  return paths;
}

for (const language of ['en', 'de', 'fr'] as const) {
  test(`no word of the user’s is in the log, ${language}`, async ({ scratch }) => {
    test.setTimeout(4 * PATIENCE_MS);
    const userData = join(scratch, 'user');
    const damaged = { 'settings.json': `{ "namePattern": ${SAID}`, 'history.db': SAID.repeat(200), 'documents/queue.json': SAID };
    for (const [name, content] of Object.entries(damaged)) {
      await mkdir(join(userData, name, '..'), { recursive: true });
      await writeFile(join(userData, name), content);
    }
    const files = await writeUserFiles(scratch);
    const app = await launchApp({ packs: FIXTURE_PACKS, userData });
    await app.page.evaluate((chosen) => window.app.call('changeSettings', { language: chosen, welcomed: true }), language);

    await openEnginePort(app.page);
    expect(await app.page.evaluate((text) => window.specPort.run(text, 'hybrid'), SAID)).toMatchObject({ end: 'done' });
    const languages = { from: 'en', to: 'de' };
    const options = { packId: 'tiny', task: { kind: 'translate', ...languages }, lane: 'hybrid', decoding: { kind: 'greedy' } };
    await answerDialogs(app, [files.good, files.locked, files.json, join(scratch, `${WORD} gone.txt`)]);
    await callAll(app, [['chooseDocuments', { from: 'files', options }]]);
    const states = () =>
      app.page.evaluate(() => window.app.call('listDocuments', {}).then(({ jobs }) => jobs.map(({ state }) => state.kind)));
    await expect.poll(async () => new Set(await states()), { timeout: PATIENCE_MS }).toEqual(new Set(['done', 'failed']));

    await answerDialogs(app, [files.tmx]);
    const given = { source: SAID, target: SAID, note: SAID };
    const refused = await callAll(app, [
      ['copyText', { text: SAID }],
      ['detectLanguage', { text: SAID }],
      ['listHistory', { query: SAID, offset: 0, limit: 10 }],
      ['searchMemory', { ...languages, text: SAID, offset: 0, limit: 10 }],
      ['importMemory', {}],
      ['importGlossary', languages],
      // Refused: an unknown field, a wrong pattern, a file in a folder's place, no such call.
      ['saveTerm', { id: null, term: { ...languages, ...given, [WORD]: SAID } }],
      ['addHistory', { entry: { source: SAID }, replaces: null }],
      ['changeSettings', { namePattern: SAID }],
      [SAID, {}],
    ]);
    expect(refused).toBeGreaterThanOrEqual(4);
    await answerDialogs(app, [join(files.good, `${WORD}.txt`)]);
    await callAll(app, [
      ['saveTextFile', { suggestedName: WORD, text: SAID }],
      ['openTextFile', {}],
      ['exportHistory', { format: 'json' }],
    ]);
    await answerDialogs(app, [files.pack]);
    await callAll(app, [['choosePackToImport', { from: 'folder' }]]);

    const run = app.page.evaluate((text) => window.specPort.run(text, 'llm'), `${SAID} `.repeat(2_000));
    await app.page.waitForFunction(() => window.specPort.deltas > 3);
    process.kill((await app.enginePid()) ?? 0, 'SIGKILL');
    await run;
    await expect.poll(app.log).toContain('restarting');
    await app.electron.close();

    const folder = join(userData, 'logs');
    const lines = (await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')))).join('');
    for (const way of ['settings could not be used', 'the history could not be used', 'the list of documents could not be used'])
      expect(lines).toContain(way);
    for (const way of ['import refused', 'saveTerm failed', 'changeSettings failed']) expect(lines).toContain(way);
    expect(lines).not.toContain(WORD);
  });
}
