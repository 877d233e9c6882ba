/** Forks engine-process.ts and talks to it with the app's client. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { EngineConfig } from '../src/shared/inference';
import { InferenceClient } from '../src/shared/inference-client';

const usageSchema = z.strictObject({ kind: z.literal('usage'), cpuMs: z.number(), residentBytes: z.number() });
/** What a process has taken: of the processor so far, all threads together, and of memory now. */
type Usage = Omit<z.infer<typeof usageSchema>, 'kind'>;

export interface ForkedEngine {
  readonly client: InferenceClient;
  /** Takes effect before any request sent later; all encodings are forgotten. */
  configure(config: EngineConfig): void;
  usage(): Promise<Usage>;
  close(): void;
}

export function forkEngine(config: EngineConfig): ForkedEngine {
  const child = fork(fileURLToPath(new URL('engine-process.ts', import.meta.url)), { serialization: 'advanced' });
  const configure = (changed: EngineConfig) => void child.send({ kind: 'config', config: changed });
  configure(config);
  const client = new InferenceClient({
    post: (message) => void child.send({ kind: 'port', message }),
    onMessage: (listener) => child.on('message', (message) => (usageSchema.safeParse(message).success ? undefined : listener(message))),
    onClose: (listener) => child.once('exit', listener),
    close: () => {
      if (child.connected) child.disconnect();
    },
  });
  const usage = () =>
    new Promise<Usage>((resolve) => {
      const listener = (message: unknown) => {
        const answer = usageSchema.safeParse(message);
        if (!answer.success) return;
        child.off('message', listener);
        resolve(answer.data);
      };
      child.on('message', listener);
      child.send({ kind: 'usage' });
    });
  return { client, configure, usage, close: () => client.close() };
}
