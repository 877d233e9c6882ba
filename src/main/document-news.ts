/** Which ends of document jobs are worth a notification: those a person has waited for. Pure but for the jobs it remembers. */
import type { DocumentJob } from '../shared/document';

/** A shorter job ends while its window is still looked at, milliseconds. */
const LONG_MS = 10_000;

export interface DocumentNews {
  /** Takes every change of a job; gives the job when its end is news. */
  follow(job: DocumentJob, nowMs: number): DocumentJob | null;
}

export function createDocumentNews(): DocumentNews {
  const begun = new Map<string, number>();
  return {
    follow: (job, nowMs) => {
      const { id, state } = job;
      if (state.kind === 'reading' || state.kind === 'translating' || state.kind === 'writing') {
        if (!begun.has(id)) begun.set(id, nowMs);
        return null;
      }
      const startMs = begun.get(id);
      begun.delete(id);
      const isEnd = state.kind === 'done' || state.kind === 'failed';
      return isEnd && startMs !== undefined && nowMs - startMs >= LONG_MS ? job : null;
    },
  };
}
