/** The machine that timings were measured on: what a reader of numbers needs, nothing that tells one machine from its like. */
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import type { Machine } from '../shared/app-api';

export function machine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    system: `${type()} ${release()} ${process.arch}`,
  };
}
