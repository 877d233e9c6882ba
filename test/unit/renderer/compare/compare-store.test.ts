import { describe, expect, it } from 'vitest';
import { type Rounds } from '../../../../src/renderer/compare/compare-run';
import { createCompareStore } from '../../../../src/renderer/compare/compare-store';
import { type ComparisonChoice } from '../../../../src/renderer/compare/lanes';
import { wholeText } from '../../../../src/renderer/growing-text';
import type { InferenceEvent } from '../../../../src/shared/inference/events';
import type { RequestLane } from '../../../../src/shared/inference/lanes';
import { delta, done, ScriptedEngine, settle, timings } from '../scripted-engine';
import { TINY } from './runs';

function panel({ lanes = ['llm', 'hybrid'] as RequestLane[], connected = true } = {}) {
  const engine = new ScriptedEngine();
  const frames: (() => void)[] = [];
  const world = { connected, pack: true, forgotten: 0, refuse: false };
  const choice: ComparisonChoice = { pack: TINY, from: 'en', to: 'de', beamWidth: 1, available: lanes, lanes };
  const store = createCompareStore({
    client: () => (world.connected ? engine.client : null),
    choose: (state) => (world.pack ? { ...choice, ...state.pair } : null),
    forgetEncodings: () => {
      world.forgotten++;
      return world.refuse ? Promise.reject(new Error('no')) : Promise.resolve();
    },
    sessions: () => [{ part: 'encoder', provider: 'cpu', threads: 2, bytes: 1 }],
    clock: { now: () => 0, frame: (run) => void frames.push(run), date: () => new Date(0) },
  });
  const comparison = () => store.getState().comparison;
  return {
    engine,
    world,
    store,
    comparison,
    phase: () => comparison()?.phase ?? null,
    text: (lane: RequestLane) => {
      const column = comparison()?.columns[lane];
      return column === undefined ? null : wholeText(column.output);
    },
    drawFrame: () => {
      for (const run of frames.splice(0)) run();
    },
    async start(rounds: Rounds = 1) {
      store.edit('Good morning.');
      store.chooseRounds(rounds);
      store.run();
      await settle();
    },
    /** Answers requests as they come until none is left. */
    async finishAll(answer: (lane: RequestLane, id: number) => InferenceEvent[] = (_lane, id) => [delta(id, 0, 'Gut'), done(id)]) {
      for (let id = 0; ; id++) {
        const request = engine.requests.find((candidate) => candidate.kind === 'generate' && candidate.id === id);
        if (request?.kind !== 'generate') return;
        await engine.tell(...answer(request.lane, id));
      }
    },
  };
}

const lanesAsked = (engine: ScriptedEngine) => engine.requests.flatMap((request) => (request.kind === 'generate' ? [request.lane] : []));

describe('a comparison', () => {
  it('runs the lanes one after the other', async () => {
    const { engine, start, text, phase, comparison } = panel();
    await start();
    expect(lanesAsked(engine)).toEqual(['llm']);
    await engine.tell(delta(0, 0, 'Guten Morgen.'), done(0, { tokens: 3, timings: timings({ totalMs: 30 }) }));
    expect(lanesAsked(engine)).toEqual(['llm', 'hybrid']);
    expect(phase()).toBe('running');
    await engine.tell(delta(1, 0, 'Guten Tag.'), done(1, { reusedEncodings: 1 }));
    expect([text('llm'), text('hybrid'), phase()]).toEqual(['Guten Morgen.', 'Guten Tag.', 'done']);
    expect(comparison()?.runs).toMatchObject([
      { lane: 'llm', round: 1, position: 0, text: 'Guten Morgen.', tokens: 3, timings: { totalMs: 30 } },
      { lane: 'hybrid', round: 1, position: 1, reusedEncodings: 1 },
    ]);
    expect(comparison()?.sessions).toHaveLength(1);
  });

  it('shows text as it is written, once a frame', async () => {
    const { engine, start, store, text, drawFrame } = panel();
    await start();
    let changes = 0;
    store.subscribe(() => changes++);
    await engine.tell(delta(0, 0, 'Gu'), delta(0, 2, 'ten'));
    expect([changes, text('llm')]).toEqual([0, '']);
    drawFrame();
    expect([changes, text('llm')]).toEqual([1, 'Guten']);
  });

  it('warms up before more rounds than one, takes turns, and reads anew each round', async () => {
    const { engine, world, start, finishAll, comparison, phase } = panel();
    await start(5);
    expect(comparison()?.round).toBe(0);
    await finishAll();
    expect(phase()).toBe('done');
    expect(lanesAsked(engine).join(' ')).toBe('llm hybrid llm hybrid hybrid llm llm hybrid hybrid llm llm hybrid');
    expect(comparison()?.runs.map(({ round }) => round)).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    expect(world.forgotten).toBe(6);
  });

  it('keeps the text of the first round in sight while it measures the others', async () => {
    const { engine, start, text } = panel();
    await start(5);
    await engine.tell(delta(0, 0, 'Guten Morgen.'), done(0));
    await engine.tell(delta(1, 0, 'Guten Tag.'), done(1));
    await engine.tell(delta(2, 0, 'Gu'));
    expect(text('llm')).toBe('Guten Morgen.');
  });

  it('knows how much of the encoding came before the first token', async () => {
    const { start, finishAll, comparison } = panel();
    await start();
    const stage = (id: number, segment: number, encodeMs: number): InferenceEvent => ({
      kind: 'stage',
      id,
      stage: 'prefill',
      segment,
      timings: timings({ encodeMs }),
    });
    await finishAll((lane, id) =>
      lane === 'llm' ? [stage(id, 0, 12), stage(id, 1, 40), done(id, { timings: timings({ encodeMs: 40 }) })] : [stage(id, 0, 0), done(id)],
    );
    expect(comparison()?.runs.map(({ firstEncodeMs }) => firstEncodeMs)).toEqual([12, 0]);
  });

  it('is cancelled with what was measured', async () => {
    const { engine, start, store, comparison, phase, text } = panel();
    await start(5);
    await engine.tell(delta(0, 0, 'Guten Morgen.'), done(0));
    await engine.tell(delta(1, 0, 'Gu'));
    store.cancel();
    expect(engine.cancelled).toEqual([1]);
    await engine.tell(done(1, { finish: 'cancelled' }));
    expect([phase(), text('hybrid'), comparison()?.runs.length]).toEqual(['cancelled', 'Gu', 1]);
    expect(engine.asked).toEqual([0, 1]);
  });

  it('goes on without a lane that failed', async () => {
    const { start, finishAll, comparison, phase, engine } = panel({ lanes: ['llm', 'hybrid', 'slm'] });
    await start(5);
    await finishAll((lane, id) =>
      lane === 'hybrid' ? [{ kind: 'failed', id, error: { code: 'internal', message: 'broken' } }] : [delta(id, 0, 'Gut'), done(id)],
    );
    expect(phase()).toBe('done');
    expect(comparison()?.columns.hybrid).toMatchObject({ phase: 'failed', error: { message: 'broken' } });
    expect(lanesAsked(engine).filter((lane) => lane === 'hybrid')).toHaveLength(1);
    expect(comparison()?.runs).toHaveLength(12);
  });

  it('ends when every lane failed, or the engine died, and keeps text that was finished', async () => {
    const broken = panel();
    await broken.start();
    await broken.finishAll((_lane, id) => [{ kind: 'failed', id, error: { code: 'internal', message: 'broken' } }]);
    expect(broken.comparison()).toMatchObject({ phase: 'failed', error: { message: 'broken' }, runs: [] });

    const dying = panel();
    await dying.start(5);
    await dying.engine.tell(delta(0, 0, 'Gut'), done(0));
    await dying.engine.tell(delta(1, 0, 'Gut'), done(1));
    await dying.engine.tell(delta(2, 0, 'G'));
    await dying.engine.die();
    expect(dying.comparison()).toMatchObject({ phase: 'failed', error: { code: 'process-died' } });
    expect(dying.text('llm')).toBe('Gut');
    expect(dying.comparison()?.runs).toHaveLength(2);
  });

  it('does not measure what it could not make fair', async () => {
    const { start, world, engine, comparison } = panel();
    world.refuse = true;
    await start();
    expect(engine.asked).toEqual([]);
    expect(comparison()).toMatchObject({ phase: 'failed', lane: null });
  });

  it('gives way to the next one', async () => {
    const { start, store, engine, comparison } = panel();
    await start();
    store.edit('Good evening.');
    store.run();
    await settle();
    expect(engine.cancelled).toEqual([0]);
    await engine.tell(delta(0, 0, 'late'), done(0, { finish: 'cancelled' }), delta(1, 0, 'Guten Abend.'), done(1));
    expect(comparison()).toMatchObject({ text: 'Good evening.', lane: 'hybrid', phase: 'running' });
  });
});

describe('what is asked', () => {
  it.each(['', ' \n\t'])('%j runs nothing', async (source) => {
    const { store, engine } = panel();
    store.edit(source);
    store.run();
    await settle();
    expect([engine.requests, store.getState().comparison]).toEqual([[], null]);
  });

  it('waits for the engine', async () => {
    const { start, store, world, engine } = panel({ connected: false });
    await start();
    expect(store.getState().waitingForEngine).toBe(true);
    world.connected = true;
    store.ready();
    await settle();
    expect(engine.asked).toEqual([0]);
    expect(store.getState().waitingForEngine).toBe(false);
  });

  it('is taken over from another panel with its languages', async () => {
    const { store, engine } = panel();
    store.takeOver('Good night.', { from: 'en', to: 'fr' });
    await settle();
    expect(engine.requests).toMatchObject([{ text: 'Good night.', task: { from: 'en', to: 'fr' }, lane: 'llm' }]);
    store.clear();
    expect(store.getState()).toMatchObject({ source: '', comparison: null });
    expect(engine.cancelled).toEqual([0]);
  });

  it('is swapped with the reference’s translation', async () => {
    const { start, finishAll, store } = panel();
    await start();
    await finishAll((lane, id) => [delta(id, 0, lane === 'llm' ? 'Guten Morgen.' : 'Morgen.'), done(id)]);
    store.swap({ from: 'de', to: 'en' });
    expect(store.getState()).toMatchObject({ source: 'Guten Morgen.', pair: { from: 'de', to: 'en' }, comparison: null });
  });
});
