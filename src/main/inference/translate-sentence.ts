/**
 * One sentence: what to ask the models for, and what to make of the answers. The same for a text that is typed and for a document's
 * segments; who runs it decides how prompts are read and decoded. Fails closed: codes that do not come back as they must are placed by
 * position, and where nothing else helps the source is kept. Knows lanes and ids, no session.
 */
import { codesProblem } from '../../shared/check-codes';
import { codesOf, textOf, type Inline, type Inlines } from '../../shared/inlines';
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
  /** Whether codes are among the ids, and may be among what is written. */
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
}

export interface SentenceContext {
  pack: Pick<OpenPack, 'tokenizer' | 'manifest'>;
  /** The task's. */
  prefix: string;
  /** The target language. */
  to: string;
  lane: Lane;
  kinds: CodeKinds;
}

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
}

/** `source` holds a letter of a script that the model reads, and fits what it can read at once. */
export function* translateSentence<A extends Answer>(source: Inlines, context: SentenceContext): Generator<Ask, Translation<A>, A> {
  const { codeIds } = context.pack.manifest.tokenizer;
  const codes = codesOf(source);
  if (codes.length === 0 || codes.length > codeIds.length) return yield* withoutCodes<A>(source, context);
  const ids = context.pack.tokenizer.encodeInlines(context.prefix, source, codeIds);
  if (ids.length > context.pack.manifest.maxSourceTokens) return yield* withoutCodes<A>(source, context);
  const idToCode = new Map(codes.map((code, k) => [codeIds[k] ?? -1, code]));
  const read = (written: readonly number[]) => spaced(source, readCodes(written, idToCode, context), context.kinds, context.to);
  const attempt = yield* attempted<A>(source, { ids, read, hasCodes: true }, context);
  if (attempt.faults.has('codes') || attempt.faults.has('empty')) return yield* withoutCodes<A>(source, context);
  return translationOf(source, attempt);
}

/** Text between certain places for codes is translated by itself; codes within it are placed by position. */
function* withoutCodes<A extends Answer>(source: Inlines, context: SentenceContext): Generator<Ask, Translation<A>, A> {
  const { before, inner, after } = edgesOf(source, context.kinds, true);
  if (before.length > 0 || after.length > 0) {
    if (!hasLetters(inner)) return { inlines: source, flags: new Set(), answers: [], isRepaired: false };
    const translation = yield* withoutCodes<A>(inner, context);
    return { ...translation, inlines: joined([before, translation.inlines, after]) };
  }
  const clauses = clausesOf(source);
  if (clauses.length > 1) {
    const translations: Translation<A>[] = [];
    for (const clause of clauses) translations.push(yield* withoutCodes<A>(clause, context));
    return {
      inlines: joined(translations.map(({ inlines }) => inlines)),
      flags: new Set(translations.flatMap(({ flags }) => [...flags])),
      answers: translations.flatMap(({ answers }) => answers),
      isRepaired: translations.some(({ isRepaired }) => isRepaired),
    };
  }
  const { tokenizer } = context.pack;
  const text = textWithoutCodes(source, context.kinds);
  const ids = tokenizer.encode(context.prefix, text);
  const read = (written: readonly number[]) => [detokenized(written, context)].filter((part) => part !== '');
  const attempt = yield* attempted<A>([text], { ids, read, hasCodes: false }, context);
  const translation = translationOf([text], attempt);
  if (codesOf(source).length === 0) return translation;
  const { inlines, flags } = translation;
  const withCodes = placed(source, textOf(inlines), context.kinds, context.to);
  const isSound = !flags.has('empty') && codesProblem(source, withCodes, context.kinds.pairs) === null;
  return { ...translation, inlines: isSound ? withCodes : source, flags: new Set([...flags, 'codes']) };
}

/** Asks the lane, and where that goes wrong the LLM lane; the better one counts, the first of equals. */
function* attempted<A extends Answer>(
  source: Inlines,
  prompt: Omit<Ask, 'lane'>,
  { lane, kinds }: SentenceContext,
): Generator<Ask, Attempt<A>, A> {
  const judge = (answer: A, isRepaired: boolean): Attempt<A> => {
    const inlines = prompt.read(answer.ids);
    return { inlines, faults: faultsOf(source, inlines, answer.ending, kinds), answer, isRepaired };
  };
  const first = judge(yield { ...prompt, lane }, false);
  if (first.faults.size === 0 || lane === 'llm') return first;
  const repaired = judge(yield { ...prompt, lane: 'llm' }, true);
  return worst(repaired.faults) < worst(first.faults) ? repaired : first;
}

/** -1 without faults. */
const worst = (faults: ReadonlySet<Fault>) => FAULTS.findLastIndex((fault) => faults.has(fault));

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

function translationOf<A extends Answer>(source: Inlines, { inlines, faults, answer, isRepaired }: Attempt<A>): Translation<A> {
  const flags = new Set<SegmentReason>(faults);
  if (faults.has('empty')) return { inlines: source, flags, answers: [answer], isRepaired };
  if (!sameNumbers(textOf(source), textOf(inlines))) flags.add('numbers');
  return { inlines, flags, answers: [answer], isRepaired };
}

/** Whether two texts hold the same numbers, however they are punctuated and ordered. */
export function sameNumbers(a: string, b: string): boolean {
  const numbers = (text: string) =>
    Array.from(text.matchAll(/\d+(?:[.,'’]\d+|[ \u00a0\u202f]\d{3}(?!\d))*/g), ([number]) => number.replace(/\D/g, ''))
      .sort()
      .join(' ');
  return numbers(a) === numbers(b);
}

function detokenized(ids: readonly number[], { pack }: SentenceContext): string {
  const detokenizer = new Detokenizer(pack.tokenizer.pieceTexts);
  return detokenizer.push({ keep: 0, append: ids }).append + detokenizer.finish().append;
}

/** Codes by their ids, and the text between them; no two texts next to each other. */
function readCodes(ids: readonly number[], codes: ReadonlyMap<number, number>, context: SentenceContext): Inlines {
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
