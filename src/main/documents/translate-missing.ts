/**
 * Gets the sentences of a document that the journal lacks into it. What is known without an engine comes first, in reading order; the rest
 * goes through the engines batch by batch, one request each at a time. Each sentence is in the journal as soon as it comes, and on the disk
 * before its engine is asked for the next batch. Equal sentences are translated once.
 */
import type { DocumentOptions, DocumentProgress } from '../../shared/document';
import { textOf } from '../../shared/inlines';
import type { Aids } from './aids';
import type { Connect, UseEngines } from './engines';
import type { Block } from './format';
import type { Journal } from './journal';
import { Remaining } from './remaining';
import { Requests } from './requests';
import { batchesOf, sentencesOf } from './sentence-walk';
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
  const requests = new Requests(journal, work, remaining, tell);
  try {
    const keys = await unknown(blocks, journal, requests, work);
    if (keys.size > 0) await translateAll(batchesOf(blocks, keys), requests, work);
  } finally {
    // Also what came before a pause or a failure.
    await requests.account();
  }
}

/** Takes what needs no engine, and gives the keys of the others. */
async function unknown(blocks: readonly Block[], journal: Journal, requests: Requests, work: Work): Promise<Set<string>> {
  const keys = new Set<string>();
  for await (const sentence of sentencesOf(blocks)) {
    work.signal.throwIfAborted();
    if (keys.has(sentence.key) || journal.segment(sentence.key)) continue;
    if (work.isInTarget(textOf(sentence.segment.inlines))) await requests.keep(sentence);
    else if (!(await requests.recall(sentence))) keys.add(sentence.key);
  }
  return keys;
}

/** Every engine takes the next batch until there is none; where one fails, the others are cancelled. */
async function translateAll(batches: ReturnType<typeof batchesOf>, requests: Requests, work: Work): Promise<void> {
  const { connects, release } = work.engines(work.options.packId);
  const failed = new AbortController();
  const signal = AbortSignal.any([work.signal, failed.signal]);
  const run = async (connect: Connect) => {
    try {
      for (let next = await batches.next(); !next.done; next = await batches.next()) await requests.translate(next.value, connect, signal);
    } catch (error) {
      failed.abort(error);
    }
  };
  try {
    await Promise.all(connects.map(run));
  } finally {
    release();
  }
  work.signal.throwIfAborted();
  failed.signal.throwIfAborted();
}
