/** What a job has besides the engine: translations that are known already, and terms. */
import { Glossary } from '../../shared/glossary';
import type { Segment } from '../../shared/inference/sentences';
import type { Recalled } from '../memory/memory-file';
import type { PackIdentity } from './job';
import type { DocumentOptions } from '../../shared/document';

/** What the engine made of a segment. */
export interface MadePair {
  readonly segment: Segment;
  readonly made: Omit<Recalled, 'origin'>;
}

/** The memory as one job sees it. Never throws: a memory that fails costs no job. */
export interface JobMemory {
  recall(segment: Segment): Recalled | null;
  keep(pairs: readonly MadePair[]): void;
}

export interface Aids {
  readonly memory: JobMemory;
  readonly glossary: Glossary;
}

/** `isFresh`: what machines made before is not taken again. */
export type AidsOf = (pack: PackIdentity, options: DocumentOptions, isFresh: boolean) => Aids;

export const withoutAids: AidsOf = (_pack, { task: { from, to } }) => ({
  memory: { recall: () => null, keep: () => {} },
  glossary: new Glossary([], from, to),
});
