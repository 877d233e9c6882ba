/** The list of documents on disk. A file that cannot be used is set aside, never overwritten. */
import { readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { addingSchema, documentJobSchema, type JobState } from '../../shared/document';
import type { Log } from '../log';

const entrySchema = z.strictObject({
  job: documentJobSchema,
  output: z.string(),
  changed: z.enum(['ask', 'keep', 'fresh']),
});
const queueFileSchema = z.strictObject({
  outputFolder: z.string().nullable(),
  adding: addingSchema.prefault({}),
  entries: z.array(entrySchema),
});
/** A job, and what only main knows of it: where its translation goes, and what to do where it was changed. */
export type Entry = z.infer<typeof entrySchema>;
export type QueueFile = z.infer<typeof queueFileSchema>;

function interrupted(state: JobState): JobState {
  switch (state.kind) {
    case 'waiting':
    case 'reading':
    case 'writing':
      return { kind: 'paused', progress: null };
    case 'translating':
      return { kind: 'paused', progress: { done: state.done, segments: state.segments } };
    case 'paused':
    case 'changed':
    case 'done':
    case 'failed':
      return state;
    default:
      return state satisfies never;
  }
}

/** As it was written, but for jobs that were not finished: they come back paused. */
export async function readQueue(path: string, log: Log): Promise<QueueFile> {
  let problem: string;
  try {
    const parsed = queueFileSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (parsed.success)
      return {
        ...parsed.data,
        entries: parsed.data.entries.map((entry) => ({ ...entry, job: { ...entry.job, state: interrupted(entry.job.state) } })),
      };
    problem = z.prettifyError(parsed.error);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return queueFileSchema.parse({ outputFolder: null, entries: [] });
    problem = error instanceof Error ? error.message : String(error);
  }
  const aside = join(dirname(path), `queue.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}.json`);
  await rename(path, aside);
  log.warn(`the list of documents could not be used and was set aside as ${aside}: ${problem}`);
  return queueFileSchema.parse({ outputFolder: null, entries: [] });
}
