/**
 * How much to draft, from what drafting and reading took so far and how often drafts were right; and whether drafting pays at all.
 * One for each request. Knows times and counts, no decoder.
 */

/** Rounds that only write: they tell what drafting is measured against. */
const PLAIN_ROUNDS = 3;
/** Before drafting is judged it gets this many rounds. */
const TRIAL_ROUNDS = 6;
/** Rounds that count: what follows in a text may be easier than what was. */
const RECENT = 32;
const FIRST_DRAFT = 3;

/** What `speculate` asks and tells while it works. */
export interface Pace {
  /** Begins a round: how many tokens to draft, at most `most`; 0: write one plainly. */
  begin(most: number): number;
  draft(work: () => Promise<readonly number[]>): Promise<readonly number[]>;
  /** One run of the writing decoder over this many tokens. */
  read<T>(tokens: number, work: () => Promise<T>): Promise<T>;
  /** Ends the round: of `drafted` tokens `accepted` were kept, and one more was written. */
  end(drafted: number, accepted: number): void;
}

/** One turn of drafting, reading and, where the choice was close, reading again. */
interface Round {
  ms: number;
  tokens: number;
}

export class DraftPace implements Pace {
  /** Tokens that were drafted and read, and those of them that were kept. */
  drafted = 0;
  accepted = 0;
  private hasGivenUp = false;
  private plainRounds = 0;
  private rounds: Round[] = [];
  private round: Round = { ms: 0, tokens: 0 };
  private roundDrafts = false;
  private preparationMs = 0;
  private tokens = 0;
  /** Times of single runs, in milliseconds. */
  private readonly stepMs = new Recent();
  private readonly draftMs = new Recent();
  private readonly extraMs = new Recent();
  /** 1 for each draft token that agreed, 0 for the first of a draft that did not; those after it say nothing. */
  private readonly agreed = new Recent();

  /** `now`: milliseconds of a clock that never goes back. */
  constructor(private readonly now: () => number) {}

  /** Drafting did not pay and is not tried again. */
  get gaveUp(): boolean {
    return this.hasGivenUp;
  }

  begin(most: number): number {
    this.round = { ms: 0, tokens: 0 };
    this.roundDrafts = !this.hasGivenUp && most > 0 && this.plainRounds >= PLAIN_ROUNDS;
    if (!this.roundDrafts) this.plainRounds++;
    return this.roundDrafts ? Math.min(most, this.bestLength()) : 0;
  }

  /** Getting the drafter ready for a sentence. */
  prepare<T>(work: () => Promise<T>): Promise<T> {
    return this.time(work, (ms) => (this.preparationMs += ms));
  }

  draft(work: () => Promise<readonly number[]>): Promise<readonly number[]> {
    return this.time(work, (ms, drafted) => {
      this.round.ms += ms;
      this.draftMs.add(ms / Math.max(1, drafted.length));
    });
  }

  read<T>(tokens: number, work: () => Promise<T>): Promise<T> {
    return this.time(work, (ms) => {
      this.round.ms += ms;
      if (tokens === 1) this.stepMs.add(ms);
      else this.extraMs.add((ms - this.stepMs.median(ms)) / (tokens - 1));
    });
  }

  end(drafted: number, accepted: number): void {
    this.drafted += drafted;
    this.accepted += accepted;
    this.tokens += accepted + 1;
    for (let i = 0; i < Math.min(drafted, accepted + 1); i++) this.agreed.add(i < accepted ? 1 : 0);
    if (!this.roundDrafts) return;
    this.rounds = [...this.rounds, { ...this.round, tokens: accepted + 1 }].slice(-RECENT);
    if (this.rounds.length >= TRIAL_ROUNDS && !this.pays()) this.hasGivenUp = true;
  }

  /** Milliseconds a token took where drafts were tried, its part of the preparation counted, against a plain step's. */
  private pays(): boolean {
    const ms = this.rounds.reduce((sum, round) => sum + round.ms, 0);
    const tokens = this.rounds.reduce((sum, round) => sum + round.tokens, 0);
    return ms / tokens + this.preparationMs / this.tokens < this.stepMs.median(0);
  }

  /** The length that writes most tokens a millisecond, if each token agrees as often as they did and runs take what they took. */
  private bestLength(): number {
    if (this.agreed.isEmpty) return FIRST_DRAFT;
    const stepMs = this.stepMs.median(0);
    const tokenMs = Math.max(0, this.draftMs.median(0) + this.extraMs.median(0));
    const rate = this.agreed.mean();
    let best = { length: 1, speed: 0 };
    let expected = 1;
    for (let length = 1, reached = rate; length <= RECENT; length++, reached *= rate) {
      expected += reached;
      const speed = expected / (stepMs + length * tokenMs);
      if (speed > best.speed) best = { length, speed };
    }
    return best.length;
  }

  private async time<T>(work: () => Promise<T>, record: (ms: number, result: T) => void): Promise<T> {
    const start = this.now();
    const result = await work();
    record(this.now() - start, result);
    return result;
  }
}

/** The newest values: a median is not moved by the one run that something else on the machine held up. */
class Recent {
  private readonly values: number[] = [];

  get isEmpty(): boolean {
    return this.values.length === 0;
  }

  add(value: number): void {
    this.values.push(value);
    if (this.values.length > RECENT) this.values.shift();
  }

  median(ifEmpty: number): number {
    return this.values.toSorted((a, b) => a - b)[this.values.length >> 1] ?? ifEmpty;
  }

  mean(): number {
    return this.values.reduce((sum, value) => sum + value, 0) / this.values.length;
  }
}
