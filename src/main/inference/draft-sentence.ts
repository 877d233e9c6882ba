/**
 * The draft of one sentence: asks a lane, judges what it wrote and asks the LLM lane where that went wrong. Fails closed: codes that do not
 * come back as they must are placed by position, and where nothing else helps the source is kept. Knows lanes and ids, no session.
 */
import { codesProblem } from '../../shared/check-codes';
import type { Glossary, UsedTerm } from '../../shared/glossary';
import { codesOf, textOf, type Inline, type Inlines } from '../../shared/inlines';
import type { SegmentReason } from '../../shared/inference/flags';
import type { Lane } from '../../shared/pack';
import { clausesOf, hasLetters, joined, textWithoutCodes } from './codes/clauses';
import type { CodeKinds } from './codes/code-kinds';
import { edgesOf } from './codes/cut-inlines';
import { placed } from './codes/placing';
import { spaced } from './codes/spacing';
import { Detokenizer } from './detokenizer';
import { faultsOf, worst, type Fault } from './faults';
import type { Ending } from './decode/decoder';
import type { OpenPack } from './open-pack';
import { inCapitals, inSmallLetters, isInCapitals } from './typeset/capitals';
import { inTwentyFourHours } from './typeset/times';
import { ended, typeset, type Languages } from './typeset/typeset';

/** Read this prompt with this lane and write. The same `ids` object is the same prompt: its encoding serves again. */
export interface Ask {
  readonly ids: readonly number[];
  readonly lane: Lane;
  /** Whether `read` gives anew with each token all that is shown: codes are among what is written, or it is not shown as it is written. */
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

export interface SentenceContext extends Languages {
  pack: Pick<OpenPack, 'tokenizer' | 'manifest'>;
  /** The task's. */
  prefix: string;
  lane: Lane;
  kinds: CodeKinds;
  glossary: Glossary;
}

type PromptContext = Omit<SentenceContext, 'lane' | 'glossary'>;

export type Draft<A extends Answer> = Omit<Translation<A>, 'terms'>;

interface Attempt<A> {
  inlines: Inlines;
  faults: ReadonlySet<Fault>;
  answer: A;
  isRepaired: boolean;
  read: Ask['read'];
}

export function* drafted<A extends Answer>(source: Inlines, context: SentenceContext): Generator<Ask, Draft<A>, A> {
  const prompt = codesOf(source).length === 0 ? null : promptOf(source, context);
  if (!prompt) return yield* withoutCodes<A>(source, context);
  const attempt = yield* attempted<A>(source, prompt, context);
  if (attempt.faults.has('codes') || attempt.faults.has('empty')) return yield* withoutCodes<A>(source, context);
  return translationOf(source, attempt, context);
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
  const draft = translationOf(source, attempt, context);
  return { ...(attempt.faults.has('codes') ? withCodesPlaced(source, draft, context) : draft), terms: [] };
}

/** What asks for the whole sentence at once, its codes among the ids; null where there are too many of them. */
export function promptOf(source: Inlines, context: PromptContext): Omit<Ask, 'lane'> | null {
  const { tokenizer, manifest } = context.pack;
  const codes = codesOf(source);
  const isLoud = isInCapitals(source);
  const told = inTwentyFourHours(source, context);
  const asked = isLoud ? inSmallLetters(told) : told;
  const finished = (inlines: Inlines) => typeset(told, isLoud ? inCapitals(inlines, context.to) : inlines, context);
  if (codes.length === 0) {
    const read = (written: readonly number[]) => finished([detokenized(written, context)].filter((part) => part !== ''));
    return { ids: tokenizer.encode(context.prefix, textOf(asked)), read, hasCodes: isLoud };
  }
  const { codeIds } = manifest.tokenizer;
  if (codes.length > codeIds.length) return null;
  const ids = tokenizer.encodeInlines(context.prefix, asked, codeIds);
  if (ids.length > manifest.maxSourceTokens) return null;
  const idToCode = new Map(codes.map((code, k) => [codeIds[k] ?? -1, code]));
  const read = (written: readonly number[]) => finished(spaced(source, readCodes(written, idToCode, context), context.kinds, context.to));
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
  const translation = translationOf(text, yield* attempted<A>(text, prompt, context), context);
  return codesOf(source).length === 0 ? translation : withCodesPlaced(source, translation, context);
}

/** The source's codes put into the text by position; where that does not come out, the source. Flagged in either case. */
function withCodesPlaced<A extends Answer>(source: Inlines, translation: Draft<A>, { kinds, to }: PromptContext): Draft<A> {
  const { inlines, flags } = translation;
  const withCodes = placed(source, textOf(inlines), kinds, to);
  const isSound = !flags.has('empty') && codesProblem(source, withCodes, kinds.pairs) === null;
  return { ...translation, inlines: isSound ? withCodes : source, flags: new Set([...flags, 'codes']), read: null };
}

/**
 * Asks the lane, and where that goes wrong the LLM lane; the better one counts, the first of equals. The small model alone gets no help: its lane
 * shows what it can do without the LLM. `shown`: what a reader sees meanwhile.
 */
export function* attempted<A extends Answer>(
  source: Inlines,
  prompt: Omit<Ask, 'lane'>,
  { lane, kinds }: SentenceContext,
  shown: Ask['read'] = prompt.read,
): Generator<Ask, Attempt<A>, A> {
  const first = judged(source, prompt, yield { ...prompt, read: shown, lane }, false, kinds);
  if (first.faults.size === 0 || lane === 'llm' || lane === 'slm') return first;
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

export function translationOf<A extends Answer>(
  source: Inlines,
  { inlines, faults, answer, isRepaired, read }: Attempt<A>,
  languages: Languages,
): Draft<A> {
  const draft = { flags: faults, answers: [answer], isRepaired };
  return faults.has('empty') ? { ...draft, inlines: source, read: null } : { ...draft, inlines: ended(source, inlines, languages), read };
}

export function detokenized(ids: readonly number[], { pack }: Pick<SentenceContext, 'pack'>): string {
  const detokenizer = new Detokenizer(pack.tokenizer.pieceTexts);
  return detokenizer.push({ keep: 0, append: ids }).append + detokenizer.finish().append;
}

/** Codes by their ids, and the text between them; no two texts next to each other. */
export function readCodes(ids: readonly number[], codes: ReadonlyMap<number, number>, context: Pick<SentenceContext, 'pack'>): Inlines {
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
