/**
 * What is shown of a draft: the sentences that rest on the text. In place of one that does not stands the sentence of the text that it comes
 * nearest to, in its own words, and where too little is left, more of the text. Which is which is told of every sentence. Knows no model.
 */
import type { Range, Summary, SummaryForm, SummaryLength } from '../../../shared/inference';
import type { Cleaned } from './clean';
import { worth } from './extract';
import { laidOut, sentenceOf, takenPiece, writtenHeadline, writtenPiece, type Piece } from './pieces';
import { Said } from './said';
import type { SourceIndex, Support } from './support';
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
/** A summary of fewer sentences is made up from the text, up to a share of the text's own. */
const FEWEST: Record<Exclude<SummaryLength, 'headline'>, number> = { short: 2, long: 4 };
const LARGEST_SHARE = 1 / 3;
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
  const { pieces, unsupported } = length === 'headline' ? headline(written, source) : sentences(written, source, FEWEST[length]);
  // Where the source has no sentence to show, what was written is shown, and what is wrong with it.
  if (pieces.length === 0) return asWritten(written, source.index);
  return { ...laidOut(pieces, written.copied, source.index, form), unsupported };
}

/**
 * Most headlines that the model writes say again what the first sentence says. Where they do not say it shorter, with hardly another word, that
 * sentence is the headline: it is nearer to people's headlines, and right.
 */
function headline({ text, units: [unit], isCut }: Written, { text: source, sentences: ranges, index }: Source): Chosen {
  const lead = firstOf(ranges, source);
  if (!unit) return { pieces: lead ? [lead] : [], unsupported: 0 };
  const support = index.support(text, unit);
  const own = writtenHeadline(text, support, isCut);
  const isSound = own !== null && rests(support) && contentWords(own) >= FEWEST_HEADLINE_WORDS;
  const nearest = firstOf(support.sources, source) ?? lead;
  const isAboutLead = nearest !== null && nearest.place === lead?.place;
  const isShorter = own !== null && nearest !== null && support.share >= SAYS_THE_SAME && wordCount(own) <= wordCount(nearest);
  if (isSound && (!isAboutLead || isShorter)) return { pieces: [own], unsupported: 0 };
  return { pieces: nearest ? [nearest] : [], unsupported: rests(support) ? 0 : 1 };
}

function sentences({ text, units, isCut }: Written, source: Source, fewest: number): Chosen {
  const pieces: Piece[] = [];
  const said = new Said();
  const add = (piece: Piece | null) => {
    if (piece === null || said.covers(piece.text)) return;
    pieces.push(piece);
    said.add(piece.text);
  };
  let unsupported = 0;
  for (const [index, unit] of units.entries()) {
    const support = source.index.support(text, unit);
    const isWhole = !isCut || index < units.length - 1;
    if (isWhole && rests(support)) {
      add(writtenPiece(text, support));
      continue;
    }
    if (!rests(support)) unsupported++;
    add(support.sources.map((range) => takenPiece(source.text, range, false)).find((piece) => piece !== null) ?? null);
  }
  const wanted = Math.min(fewest, Math.ceil(LARGEST_SHARE * source.sentences.length));
  if (pieces.length < wanted) {
    for (const piece of mostSaying(source)) {
      if (pieces.length < wanted) add(piece);
    }
    pieces.sort((a, b) => a.place - b.place);
  }
  return { pieces, unsupported };
}

/** The sentences of the source that can be taken, those that say most of it first. */
function mostSaying({ text, sentences: ranges, index }: Source): Piece[] {
  const heaviest = [...index.weights().entries()].sort(([, a], [, b]) => b - a).slice(0, MOST_LOOKED_AT);
  const pieces = heaviest.flatMap(([place, weight]) => {
    const range = ranges[place];
    const piece = range ? takenPiece(text, range, false) : null;
    return piece ? [{ piece, worth: worth(piece.text, weight, place) }] : [];
  });
  return pieces.sort((a, b) => b.worth - a.worth).map(({ piece }) => piece);
}

/** The first of the ranges that can be a headline. */
function firstOf(ranges: readonly Range[], source: string): Piece | null {
  for (const range of ranges) {
    const piece = takenPiece(source, range, true);
    if (piece) return piece;
  }
  return null;
}

const rests = ({ share, unknown }: Support) => share >= RESTS && unknown.length === 0;

const wordCount = ({ text }: Piece) => wordsOf(text).length;
const contentWords = ({ text }: Piece) => wordsOf(text).filter((word) => !isStopWord(word.text)).length;

const asWritten = ({ text, units, copied }: Written, index: SourceIndex): Grounded => ({
  text,
  sentences: units.map((unit) => sentenceOf(index.support(text, unit), null)),
  copied: [...copied],
  unsupported: 0,
});
