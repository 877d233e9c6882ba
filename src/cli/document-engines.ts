/** The engines of a `document` command: one in this process, or several in processes of their own. */
import { totalmem } from 'node:os';
import { EnginePool } from '../main/documents/engine-pool';
import type { UseEngines } from '../main/documents/engines';
import { openPackBytes, processCount, roomHere } from '../main/documents/process-count';
import { startInferenceHost } from '../main/inference-host';
import type { EngineConfig } from '../shared/inference/engine';
import { forkEngine } from './forked-engine';
import { startLocalEngine, type LocalEngine } from './local-engine';

/** Of the machine's memory, for open packs. */
const MEMORY_SHARE = 1 / 4;
/** A folder's documents come one right after the other. */
const LINGER_MS = 5_000;
const READING_THREADS = 1;

export interface DocumentEngines {
  readonly use: UseEngines;
  /** How many work at a time. */
  readonly count: number;
  close(): Promise<void>;
}

/** `cores`: as many as a person wants, or null; where memory is there for fewer, fewer. `threads`: for reading, as a person wants, or null. */
export function documentEngines(
  config: EngineConfig,
  packFileBytes: number,
  cores: number | null,
  threads: number | null,
): DocumentEngines {
  const packBytes = openPackBytes(packFileBytes);
  const isOnCpu = config.provider === 'cpu' && config.packs.every(({ places }) => places === undefined);
  const count = isOnCpu ? processCount(cores, roomHere(), packBytes, totalmem() * MEMORY_SHARE) : 1;
  let local: Promise<LocalEngine> | null = null;
  const pool = new EnginePool({
    // One needs no process of its own: nobody types here.
    plan: () => ({ processes: count > 1 ? count : 0, config: { ...config, encoderThreads: threads ?? READING_THREADS }, packBytes }),
    start: (own) => startInferenceHost(forkEngine, own, () => {}, { info: () => {} }),
    shared: async () => (await (local ??= startLocalEngine(config))).client,
    lingerMs: LINGER_MS,
    onPackBytes: () => {},
  });
  return {
    use: (packId) => pool.use(packId),
    count: Math.max(1, count),
    close: async () => {
      pool.stop();
      await (await local)?.close();
    },
  };
}
