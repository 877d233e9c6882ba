import { describe, expect, it } from 'vitest';
import { createReviewStore, PAGE_SEGMENTS } from '../../../../src/renderer/documents/review-store';
import { type DocumentReview, type ReviewSegment } from '../../../../src/shared/document';
import { DONE, job, queue, ScriptedApp, segment, settle, type Answers } from './scripted-app';

interface ReviewArgument {
  order: 'attention' | 'document';
  find: string;
  offset: number;
  limit: number;
}

/** A document of `count` segments; with the order `attention` they come backwards. */
async function reviewOf(
  count: number,
  edit: Answers['editSegment'] = ({ index, translation }: ReviewSegment) => segment(index, { translation, edited: true }),
) {
  const page = ({ order, find, offset, limit }: ReviewArgument): DocumentReview => {
    const listed = Array.from({ length: count }, (_, index) => segment(order === 'attention' ? count - 1 - index : index));
    const all = listed.filter(({ index }) => find === '' || find === `Source ${index}`);
    return { segments: all.length, attention: 0, page: all.slice(offset, offset + limit) };
  };
  const app = new ScriptedApp({ reviewDocument: page, editSegment: edit });
  const store = createReviewStore(app);
  store.open('report');
  await settle();
  const state = () => store.getState();
  return { app, store, state, indices: () => state().review?.page.map(({ index }) => index) };
}

describe('the review store', () => {
  it('begins with what needs attention, the first segment selected', async () => {
    const { app, state, indices } = await reviewOf(3);
    expect(app.argumentsOf('reviewDocument')).toEqual([{ jobId: 'report', order: 'attention', find: '', offset: 0, limit: PAGE_SEGMENTS }]);
    expect(indices()).toEqual([2, 1, 0]);
    expect(state().selected).toBe(2);
  });

  it('moves through the segments and over the page’s ends', async () => {
    const { store, state } = await reviewOf(PAGE_SEGMENTS + 5);
    store.setOrder('document');
    await settle();
    store.move(1);
    expect(state().selected).toBe(1);
    store.move(-10);
    expect(state().selected).toBe(0);
    store.move(PAGE_SEGMENTS);
    await settle();
    expect(state()).toMatchObject({ offset: PAGE_SEGMENTS, selected: PAGE_SEGMENTS });
    store.move(10);
    expect(state().selected).toBe(PAGE_SEGMENTS + 4);
    store.move(-10);
    await settle();
    expect(state()).toMatchObject({ offset: 0, selected: PAGE_SEGMENTS - 6 });
    store.move(Infinity);
    await settle();
    expect(state()).toMatchObject({ offset: PAGE_SEGMENTS, selected: PAGE_SEGMENTS + 4 });
    store.move(-Infinity);
    await settle();
    expect(state()).toMatchObject({ offset: 0, selected: 0 });
  });

  it('shows what is found, and all again; a draft outside it stays', async () => {
    const { store, state, indices } = await reviewOf(3 * PAGE_SEGMENTS);
    store.edit(3 * PAGE_SEGMENTS - 1);
    store.write(3 * PAGE_SEGMENTS - 1, 'Besser');
    store.find('Source 7');
    await settle();
    expect(indices()).toEqual([7]);
    expect(state()).toMatchObject({ selected: 7, offset: 0 });
    store.find('Source of nothing');
    await settle();
    expect(state()).toMatchObject({ selected: null, review: { segments: 0 } });
    store.move(1);
    store.find('');
    await settle();
    expect(indices()).toHaveLength(PAGE_SEGMENTS);
    expect(state().drafts).toMatchObject({ [3 * PAGE_SEGMENTS - 1]: { text: 'Besser' } });
  });

  it('shows the page asked for last, whichever answer comes last', async () => {
    const { app, store, state } = await reviewOf(3 * PAGE_SEGMENTS);
    const late: ((review: DocumentReview) => void)[] = [];
    app.answers.reviewDocument = () => new Promise((resolve) => late.push(resolve));
    store.showPage(PAGE_SEGMENTS);
    store.showPage(2 * PAGE_SEGMENTS);
    const answer = (index: number) => ({ segments: 3 * PAGE_SEGMENTS, attention: 0, page: [segment(index)] });
    late[1]?.(answer(7));
    late[0]?.(answer(8));
    await settle();
    expect(state()).toMatchObject({ offset: 2 * PAGE_SEGMENTS, selected: 7 });
  });

  it('saves a changed segment and shows it as main answered', async () => {
    const { app, store, state } = await reviewOf(3);
    store.edit(1);
    expect(state()).toMatchObject({ selected: 1, drafts: { 1: { text: 'Translation 1', isSaving: false } } });
    store.write(1, 'Besser');
    expect(store.save(1)).toBe(true);
    expect(state().drafts[1]?.isSaving).toBe(true);
    await settle();
    expect(app.argumentsOf('editSegment')).toEqual([{ jobId: 'report', index: 1, translation: ['Besser'] }]);
    expect(state().drafts).toEqual({});
    expect(state().review?.page[1]).toMatchObject({ index: 1, translation: ['Besser'], edited: true });
  });

  it('writes nothing where nothing was changed', async () => {
    const { app, store, state } = await reviewOf(3);
    store.edit(1);
    expect(store.save(1)).toBe(true);
    expect(state().drafts).toEqual({});
    expect(app.argumentsOf('editSegment')).toEqual([]);
  });

  it('does not save while a code is missing, and keeps the draft', async () => {
    const { app, store, state } = await reviewOf(1);
    app.answers.reviewDocument = () => ({
      segments: 1,
      attention: 0,
      page: [segment(0, { source: ['Press ', { code: 4 }, 'Enter'], translation: [{ code: 4 }, 'Enter drücken'] })],
    });
    store.reload();
    await settle();
    store.edit(0);
    expect(state().drafts[0]?.text).toBe('⟦1⟧Enter drücken');
    store.write(0, 'Enter drücken');
    expect(store.save(0)).toBe(false);
    expect(state().drafts[0]?.text).toBe('Enter drücken');
    expect(app.argumentsOf('editSegment')).toEqual([]);
    store.write(0, '⟦1⟧Enter');
    expect(store.save(0)).toBe(true);
    expect(app.argumentsOf('editSegment')).toEqual([{ jobId: 'report', index: 0, translation: [{ code: 4 }, 'Enter'] }]);
  });

  it('keeps the draft and says why when main does not save it', async () => {
    const { store, state } = await reviewOf(3, () => Promise.reject(new Error('The disk is full.')));
    store.edit(1);
    store.write(1, 'Besser');
    store.save(1);
    await settle();
    expect(state().drafts[1]).toMatchObject({ text: 'Besser', isSaving: false, refusal: 'The disk is full.' });
    store.write(1, 'Noch besser');
    expect(state().drafts[1]?.refusal).toBeNull();
  });

  it('keeps drafts over pages, and gives one up when editing is left', async () => {
    const { store, state } = await reviewOf(PAGE_SEGMENTS + 5);
    const first = state().selected ?? 0;
    store.edit(first);
    store.write(first, 'Entwurf');
    store.showPage(PAGE_SEGMENTS);
    await settle();
    store.showPage(0);
    await settle();
    expect(state().drafts[first]?.text).toBe('Entwurf');
    store.edit(first);
    expect(state().drafts[first]?.text, 'editing again goes on').toBe('Entwurf');
    store.leave(first);
    expect(state().drafts).toEqual({});
  });

  it('closes at once without changes, and asks where one would be lost', async () => {
    const { store, state } = await reviewOf(3);
    store.edit(1);
    store.close();
    expect(state().jobId).toBeNull();

    store.open('report');
    await settle();
    store.edit(1);
    store.write(1, 'Entwurf');
    store.close();
    expect(state()).toMatchObject({ jobId: 'report', isLeaving: true });
    store.stay();
    expect(state()).toMatchObject({ isLeaving: false, drafts: { 1: { text: 'Entwurf' } } });
    store.close();
    store.discard();
    expect(state()).toMatchObject({ jobId: null, drafts: {}, isLeaving: false });
  });

  it('closes by itself when the change that was in the way is saved', async () => {
    const { store, state } = await reviewOf(3);
    store.edit(1);
    store.write(1, 'Besser');
    store.save(1);
    store.close();
    expect(state().isLeaving).toBe(true);
    await settle();
    expect(state().jobId).toBeNull();
  });

  it('ends when its job is removed or translated again, not when an edit is written', async () => {
    const { app, store, state } = await reviewOf(3);
    await app.tell('documentChanged', job('report', { kind: 'writing' }));
    await app.tell('documentChanged', job('report', DONE));
    await app.tell('documentChanged', job('other', { kind: 'reading' }));
    expect(state().jobId).toBe('report');
    await app.tell('documentChanged', job('report', { kind: 'waiting' }));
    expect(state().jobId).toBeNull();
    store.open('report');
    await app.tell('documentsChanged', queue(job('other')));
    expect(state().jobId).toBeNull();
  });

  it('says why a page could not be shown, and asks again', async () => {
    const { app, store, state, indices } = await reviewOf(3);
    const answer = app.answers.reviewDocument;
    app.answers.reviewDocument = () => Promise.reject(new Error('“report.docx” was changed.'));
    store.setOrder('document');
    await settle();
    expect(state().problem).toBe('“report.docx” was changed.');
    if (answer !== undefined) app.answers.reviewDocument = answer;
    store.reload();
    await settle();
    expect(state().problem).toBeNull();
    expect(indices()).toEqual([0, 1, 2]);
  });
});
