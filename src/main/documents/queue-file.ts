/** The list of documents on disk. A file that cannot be used is set aside, never overwritten. */
import { readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { addingSchema, documentJobSchema, type JobState } from '../../shared/document';
import { describeError, type Log } from '../log';
import { reason } from '../reasons';
import { writeFileAtomic } from '../write-atomic';
import { fileReason } from './job-failure';

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
const NOTHING = { outputFolder: null, entries: [] };

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

/** As it was written, but for jobs that were not finished: they come back paused. `setAside`: where a file went that could not be used. */
export async function readQueue(path: string, log: Log): Promise<QueueFile & { setAside: string | null }> {
  let problem: string;
  try {
    const parsed = queueFileSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (parsed.success)
      return {
        ...parsed.data,
        setAside: null,
        entries: parsed.data.entries.map((entry) => ({ ...entry, job: { ...entry.job, state: interrupted(entry.job.state) } })),
      };
    problem = z.prettifyError(parsed.error);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { ...queueFileSchema.parse(NOTHING), setAside: null };
    problem = error instanceof Error ? error.message : String(error);
  }
  const aside = join(dirname(path), `queue.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}.json`);
  await rename(path, aside);
  log.warn(`the list of documents could not be used and was set aside as ${aside}: ${problem}`);
  return { ...queueFileSchema.parse(NOTHING), setAside: aside };
}

/**
 * One write after the other. A failure must not end a job, whose journal has what matters: `onProblem` is told why the list cannot be kept, and null
 * once it can.
 */
export function queueWriter(path: string, log: Log, onProblem: (problem: string | null) => void): (queue: QueueFile) => Promise<void> {
  let writing: Promise<void> = Promise.resolve();
  let problem: string | null = null;
  const tell = (told: string | null) => {
    if (told !== problem) onProblem(told);
    problem = told;
  };
  return (queue) => {
    const content = `${JSON.stringify(queue, null, 1)}\n`;
    writing = writing
      .then(() => writeFileAtomic(path, content))
      .then(
        () => tell(null),
        (error: unknown) => {
          log.warn(`the list of documents could not be written: ${describeError(error)}`);
          tell(
            reason`This list cannot be saved: ${fileReason(error)}. Until it can, it is forgotten when Tandem closes; translations stay.`,
          );
        },
      );
    return writing;
  };
}
