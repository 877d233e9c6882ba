/**
 * Gets the sentences of a document that the journal lacks into it: what is known without an engine as it comes in reading order, the rest
 * through the engines batch by batch, one request each at a time. Each sentence is in the journal as soon as it comes, and on the disk before
 * its engine is asked for the next batch. Equal sentences are translated once.
 */
import type { DocumentOptions, DocumentProgress } from '../../shared/document';
import { textOf } from '../../shared/inlines';
import type { Aids } from './aids';
import type { Connect, UseEngines } from './engines';
import type { Block } from './format';
import type { Journal } from './journal';
import { Remaining } from './remaining';
import { Requests } from './requests';
import { batchesOf, type KeyedSegment } from './sentence-walk';
import type { IsInTarget } from './target-language';

export interface Work {
  readonly options: DocumentOptions;
  readonly engines: UseEngines;
  readonly isInTarget: IsInTarget;
  readonly aids: Aids;
  readonly signal: AbortSignal;
  /** After each segment. */
  tell(progress: DocumentProgress & { remainingMs: number | null }): void;
}

/** Throws `JobFailure`, or the signal's reason. Whatever was translated until then is in the journal. */
export async function translateMissing(blocks: readonly Block[], journal: Journal, work: Work): Promise<void> {
  const remaining = await Remaining.of(blocks, journal);
  const tell = () => work.tell({ done: remaining.done, segments: remaining.segments, remainingMs: remaining.ms() });
  tell();
  const failed = new AbortController();
  const signal = AbortSignal.any([work.signal, failed.signal]);
  const requests = new Requests(journal, work, remaining, tell);
  const isForEngine = async (sentence: KeyedSegment) => {
    signal.throwIfAborted();
    return !(await isKnown(sentence, requests, work));
  };
  const next = prepared(batchesOf(blocks, remaining.keys(), isForEngine));
  // Every engine takes the next batch until there is none; where one fails, the others are cancelled.
  const run = async (connect: Connect) => {
    try {
      for (let batch = await next(); !batch.done; batch = await next()) await requests.translate(batch.value, connect, signal);
    } catch (error) {
      failed.abort(error);
    }
  };
  const { connects, release } = work.engines(work.options.packId);
  try {
    await Promise.all(connects.map(run));
  } finally {
    release();
    // Also what came before a pause or a failure.
    await requests.account();
  }
  work.signal.throwIfAborted();
  failed.signal.throwIfAborted();
}

/** Takes what needs no engine. */
async function isKnown(sentence: KeyedSegment, requests: Requests, { isInTarget }: Work): Promise<boolean> {
  if (!isInTarget(textOf(sentence.segment.inlines))) return requests.recall(sentence);
  await requests.keep(sentence);
  return true;
}

/** The next one is made ready while those before it are translated. */
function prepared<T>(batches: AsyncGenerator<T, void, undefined>): () => Promise<IteratorResult<T, void>> {
  let ahead: Promise<IteratorResult<T, void>> | null = null;
  return () => {
    const due = ahead ?? batches.next();
    ahead = due.then(() => batches.next());
    // Whoever takes it is told.
    ahead.catch(() => {});
    return due;
  };
}
