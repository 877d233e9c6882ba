/** The one clock of a request: how long each stage ran, without the time other requests took between two steps. */
import type { Stage, StageTimings } from '../../shared/inference/timings';

export class StageClock {
  private begun = performance.now();
  private firstTokenMs: number | null = null;
  private loadMs: number | null = null;
  private readonly sums: Record<Stage, number> = { tokenize: 0, encode: 0, project: 0, prefill: 0, decode: 0, detokenize: 0 };

  /** Work begins now, after a wait of `loadMs` for its pack to open: that is in no total. */
  begin(loadMs: number | null = null): void {
    this.loadMs = loadMs;
    this.begun = performance.now();
  }

  time<T>(stage: Stage, work: () => T): T {
    const start = performance.now();
    try {
      return work();
    } finally {
      this.sums[stage] += performance.now() - start;
    }
  }

  /** As `time`; nothing else may run on this thread's behalf before the promise settles but this work. */
  async timeAsync<T>(stage: Stage, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.sums[stage] += performance.now() - start;
    }
  }

  /** Only the first call counts. */
  markFirstToken(): void {
    this.firstTokenMs ??= performance.now() - this.begun;
  }

  timings(): StageTimings {
    const { tokenize, encode, project, prefill, decode, detokenize } = this.sums;
    return {
      tokenizeMs: tokenize,
      encodeMs: encode,
      projectMs: project,
      prefillMs: prefill,
      decodeMs: decode,
      detokenizeMs: detokenize,
      totalMs: performance.now() - this.begun,
      firstTokenMs: this.firstTokenMs,
      ...(this.loadMs !== null && { loadMs: this.loadMs }),
    };
  }
}
