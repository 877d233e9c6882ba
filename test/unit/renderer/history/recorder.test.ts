import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { beginGeneration, type Generation } from '../../../../src/renderer/generation';
import { EMPTY_TEXT, growText } from '../../../../src/renderer/growing-text';
import { createHistoryRecorder, REST_MS, shownTranslation } from '../../../../src/renderer/history/recorder';
import { type TranslateState } from '../../../../src/renderer/translate/translate-store';
import { type NewHistoryEntry } from '../../../../src/shared/history';
import { INPUT, settle, timings } from '../scripted-engine';

function recording({ isKept = true } = {}) {
  const store = createStore<TranslateState>(() => ({
    source: '',
    fileName: null,
    generation: null,
    previousOutput: '',
    eventAtMs: 0,
    waitingForEngine: false,
    measurements: [],
  }));
  const added: { entry: NewHistoryEntry; replaces: number | null }[] = [];
  let timer: (() => void) | null = null;
  const recorder = createHistoryRecorder({
    store,
    shown: shownTranslation,
    packName: (packId) => `${packId} 1.0`,
    add: async (entry, replaces) => {
      added.push({ entry, replaces });
      return Promise.resolve(isKept ? added.length : null);
    },
    after: (ms, run) => {
      expect(ms).toBe(REST_MS);
      timer = run;
      return () => (timer = null);
    },
  });
  const type = (source: string) => store.setState({ source });
  const finish = (text: string, change: Partial<Generation> = {}) =>
    store.setState({
      generation: {
        ...beginGeneration({ ...INPUT, text }),
        phase: 'done',
        tokens: 3,
        timings: timings({ totalMs: 20, firstTokenMs: 5 }),
        output: growText(EMPTY_TEXT, 0, `[${text}]`),
        ...change,
      },
    });
  const rest = async () => {
    timer?.();
    timer = null;
    await settle();
  };
  return { store, recorder, added, type, finish, rest };
}

describe('a history entry', () => {
  it('is made once of a translation that rests, with all that is told of it', async () => {
    const { added, type, finish, rest } = recording();
    type('Good morning.');
    await rest();
    expect(added).toEqual([]);
    finish('Good morning.');
    expect(added).toEqual([]);
    await rest();
    await rest();
    expect(added).toEqual([
      {
        replaces: null,
        entry: {
          kind: 'translation',
          from: 'en',
          to: 'de',
          lane: 'hybrid',
          packId: 'tiny',
          pack: 'tiny 1.0',
          source: 'Good morning.',
          output: '[Good morning.]',
          tokens: 3,
          totalMs: 20,
          firstTokenMs: 5,
        },
      },
    ]);
  });

  it('is not made while typing goes on, of cancelled work, or of an answer to another text', async () => {
    const { added, type, finish, rest } = recording();
    type('Good');
    finish('Good');
    type('Good morning');
    await rest();
    finish('Good morning', { phase: 'cancelled' });
    await rest();
    finish('Good');
    await rest();
    expect(added).toEqual([]);
  });

  it('takes the place of the last one where it is more of the same text, not of another', async () => {
    const { added, type, finish, rest } = recording();
    for (const text of ['Good morning. ', 'Good morning. How are you?', 'Something else']) {
      type(text);
      finish(text);
      await rest();
    }
    expect(added.map(({ replaces }) => replaces)).toEqual([null, 1, null]);
  });

  it('stays when the text is cleared before the same is typed again', async () => {
    const { added, type, finish, rest } = recording();
    for (const text of ['Good', '', 'Good morning']) {
      type(text);
      if (text !== '') finish(text);
      await rest();
    }
    expect(added.map(({ replaces }) => replaces)).toEqual([null, null]);
  });

  it('is made at once when the translation is put to use', async () => {
    const { added, recorder, type, finish } = recording();
    type('Good');
    recorder.used();
    finish('Good');
    recorder.used();
    recorder.used();
    await settle();
    expect(added).toHaveLength(1);
  });

  it('replaces nothing where main kept nothing', async () => {
    const { added, type, finish, rest } = recording({ isKept: false });
    for (const text of ['Good', 'Good morning']) {
      type(text);
      finish(text);
      await rest();
    }
    expect(added.map(({ replaces }) => replaces)).toEqual([null, null]);
  });
});
