import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectInference, type InferenceConnection } from '../../../src/renderer/inference-connection';
import { INFERENCE_PORT_MESSAGE, type AppApi, type EngineState } from '../../../src/shared/app-api';
import type { InferenceRequest } from '../../../src/shared/inference/requests';

/** Main and the engine as a page meets them: real ports, delivered when asked for. */
class Surroundings {
  readonly page = new EventTarget() as unknown as Window;
  readonly engineEnds: MessagePort[] = [];
  readonly requests: InferenceRequest[] = [];
  readonly told: string[] = [];
  asked = 0;
  private listeners: ((state: EngineState) => void)[] = [];

  readonly app: AppApi = {
    call: (name) => {
      expect(name).toBe('connectInference');
      this.asked++;
      return Promise.resolve(null as never);
    },
    on: (_name, listener) => {
      this.listeners.push(listener as (state: EngineState) => void);
      return () => void (this.listeners = []);
    },
    addDroppedDocuments: () => Promise.reject(new Error('No documents here.')),
    importDroppedPack: () => Promise.reject(new Error('No packs here.')),
    readDropped: () => Promise.reject(new Error('No documents here.')),
  };

  connect(): InferenceConnection {
    return connectInference(this.page, this.app, {
      onStatus: () => {},
      onConnected: () => this.told.push('connected'),
      onLost: () => this.told.push('lost'),
    });
  }

  engine(state: EngineState) {
    for (const listener of this.listeners) listener(state);
  }

  deliverPort(data: string = INFERENCE_PORT_MESSAGE) {
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = (event) => this.requests.push(event.data as InferenceRequest);
    this.engineEnds.push(port2);
    this.page.dispatchEvent(new MessageEvent('message', { data, ports: [port1] }));
  }

  closePorts() {
    for (const port of this.engineEnds) port.close();
  }
}

/** Ports deliver when the event loop comes round to it. */
const PATIENCE = { timeout: 20_000 };
const RUNNING: EngineState = { kind: 'running', pid: 1, startedMs: 0 };

describe('connectInference', () => {
  let around: Surroundings;
  beforeEach(() => {
    around = new Surroundings();
  });
  afterEach(() => {
    around.closePorts();
  });

  it('asks once, takes the port, and asks the engine how it is', async () => {
    const connection = around.connect();
    around.engine(RUNNING);
    expect(around.asked).toBe(1);
    expect(connection.client()).toBeNull();
    around.deliverPort();
    expect(connection.client()).not.toBeNull();
    expect(around.told).toEqual(['connected']);
    await vi.waitFor(() => expect(around.requests).toEqual([{ kind: 'status' }]), PATIENCE);
    connection.close();
  });

  it('ignores other messages', () => {
    const connection = around.connect();
    around.deliverPort('something else');
    expect(connection.client()).toBeNull();
    connection.close();
  });

  it('ends what runs when the engine restarts, and connects to the new one', async () => {
    const connection = around.connect();
    around.deliverPort();
    const stream = connection.client()?.generate({
      packId: 'tiny',
      task: { kind: 'translate', from: 'en', to: 'de' },
      lane: 'llm',
      decoding: { kind: 'greedy' },
      priority: 'interactive',
      text: 'Good morning.',
    });
    const first = stream?.next();
    around.engine({ kind: 'restarting', reason: 'killed', retryMs: 0 });
    expect((await first)?.value).toMatchObject({ kind: 'failed', error: { code: 'process-died' } });
    expect(connection.client()).toBeNull();
    around.engine(RUNNING);
    expect(around.asked).toBe(2);
    around.deliverPort();
    expect(around.told).toEqual(['connected', 'lost', 'connected']);
    connection.close();
  });

  it('takes a closed port for the engine gone, and asks again while the engine runs', async () => {
    const connection = around.connect();
    around.engine(RUNNING);
    around.deliverPort();
    around.closePorts();
    await vi.waitFor(() => expect(around.told).toEqual(['connected', 'lost']), PATIENCE);
    expect(connection.client()).toBeNull();
    await vi.waitFor(() => expect(around.asked).toBe(2), PATIENCE);
    connection.close();
  });

  it('lets the newer of two ports live', () => {
    const connection = around.connect();
    around.deliverPort();
    const older = connection.client();
    around.deliverPort();
    expect(connection.client()).not.toBe(older);
    expect(connection.client()).not.toBeNull();
    connection.close();
    expect(connection.client()).toBeNull();
  });
});
