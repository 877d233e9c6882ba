import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalEngine, type LocalEngine } from '../../src/cli/local-engine';
import { collect, configOf, request, TINY } from './tiny';

let engine: LocalEngine;
beforeAll(async () => {
  engine = await startLocalEngine(configOf(TINY));
  await collect(engine.client.generate(request));
});
afterAll(() => engine.close());

const long = 'It is raining today. Where is the station?\n'.repeat(2000);

describe('scheduling', () => {
  it('lets typing in between two tokens of a batch request of another client', async () => {
    const other = engine.connect();
    const controller = new AbortController();
    const log: string[] = [];
    const typed: Promise<void>[] = [];
    const batch = collect(other.generate({ ...request, priority: 'batch', text: long }, controller.signal), (event) => {
      log.push('batch');
      if (event.kind !== 'delta' || typed.length > 0) return;
      const interactive = collect(engine.client.generate(request), () => log.push('typed')).then(({ text }) => {
        log.push('typed end');
        expect(text).toBe('Wo ist der Bahnhof?');
        setTimeout(() => controller.abort(), 50);
      });
      typed.push(interactive);
    });
    const { end } = await batch;
    await Promise.all(typed);
    expect(end).toMatchObject({ kind: 'done', finish: 'cancelled' });
    const during = log.slice(log.indexOf('typed'), log.indexOf('typed end'));
    expect(during.filter((name) => name === 'batch').length).toBeLessThanOrEqual(5);
    expect(log.lastIndexOf('batch')).toBeGreaterThan(log.indexOf('typed end'));
    other.close();
  });

  it('ends a cancelled request within 150 ms at the 95th percentile, with its text so far', async () => {
    const waits: number[] = [];
    for (let round = 0; round < 40; round++) {
      const controller = new AbortController();
      let aborted = 0;
      const { end } = await collect(engine.client.generate({ ...request, text: long }, controller.signal), (event) => {
        if (aborted > 0 || event.kind !== 'delta' || event.tokens < round * 3) return;
        aborted = performance.now();
        controller.abort();
      });
      waits.push(performance.now() - aborted);
      expect(end).toMatchObject({ kind: 'done', finish: 'cancelled' });
    }
    expect(waits.sort((a, b) => a - b)[37]).toBeLessThan(150);
  });

  it('cancels a request that waits behind another', async () => {
    const first = new AbortController();
    const second = new AbortController();
    const running = collect(engine.client.generate({ ...request, text: long }, first.signal));
    const waiting = collect(engine.client.generate(request, second.signal));
    second.abort();
    const { end, events } = await waiting;
    expect(end).toMatchObject({ kind: 'done', finish: 'cancelled', tokens: 0 });
    expect(events).toHaveLength(1);
    first.abort();
    await running;
  });

  it('drops the requests of a client that is gone and goes on with others', async () => {
    const other = engine.connect();
    const lost = collect(other.generate({ ...request, text: long }));
    other.close();
    expect((await lost).end).toMatchObject({ kind: 'failed', error: { code: 'process-died' } });
    expect((await collect(engine.client.generate(request))).text).toBe('Wo ist der Bahnhof?');
  });
});
