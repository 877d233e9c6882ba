/**
 * The review of one finished job: a page of its segments as main told them, which one the keys act on, and what a person is writing.
 * A draft stays until it is saved or given up, whatever page is shown.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type AppApi } from '../../shared/app-api';
import { type DocumentReview, type ReviewOrder, type ReviewSegment } from '../../shared/document';
import { type LanguagePair, type Suggestion } from '../../shared/memory';
import { errorWords } from './error-words';
import { numberMarkers, readMarked, toMarked } from './markers';

/** Segments shown at a time. */
export const PAGE_SEGMENTS = 100;

/** A segment that is being edited, its codes as markers. */
export interface Draft {
  text: string;
  /** What stands in the file. */
  original: string;
  isSaving: boolean;
  /** Why main did not save it. */
  refusal: string | null;
}

export interface ReviewState {
  /** Null: no review is open. */
  jobId: string | null;
  order: ReviewOrder;
  /** Words that the segments shown have; empty: all are shown. */
  find: string;
  /** Place of the page's first segment in the order. */
  offset: number;
  /** Null until main has told it. */
  review: DocumentReview | null;
  /** Index of the segment that the keys act on. */
  selected: number | null;
  /** By index of the segment. */
  drafts: Readonly<Record<number, Draft>>;
  /** A person wants to leave, and there are drafts. */
  isLeaving: boolean;
  /** Why the page could not be shown. */
  problem: string | null;
}

export interface ReviewStore extends StoreApi<ReviewState> {
  open(jobId: string): void;
  /** Closes the review, or asks what to do with the drafts first. */
  close(): void;
  /** Closes the review; drafts are given up. */
  discard(): void;
  stay(): void;
  setOrder(order: ReviewOrder): void;
  /** Shows those alone that have these words. */
  find(words: string): void;
  showPage(offset: number): void;
  /** Asks for the page again. */
  reload(): void;
  select(index: number): void;
  /** So many segments on or back, over the page's end; infinity: to the last, or the first. */
  move(steps: number): void;
  edit(index: number): void;
  write(index: number, text: string): void;
  /** Ends editing; what was written is given up. */
  leave(index: number): void;
  /** Writes the draft into the file; false: its markers are not in order. An unchanged draft just ends. */
  save(index: number): boolean;
  /** What the memory has for sentences nearly the same as a segment's. */
  suggestions(segment: ReviewSegment, languages: LanguagePair): Promise<readonly Suggestion[]>;
}

const CLOSED: ReviewState = {
  jobId: null,
  order: 'attention',
  find: '',
  offset: 0,
  review: null,
  selected: null,
  drafts: {},
  isLeaving: false,
  problem: null,
};

export function createReviewStore(app: AppApi): ReviewStore {
  const store = createStore<ReviewState>(() => CLOSED);
  let newestAsk = 0;

  /** The page with a place in it, and the segment there selected. */
  async function load(place: number) {
    const { jobId, order, find } = store.getState();
    const offset = place - (place % PAGE_SEGMENTS);
    if (jobId === null) return;
    const mine = ++newestAsk;
    store.setState({ problem: null });
    try {
      const review = await app.call('reviewDocument', { jobId, order, find, offset, limit: PAGE_SEGMENTS });
      if (mine !== newestAsk) return;
      store.setState({ review, offset, selected: review.page[place - offset]?.index ?? null });
    } catch (error) {
      if (mine === newestAsk) store.setState({ problem: errorWords(error) });
    }
  }

  function discard() {
    newestAsk++;
    store.setState(CLOSED);
  }

  function findSegment(index: number): ReviewSegment | undefined {
    return store.getState().review?.page.find((segment) => segment.index === index);
  }

  function changeDraft(index: number, change: Partial<Draft>) {
    const { drafts } = store.getState();
    const draft = drafts[index];
    if (draft !== undefined) store.setState({ drafts: { ...drafts, [index]: { ...draft, ...change } } });
  }

  function endDraft(index: number) {
    const kept = Object.entries(store.getState().drafts).filter(([key]) => Number(key) !== index);
    const drafts = Object.fromEntries(kept);
    store.setState({ drafts });
    if (store.getState().isLeaving && unsaved(drafts) === 0) discard();
  }

  function save(index: number): boolean {
    const { jobId, drafts } = store.getState();
    const segment = findSegment(index);
    const draft = drafts[index];
    if (jobId === null || segment === undefined || draft === undefined || draft.isSaving) return true;
    const read = readMarked(draft.text, segment.source, segment.pairs);
    if (read.kind === 'wrong') return false;
    if (draft.text === draft.original) {
      endDraft(index);
      return true;
    }
    changeDraft(index, { isSaving: true, refusal: null });
    app.call('editSegment', { jobId, index, translation: [...read.inlines] }).then(
      (saved) => {
        const { jobId: shown, review } = store.getState();
        if (shown !== jobId || review === null) return;
        store.setState({ review: { ...review, page: review.page.map((known) => (known.index === index ? saved : known)) } });
        endDraft(index);
      },
      (error: unknown) => {
        if (store.getState().jobId === jobId) changeDraft(index, { isSaving: false, refusal: errorWords(error) });
      },
    );
    return true;
  }

  app.on('documentsChanged', ({ jobs }) => {
    if (!jobs.some(({ id }) => id === store.getState().jobId)) discard();
  });
  app.on('documentChanged', ({ id, state }) => {
    // An edit writes the file; anything else makes segments that are not the ones shown.
    if (id === store.getState().jobId && state.kind !== 'done' && state.kind !== 'writing') discard();
  });

  return Object.assign(store, {
    open: (jobId: string) => {
      discard();
      store.setState({ jobId });
      void load(0);
    },
    close: () => {
      if (unsaved(store.getState().drafts) > 0) store.setState({ isLeaving: true });
      else discard();
    },
    discard,
    stay: () => store.setState({ isLeaving: false }),
    setOrder: (order: ReviewOrder) => {
      store.setState({ order });
      void load(0);
    },
    find: (words: string) => {
      store.setState({ find: words });
      void load(0);
    },
    showPage: (offset: number) => void load(offset),
    reload: () => void load(store.getState().offset),
    select: (index: number) => store.setState({ selected: index }),
    move: (steps: number) => {
      const { review, offset, selected } = store.getState();
      if (review === null) return;
      const from = offset + review.page.findIndex(({ index }) => index === selected);
      const place = Math.max(0, Math.min(from + steps, review.segments - 1));
      const target = review.page[place - offset];
      if (target !== undefined) store.setState({ selected: target.index });
      else if (review.segments > 0) void load(place);
    },
    edit: (index: number) => {
      const segment = findSegment(index);
      const { drafts } = store.getState();
      if (segment === undefined) return;
      store.setState({ selected: index });
      if (drafts[index] !== undefined) return;
      const original = toMarked(segment.translation, numberMarkers(segment.source));
      store.setState({ drafts: { ...drafts, [index]: { text: original, original, isSaving: false, refusal: null } } });
    },
    write: (index: number, text: string) => changeDraft(index, { text, refusal: null }),
    leave: endDraft,
    save,
    suggestions: ({ source, pairs }: ReviewSegment, { from, to }: LanguagePair) =>
      app.call('suggestTranslations', { from, to, segment: { inlines: source, pairs } }),
  });
}

/** Drafts that leaving would lose. */
export function unsaved(drafts: ReviewState['drafts']): number {
  return Object.values(drafts).filter(({ text, original }) => text !== original).length;
}
