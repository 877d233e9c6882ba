import { describe, expect, it } from 'vitest';
import { applyTextDelta } from '../../../src/shared/inference/delta';
import type { InferenceEvent } from '../../../src/shared/inference/events';
import type { InferenceRequest } from '../../../src/shared/inference/requests';
import type { StageTimings } from '../../../src/shared/inference/timings';
import {
  InferenceClient,
  type GenerateEvent,
  type GenerateInput,
  type Port,
  type SegmentsEvent,
} from '../../../src/shared/inference-client';

const timings: StageTimings = {
  tokenizeMs: 0, encodeMs: 0, projectMs: 0, prefillMs: 0, decodeMs: 0, detokenizeMs: 0, totalMs: 0, firstTokenMs: null,
}; // prettier-ignore
const input: GenerateInput = {
  packId: 'tiny',
  task: { kind: 'translate', from: 'en', to: 'de' },
  lane: 'llm',
  decoding: { kind: 'greedy' },
  priority: 'interactive',
  text: 'Hello',
};
const done = (id: number, finish: 'stop' | 'cancelled' = 'stop'): InferenceEvent => ({
  kind: 'done', id, finish, tokens: 1, segments: 1, reusedEncodings: 0, repaired: 0, flagged: [], timings,
}); // prettier-ignore

/** The other side of a port: what was sent, and a way to answer. */
class FarSide implements Port {
  readonly sent: InferenceRequest[] = [];
  private listener: (message: unknown) => void = () => {};
  private closed: () => void = () => {};
  post = (message: unknown) => void this.sent.push(message as InferenceRequest);
  onMessage = (listener: (message: unknown) => void) => void (this.listener = listener);
  onClose = (listener: () => void) => void (this.closed = listener);
  close = () => {};
  answer = (event: InferenceEvent) => this.listener(event);
  die = () => this.closed();
}

async function collect(events: AsyncIterable<GenerateEvent>): Promise<GenerateEvent[]> {
  const all: GenerateEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

describe('InferenceClient', () => {
  it('gives each request its own events, in order', async () => {
    const port = new FarSide();
    const client = new InferenceClient(port);
    const first = collect(client.generate(input));
    const second = collect(client.generate({ ...input, text: 'Bye' }));
    expect(port.sent).toMatchObject([
      { kind: 'generate', id: 0, text: 'Hello' },
      { kind: 'generate', id: 1, text: 'Bye' },
    ]);
    port.answer({ kind: 'started', id: 1, segments: 1 });
    port.answer({ kind: 'started', id: 0, segments: 2 });
    port.answer(done(0));
    port.answer(done(1));
    port.answer(done(7));
    expect(await first).toMatchObject([
      { kind: 'started', segments: 2 },
      { kind: 'done', id: 0 },
    ]);
    expect(await second).toMatchObject([
      { kind: 'started', segments: 1 },
      { kind: 'done', id: 1 },
    ]);
  });

  it('fails all that is pending, and all that comes later, when the process dies; each exactly once', async () => {
    const port = new FarSide();
    const client = new InferenceClient(port);
    const pending = [collect(client.generate(input)), collect(client.generate(input))];
    port.answer({ kind: 'started', id: 0, segments: 1 });
    port.die();
    port.answer(done(0));
    const later = collect(client.generate(input));
    const ends = (await Promise.all([...pending, later])).map((events) =>
      events.filter((event) => event.kind === 'failed' || event.kind === 'done'),
    );
    expect(ends).toMatchObject(Array.from({ length: 3 }, () => [{ kind: 'failed', error: { code: 'process-died' } }]));
    expect(port.sent).toHaveLength(2);
  });

  it('asks for a cancel once when the signal aborts, and waits for the end', async () => {
    const port = new FarSide();
    const client = new InferenceClient(port);
    const controller = new AbortController();
    const events = collect(client.generate(input, controller.signal));
    controller.abort();
    expect(port.sent.slice(1)).toEqual([{ kind: 'cancel', id: 0 }]);
    port.answer(done(0, 'cancelled'));
    expect(await events).toMatchObject([{ kind: 'done', finish: 'cancelled' }]);
    expect(port.sent).toHaveLength(2);
  });

  it('cancels a request whose events nobody wants any more', async () => {
    const port = new FarSide();
    const client = new InferenceClient(port);
    const events = client.generate(input);
    const first = events.next();
    port.answer({ kind: 'started', id: 0, segments: 1 });
    await first;
    await events.return();
    expect(port.sent.at(-1)).toEqual({ kind: 'cancel', id: 0 });
  });

  it('sends a request that is cancelled already, so that it ends', async () => {
    const port = new FarSide();
    const client = new InferenceClient(port);
    const events = collect(client.generate(input, AbortSignal.abort()));
    expect(port.sent.map(({ kind }) => kind)).toEqual(['generate', 'cancel']);
    port.answer(done(0, 'cancelled'));
    await events;
  });

  it('passes the status on', () => {
    const port = new FarSide();
    const seen: number[] = [];
    const client = new InferenceClient(port, (status) => seen.push(status.pending));
    client.requestStatus();
    client.warm('tiny');
    port.answer({ kind: 'status', status: { packs: [], residentBytes: 1, pending: 3 } });
    expect(port.sent).toEqual([{ kind: 'status' }, { kind: 'warm', packId: 'tiny' }]);
    expect(seen).toEqual([3]);
  });
});

describe('applyTextDelta', () => {
  it('keeps, then appends', () => {
    expect(applyTextDelta('Hallo', { keep: 4, append: 'ö!' })).toBe('Hallö!');
    expect(applyTextDelta('', { keep: 0, append: 'a' })).toBe('a');
  });
});

describe('translateSegments', () => {
  const { packId, task, decoding } = input;
  const rest = { packId, task, lane: 'llm' as const, decoding };
  const segments = [{ inlines: ['Hello ', { code: 0 }] }, { inlines: ['Bye'], pairs: [[0, 1]] as const }];

  it('gives the events of its request to the end, in the order they come', async () => {
    const port = new FarSide();
    const events = collectSegments(new InferenceClient(port).translateSegments({ ...rest, segments }));
    expect(port.sent).toMatchObject([{ kind: 'segments', id: 0, segments }]);
    port.answer({ kind: 'started', id: 0, segments: 2 });
    for (const index of [1, 0]) {
      port.answer({ kind: 'segment', id: 0, index, inlines: ['…'], tokens: 1, flags: [], confidence: 0.5 });
    }
    port.answer(done(0));
    expect(await events).toMatchObject([{ kind: 'started' }, { index: 1 }, { index: 0 }, { kind: 'done' }]);
  });

  it('ends with failed when the port closes', async () => {
    const port = new FarSide();
    const events = collectSegments(new InferenceClient(port).translateSegments({ ...rest, segments }));
    port.die();
    expect(await events).toMatchObject([{ kind: 'failed', error: { code: 'process-died' } }]);
  });

  it('asks for a cancel when the signal aborts', async () => {
    const port = new FarSide();
    const controller = new AbortController();
    const events = collectSegments(new InferenceClient(port).translateSegments({ ...rest, segments }, controller.signal));
    controller.abort();
    expect(port.sent.at(-1)).toEqual({ kind: 'cancel', id: 0 });
    port.answer(done(0, 'cancelled'));
    expect(await events).toMatchObject([{ kind: 'done', finish: 'cancelled' }]);
  });
});

async function collectSegments(events: AsyncIterable<SegmentsEvent>): Promise<SegmentsEvent[]> {
  const all: SegmentsEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}
