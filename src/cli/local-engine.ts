/** The inference process without a process: the same engine served over a Node MessageChannel, for the command line, benchmarks and tests. */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { InferenceClient, type Port } from '../shared/inference-client';
import type { EngineConfig, EngineStatus } from '../shared/inference/engine';
import { Engine } from '../main/inference/engine';
import { serve } from '../main/inference/serve';

export interface LocalEngine {
  readonly client: InferenceClient;
  /** Another client of the same engine, as a second window would be. */
  connect(onStatus?: (status: EngineStatus) => void): InferenceClient;
  configure(config: EngineConfig): Promise<void>;
  close(): Promise<void>;
}

export async function startLocalEngine(config: EngineConfig, onStatus?: (status: EngineStatus) => void): Promise<LocalEngine> {
  const engine = new Engine();
  await engine.configure(config);
  const clients: InferenceClient[] = [];
  const connect: LocalEngine['connect'] = (listener) => {
    const { port1, port2 } = new MessageChannel();
    serve(nodePort(port1), engine);
    const client = new InferenceClient(nodePort(port2), listener);
    clients.push(client);
    return client;
  };
  return {
    client: connect(onStatus),
    connect,
    configure: (changed) => engine.configure(changed),
    async close() {
      for (const client of clients) client.close();
      await engine.close();
    },
  };
}

export function nodePort(port: MessagePort): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', listener),
    onClose: (listener) => port.once('close', listener),
    close: () => port.close(),
  };
}
