/**
 * One sentence: what to ask the models for, and what to make of the answers. The same for a text that is typed and for a document's
 * segments; who runs it decides how prompts are read and decoded. A draft (draft-sentence.ts), then what the glossary wants of it
 * (apply-terms.ts).
 */
import type { Term } from '../../shared/glossary';
import { textOf, type Inlines } from '../../shared/inlines';
import { withTerms, withTermsSwapped } from './apply-terms';
import { drafted, type Answer, type Ask, type Draft, type SentenceContext, type Translation } from './draft-sentence';
import { worst } from './faults';

/** `source` holds a letter of a script that the model reads, and fits what it can read at once. */
export function* translateSentence<A extends Answer>(source: Inlines, context: SentenceContext): Generator<Ask, Translation<A>, A> {
  const { glossary } = context;
  const found = new Set(source.flatMap((inline) => (typeof inline === 'string' ? glossary.find(inline).map(({ term }) => term) : [])));
  const isMissing = (inlines: Inlines) => (term: Term) => !glossary.holds(textOf(inlines), term);
  let draft: Draft<A> = yield* drafted<A>(source, context);
  let missing = [...found].filter(isMissing(draft.inlines));
  if (missing.length > 0) {
    draft = yield* withTermsSwapped<A>(draft, missing, context);
    missing = missing.filter(isMissing(draft.inlines));
  }
  if (missing.length > 0) {
    const repaired = yield* withTerms<A>(source, missing, context);
    const stillMissing = repaired ? [...found].filter(isMissing(repaired.inlines)) : missing;
    if (repaired && stillMissing.length < missing.length && worst(repaired.flags) <= worst(draft.flags)) {
      draft = repaired;
      missing = stillMissing;
    }
  }
  const terms = [...found].map((term) => ({ source: term.source, target: term.target, isUsed: !missing.includes(term) }));
  return { ...draft, flags: missing.length > 0 ? new Set(['glossary', ...draft.flags]) : draft.flags, terms };
}
