/**
 * How much of a summary is done: the time that was taken, against that and what the rest takes at the rates measured so far. What is known from
 * an earlier request takes no time. Arithmetic on what it is told; knows no clock and no text.
 */

/** What was measured of summaries, or is taken to be true before any was made. */
export interface Rates {
  /** For a UTF-16 code unit. */
  readMs: number;
  /** For a token. */
  writeMs: number;
  /** How much of the most tokens that a step may write it writes. */
  fill: number;
}

/** About those of the bundled pack, until the first summary has told them; only their proportions matter. */
export const FIRST_RATES: Readonly<Rates> = { readMs: 1, writeMs: 25, fill: 0.5 };

/** A part to summarize, or summaries to join. */
export interface Step {
  /** Of what is read, in UTF-16 code units; of what is yet to be written, as far as can be known. */
  readonly length: number;
  readonly mostTokens: number;
}

/** Milliseconds of all steps so far. */
export interface Taken {
  readonly encodeMs: number;
  readonly decodeMs: number;
}

/** Fewer say nothing about a rate. */
const FEWEST_CODE_UNITS = 500;
const FEWEST_TOKENS = 10;
const CODE_UNITS_A_TOKEN = 4;

export class SummaryWork {
  private step = -1;
  /** Of the step that runs. */
  private now = { length: 0, readShare: 0, tokens: 0, isKnown: false };
  private readLength = 0;
  private writtenTokens = 0;
  private writingSteps = { mostTokens: 0, tokens: 0 };
  private told = 0;

  private steps: readonly Step[] = [];

  /** `rates` are brought up to date. */
  constructor(private readonly rates: Rates) {}

  plan(steps: readonly Step[]): void {
    this.steps = steps;
  }

  /** Of the next step this much is to be read. */
  begin(length: number): void {
    this.step++;
    this.now = { length, readShare: 0, tokens: 0, isKnown: false };
  }

  read(share: number): void {
    this.readLength += Math.max(0, share - this.now.readShare) * this.now.length;
    this.now.readShare = Math.max(share, this.now.readShare);
  }

  /** What the step reads was read before. */
  knowReading(): void {
    this.now.readShare = 1;
  }

  /** All that the step comes to is known. */
  know(): void {
    this.now.isKnown = true;
  }

  /** In this step, so far. */
  write(tokens: number): void {
    this.writtenTokens += tokens - this.now.tokens;
    this.now.tokens = tokens;
  }

  /** The step has written all that it will. */
  end(): void {
    this.now.isKnown = true;
    this.writingSteps.mostTokens += this.steps[this.step]?.mostTokens ?? 0;
    this.writingSteps.tokens += this.now.tokens;
  }

  /** 0 to 1, never less than before. */
  share({ encodeMs, decodeMs }: Taken): number {
    this.measure(encodeMs, decodeMs);
    const later = this.steps.slice(this.step + 1).reduce((sum, step) => sum + this.msOf(step.length, step.mostTokens, 0), 0);
    const { length, readShare, tokens, isKnown } = this.now;
    const now = this.step < 0 || isKnown ? 0 : this.msOf(length * (1 - readShare), this.steps[this.step]?.mostTokens ?? 0, tokens);
    const taken = encodeMs + decodeMs;
    this.told = Math.max(this.told, taken === 0 ? 0 : taken / (taken + now + later));
    return this.told;
  }

  private msOf(length: number, mostTokens: number, written: number): number {
    const { readMs, writeMs, fill } = this.rates;
    return readMs * length + writeMs * Math.max(0, fill * mostTokens - written);
  }

  private measure(encodeMs: number, decodeMs: number): void {
    const { rates, writingSteps } = this;
    if (this.readLength >= FEWEST_CODE_UNITS) rates.readMs = encodeMs / this.readLength;
    if (this.writtenTokens >= FEWEST_TOKENS) rates.writeMs = decodeMs / this.writtenTokens;
    if (writingSteps.mostTokens > 0) rates.fill = writingSteps.tokens / writingSteps.mostTokens;
  }
}

/** The steps of parts of such lengths, `width` summaries of them joined at a time; `lead`: of what stands before those that are joined last. */
export function stepsOfParts(
  lengths: readonly number[],
  width: number,
  tokens: { readonly part: number; readonly last: number },
  lead: number,
  { fill }: Rates,
): Step[] {
  const steps: Step[] = lengths.map((length) => ({ length, mostTokens: tokens.part }));
  let left = lengths.length;
  while (left > 1) {
    const groups = Math.ceil(left / width);
    const length = (left / groups) * tokens.part * fill * CODE_UNITS_A_TOKEN + (groups === 1 ? lead : 0);
    for (let group = 0; group < groups; group++) steps.push({ length, mostTokens: tokens.part });
    left = groups;
  }
  return steps.map((step, index) => (index === steps.length - 1 ? { ...step, mostTokens: tokens.last } : step));
}
