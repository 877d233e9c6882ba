/** Forks engine-process.ts and talks to it with the app's client. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { EngineConfig } from '../src/shared/inference';
import { InferenceClient } from '../src/shared/inference-client';

const processorSchema = z.strictObject({ kind: z.literal('processor'), cpuMs: z.number() });

export interface ForkedEngine {
  readonly client: InferenceClient;
  /** Takes effect before any request sent later; all encodings are forgotten. */
  configure(config: EngineConfig): void;
  /** Milliseconds that its process has had of the processor so far, all threads together. */
  cpuMs(): Promise<number>;
  close(): void;
}

export function forkEngine(config: EngineConfig): ForkedEngine {
  const child = fork(fileURLToPath(new URL('engine-process.ts', import.meta.url)), { serialization: 'advanced' });
  const configure = (changed: EngineConfig) => void child.send({ kind: 'config', config: changed });
  configure(config);
  const client = new InferenceClient({
    post: (message) => void child.send({ kind: 'port', message }),
    onMessage: (listener) => child.on('message', (message) => (processorSchema.safeParse(message).success ? undefined : listener(message))),
    onClose: (listener) => child.once('exit', listener),
    close: () => {
      if (child.connected) child.disconnect();
    },
  });
  const cpuMs = () =>
    new Promise<number>((resolve) => {
      const listener = (message: unknown) => {
        const answer = processorSchema.safeParse(message);
        if (!answer.success) return;
        child.off('message', listener);
        resolve(answer.data.cpuMs);
      };
      child.on('message', listener);
      child.send({ kind: 'processor' });
    });
  return { client, configure, cpuMs, close: () => client.close() };
}
