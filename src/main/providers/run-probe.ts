/** One test of one provider from the outside: what the process that does it tells, and what its end or its silence means. */
import { probeNewsSchema, type ProbeOutcome, type ProbeTask } from '../../shared/processors';

/** A process that was started for this and does nothing else. */
export interface ProbeProcess {
  send(message: { kind: 'probe'; task: ProbeTask }): void;
  onMessage(listener: (message: unknown) => void): void;
  /** However it ended; called once. */
  onExit(listener: () => void): void;
  /** Without a word; harmless when it is gone. */
  kill(): void;
}

export interface ProbeOptions {
  start(): ProbeProcess;
  onProgress(done: number, steps: number): void;
  signal: AbortSignal;
  /** Left out: minutes. */
  silenceMs?: number;
}

/** Opening a large pack on a cold disk is the longest that nothing is told. */
const SILENCE_MS = 5 * 60 * 1000;

/** The pack itself does not run, whatever the provider. */
export class ProbeRefused extends Error {}

/** The process is gone when this settles. Throws ProbeRefused, or the signal's reason. */
export async function runProbe(
  task: ProbeTask,
  { start, onProgress, signal, silenceMs = SILENCE_MS }: ProbeOptions,
): Promise<ProbeOutcome> {
  signal.throwIfAborted();
  const child = start();
  let silence: NodeJS.Timeout | undefined;
  const cancelled = new AbortController();
  try {
    return await new Promise<ProbeOutcome>((resolve, reject) => {
      const wait = () => {
        clearTimeout(silence);
        silence = setTimeout(() => resolve({ kind: 'hung', limitMs: silenceMs }), silenceMs);
      };
      signal.addEventListener('abort', () => reject(signal.reason as Error), { signal: cancelled.signal });
      child.onExit(() => resolve({ kind: 'crashed', during: 'test' }));
      child.onMessage((message) => {
        const news = probeNewsSchema.safeParse(message);
        if (!news.success) return reject(news.error);
        wait();
        switch (news.data.kind) {
          case 'probing':
            return onProgress(news.data.done, news.data.steps);
          case 'probed':
            return resolve(news.data.outcome);
          case 'refused':
            return reject(new ProbeRefused(news.data.problem));
          default:
            return news.data satisfies never;
        }
      });
      wait();
      child.send({ kind: 'probe', task });
    });
  } finally {
    clearTimeout(silence);
    cancelled.abort();
    child.kill();
  }
}
