import { describe, expect, it } from 'vitest';
import { wholeText } from '../../../src/renderer/growing-text';
import { createTranslateStore, LIVE_DELAY_MS, LIVE_LIMIT } from '../../../src/renderer/translate/translate-store';
import { delta, done, ScriptedEngine, settle, timings } from './scripted-engine';

/** Time and frames that pass when told to. */
function handClock() {
  let nowMs = 0;
  let timers: { atMs: number; run: () => void }[] = [];
  let frames: (() => void)[] = [];
  return {
    now: () => nowMs,
    frame: (run: () => void) => void frames.push(run),
    after: (ms: number, run: () => void) => {
      const timer = { atMs: nowMs + ms, run };
      timers.push(timer);
      return () => void (timers = timers.filter((other) => other !== timer));
    },
    async pass(ms: number) {
      nowMs += ms;
      const due = timers.filter((timer) => timer.atMs <= nowMs);
      timers = timers.filter((timer) => timer.atMs > nowMs);
      for (const timer of due) timer.run();
      await settle();
    },
    drawFrame() {
      const drawn = frames;
      frames = [];
      for (const run of drawn) run();
      return drawn.length;
    },
  };
}

function panel({ live = true, connected = true, pack = true } = {}) {
  const engine = new ScriptedEngine();
  const clock = handClock();
  const world = { live, connected, pack, lane: 'hybrid' as 'hybrid' | 'llm', to: 'de' };
  const store = createTranslateStore({
    client: () => (world.connected ? engine.client : null),
    input: (text) =>
      world.pack
        ? {
            packId: 'tiny',
            task: { kind: 'translate', from: 'en', to: world.to },
            lane: world.lane,
            decoding: { kind: 'greedy' },
            priority: 'interactive',
            text,
          }
        : null,
    isLive: () => world.live,
    clock,
  });
  const output = () => {
    const { generation } = store.getState();
    return generation === null ? null : wholeText(generation.output);
  };
  const phase = () => store.getState().generation?.phase ?? null;
  return { engine, clock, world, store, output, phase };
}

describe('live translation', () => {
  it('asks once the typing pauses, with the text of that moment', async () => {
    const { engine, clock, store } = panel();
    for (const text of ['G', 'Go', 'Goo', 'Good']) {
      store.edit(text);
      await clock.pass(LIVE_DELAY_MS - 1);
    }
    expect(engine.asked).toEqual([]);
    await clock.pass(1);
    expect(engine.requests).toMatchObject([{ kind: 'generate', text: 'Good' }]);
  });

  it('cancels the request before when the next begins, and shows nothing more of it', async () => {
    const { engine, clock, store, output, phase } = panel();
    store.edit('Good');
    await clock.pass(LIVE_DELAY_MS);
    store.edit('Good morning');
    await clock.pass(LIVE_DELAY_MS);
    expect(engine.asked).toEqual([0, 1]);
    expect(engine.cancelled).toEqual([0]);
    await engine.tell(delta(0, 0, 'late'), delta(1, 0, 'Guten Morgen'));
    clock.drawFrame();
    expect(output()).toBe('Guten Morgen');
    await engine.tell(done(0, { finish: 'cancelled' }));
    expect(phase()).toBe('working');
    await engine.tell(done(1));
    expect(phase()).toBe('done');
  });

  it('keeps the output of the run before at hand until the new one has ended', async () => {
    const { engine, clock, store } = panel();
    store.edit('Good');
    await clock.pass(LIVE_DELAY_MS);
    await engine.tell(delta(0, 0, 'Gut gemacht'), done(0));
    store.edit('Good work');
    await clock.pass(LIVE_DELAY_MS);
    expect(store.getState().previousOutput).toBe('Gut gemacht');
    await engine.tell(delta(1, 0, 'Gut'), done(1));
    expect(store.getState().previousOutput).toBe('');
  });

  it('leaves long text to Ctrl+Enter', async () => {
    const { engine, clock, store } = panel();
    store.edit('x'.repeat(LIVE_LIMIT + 1));
    await clock.pass(10_000);
    expect(engine.asked).toEqual([]);
    store.translate();
    expect(engine.asked).toEqual([0]);
  });

  it('is off when it is switched off', async () => {
    const { engine, clock, store } = panel({ live: false });
    store.edit('Good');
    await clock.pass(10_000);
    expect(engine.asked).toEqual([]);
    store.translate();
    await engine.tell(delta(0, 0, 'Gut'), done(0));
    store.edit('Good work');
    await clock.pass(10_000);
    expect(engine.cancelled).toEqual([]);
    expect(store.getState().generation?.input.text).toBe('Good');
  });
});

describe('blank text', () => {
  it.each(['', ' ', '\n\t ', '\u00a0\u3000'])('%j runs nothing', async (text) => {
    const { engine, clock, store } = panel();
    store.edit(text);
    store.translate();
    await clock.pass(1_000);
    expect(engine.requests).toEqual([]);
    expect(store.getState().generation).toBeNull();
  });

  it('ends what ran for the text before', async () => {
    const { engine, clock, store, output } = panel();
    store.edit('Good');
    await clock.pass(LIVE_DELAY_MS);
    store.edit('');
    expect(engine.cancelled).toEqual([0]);
    await engine.tell(delta(0, 0, 'late'));
    clock.drawFrame();
    expect(output()).toBeNull();
  });
});

describe('the stream', () => {
  it('is folded once a frame, however many events come', async () => {
    const { engine, clock, store, output } = panel();
    store.edit('Good');
    store.translate();
    let changes = 0;
    store.subscribe(() => changes++);
    await engine.tell(delta(0, 0, 'G'), delta(0, 1, 'u'), delta(0, 2, 't'));
    expect(changes).toBe(0);
    expect(clock.drawFrame()).toBe(1);
    expect(changes).toBe(1);
    expect(output()).toBe('Gut');
  });

  it('shows its end without waiting for a frame', async () => {
    const { engine, store, output, phase } = panel();
    store.edit('Good');
    store.translate();
    await engine.tell(delta(0, 0, 'Gut'), done(0));
    expect([phase(), output()]).toEqual(['done', 'Gut']);
  });

  it('keeps the text so far when it is cancelled', async () => {
    const { engine, clock, store, output, phase } = panel();
    store.edit('Good');
    store.translate();
    await engine.tell(delta(0, 0, 'Gu'));
    clock.drawFrame();
    store.cancel();
    expect(engine.cancelled).toEqual([0]);
    await engine.tell(done(0, { finish: 'cancelled' }));
    expect([phase(), output()]).toEqual(['cancelled', 'Gu']);
  });

  it('calls off typing that was not yet asked for', async () => {
    const { engine, clock, store } = panel();
    store.edit('Good');
    store.cancel();
    await clock.pass(1_000);
    expect(engine.asked).toEqual([]);
  });

  it('fails in place when the engine dies, keeps the text, and goes on afterwards', async () => {
    const { engine, clock, store, output, phase } = panel();
    store.edit('Good');
    store.translate();
    await engine.tell(delta(0, 0, 'Gu'));
    clock.drawFrame();
    await engine.die();
    expect([phase(), output()]).toEqual(['failed', 'Gu']);
    expect(store.getState().generation?.error?.code).toBe('process-died');
  });

  it('remembers the time of finished runs only', async () => {
    const { engine, store } = panel();
    store.edit('Good');
    store.translate();
    await engine.tell(done(0, { finish: 'cancelled' }));
    expect(store.getState().measurements).toEqual([]);
    store.translate();
    await engine.tell(done(1, { timings: timings({ totalMs: 98 }) }));
    expect(store.getState().measurements).toMatchObject([{ input: { text: 'Good' }, timings: { totalMs: 98 } }]);
  });
});

describe('what changes around it', () => {
  it('waits for the engine and then translates', () => {
    const { engine, world, store } = panel({ connected: false });
    store.edit('Good');
    store.translate();
    expect(store.getState().waitingForEngine).toBe(true);
    world.connected = true;
    store.engineConnected();
    expect(engine.asked).toEqual([0]);
    expect(store.getState().waitingForEngine).toBe(false);
  });

  it('waits for a pack and then translates', () => {
    const { engine, world, store } = panel({ pack: false, live: false });
    store.edit('Good');
    store.translate();
    expect(store.getState().waitingForEngine).toBe(true);
    world.pack = true;
    store.choiceChanged();
    expect(engine.asked).toEqual([0]);
  });

  it('translates anew when the lane changes', async () => {
    const { engine, world, store } = panel({ live: false });
    store.choiceChanged();
    store.edit('Good');
    store.translate();
    await engine.tell(delta(0, 0, 'Gut'), done(0));
    world.lane = 'llm';
    store.choiceChanged();
    expect(engine.requests).toMatchObject([{ lane: 'hybrid' }, { lane: 'llm', text: 'Good' }]);
  });

  it('does not show one language faintly under another', async () => {
    const { engine, world, store } = panel();
    store.edit('Good');
    store.translate();
    await engine.tell(delta(0, 0, 'Gut'), done(0));
    world.to = 'fr';
    store.choiceChanged();
    expect(store.getState().previousOutput).toBe('');
  });

  it('takes the translation as the source on a swap', async () => {
    const { engine, store } = panel();
    store.takeOutputAsSource();
    store.edit('Good');
    store.translate();
    await engine.tell(delta(0, 0, 'Gut'), done(0));
    store.takeOutputAsSource();
    expect(store.getState()).toMatchObject({ source: 'Gut', generation: null });
  });

  it('keeps line feeds only, and every other character as it is', () => {
    const { store } = panel();
    store.openFile('notes.txt', 'one\r\ntwo\rthree\0 \ud800 😀 مرحبا');
    expect(store.getState()).toMatchObject({ source: 'one\ntwo\nthree\0 \ud800 😀 مرحبا', fileName: 'notes.txt' });
    store.clear();
    expect(store.getState()).toMatchObject({ source: '', fileName: null, generation: null });
  });
});
