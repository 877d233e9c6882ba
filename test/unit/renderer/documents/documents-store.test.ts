import { describe, expect, it } from 'vitest';
import { createDocumentsStore } from '../../../../src/renderer/documents/documents-store';
import { type DocumentQueue } from '../../../../src/shared/document';
import { DONE, job, OPTIONS, queue, ScriptedApp, settle, type Answers } from './scripted-app';

async function panel(answers: Answers = { listDocuments: () => queue(job('report'), job('notes')) }) {
  const app = new ScriptedApp(answers);
  const store = createDocumentsStore(app);
  await settle();
  return { app, store, names: () => store.getState().queue?.jobs.map(({ id, state }) => `${id} ${state.kind}`) };
}

describe('the documents store', () => {
  it('shows the queue as main tells it, job by job', async () => {
    const { app, names } = await panel();
    expect(names()).toEqual(['report waiting', 'notes waiting']);
    await app.tell('documentChanged', job('notes', DONE));
    expect(names()).toEqual(['report waiting', 'notes done']);
    await app.tell('documentsChanged', queue(job('notes', DONE)));
    expect(names()).toEqual(['notes done']);
    await app.tell('documentChanged', job('report', DONE));
    expect(names(), 'a job that is gone does not come back').toEqual(['notes done']);
  });

  it('keeps a queue that was told before its first answer came', async () => {
    let answer = (_queue: DocumentQueue) => {};
    const { app, names } = await panel({ listDocuments: () => new Promise((resolve) => (answer = resolve)) });
    await app.tell('documentsChanged', queue(job('new')));
    answer(queue());
    await settle();
    expect(names()).toEqual(['new waiting']);
  });

  it('adds with what is chosen at that time, and tells what was left out', async () => {
    const skipped = [{ path: '/documents/photo.jpg', why: 'no format known here' }];
    const { app, store } = await panel({
      listDocuments: () => queue(),
      chooseDocuments: () => ({ added: ['report'], skipped }),
    });
    store.choose('folder', OPTIONS);
    expect(store.getState().isAdding).toBe(true);
    await settle();
    expect(store.getState()).toMatchObject({ isAdding: false, lastAdded: { added: ['report'], skipped } });
    store.setAdding({ skipExisting: false });
    store.choose('files', OPTIONS);
    await settle();
    expect(app.argumentsOf('chooseDocuments')).toEqual([
      { from: 'folder', skipExisting: true, reflowInto: 'docx', options: OPTIONS },
      { from: 'files', skipExisting: false, reflowInto: 'docx', options: OPTIONS },
    ]);
    store.dismiss();
    expect(store.getState().lastAdded).toBeNull();
  });

  it('forgets nothing of the files added before when a person chooses none', async () => {
    const answers: Answers = { listDocuments: () => queue(), chooseDocuments: () => ({ added: [], skipped: [] }) };
    const { store } = await panel(answers);
    store.choose('files', OPTIONS);
    await settle();
    answers.chooseDocuments = () => null;
    store.choose('files', OPTIONS);
    await settle();
    expect(store.getState()).toMatchObject({ isAdding: false, lastAdded: { added: [], skipped: [] } });
  });

  it('hands dropped files to main', async () => {
    const dropped: (readonly File[])[] = [];
    const { app, store } = await panel({
      listDocuments: () => queue(),
      addDroppedDocuments: (files) => {
        dropped.push(files);
        return Promise.resolve({ added: ['a'], skipped: [] });
      },
    });
    const files = [new File(['Good morning.'], 'a.txt')];
    store.drop(files, OPTIONS);
    await settle();
    expect(dropped).toEqual([files]);
    expect(app.argumentsOf('addDroppedDocuments')).toEqual([{ skipExisting: true, reflowInto: 'docx', options: OPTIONS }]);
    expect(store.getState()).toMatchObject({ isAdding: false, lastAdded: { added: ['a'] } });
  });

  it('asks main for what a row offers', async () => {
    const { app, store } = await panel();
    store.pause('report');
    store.resume('report');
    store.resume('report', 'keep');
    store.resume('report', 'fresh');
    store.remove('report');
    store.open('report', 'folder');
    expect(app.asked.slice(2)).toEqual([
      { name: 'pauseDocument', argument: { jobId: 'report' } },
      { name: 'resumeDocument', argument: { jobId: 'report', changed: 'ask' } },
      { name: 'resumeDocument', argument: { jobId: 'report', changed: 'keep' } },
      { name: 'resumeDocument', argument: { jobId: 'report', changed: 'fresh' } },
      { name: 'removeDocument', argument: { jobId: 'report' } },
      { name: 'openDocument', argument: { jobId: 'report', what: 'folder' } },
    ]);
  });

  it('tells a failure at the job it is about, until the next thing is done', async () => {
    const { store } = await panel({
      listDocuments: () => queue(job('report', DONE)),
      openDocument: () => Promise.reject(new Error('“report_de.docx” is not there any more.')),
      pauseDocument: () => null,
    });
    store.open('report', 'translation');
    await settle();
    expect(store.getState().problem).toEqual({ jobId: 'report', message: '“report_de.docx” is not there any more.' });
    store.pause('report');
    expect(store.getState().problem).toBeNull();
  });

  it('tells a failure of adding and of the list', async () => {
    const { store } = await panel({
      listDocuments: () => Promise.reject(new Error('The list cannot be read.')),
      chooseDocuments: () => Promise.reject(new Error('The dialog could not be opened.')),
    });
    expect(store.getState()).toMatchObject({ queue: null, problem: { jobId: null, message: 'The list cannot be read.' } });
    store.choose('files', OPTIONS);
    await settle();
    expect(store.getState()).toMatchObject({ isAdding: false, problem: { jobId: null, message: 'The dialog could not be opened.' } });
  });

  it('takes the output folder from the answer', async () => {
    const { store } = await panel({
      listDocuments: () => queue(),
      chooseOutputFolder: ({ where }: { where: string }) => ({ ...queue(), outputFolder: where === 'ask' ? '/out' : null }),
    });
    store.chooseOutputFolder('ask');
    await settle();
    expect(store.getState().queue?.outputFolder).toBe('/out');
    store.chooseOutputFolder('beside');
    await settle();
    expect(store.getState().queue?.outputFolder).toBeNull();
  });
});
