/** The entry of the inference process, with Electron's parent port played by Node's ports: what the host sends, and what it must bear. */
import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { nodePort } from '../../src/cli/local-engine';
import { InferenceClient } from '../../src/shared/inference-client';
import { collect, configOf, request, TINY } from './tiny';

const parentPort = new EventEmitter();
const send = (data: unknown, ports: unknown[] = []) => parentPort.emit('message', { data, ports });

/** Electron's ports wrap what was sent in an event, and wait for `start`. */
function electronPort(port: MessagePort) {
  return {
    postMessage: (message: unknown) => port.postMessage(message),
    on: (event: 'message' | 'close', listener: (value?: unknown) => void) =>
      port.on(event, (data: unknown) => listener(event === 'message' ? { data } : undefined)),
    start: () => port.start(),
    close: () => port.close(),
  };
}

function connect(): { client: InferenceClient; port: MessagePort } {
  const { port1, port2 } = new MessageChannel();
  send({ kind: 'connect' }, [electronPort(port1)]);
  return { client: new InferenceClient(nodePort(port2)), port: port2 };
}

beforeAll(async () => {
  Object.assign(process, { parentPort });
  await import('../../src/main/inference/process');
  // Electron's port keeps what is sent until somebody listens, which the process does once it has loaded the runtime.
  await vi.waitFor(() => expect(parentPort.listenerCount('message')).toBe(1), { timeout: 60_000 });
});
afterEach(() => vi.restoreAllMocks());

describe('the inference process', () => {
  it('serves each port it is given, with the packs it is told', async () => {
    const { client } = connect();
    expect((await collect(client.generate(request))).end).toMatchObject({ kind: 'failed', error: { code: 'pack-missing' } });
    send({ kind: 'config', config: configOf(TINY) });
    expect((await collect(client.generate(request))).text).toBe('Wo ist der Bahnhof?');
    const other = connect();
    expect((await collect(other.client.generate(request))).text).toBe('Wo ist der Bahnhof?');
    other.client.close();
    client.close();
  });

  it('answers a message that is no request where it can, and goes on', async () => {
    const { client, port } = connect();
    const answers: unknown[] = [];
    port.on('message', (message: unknown) => answers.push(message));
    for (const message of [null, 7, 'generate', {}, { kind: 'generate' }, { kind: 'generate', id: -1 }, { kind: 'cancel', id: 99 }])
      port.postMessage(message);
    port.postMessage({ kind: 'generate', id: 41, text: 3 });
    expect((await collect(client.generate(request))).text).toBe('Wo ist der Bahnhof?');
    const refused = answers.filter((answer) => (answer as { kind: string }).kind === 'failed');
    expect(refused).toMatchObject([{ id: 41, error: { code: 'bad-request' } }]);
    client.close();
  });

  it("refuses what is not the host's to say, in its log, without a text", async () => {
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    send({ kind: 'config', config: { ...configOf(TINY), provider: 'abacus', secret: 'Where is the station?' } });
    send({ kind: 'connect' });
    send('hello');
    const log = written.mock.calls.map(([line]) => String(line)).join('');
    expect(log.match(/\[inference\]/g)).toHaveLength(3);
    expect(log).not.toContain('station');
    written.mockRestore();
    const { client } = connect();
    expect((await collect(client.generate(request))).text).toBe('Wo ist der Bahnhof?');
    client.close();
  });
});
