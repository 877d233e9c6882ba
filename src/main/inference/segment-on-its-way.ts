/** A segment of a document while its sentences are translated: its pieces, those that are not translated yet as they were. Pure. */
import { codesProblem } from '../../shared/check-codes';
import type { UsedTerm } from '../../shared/glossary';
import type { SegmentReason } from '../../shared/inference/flags';
import type { Segment } from '../../shared/inference/sentences';
import type { SegmentsEvent } from '../../shared/inference-client';
import type { Inlines } from '../../shared/inlines';
import { unmask } from '../../shared/mask';
import type { Written } from './decode/greedy-batch';
import type { Ask, Translation } from './draft-sentence';

/** One sentence of it: what it asks for now. */
export interface Sentence {
  readonly segment: SegmentOnItsWay;
  /** Which of the segment's pieces it is. */
  readonly piece: number;
  readonly steps: Generator<Ask, Translation<Written>, Written>;
  ask: Ask;
}

export class SegmentOnItsWay {
  private readonly pieces: Inlines[] = [];
  private missing = 0;
  private readonly flags = new Set<SegmentReason>();
  private readonly answers: Written[] = [];
  private readonly terms: UsedTerm[] = [];

  /** `hidden`: what stands behind codes of the text's own. */
  constructor(
    private readonly index: number,
    private readonly source: Segment,
    private readonly hidden: ReadonlyMap<number, string>,
  ) {}

  get isDone(): boolean {
    return this.missing === 0;
  }

  /** Tokens written so far. */
  get tokens(): number {
    return sum(this.answers.map(({ ids }) => ids.length));
  }

  /** Stays as it is. */
  addGap(inlines: Inlines): void {
    this.pieces.push(inlines);
  }

  addSentence(inlines: Inlines, steps: Sentence['steps'], ask: Ask): Sentence {
    this.missing++;
    return { segment: this, piece: this.pieces.push(inlines) - 1, steps, ask };
  }

  take(piece: number, { inlines, flags, answers, terms }: Translation<Written>): void {
    this.pieces[piece] = inlines;
    for (const flag of flags) this.flags.add(flag);
    this.answers.push(...answers);
    this.terms.push(...terms);
    this.missing--;
  }

  /** When all is done. Where a code got lost, the source stays. */
  event(id: number): SegmentsEvent {
    const { index, source, tokens, terms } = this;
    const flags = new Set(this.flags);
    let inlines = unmask(this.pieces.flat(), this.hidden);
    if (codesProblem(source.inlines, inlines, source.pairs) !== null) {
      inlines = source.inlines;
      flags.add('codes');
    }
    const steps = sum(this.answers.map((answer) => answer.steps));
    const confidence = steps === 0 ? 1 : Math.min(1, Math.exp(sum(this.answers.map(({ logprob }) => logprob)) / steps));
    const written = { inlines: [...inlines], tokens, flags: [...flags], confidence };
    return { kind: 'segment', id, index, ...written, ...(terms.length > 0 && { terms: [...terms] }) };
  }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
