/** What one request has done so far, and the events that tell it. Knows text and counts, no model. */
import type { Delta, Finish, Flag, Stage } from '../../shared/inference';
import type { GenerateEvent } from '../../shared/inference-client';
import type { Ending } from './decode/decoder';
import { StageClock } from './stage-clock';

export class Progress {
  readonly clock = new StageClock();
  /** Sentences of the text, and the one being worked on. */
  segments = 0;
  segment = -1;
  reusedEncodings = 0;
  private readonly flagged: Flag[] = [];
  private endedTokens = 0;
  private partTokens = 0;

  // The output is: what was ended (its UTF-16 length), a gap, and the part being written. The gap is told with the part's first delta.
  private endedLength = 0;
  private gap = '';
  private gapTold = false;
  private part = '';

  constructor(private readonly id: number) {}

  keepGap(text: string): void {
    this.gap += text;
  }

  countTokens({ keep, append }: Delta<number[]>): void {
    this.partTokens = keep + append.length;
  }

  /** A delta of the part being written, as one of the whole output; null when nothing changed. */
  show({ keep, append }: Delta<string>): GenerateEvent | null {
    if (keep === this.part.length && append === '') return null;
    this.part = this.part.slice(0, keep) + append;
    if (this.gapTold) return this.delta(this.partStart + keep, append);
    this.gapTold = true;
    return this.delta(this.endedLength, this.gap + append);
  }

  /** Flags what did not end well; where nothing was written the source stands. */
  endPart(ending: Ending | 'loop', source: string): GenerateEvent | null {
    const isEmpty = this.part.trim() === '';
    const event = isEmpty ? this.show({ keep: 0, append: source }) : null;
    const reason = isEmpty ? 'empty' : ending === 'stop' ? null : ending;
    const end = this.partStart + this.part.length;
    if (reason) this.flagged.push({ reason, start: this.partStart, end });
    this.endedTokens += this.partTokens;
    this.partTokens = 0;
    this.endedLength = end;
    this.gap = '';
    this.gapTold = false;
    this.part = '';
    return event;
  }

  /** The gap that no part follows. */
  showLastGap(): GenerateEvent | null {
    return this.gap === '' ? null : this.delta(this.endedLength, this.gap);
  }

  started(): GenerateEvent {
    return { kind: 'started', id: this.id, segments: this.segments };
  }

  stage(stage: Stage): GenerateEvent {
    return { kind: 'stage', id: this.id, stage, segment: this.segment, timings: this.clock.timings() };
  }

  done(finish: Finish): GenerateEvent {
    const { id, segments, reusedEncodings, flagged, tokens } = this;
    return { kind: 'done', id, finish, tokens, segments, reusedEncodings, flagged, timings: this.clock.timings() };
  }

  private get tokens(): number {
    return this.endedTokens + this.partTokens;
  }

  private get partStart(): number {
    return this.endedLength + this.gap.length;
  }

  private delta(keep: number, append: string): GenerateEvent {
    return { kind: 'delta', id: this.id, keep, append, tokens: this.tokens, timings: this.clock.timings() };
  }
}
