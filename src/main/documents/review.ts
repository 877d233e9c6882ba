/** The segments of a finished job, for a person to check and to change. */
import { codesProblem } from '../../shared/check-codes';
import type { DocumentReport, DocumentReview, ReviewOrder, ReviewSegment } from '../../shared/document';
import { tidyInlines, type Inlines } from '../../shared/inlines';
import { reason } from '../reasons';
import { assembled } from './assemble';
import { readAgain, writeTranslation, type Job } from './job';
import { JobFailure } from './job-failure';
import { Journal } from './journal';
import { segmentKey } from './sentences';

export interface ReviewPage {
  readonly order: ReviewOrder;
  readonly offset: number;
  readonly limit: number;
}

/** Throws `JobFailure` where the document is gone or was changed since. */
export async function review(job: Job, { order, offset, limit }: ReviewPage): Promise<DocumentReview> {
  return withJournal(job, async (journal) => {
    const { blocks } = (await readAgain(job, journal)).document;
    const all: ReviewSegment[] = [];
    for await (const { segments } of assembled(blocks, journal)) all.push(...segments);
    const attention = all.filter((segment) => groupOf(segment) < QUIET).length;
    if (order === 'attention')
      all.sort((a, b) => groupOf(a) - groupOf(b) || (a.confidence ?? 1) - (b.confidence ?? 1) || a.index - b.index);
    return { segments: all.length, attention, page: all.slice(offset, offset + limit) };
  });
}

/** Throws `JobFailure`; codes that are not in order are one. */
export async function edit(job: Job, index: number, translation: Inlines): Promise<{ segment: ReviewSegment; report: DocumentReport }> {
  return withJournal(job, async (journal) => {
    const input = await readAgain(job, journal);
    const { blocks } = input.document;
    const segment = await segmentAt(blocks, journal, index);
    const inlines = tidyInlines(translation);
    const problem = codesProblem(segment.source, inlines, segment.pairs);
    if (problem !== null)
      throw new JobFailure(reason`This translation would break the formatting: ${problem}. Put the codes back as they were.`);
    const key = segmentKey({ inlines: segment.source, pairs: segment.pairs });
    await journal.append({ kind: 'edit', index, key, inlines: [...inlines] });
    await journal.sync();
    const report = await writeTranslation(job, input, journal);
    return { segment: await segmentAt(blocks, journal, index), report };
  });
}

/** Groups from here on need no attention. */
const QUIET = 2;

const groupOf = ({ outcome, flags }: ReviewSegment): number => (outcome === 'failed' ? 0 : flags.length > 0 ? 1 : QUIET);

async function segmentAt(blocks: Parameters<typeof assembled>[0], journal: Journal, index: number): Promise<ReviewSegment> {
  for await (const { segments } of assembled(blocks, journal)) {
    const found = segments.find((segment) => segment.index === index);
    if (found) return found;
  }
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
