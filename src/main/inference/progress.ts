/** What one request has done so far, and the events that tell it. Knows text and counts, no model. */
import type { Delta } from '../../shared/inference/delta';
import type { Finish, Speculation } from '../../shared/inference/events';
import type { Flag } from '../../shared/inference/flags';
import type { Sentence, Written } from '../../shared/inference/sentences';
import type { Stage } from '../../shared/inference/timings';
import type { Lane } from '../../shared/pack';
import type { GenerateEvent } from '../../shared/inference-client';
import type { UsedTerm } from '../../shared/glossary';
import { StageClock } from './stage-clock';

/** What is told of a text that is written, whatever it is. */
type WritingEvent = Exclude<GenerateEvent, { kind: 'sentence' }>;

/** Deltas that come faster are told together: a message to another process costs as much as a small model's token. In milliseconds. */
const DELTA_INTERVAL_MS = 4;

export class Progress {
  readonly clock = new StageClock();
  /** Sentences of the text, and the one being worked on. */
  segments = 0;
  segment = -1;
  reusedEncodings = 0;
  /** Sentences that the LLM lane wrote where the asked one went wrong. */
  repaired = 0;
  /** What drafting came to so far, where the lane drafts. */
  speculation: (() => Speculation) | null = null;
  /** How much of all is done, 0 to 1, where that is known. */
  share: (() => number) | null = null;
  private readonly flagged: Flag[] = [];
  /** By source. */
  private readonly terms = new Map<string, UsedTerm>();
  private endedTokens = 0;
  private partTokens = 0;

  // The output is: what was ended (its UTF-16 length), a gap, and the part being written. The gap is told with the part's first delta.
  private endedLength = 0;
  private gap = '';
  private gapTold = false;
  private part = '';

  /** Not told yet. */
  private held: Delta<string> | null = null;
  private lastToldMs = -Infinity;

  constructor(private readonly id: number) {}

  keepGap(text: string): void {
    this.gap += text;
  }

  countTokens({ keep, append }: Delta<number[]>): void {
    this.partTokens = keep + append.length;
  }

  /** Takes a delta of the part being written. */
  show({ keep, append }: Delta<string>): void {
    if (keep === this.part.length && append === '') return;
    this.part = this.part.slice(0, keep) + append;
    if (this.gapTold) this.hold({ keep: this.partStart + keep, append });
    else this.hold({ keep: this.endedLength, append: this.gap + append });
    this.gapTold = true;
  }

  /** As `tellHeld`, if the last time was long enough ago. */
  tellDue(): WritingEvent | null {
    return performance.now() - this.lastToldMs < DELTA_INTERVAL_MS ? null : this.tellHeld();
  }

  /** What was shown and not told. */
  tellHeld(): WritingEvent | null {
    const { held } = this;
    if (!held) return null;
    this.held = null;
    this.lastToldMs = performance.now();
    return { kind: 'delta', id: this.id, ...held, tokens: this.tokens, ...this.toldShare(), timings: this.clock.timings() };
  }

  /** The part being written is this text. */
  showAll(text: string): void {
    let keep = 0;
    while (keep < text.length && text[keep] === this.part[keep]) keep++;
    this.show({ keep, append: text.slice(keep) });
  }

  /** What was shown goes, another text comes in its place. */
  showAnew(): void {
    this.showAll('');
    this.endedTokens += this.partTokens;
    this.partTokens = 0;
  }

  /** The part is this text, made of so many tokens; `reason` flags it. */
  endPart(text: string, tokens: number, reason: Flag['reason'] | null): WritingEvent | null {
    this.showAll(text);
    const event = this.tellHeld();
    const end = this.partStart + this.part.length;
    if (reason) this.flagged.push({ reason, start: this.partStart, end });
    this.endedTokens += tokens;
    this.partTokens = 0;
    this.endedLength = end;
    this.gap = '';
    this.gapTold = false;
    this.part = '';
    return event;
  }

  /** What the part that just ended was made of; `text` is what it shows. */
  sentence(sentence: Sentence, lane: Lane, written: Written, text: string): GenerateEvent {
    const end = this.endedLength;
    return { kind: 'sentence', id: this.id, sentence, lane, written, start: end - text.length, end };
  }

  /** A term is used where all parts that hold it use it. */
  useTerms(terms: readonly UsedTerm[]): void {
    for (const term of terms)
      this.terms.set(term.source, { ...term, isUsed: term.isUsed && this.terms.get(term.source)?.isUsed !== false });
  }

  /** The gap that no part follows. */
  showLastGap(): WritingEvent | null {
    if (this.gap !== '') this.hold({ keep: this.endedLength, append: this.gap });
    return this.tellHeld();
  }

  started(): WritingEvent {
    return { kind: 'started', id: this.id, segments: this.segments };
  }

  /** `fraction`: how much of the stage is done, where that is known. */
  stage(stage: Stage, fraction?: number): WritingEvent {
    const { id, segment } = this;
    return {
      kind: 'stage',
      id,
      stage,
      segment,
      ...(fraction !== undefined && { fraction }),
      ...this.toldShare(),
      timings: this.clock.timings(),
    };
  }

  done(finish: Finish): Extract<GenerateEvent, { kind: 'done' }> {
    const { id, segments, reusedEncodings, repaired, flagged, tokens } = this;
    const speculation = this.speculation?.();
    const terms = [...this.terms.values()];
    const counts = { tokens, segments, reusedEncodings, repaired };
    return { kind: 'done', id, finish, ...counts, flagged, speculation, ...(terms.length > 0 && { terms }), timings: this.clock.timings() };
  }

  private toldShare(): { done?: number } {
    return this.share === null ? {} : { done: this.share() };
  }

  private get tokens(): number {
    return this.endedTokens + this.partTokens;
  }

  private get partStart(): number {
    return this.endedLength + this.gap.length;
  }

  private hold({ keep, append }: Delta<string>): void {
    const { held } = this;
    if (!held || keep <= held.keep) this.held = { keep, append };
    else this.held = { keep: held.keep, append: held.append.slice(0, keep - held.keep) + append };
  }
}
