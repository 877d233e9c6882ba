/**
 * What a summary rests on: each of its sentences against those of the source, by the words they share, and the numbers and names in it that
 * the source does not hold. Lexical on purpose: quick, the same every time, and a reader sees why. Knows no model.
 */
import type { Range, SummarySentence } from '../../../shared/inference/summary';
import { KnownNames } from './names';
import { numberMentions, numberValues, type NumberMention } from './numbers';
import { isStopWord, stemOf, wordsOf } from './words';

/**
 * A sentence is supported if so much of its weight is in the sentences it is linked to. Measured on documents of the training corpora, the
 * sentences of people's summaries of the document against those of a summary of another one from the same corpus (area under the curve;
 * true ones kept / wrong ones refused): paper abstracts (SciTLDR) 0.99, 84 / 99 %; package descriptions 1.00, 88 / 99.6 %; news headlines
 * 1.00, 99 / 99 %; design proposals 0.96, 63 / 98 %; meeting minutes 0.92, 67 / 96 %. People say things in other words, and things that are
 * not in the text; models keep closer to it.
 */
const SUPPORTED = 0.3;
/** Source sentences that a sentence is linked to. */
const MOST_SOURCES = 3;
/** A further source sentence must bring this much of the sentence that those before it do not. */
const WORTH_COUNTING = 0.12;
/** A further link is shown if the source sentence by itself holds this much of the sentence. */
const WORTH_SHOWING = 0.2;
/** Sentences looked at before others may run. */
const SENTENCES_A_TURN = 50;
/** Numbers and names say more about where a sentence comes from than other words. */
const NUMBER_WEIGHT = 2;
const NAME_WEIGHT = 1.5;

export type Support = Omit<SummarySentence, 'isTaken'> & { readonly share: number };

/** What a sentence says: its terms and what each weighs. */
type Terms = ReadonlyMap<string, number>;

export class SourceIndex {
  private readonly sentences: Range[] = [];
  /** Which sentences hold a term. */
  private readonly places = new Map<string, number[]>();
  private readonly values = new Set<string>();
  private readonly names = new KnownNames();

  private constructor() {}

  /**
   * `sentences`: ranges of `text` in order; `whole`: the text as it was, as long, whose numbers and names are known too where they are in no
   * sentence. Yields now and then, so that others may run.
   */
  static *of(text: string, sentences: readonly Range[], whole = text): Generator<null, SourceIndex, undefined> {
    const index = new SourceIndex();
    let end = 0;
    for (const sentence of sentences) {
      // What stands between sentences holds numbers and names too.
      index.know(whole.slice(end, sentence.end));
      index.add(sentence, text.slice(sentence.start, sentence.end));
      ({ end } = sentence);
      if (index.sentences.length % SENTENCES_A_TURN === 0) yield null;
    }
    index.know(whole.slice(end));
    return index;
  }

  /** `sentence`: a range of `summary`; `share`: how much of its weight the source sentences hold together that hold most of it, 0 to 1. */
  support(summary: string, { start, end }: Range): Support {
    const text = summary.slice(start, end);
    const inSummary = ({ start: from, end: to }: Range) => ({ start: start + from, end: start + to });
    const numbers = numberMentions(text).filter(({ value }: NumberMention) => !this.values.has(value));
    const names = this.names.unknownIn(text);
    const unknown = [
      ...numbers.map((range) => ({ ...inSummary(range), kind: 'number' as const })),
      ...names.map((range) => ({ ...inSummary(range), kind: 'name' as const })),
    ];
    return { start, end, ...this.sourcesOf(text), unknown: unknown.sort((a, b) => a.start - b.start) };
  }

  /** By sentence: how much it says of what the whole text says more than once, for the number of things it says. */
  weights(): number[] {
    const sums = this.sentences.map(() => 0);
    const counts = this.sentences.map(() => 0);
    for (const places of this.places.values()) {
      for (const place of places) {
        sums[place] = (sums[place] ?? 0) + Math.log(places.length);
        counts[place] = (counts[place] ?? 0) + 1;
      }
    }
    return sums.map((weight, place) => weight / Math.sqrt(counts[place] || 1));
  }

  /** What a sentence says, the rarer in the source the heavier. */
  vectorOf(sentence: string): ReadonlyMap<string, number> {
    return this.weighted(termsOf(sentence));
  }

  private know(text: string): void {
    this.names.add(text);
    for (const value of numberValues(text)) this.values.add(value);
  }

  private add(range: Range, text: string): void {
    for (const term of termsOf(text).keys()) {
      const places = this.places.get(term);
      if (places) places.push(this.sentences.length);
      else this.places.set(term, [this.sentences.length]);
    }
    this.sentences.push(range);
  }

  /** Those that hold most of `text`, each found as the best addition to those before it; none where they hold too little together. */
  private sourcesOf(text: string): Pick<Support, 'sources' | 'share'> {
    const weights = this.weighted(termsOf(text));
    const total = sum(weights.values());
    const own = this.shares(weights);
    const sources: SummarySentence['sources'] = [];
    let covered = 0;
    let rest = weights;
    while (total > 0 && sources.length < MOST_SOURCES) {
      const [best, gain] = highest(this.shares(rest));
      if (gain < (sources.length === 0 ? Number.MIN_VALUE : WORTH_COUNTING * total)) break;
      const range = this.sentences[best];
      if (!range) break;
      sources.push({ start: range.start, end: range.end, score: Math.min(1, (own.get(best) ?? 0) / total) });
      covered += gain / total;
      rest = new Map([...rest].filter(([term]) => !(this.places.get(term) ?? []).includes(best)));
    }
    if (covered < SUPPORTED) return { sources: [], share: covered };
    const best = sources.sort((a, b) => b.score - a.score);
    return { sources: best.filter(({ score }, rank) => rank === 0 || score >= WORTH_SHOWING), share: covered };
  }

  /** A term weighs more, the fewer sentences of the source hold it, and most where none does. */
  private weighted(terms: Terms): Map<string, number> {
    const count = this.sentences.length;
    return new Map(
      Array.from(terms, ([term, weight]) => [term, weight * Math.log(1 + count / ((this.places.get(term)?.length ?? 0) + 0.5))]),
    );
  }

  /** By sentence, the weight of the terms it holds. */
  private shares(weights: ReadonlyMap<string, number>): Map<number, number> {
    const shares = new Map<number, number>();
    for (const [term, weight] of weights) {
      for (const place of this.places.get(term) ?? []) shares.set(place, (shares.get(place) ?? 0) + weight);
    }
    return shares;
  }
}

function termsOf(sentence: string): Terms {
  const terms = new Map<string, number>();
  for (const { text, start } of wordsOf(sentence)) {
    if (isStopWord(text)) continue;
    const isName = start > 0 && /^\p{Lu}/u.test(text);
    terms.set(stemOf(text), isName ? NAME_WEIGHT : 1);
  }
  for (const { value } of numberMentions(sentence)) terms.set(`#${value}`, NUMBER_WEIGHT);
  return terms;
}

function highest(shares: ReadonlyMap<number, number>): [place: number, share: number] {
  let best: [number, number] = [-1, 0];
  for (const [place, share] of shares) if (share > best[1]) best = [place, share];
  return best;
}

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
