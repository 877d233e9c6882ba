/** The sentences of a document in reading order, and the batches in which they are asked for. Knows no engine. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { MAX_SEGMENTS } from '../../shared/inference/requests';
import type { Segment } from '../../shared/inference/sentences';
import type { Block } from './format';
import { partsOf, segmentKey } from './sentences';

export interface KeyedSegment {
  readonly key: string;
  readonly segment: Segment;
}

/** Blocks looked at before others may run. */
const BLOCKS_A_TURN = 50;
/** Fewer sentences a batch cost much more each (docs/adr/0008). */
const LEAST_BATCH = 64;
/** So many batches keep several engines busy to nearly the end. */
const BATCHES_WANTED = 16;

/** Every sentence; others may run in between. */
export async function* sentencesOf(blocks: readonly Block[]): AsyncGenerator<KeyedSegment, void, undefined> {
  for (const [number, block] of blocks.entries()) {
    if (number % BLOCKS_A_TURN === 0) await nextTurn();
    for (const part of partsOf(block)) if (part.kind === 'sentence') yield { key: segmentKey(part.segment), segment: part.segment };
  }
}

/**
 * The sentences with these keys that `isForEngine`, each once. What a sentence becomes depends a little on those beside it, so batches depend on
 * the document alone: not on how many engines there are, nor on which of them is done first.
 */
export async function* batchesOf(
  blocks: readonly Block[],
  keys: Iterable<string>,
  isForEngine: (sentence: KeyedSegment) => Promise<boolean>,
): AsyncGenerator<readonly KeyedSegment[], void, undefined> {
  const waiting = new Set(keys);
  const size = Math.min(MAX_SEGMENTS, Math.max(LEAST_BATCH, Math.ceil(waiting.size / BATCHES_WANTED)));
  let batch: KeyedSegment[] = [];
  for await (const sentence of sentencesOf(blocks)) {
    if (!waiting.delete(sentence.key) || !(await isForEngine(sentence))) continue;
    batch.push(sentence);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
