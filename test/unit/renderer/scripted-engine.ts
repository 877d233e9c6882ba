/** The other side of a port, by hand: keeps what the client posted and posts what a test tells it to. */
import { NO_TIMINGS } from '../../../src/renderer/generation';
import type { InferenceEvent } from '../../../src/shared/inference/events';
import type { InferenceRequest } from '../../../src/shared/inference/requests';
import type { StageTimings } from '../../../src/shared/inference/timings';
import { InferenceClient, type GenerateInput, type Port } from '../../../src/shared/inference-client';

export class ScriptedEngine implements Port {
  readonly requests: InferenceRequest[] = [];
  private listener: (message: unknown) => void = () => {};
  private closeListener: () => void = () => {};
  /** Last: it takes hold of the listeners above. */
  readonly client = new InferenceClient(this);

  post(message: unknown) {
    this.requests.push(message as InferenceRequest);
  }

  onMessage(listener: (message: unknown) => void) {
    this.listener = listener;
  }

  onClose(listener: () => void) {
    this.closeListener = listener;
  }

  close() {}

  /** Ids of the generate requests, in order. */
  get asked(): number[] {
    return this.requests.flatMap((request) => (request.kind === 'generate' ? [request.id] : []));
  }

  get cancelled(): number[] {
    return this.requests.flatMap((request) => (request.kind === 'cancel' ? [request.id] : []));
  }

  async tell(...events: InferenceEvent[]) {
    for (const event of events) this.listener(event);
    await settle();
  }

  async die() {
    this.closeListener();
    await settle();
  }
}

/** Lets the client's stream hand on what has arrived. */
export async function settle() {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

export function timings(change: Partial<StageTimings> = {}): StageTimings {
  return { ...NO_TIMINGS, ...change };
}

/** What a panel asks for. */
export const INPUT: GenerateInput = {
  packId: 'tiny',
  task: { kind: 'translate', from: 'en', to: 'de' },
  lane: 'hybrid',
  decoding: { kind: 'greedy' },
  priority: 'interactive',
  text: 'Good morning.',
};

export function delta(id: number, keep: number, append: string, tokens = 1): InferenceEvent {
  return { kind: 'delta', id, keep, append, tokens, timings: timings() };
}

export function done(id: number, change: Partial<Extract<InferenceEvent, { kind: 'done' }>> = {}): InferenceEvent {
  return {
    kind: 'done',
    id,
    finish: 'stop',
    tokens: 1,
    segments: 1,
    reusedEncodings: 0,
    repaired: 0,
    flagged: [],
    timings: timings(),
    ...change,
  };
}
