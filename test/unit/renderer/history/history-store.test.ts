import { describe, expect, it } from 'vitest';
import { createHistoryStore, PAGE_ENTRIES, UNDO_MS } from '../../../../src/renderer/history/history-store';
import { type HistoryEntry, type HistoryPage } from '../../../../src/shared/history';
import { ScriptedApp, settle } from '../documents/scripted-app';

function entry(id: number): HistoryEntry {
  return {
    id,
    atMs: id,
    isPinned: false,
    kind: 'translation',
    from: 'en',
    to: 'de',
    lane: 'hybrid',
    packId: 'tiny',
    pack: 'Tiny 1.0.0',
    source: `text ${id}`,
    output: `Text ${id}`,
    tokens: 1,
    totalMs: 1,
    firstTokenMs: null,
  };
}

/** Main with so many entries; timers that run when told to. */
function shown(count: number) {
  const all = Array.from({ length: count }, (_, index) => entry(count - index));
  const app = new ScriptedApp({
    listHistory: ({ query, offset, limit }: { query: string; offset: number; limit: number }): HistoryPage => {
      const fitting = all.filter(({ source }) => source.includes(query));
      return { entries: fitting.slice(offset, offset + limit), found: fitting.length, total: all.length };
    },
    removeHistory: ({ id }: { id: number | null }) => (id === null ? all.length : 1),
    restoreHistory: () => 1,
    pinHistory: () => null,
  });
  let timers: { ms: number; run: () => void }[] = [];
  const history = createHistoryStore(app, {
    after: (ms, run) => {
      const timer = { ms, run };
      timers.push(timer);
      return () => void (timers = timers.filter((other) => other !== timer));
    },
  });
  const pass = async () => {
    const due = timers;
    timers = [];
    for (const { run } of due) run();
    await settle();
  };
  const asked = (name: string) => app.asked.filter((call) => call.name === name).map(({ argument }) => argument);
  return { app, history, pass, asked, timers: () => timers.map(({ ms }) => ms) };
}

describe('the history store', () => {
  it('shows the first page, and more when asked', async () => {
    const { history } = shown(PAGE_ENTRIES + 20);
    await settle();
    expect(history.getState()).toMatchObject({ found: PAGE_ENTRIES + 20, total: PAGE_ENTRIES + 20 });
    expect(history.getState().entries).toHaveLength(PAGE_ENTRIES);
    history.showMore();
    await settle();
    expect(history.getState().entries).toHaveLength(PAGE_ENTRIES + 20);
  });

  it('asks once when typing a question pauses', async () => {
    const { history, pass, asked } = shown(12);
    await settle();
    history.search('text 1');
    history.search('text 12');
    expect(asked('listHistory')).toHaveLength(1);
    await pass();
    expect(asked('listHistory')).toHaveLength(2);
    expect(history.getState()).toMatchObject({ query: 'text 12', found: 1, total: 12 });
  });

  it('follows what main tells', async () => {
    const { app, history, asked } = shown(1);
    await settle();
    await app.tell('historyChanged', null);
    await settle();
    expect(asked('listHistory')).toHaveLength(2);
    expect(history.getState().entries).toHaveLength(1);
  });

  it('offers to undo a removal for a while', async () => {
    const { history, pass, asked, timers } = shown(3);
    await settle();
    history.remove(null);
    await settle();
    expect(history.getState().undoable).toBe(3);
    history.undo();
    expect(history.getState().undoable).toBe(0);
    expect(asked('restoreHistory')).toHaveLength(1);
    history.remove(2);
    await settle();
    expect(timers()).toEqual([UNDO_MS]);
    await pass();
    expect(history.getState().undoable).toBe(0);
  });

  it('says why a call failed, and puts it away', async () => {
    const { app, history } = shown(1);
    app.answers.pinHistory = () => Promise.reject(new Error('The disk is full.'));
    await settle();
    history.pin(entry(1));
    await settle();
    expect(history.getState().told).toEqual({ words: 'The disk is full.', isBad: true });
    history.dismiss();
    expect(history.getState().told).toBeNull();
  });
});
