/** Engines in processes of Node's, as electron-engine.ts has them in Electron's. */
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { silentRuntime, type EngineProcess, type ProcessNews } from '../main/inference-host';
import type { Port } from '../shared/inference-client';

const usageSchema = z.strictObject({ kind: z.literal('usage'), cpuMs: z.number(), residentBytes: z.number(), peakBytes: z.number() });
/** What a process has taken: of the processor so far, all threads together; of memory now, and at most. */
export type Usage = Omit<z.infer<typeof usageSchema>, 'kind'>;

/** One client at a time; configuring takes effect before what is asked later. */
export interface ForkedEngine extends EngineProcess<Port> {
  usage(): Promise<Usage>;
}

/** Of this module's own kind: source, or built into the same folder. */
const ENTRY = fileURLToPath(new URL(`./engine-process${extname(fileURLToPath(import.meta.url))}`, import.meta.url));

/** `entry`: engine-process.ts, or what was built from it. */
export function forkEngine({ onSpawn, onExit }: ProcessNews, entry = ENTRY): ForkedEngine {
  const loader = () => pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const execArgv = extname(entry) === '.ts' ? ['--import', loader()] : [];
  const child = fork(entry, { execArgv, serialization: 'advanced', env: silentRuntime() });
  const send = (message: unknown) => {
    if (child.connected) child.send(message as object);
  };
  child.once('spawn', () => {
    if (child.pid !== undefined) onSpawn(child.pid);
  });
  child.once('exit', (code, signal) => onExit(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  // It could not be started, or died while it was written to.
  child.on('error', () => onExit(1));
  return {
    configure: (config) => send({ kind: 'config', config }),
    connect: () => ({
      post: (message) => send({ kind: 'port', message }),
      onMessage: (listener) => child.on('message', (message) => (usageSchema.safeParse(message).success ? undefined : listener(message))),
      onClose: (listener) => child.once('exit', listener),
      close: () => {},
    }),
    usage: () =>
      new Promise((resolve) => {
        const listener = (message: unknown) => {
          const answer = usageSchema.safeParse(message);
          if (!answer.success) return;
          child.off('message', listener);
          resolve(answer.data);
        };
        child.on('message', listener);
        send({ kind: 'usage' });
      }),
    kill: () => void child.kill('SIGKILL'),
  };
}
