import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Scheduler } from '../../../../src/main/inference/scheduler';

/** A job of so many steps, each a turn of the event loop; it tells its name at each. */
function setUp() {
  const scheduler = new Scheduler<string>();
  const log: string[] = [];
  const add = (name: string, priority: 'interactive' | 'batch', steps: number, atStep: (step: number) => void = () => {}) => {
    const controller = new AbortController();
    async function* run(): AsyncGenerator<string | null, void, undefined> {
      for (let step = 0; step < steps && !controller.signal.aborted; step++) {
        await nextTurn();
        atStep(step);
        yield step === 1 ? null : name;
      }
      yield controller.signal.aborted ? `${name} cancelled` : `${name} done`;
    }
    const ended = new Promise<void>((resolve) => {
      scheduler.add({ priority, signal: controller.signal, steps: run(), emit: (event) => log.push(event), onEnd: resolve });
    });
    return { controller, ended };
  };
  return { scheduler, log, add };
}

describe('Scheduler', () => {
  it('runs interactive jobs in order of arrival, one after the other', async () => {
    const { log, add, scheduler } = setUp();
    await Promise.all([add('a', 'interactive', 3).ended, add('b', 'interactive', 1).ended]);
    expect(log).toEqual(['a', 'a', 'a done', 'b', 'b done']);
    expect(scheduler.pending).toBe(0);
  });

  it('lets an interactive job in between two steps of a batch job', async () => {
    const { log, add } = setUp();
    let typed = Promise.resolve();
    const batch = add('batch', 'batch', 4, (step) => {
      if (step === 2) typed = add('typed', 'interactive', 2).ended;
    });
    await batch.ended;
    await typed;
    expect(log).toEqual(['batch', 'batch', 'typed', 'typed done', 'batch', 'batch done']);
  });

  it('ends cancelled jobs at once, also those that wait', async () => {
    const { log, add, scheduler } = setUp();
    const first = add('a', 'interactive', 5, (step) => {
      if (step === 1) waiting.controller.abort();
      if (step === 3) first.controller.abort();
    });
    const waiting = add('w', 'batch', 3);
    await Promise.all([first.ended, waiting.ended]);
    expect(log).toEqual(['a', 'w cancelled', 'a', 'a', 'a cancelled']);
    expect(scheduler.pending).toBe(0);
  });

  it('goes on after it was idle', async () => {
    const { log, add } = setUp();
    await add('a', 'batch', 1).ended;
    await add('b', 'batch', 1).ended;
    expect(log).toEqual(['a', 'a done', 'b', 'b done']);
  });
});
