/** The segments of finished jobs, for a person to check and to change. */
import { codesProblem } from '../../shared/check-codes';
import type { DocumentReport, DocumentReview, ReviewOrder, ReviewSegment } from '../../shared/document';
import { folded } from '../../shared/folded';
import { textOf, tidyInlines, type Inlines } from '../../shared/inlines';
import { reason } from '../reasons';
import { assembled } from './assemble';
import { readAgain, writeTranslation, type Job, type ReadInput } from './job';
import { JobFailure } from './job-failure';
import { Journal } from './journal';
import { segmentKey } from './sentences';

export interface ReviewPage {
  readonly order: ReviewOrder;
  /** Words that a segment has; empty: all of them are wanted. */
  readonly find: string;
  readonly offset: number;
  readonly limit: number;
}

/** Calls come one after the other. */
export class Reviews {
  /** Of the job that was asked for last, in reading order: a book is read once, and not for every page of its review. */
  private last: { readonly jobId: string; readonly segments: readonly ReviewSegment[] } | null = null;

  /** Throws `JobFailure` where the document is gone or was changed since. */
  async page(job: Job, { order, find, offset, limit }: ReviewPage): Promise<DocumentReview> {
    const { segments } =
      this.known(job) ?? (await withJournal(job, async (journal) => this.list(job, await readAgain(job, journal), journal)));
    const words = folded(find.trim());
    const found = segments.filter(({ source, translation }) => has(source, words) || has(translation, words));
    const attention = found.filter((segment) => groupOf(segment) < QUIET).length;
    if (order === 'attention')
      found.sort((a, b) => groupOf(a) - groupOf(b) || (a.confidence ?? 1) - (b.confidence ?? 1) || a.index - b.index);
    return { segments: found.length, attention, page: found.slice(offset, offset + limit) };
  }

  /** Throws `JobFailure`; codes that are not in order are one. */
  async edit(job: Job, index: number, translation: Inlines): Promise<{ segment: ReviewSegment; report: DocumentReport }> {
    return withJournal(job, async (journal) => {
      const input = await readAgain(job, journal);
      const { segments } = this.known(job) ?? (await this.list(job, input, journal));
      const { source, pairs } = at(segments, index);
      const inlines = tidyInlines(translation);
      const problem = codesProblem(source, inlines, pairs);
      if (problem !== null)
        throw new JobFailure(reason`This translation would break the formatting: ${problem}. Put the codes back as they were.`);
      this.last = null;
      await journal.append({ kind: 'edit', index, key: segmentKey({ inlines: source, pairs }), inlines: [...inlines] });
      await journal.sync();
      const report = await writeTranslation(job, input, journal);
      const changed = await this.list(job, input, journal);
      return { segment: at(changed.segments, index), report };
    });
  }

  /** Its segments will be others. */
  forget(jobId: string): void {
    if (this.last?.jobId === jobId) this.last = null;
  }

  private known({ id }: Job): Reviews['last'] {
    return this.last?.jobId === id ? this.last : null;
  }

  private async list({ id }: Job, { document }: ReadInput, journal: Journal): Promise<NonNullable<Reviews['last']>> {
    const all: ReviewSegment[] = [];
    for await (const { segments } of assembled(document.blocks, journal)) all.push(...segments);
    return (this.last = { jobId: id, segments: all });
  }
}

const has = (inlines: Inlines, words: string): boolean => words === '' || folded(textOf(inlines)).includes(words);

/** Groups from here on need no attention. */
const QUIET = 2;

const groupOf = ({ outcome, flags }: ReviewSegment): number => (outcome === 'failed' ? 0 : flags.length > 0 ? 1 : QUIET);

function at(segments: readonly ReviewSegment[], index: number): ReviewSegment {
  const segment = segments[index];
  if (segment) return segment;
  throw new JobFailure(reason`The document has no segment ${index + 1}.`);
}

async function withJournal<T>(job: Job, use: (journal: Journal) => Promise<T>): Promise<T> {
  const journal = await Journal.open(job.folder);
  try {
    return await use(journal);
  } finally {
    await journal.close();
  }
}
