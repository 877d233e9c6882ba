/**
 * What is shown of a draft: the sentences that retell the text. In place of the others stand sentences of the text, in its own words: the draft
 * says which, together with how much of the text they say. Which is which is told of every sentence. Knows no model.
 */
import type { Range, Summary } from '../../../shared/inference/summary';
import type { SummaryForm, SummaryLength } from '../../../shared/pack';
import type { Cleaned } from './clean';
import { hasAddress, isReadable, standsAlone, worth } from './extract';
import { laidOut, sentenceOf, takenPiece, titlePiece, writtenHeadline, writtenPiece, type Piece } from './pieces';
import { mostSaying } from './rank';
import { isRetelling } from './retelling';
import { Said } from './said';
import { sectionAt, sectionsOf } from './sections';
import type { SourceIndex, Support } from './support';
import { titleOf } from './title';
import { isStopWord, wordsOf } from './words';

/**
 * So much of a sentence must be in the source (`Support.share`), or it is not shown. Measured on headlines of 123 development documents by
 * ROUGE-2 against people's (training/LOG.md): with it every kind of document is above its first sentence.
 */
const RESTS = 0.6;
/** What only says shorter what the first sentence says must hold no more than that does. Measured on the same. */
const SAYS_THE_SAME = 0.8;
/** A headline that says less is no use: "This module". In words that say something. */
const FEWEST_HEADLINE_WORDS = 2;
/**
 * A summary of fewer sentences is made up from the text to the usual number, up to a share of the text's own; what is not shown is made good up to
 * another share.
 */
const FEWEST: Record<Exclude<SummaryLength, 'headline'>, number> = { short: 2, long: 4 };
const USUAL: typeof FEWEST = { short: 3, long: 8 };
const LARGEST_SHARE = { madeUp: 1 / 3, madeGood: 1 / 2 };
/** A source sentence that holds all of what was written is worth so much more. */
const MEANT_BONUS = 1;
/** One that is worth less (`worth`) is taken only where there is no other: it points elsewhere, or stands beside the subject. */
const LEAST_WORTH = 0.3;
/** Sentences of the source that are looked at to make it up: a book has a hundred thousand. */
const MOST_LOOKED_AT = 300;

export interface Source {
  readonly text: string;
  /** In order. */
  readonly sentences: readonly Range[];
  readonly index: SourceIndex;
}

export interface Written extends Cleaned {
  /** Ranges of the text that were taken over from what was read. */
  readonly copied: readonly Range[];
}

/** What is shown for it is the text's own words. */
export const NOTHING_WRITTEN: Written = {
  ...{ text: '', stretches: [], units: [], copied: [] },
  ...{ isEnough: false, isSound: false, isCut: false, repeated: 0 },
};

export interface Grounded extends Pick<Summary, 'sentences' | 'copied'> {
  readonly text: string;
  /** Sentences that were written and are not shown, because the text does not support them. */
  readonly unsupported: number;
}

interface Chosen {
  readonly pieces: readonly Piece[];
  readonly unsupported: number;
}

export function grounded(written: Written, source: Source, { length, form }: { length: SummaryLength; form: SummaryForm }): Grounded {
  const { pieces, unsupported } = length === 'headline' ? headline(written, source) : sentences(written, source, length);
  // Where the source has no sentence to show, what was written is shown, and what is wrong with it.
  if (pieces.length === 0) return asWritten(written, source);
  return { ...laidOut(pieces, written.copied, source.index, form), unsupported };
}

/**
 * Most headlines that the model writes say again what the first sentence says. Where they do not say it shorter, with hardly another word, that
 * sentence is the headline: it is nearer to people's headlines, and right.
 */
function headline({ text, units: [unit], isCut }: Written, source: Source): Chosen {
  const { text: read, sentences: ranges, index } = source;
  const title = titleOf(read);
  const lead = title ? titlePiece(read, title) : (firstAlone(ranges, read) ?? firstOf(ranges, read));
  if (!unit) return { pieces: lead ? [lead] : [], unsupported: 0 };
  const support = index.support(text, unit);
  const own = writtenHeadline(text, support, isCut);
  const isSound = own !== null && !hasAddress(own.text) && isTrue(support, own.text, source) && contentWords(own) >= FEWEST_HEADLINE_WORDS;
  const nearest = firstAlone(support.sources, read) ?? lead;
  const isAboutLead = nearest !== null && nearest.place === lead?.place;
  const isShorter = own !== null && nearest !== null && support.share >= SAYS_THE_SAME && wordCount(own) <= wordCount(nearest);
  if (isSound && (!isAboutLead || isShorter)) return { pieces: [own], unsupported: 0 };
  const instead = title ? lead : nearest;
  return { pieces: instead ? [instead] : [], unsupported: rests(support) ? 0 : 1 };
}

/** What was written truly of the source; then, up to what is wanted, the source's own sentences, those first that say most of it and of the rest. */
function sentences({ text, units, isCut }: Written, source: Source, length: Exclude<SummaryLength, 'headline'>): Chosen {
  const pieces: Piece[] = [];
  const said = new Said();
  const add = (piece: Piece) => {
    if (said.covers(piece.text) || pieces.some(({ place }) => place === piece.place)) return;
    pieces.push(piece);
    said.add(piece.text);
  };
  const meant: Meant = new Map();
  let unsupported = 0;
  for (const [index, unit] of units.entries()) {
    const support = source.index.support(text, unit);
    const written = text.slice(unit.start, unit.end);
    const isWhole = !isCut || index < units.length - 1;
    if (isWhole && isReadable(written) && isTrue(support, written, source)) add(writtenPiece(text, support));
    else {
      if (isWhole) unsupported++;
      for (const { start, score } of support.sources) meant.set(start, Math.max(score, meant.get(start) ?? 0));
    }
  }
  const upTo = (share: number) => Math.ceil(share * source.sentences.length);
  const madeGood = Math.min(units.length, upTo(LARGEST_SHARE.madeGood));
  const upToUsual = (number: number) => Math.max(madeGood, Math.min(number, upTo(LARGEST_SHARE.madeUp)));
  if (pieces.length < upToUsual(FEWEST[length])) {
    const wanted = upToUsual(USUAL[length]);
    for (const piece of inOrderOfWorth(source, pieces, meant)) {
      add(piece);
      if (pieces.length === wanted) break;
    }
  }
  return { pieces: pieces.sort((a, b) => a.place - b.place), unsupported };
}

/** By the start of a source sentence, how much it holds of a sentence that was written and is not shown. */
type Meant = Map<number, number>;

/** The sentences of the source that can be taken, the one that says most beside those before it and `pieces` first. */
function inOrderOfWorth({ text, sentences: ranges, index }: Source, pieces: readonly Piece[], meant: Meant): Iterable<Piece> {
  const weighed = Array.from(index.weights(), (weight, place) => ({ weight, place }));
  const heaviest = weighed.toSorted((a, b) => b.weight - a.weight).slice(0, MOST_LOOKED_AT);
  const looked = new Set(heaviest.map(({ place }) => place));
  const shown = ranges
    .filter((range, place) => looked.has(place) || meant.has(range.start))
    .flatMap((range) => {
      const item = takenPiece(text, range, false);
      return item ? [{ range, item }] : [];
    });
  const sections = sectionsOf(text);
  const said = (piece: Piece) => ({ vector: index.vectorOf(piece.text), section: sectionAt(sections, piece.place) });
  const candidates = shown.map(({ range, item }, rank) => {
    const place = said(item);
    const own = worth(item.text, text, range, rank, shown.length) * (sections[place.section]?.worth ?? 1);
    return { ...place, item, own, prior: own * (1 + MEANT_BONUS * (meant.get(item.place) ?? 0)) };
  });
  const worthy = candidates.filter(({ own }) => own >= LEAST_WORTH);
  return mostSaying(worthy.length + pieces.length > 0 ? worthy : candidates, pieces.map(said));
}

/** The first of the ranges that is a headline by itself. */
const firstAlone = (ranges: readonly Range[], source: string) => firstOf(ranges, source, ({ text }) => standsAlone(text));

/** The first of the ranges that reads as a sentence and is as it must be; a heading or two and some code may stand before it. */
function firstOf(ranges: readonly Range[], source: string, isFit: (piece: Piece) => boolean = () => true): Piece | null {
  for (const range of ranges.slice(0, MOST_LOOKED_AT)) {
    const piece = takenPiece(source, range, true);
    if (piece && isFit(piece)) return piece;
  }
  return null;
}

/** Whether a sentence, or what is left of it, can be shown without having been checked by anybody. */
const isTrue = (support: Support, written: string, { text }: Source) => rests(support) && isRetelling(written, text, support.sources);
const rests = ({ share, unknown }: Support) => share >= RESTS && unknown.length === 0;

const wordCount = ({ text }: Piece) => wordsOf(text).length;
const contentWords = ({ text }: Piece) => wordsOf(text).filter((word) => !isStopWord(word.text)).length;

/** What does not retell the source is told to rest on nothing. */
const asWritten = ({ text, units, copied }: Written, source: Source): Grounded => ({
  text,
  sentences: units.map((unit) => {
    const support = source.index.support(text, unit);
    const isKept = isTrue(support, text.slice(unit.start, unit.end), source);
    return sentenceOf(isKept ? support : { ...support, sources: [] }, null);
  }),
  copied: [...copied],
  unsupported: 0,
});
