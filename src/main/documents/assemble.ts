/** A document's blocks with the translations that the journal has, and the account of what became of every segment. */
import { codesProblem } from '../../shared/check-codes';
import type { DocumentReport, ReviewSegment } from '../../shared/document';
import type { Inlines } from '../../shared/inlines';
import { reason } from '../reasons';
import { pairsOf, type Block } from './format';
import type { Journal } from './journal';
import { joinParts, partsOf, segmentKey, type BlockPart } from './sentences';

export type Account = Omit<DocumentReport, 'left' | 'translateMs' | 'times' | 'output' | 'bilingual'>;

/** A block with its segments as they stand in the translated file. */
export interface AssembledBlock {
  readonly number: number;
  readonly segments: readonly ReviewSegment[];
  readonly inlines: Inlines;
}

/** In reading order. A segment that the journal does not know has failed: its source stands. */
export async function* assembled(blocks: readonly Block[], journal: Journal): AsyncGenerator<AssembledBlock> {
  let index = 0;
  for (const [number, block] of blocks.entries()) {
    const parts = partsOf(block);
    const segments: ReviewSegment[] = [];
    for (const part of parts) {
      if (part.kind === 'sentence') segments.push(await segmentOf(part, index++, { number, place: block.place }, journal));
    }
    const translations = segments.map(({ translation }) => translation);
    const inlines = joinParts(parts, translations);
    if (codesProblem(block.inlines, inlines, pairsOf(block)) === null) yield { number, segments, inlines };
    else yield { number, segments: segments.map(brokenWithItsBlock), inlines: block.inlines };
  }
}

/** What `write` of a document takes: blocks that changed. */
export async function translationsOf(
  blocks: readonly Block[],
  journal: Journal,
): Promise<{ translations: Map<number, Inlines>; account: Account }> {
  const translations = new Map<number, Inlines>();
  const account = { segments: 0, translated: 0, kept: 0, failed: 0, flagged: 0, edited: 0, repeated: 0, recalled: 0, tokens: 0 };
  const seen = new Set<string>();
  for await (const { number, segments, inlines } of assembled(blocks, journal)) {
    if (segments.some(({ outcome, edited }) => outcome === 'translated' || edited)) translations.set(number, inlines);
    for (const { source, pairs, outcome, flags, edited, memory } of segments) {
      const key = segmentKey({ inlines: source, pairs });
      account.segments++;
      account[outcome]++;
      if (outcome === 'translated' && flags.length > 0) account.flagged++;
      if (edited) account.edited++;
      if (memory !== null) account.recalled++;
      if (seen.has(key)) account.repeated++;
      else account.tokens += journal.segment(key)?.tokens ?? 0;
      seen.add(key);
    }
  }
  return { translations, account };
}

async function segmentOf(
  { segment }: Extract<BlockPart, { kind: 'sentence' }>,
  index: number,
  block: { number: number; place: string },
  journal: Journal,
): Promise<ReviewSegment> {
  const { inlines: source, pairs } = segment;
  const key = segmentKey(segment);
  const place = { index, block: block.number, place: block.place, source, pairs };
  const edit = await journal.readEdit(index, key);
  if (edit) {
    const reviewed = { outcome: 'translated', flags: [], confidence: null, message: null, edited: true, memory: null, terms: [] } as const;
    return { ...place, ...reviewed, translation: edit.inlines };
  }
  const line = await journal.readSegment(key);
  if (!line) {
    const unknown = { outcome: 'failed', flags: [], confidence: null, message: reason`It was not translated.` } as const;
    return { ...place, ...unknown, edited: false, memory: null, terms: [], translation: source };
  }
  const { outcome, inlines, flags, confidence, message, memory, terms } = line;
  return { ...place, outcome, flags, confidence, message, memory, terms, edited: false, translation: inlines ?? source };
}

function brokenWithItsBlock(segment: ReviewSegment): ReviewSegment {
  if (segment.outcome === 'kept') return { ...segment, translation: segment.source };
  const message = reason`The codes of this paragraph would not be in order with its translation; all of it was left as it was.`;
  return { ...segment, outcome: 'failed', translation: segment.source, message, edited: false, memory: null };
}
