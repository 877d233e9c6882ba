/** Forks engine-process.ts and talks to it with the app's client. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EngineConfig } from '../src/shared/inference';
import { InferenceClient } from '../src/shared/inference-client';

export interface ForkedEngine {
  readonly client: InferenceClient;
  /** Takes effect before any request sent later; all encodings are forgotten. */
  configure(config: EngineConfig): void;
  close(): void;
}

export function forkEngine(config: EngineConfig): ForkedEngine {
  const child = fork(fileURLToPath(new URL('engine-process.ts', import.meta.url)), { serialization: 'advanced' });
  const configure = (changed: EngineConfig) => void child.send({ kind: 'config', config: changed });
  configure(config);
  const client = new InferenceClient({
    post: (message) => void child.send({ kind: 'port', message }),
    onMessage: (listener) => child.on('message', listener),
    onClose: (listener) => child.once('exit', listener),
    close: () => {
      if (child.connected) child.disconnect();
    },
  });
  return { client, configure, close: () => client.close() };
}
