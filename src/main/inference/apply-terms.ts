/** The glossary's terms put into a draft that lacks them, first in place of the model's own words, then by writing the sentence anew. */
import type { Term } from '../../shared/glossary';
import { codesOf, textOf, type Inline, type Inlines } from '../../shared/inlines';
import { unmask } from '../../shared/mask';
import { spaced } from './codes/spacing';
import {
  attempted,
  detokenized,
  readCodes,
  translationOf,
  type Answer,
  type Ask,
  type Draft,
  type SentenceContext,
} from './draft-sentence';
import { typeset } from './typeset/typeset';

/**
 * The draft with wanted words in place of those that the model writes for the terms by themselves. Where they are in the draft, this changes
 * nothing else of it, and articles and adjectives fit wherever both words have one gender.
 */
export function* withTermsSwapped<A extends Answer>(
  draft: Draft<A>,
  terms: readonly Term[],
  context: SentenceContext,
): Generator<Ask, Draft<A>, A> {
  let { inlines } = draft;
  for (const term of terms) {
    const ids = context.pack.tokenizer.encode(context.prefix, term.source);
    if (ids.length > context.pack.manifest.maxSourceTokens) continue;
    const shown = inlines;
    const answer = yield { ids, lane: context.lane, hasCodes: true, read: () => shown };
    const written = detokenized(answer.ids, context);
    if (answer.ending !== 'stop') continue;
    inlines = inlines.map((inline) => (typeof inline === 'string' ? (context.glossary.swapped(inline, written, term) ?? inline) : inline));
  }
  return inlines.some((inline, at) => inline !== draft.inlines[at]) ? { ...draft, inlines, read: null } : draft;
}

/**
 * Terms go behind codes, which the models were trained to place, and come back as their translations. Null where that does not work out:
 * a term in the wrong place is worse than another word in the right one.
 */
export function* withTerms<A extends Answer>(
  source: Inlines,
  terms: readonly Term[],
  context: SentenceContext,
): Generator<Ask, Draft<A> | null, A> {
  const { glossary, kinds, pack, prefix, to } = context;
  const hidden = new Map<number, string>();
  const firstCode = Math.max(-1, ...codesOf(source), ...kinds.pairs.flat()) + 1;
  const masked = source.flatMap((inline): Inlines => {
    if (typeof inline !== 'string') return [inline];
    const cut: Inline[] = [];
    let done = 0;
    for (const { term, start, end } of glossary.find(inline)) {
      if (!terms.includes(term)) continue;
      const code = firstCode + hidden.size;
      hidden.set(code, term.target);
      cut.push(inline.slice(done, start), { code });
      done = end;
    }
    return [...cut, inline.slice(done)].filter((part) => part !== '');
  });
  const { codeIds } = pack.manifest.tokenizer;
  const codes = codesOf(masked);
  if (codes.length > codeIds.length) return null;
  const ids = pack.tokenizer.encodeInlines(prefix, masked, codeIds);
  if (ids.length > pack.manifest.maxSourceTokens) return null;
  const idToCode = new Map(codes.map((code, k) => [codeIds[k] ?? -1, code]));
  const read = (written: readonly number[]) => spaced(masked, readCodes(written, idToCode, context), kinds, to);
  const shown = (written: readonly number[]) => typeset(source, termsShown(source, read(written), hidden), context);
  const attempt = yield* attempted<A>(masked, { ids, read, hasCodes: true }, context, shown);
  if (attempt.faults.has('codes') || attempt.faults.has('empty')) return null;
  const translation = translationOf(masked, attempt, context);
  return { ...translation, inlines: typeset(source, termsShown(source, translation.inlines, hidden), context), read: null };
}

/** A term that begins its sentence begins with a capital where the source does. */
function termsShown(source: Inlines, target: Inlines, hidden: ReadonlyMap<number, string>): Inlines {
  const first = target.find((inline) => (typeof inline === 'string' ? inline.trim() !== '' : hidden.has(inline.code)));
  const isCapital = /^[^\p{L}]*\p{Lu}/u.test(textOf(source));
  if (!isCapital || first === undefined || typeof first === 'string') return unmask(target, hidden);
  const term = hidden.get(first.code) ?? '';
  const [letter = ''] = term;
  return unmask(target, new Map([...hidden, [first.code, letter.toUpperCase() + term.slice(letter.length)]]));
}
