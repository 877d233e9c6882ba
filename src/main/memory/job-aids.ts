/** The memory and the glossary as jobs use them. A memory that fails is told to the log and costs no job. */
import { createHash } from 'node:crypto';
import { Glossary } from '../../shared/glossary';
import type { Segment } from '../../shared/inference/sentences';
import { textOf } from '../../shared/inlines';
import type { LanguagePair } from '../../shared/memory';
import type { AidsOf, MadePair } from '../documents/aids';
import type { MemoryFile, NewPair } from './memory-file';

/** What a person wants of them; asked whenever a job begins, and before anything is kept. */
export interface AidChoices {
  /** Whether translations that are known are taken again. */
  readonly recalls: boolean;
  /** Whether new ones are kept. */
  readonly keeps: boolean;
  /** Also those of other packs, versions and lanes. */
  readonly anyMachine: boolean;
  readonly glossary: boolean;
}

/** `warn` is told in words what went wrong; `onKept` that pairs were added. */
export function jobAids(memory: MemoryFile, choices: () => AidChoices, warn: (problem: string) => void, onKept: () => void): AidsOf {
  function safely<T>(run: () => T, otherwise: T): T {
    try {
      return run();
    } catch (error) {
      warn(`the translation memory could not be used: ${error instanceof Error ? error.message : String(error)}`);
      return otherwise;
    }
  }

  return (pack, { task: { from, to }, lane, decoding }, isFresh) => {
    const { recalls, anyMachine, glossary: usesTerms } = choices();
    const languages: LanguagePair = { from, to };
    const terms = usesTerms ? safely(() => memory.terms(languages), []) : [];
    const glossary = new Glossary(
      terms.map(({ source, target, matchCase }) => ({ source, target, matchCase })),
      from,
      to,
    );
    /** All that a machine's translation depends on: who would write the same again has the same. */
    const makerKey = (segment: Segment): string => {
      const used = glossary.find(textOf(segment.inlines)).map(({ term }) => [term.source, term.target]);
      return createHash('sha256')
        .update(JSON.stringify([pack.sha256, lane, decoding, used]))
        .digest('base64url');
    };
    const made = ({ segment, made: { inlines, flags, confidence } }: MadePair): NewPair => ({
      source: segment.inlines,
      translation: inlines,
      pairs: segment.pairs,
      origin: 'machine',
      maker: `${pack.id} ${pack.version}, ${lane}`,
      makerKey: makerKey(segment),
      flags,
      confidence,
      changedMs: Date.now(),
    });
    return {
      glossary,
      memory: {
        recall: (segment) => {
          const known = recalls ? safely(() => memory.recall(languages, segment, makerKey(segment), anyMachine), null) : null;
          return isFresh && known?.origin === 'machine' ? null : known;
        },
        keep: (pairs) => {
          if (pairs.length === 0 || !choices().keeps) return;
          safely(() => memory.keep(languages, pairs.map(made)), undefined);
          onKept();
        },
      },
    };
  };
}

/** A person's own translation, from a review. */
export function correction(source: Segment['inlines'], translation: Segment['inlines'], pairs: Segment['pairs'], nowMs: number): NewPair {
  return { source, translation, pairs, origin: 'person', maker: '', makerKey: '', flags: [], confidence: null, changedMs: nowMs };
}
