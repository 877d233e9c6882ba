/**
 * One sentence: what to ask the models for, and what to make of the answers. The same for a text that is typed and for a document's
 * segments; who runs it decides how prompts are read and decoded. Fails closed: codes that do not come back as they must are placed by
 * position, and where nothing else helps the source is kept. Knows lanes and ids, no session.
 */
import { codesProblem } from '../../shared/check-codes';
import type { Glossary, Term, UsedTerm } from '../../shared/glossary';
import { codesOf, textOf, type Inline, type Inlines } from '../../shared/inlines';
import { unmask } from '../../shared/mask';
import type { Lane, SegmentReason } from '../../shared/inference';
import type { CodeKinds } from './codes/code-kinds';
import { edgesOf } from './codes/cut-inlines';
import { placed } from './codes/placing';
import { spaced } from './codes/spacing';
import { Detokenizer } from './detokenizer';
import type { Ending } from './decode/decoder';
import type { OpenPack } from './open-pack';

/** Read this prompt with this lane and write. The same `ids` object is the same prompt: its encoding serves again. */
export interface Ask {
  readonly ids: readonly number[];
  readonly lane: Lane;
  /** Whether `read` gives anew with each token all that is shown: codes may be among what is written, or something else is shown meanwhile. */
  readonly hasCodes: boolean;
  /** The ids written so far, or all of them, as inlines. */
  readonly read: (ids: readonly number[]) => Inlines;
}

export interface Answer {
  /** Without start and end of sentence; a repetition cut. */
  readonly ids: readonly number[];
  readonly ending: Ending | 'loop';
}

export interface Translation<A extends Answer> {
  inlines: Inlines;
  flags: ReadonlySet<SegmentReason>;
  /** The answers that `inlines` are made of. */
  answers: readonly A[];
  /** Whether one of them is the LLM lane's, asked because that of `lane` went wrong. */
  isRepaired: boolean;
  /** What reads the one answer as `inlines`; null where they were put together, or are the source. */
  read: Ask['read'] | null;
  /** The glossary's terms in the source; those that are not used are flagged. */
  terms: readonly UsedTerm[];
}

export interface SentenceContext {
  pack: Pick<OpenPack, 'tokenizer' | 'manifest'>;
  /** The task's. */
  prefix: string;
  /** The target language. */
  to: string;
  lane: Lane;
  kinds: CodeKinds;
  glossary: Glossary;
}

type PromptContext = Omit<SentenceContext, 'lane' | 'glossary'>;

type Draft<A extends Answer> = Omit<Translation<A>, 'terms'>;

/** Sources shorter than this may well have translations of a third of their length; in UTF-16 code units. */
const SHORT_SOURCE = 40;

/** What calls for another attempt, the worst last. */
const FAULTS = ['short', 'length', 'loop', 'codes', 'empty'] as const satisfies readonly SegmentReason[];
type Fault = (typeof FAULTS)[number];

interface Attempt<A> {
  inlines: Inlines;
  faults: ReadonlySet<Fault>;
  answer: A;
  isRepaired: boolean;
  read: Ask['read'];
}

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

/**
 * The draft with wanted words in place of those that the model writes for the terms by themselves. Where they are in the draft, this changes
 * nothing else of it, and articles and adjectives fit wherever both words have one gender.
 */
function* withTermsSwapped<A extends Answer>(
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
function* withTerms<A extends Answer>(
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
  const shown = (written: readonly number[]) => termsShown(source, read(written), hidden);
  const attempt = yield* attempted<A>(masked, { ids, read, hasCodes: true }, context, shown);
  if (attempt.faults.has('codes') || attempt.faults.has('empty')) return null;
  const translation = translationOf(masked, attempt);
  return { ...translation, inlines: termsShown(source, translation.inlines, hidden), read: null };
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

function* drafted<A extends Answer>(source: Inlines, context: SentenceContext): Generator<Ask, Draft<A>, A> {
  const prompt = codesOf(source).length === 0 ? null : promptOf(source, context);
  if (!prompt) return yield* withoutCodes<A>(source, context);
  const attempt = yield* attempted<A>(source, prompt, context);
  if (attempt.faults.has('codes') || attempt.faults.has('empty')) return yield* withoutCodes<A>(source, context);
  return translationOf(source, attempt);
}

/**
 * As `translateSentence`, for an output whose beginning someone chose: asks once, with the prompt of the whole sentence, and flags what is
 * wrong with the answer instead of asking again. `source` is one that `promptOf` has a prompt for.
 */
export function* writeOnce<A extends Answer>(
  source: Inlines,
  prompt: Omit<Ask, 'lane'>,
  context: PromptContext & Pick<SentenceContext, 'lane'>,
): Generator<Ask, Translation<A>, A> {
  const attempt = judged(source, prompt, yield { ...prompt, lane: context.lane }, false, context.kinds);
  const draft = translationOf(source, attempt);
  return { ...(attempt.faults.has('codes') ? withCodesPlaced(source, draft, context) : draft), terms: [] };
}

/** What asks for the whole sentence at once, its codes among the ids; null where there are too many of them. */
export function promptOf(source: Inlines, context: PromptContext): Omit<Ask, 'lane'> | null {
  const { tokenizer, manifest } = context.pack;
  const codes = codesOf(source);
  if (codes.length === 0) {
    const read = (written: readonly number[]) => [detokenized(written, context)].filter((part) => part !== '');
    return { ids: tokenizer.encode(context.prefix, textOf(source)), read, hasCodes: false };
  }
  const { codeIds } = manifest.tokenizer;
  if (codes.length > codeIds.length) return null;
  const ids = tokenizer.encodeInlines(context.prefix, source, codeIds);
  if (ids.length > manifest.maxSourceTokens) return null;
  const idToCode = new Map(codes.map((code, k) => [codeIds[k] ?? -1, code]));
  const read = (written: readonly number[]) => spaced(source, readCodes(written, idToCode, context), context.kinds, context.to);
  return { ids, read, hasCodes: true };
}

/** Text between certain places for codes is translated by itself; codes within it are placed by position. */
function* withoutCodes<A extends Answer>(source: Inlines, context: SentenceContext): Generator<Ask, Draft<A>, A> {
  const { before, inner, after } = edgesOf(source, context.kinds, true);
  if (before.length > 0 || after.length > 0) {
    if (!hasLetters(inner)) return { inlines: source, flags: new Set(), answers: [], isRepaired: false, read: null };
    const translation = yield* withoutCodes<A>(inner, context);
    return { ...translation, inlines: joined([before, translation.inlines, after]), read: null };
  }
  const clauses = clausesOf(source);
  if (clauses.length > 1) {
    const translations: Draft<A>[] = [];
    for (const clause of clauses) translations.push(yield* withoutCodes<A>(clause, context));
    return {
      inlines: joined(translations.map(({ inlines }) => inlines)),
      flags: new Set(translations.flatMap(({ flags }) => [...flags])),
      answers: translations.flatMap(({ answers }) => answers),
      isRepaired: translations.some(({ isRepaired }) => isRepaired),
      read: null,
    };
  }
  const text = [textWithoutCodes(source, context.kinds)];
  const prompt = promptOf(text, context);
  if (!prompt) throw new RangeError('got a text without codes that has no prompt');
  const translation = translationOf(text, yield* attempted<A>(text, prompt, context));
  return codesOf(source).length === 0 ? translation : withCodesPlaced(source, translation, context);
}

/** The source's codes put into the text by position; where that does not come out, the source. Flagged in either case. */
function withCodesPlaced<A extends Answer>(source: Inlines, translation: Draft<A>, { kinds, to }: PromptContext): Draft<A> {
  const { inlines, flags } = translation;
  const withCodes = placed(source, textOf(inlines), kinds, to);
  const isSound = !flags.has('empty') && codesProblem(source, withCodes, kinds.pairs) === null;
  return { ...translation, inlines: isSound ? withCodes : source, flags: new Set([...flags, 'codes']), read: null };
}

/** Asks the lane, and where that goes wrong the LLM lane; the better one counts, the first of equals. `shown`: what a reader sees meanwhile. */
function* attempted<A extends Answer>(
  source: Inlines,
  prompt: Omit<Ask, 'lane'>,
  { lane, kinds }: SentenceContext,
  shown: Ask['read'] = prompt.read,
): Generator<Ask, Attempt<A>, A> {
  const first = judged(source, prompt, yield { ...prompt, read: shown, lane }, false, kinds);
  if (first.faults.size === 0 || lane === 'llm') return first;
  const repaired = judged(source, prompt, yield { ...prompt, read: shown, lane: 'llm' }, true, kinds);
  return worst(repaired.faults) < worst(first.faults) ? repaired : first;
}

function judged<A extends Answer>(
  source: Inlines,
  { read }: Pick<Ask, 'read'>,
  answer: A,
  isRepaired: boolean,
  kinds: CodeKinds,
): Attempt<A> {
  const inlines = read(answer.ids);
  return { inlines, faults: faultsOf(source, inlines, answer.ending, kinds), answer, isRepaired, read };
}

/** -1 without faults. */
const worst = (faults: ReadonlySet<SegmentReason>) => FAULTS.findLastIndex((fault) => faults.has(fault));

function faultsOf(source: Inlines, target: Inlines, ending: Answer['ending'], kinds: CodeKinds): Set<Fault> {
  const faults = new Set<Fault>();
  const sourceLength = textOf(source).trim().length;
  const targetLength = textOf(target).trim().length;
  if (targetLength === 0) faults.add('empty');
  else if (sourceLength >= SHORT_SOURCE && targetLength * 3 < sourceLength) faults.add('short');
  if (ending !== 'stop') faults.add(ending);
  if (codesProblem(source, target, kinds.pairs) !== null) faults.add('codes');
  return faults;
}

function translationOf<A extends Answer>(source: Inlines, { inlines, faults, answer, isRepaired, read }: Attempt<A>): Draft<A> {
  const flags = new Set<SegmentReason>(faults);
  if (faults.has('empty')) return { inlines: source, flags, answers: [answer], isRepaired, read: null };
  if (!sameNumbers(textOf(source), textOf(inlines))) flags.add('numbers');
  return { inlines, flags, answers: [answer], isRepaired, read };
}

/** Whether two texts hold the same numbers, however they are punctuated and ordered. */
export function sameNumbers(a: string, b: string): boolean {
  const numbers = (text: string) =>
    Array.from(text.matchAll(/\d+(?:[.,'’]\d+|[ \u00a0\u202f]\d{3}(?!\d))*/g), ([number]) => number.replace(/\D/g, ''))
      .sort()
      .join(' ');
  return numbers(a) === numbers(b);
}

function detokenized(ids: readonly number[], { pack }: Pick<SentenceContext, 'pack'>): string {
  const detokenizer = new Detokenizer(pack.tokenizer.pieceTexts);
  return detokenizer.push({ keep: 0, append: ids }).append + detokenizer.finish().append;
}

/** Codes by their ids, and the text between them; no two texts next to each other. */
function readCodes(ids: readonly number[], codes: ReadonlyMap<number, number>, context: Pick<SentenceContext, 'pack'>): Inlines {
  const inlines: Inline[] = [];
  let stretch: number[] = [];
  const endStretch = () => {
    const text = detokenized(stretch, context).trim();
    if (text !== '') inlines.push(text);
    stretch = [];
  };
  for (const id of ids) {
    const code = codes.get(id);
    if (code === undefined) stretch.push(id);
    else {
      endStretch();
      inlines.push({ code });
    }
  }
  endStretch();
  return inlines;
}

const hasLetters = (inlines: Inlines) => /\p{Script=Latin}/u.test(textOf(inlines));

/** Cut at codes where the text before them ends a clause; only where each part has something to translate. */
function clausesOf(source: Inlines): Inlines[] {
  const clauses: Inlines[] = [];
  let start = 0;
  source.forEach((inline, index) => {
    const before = source[index - 1];
    if (typeof inline === 'string' || typeof before !== 'string' || !/[.!?:;…–—]\s*$/.test(before)) return;
    const clause = source.slice(start, index);
    if (!hasLetters(clause) || !hasLetters(source.slice(index))) return;
    clauses.push(clause);
    start = index;
  });
  return [...clauses, source.slice(start)];
}

/** The text alone; words that only a code kept apart, a line break perhaps, stay apart. */
function textWithoutCodes(source: Inlines, kinds: CodeKinds): string {
  let text = '';
  let isApart = false;
  for (const inline of source) {
    if (typeof inline !== 'string') isApart ||= kinds.of(inline.code) === 'alone';
    else {
      text += isApart && /[^\s(]$/.test(text) && /^[\p{L}\p{N}]/u.test(inline) ? ` ${inline}` : inline;
      isApart = false;
    }
  }
  return text;
}

function joined(parts: readonly Inlines[]): Inlines {
  const all: Inline[] = [];
  for (const inline of parts.flat()) {
    const last = all.at(-1);
    if (typeof inline === 'string' && typeof last === 'string') all[all.length - 1] = last + inline;
    else all.push(inline);
  }
  return all;
}
