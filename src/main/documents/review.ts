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
    const ranks: Rank[] = [];
    for await (const { segments } of assembled(blocks, journal)) ranks.push(...segments.map(rankOf));
    const attention = ranks.filter(({ group }) => group < QUIET).length;
    if (order === 'attention') ranks.sort((a, b) => a.group - b.group || a.confidence - b.confidence || a.index - b.index);
    const wanted = new Map(ranks.slice(offset, offset + limit).map(({ index }, at) => [index, at]));
    const page: ReviewSegment[] = [];
    for await (const { segments } of assembled(blocks, journal)) {
      for (const segment of segments) {
        const at = wanted.get(segment.index);
        if (at !== undefined) page[at] = segment;
      }
    }
    return { segments: ranks.length, attention, page };
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

interface Rank {
  readonly index: number;
  readonly group: number;
  readonly confidence: number;
}

/** Groups from here on need no attention. */
const QUIET = 2;

function rankOf({ index, outcome, flags, confidence }: ReviewSegment): Rank {
  const group = outcome === 'failed' ? 0 : flags.length > 0 ? 1 : QUIET;
  return { index, group, confidence: confidence ?? 1 };
}

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
