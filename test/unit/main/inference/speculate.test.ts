import { describe, expect, it } from 'vitest';
import type { Delta } from '../../../../src/shared/inference/delta';
import type { Candidates, Decoder, DecodeLimits, Ending, Strategy } from '../../../../src/main/inference/decode/decoder';
import { DraftPace, type Pace } from '../../../../src/main/inference/decode/draft-pace';
import { CopiedDraft } from '../../../../src/main/inference/decode/drafts/copied-draft';
import type { DraftSource } from '../../../../src/main/inference/decode/drafts/draft-source';
import { ModelDraft } from '../../../../src/main/inference/decode/drafts/model-draft';
import { greedy } from '../../../../src/main/inference/decode/greedy';
import { stopAtLoop } from '../../../../src/main/inference/decode/loop-detection';
import { speculate } from '../../../../src/main/inference/decode/speculate';
import { babble, EOS, ScriptedDecoder, START, type Script } from './scripted-decoder';

const LIMITS: DecodeLimits = { startId: START, eosId: EOS, maxTokens: 30 };

async function replay(deltas: AsyncGenerator<Delta<number[]>, Ending | 'loop', undefined>) {
  const ids: number[] = [];
  for (;;) {
    const step = await deltas.next();
    if (step.done) return { ids, ending: step.value };
    ids.splice(step.value.keep, Infinity, ...step.value.append);
  }
}

const decode = (strategy: Strategy, decoder: Decoder, limits = LIMITS) => replay(strategy(decoder, limits));

/** Drafts as many tokens each time. */
class SteadyPace implements Pace {
  drafted = 0;
  accepted = 0;
  constructor(private readonly length: number) {}
  begin = (most: number) => Math.min(most, this.length);
  draft = (work: () => Promise<readonly number[]>) => work();
  read = <T>(_tokens: number, work: () => Promise<T>) => work();
  end(drafted: number, accepted: number) {
    this.drafted += drafted;
    this.accepted += accepted;
  }
}

/** Agrees with `babble(seed)` but for about every fourth history. */
function alike(seed: number): Script {
  const own = babble(seed);
  const other = babble(seed + 1000);
  return (written) => ((seed + written.length * 7 + (written.at(-1) ?? 0)) % 4 === 0 ? other(written) : own(written));
}

const drafter = (script: Script, minProbability = 0, maxTokens = 40) =>
  new ModelDraft(new ScriptedDecoder(script, 8), { ...LIMITS, maxTokens }, minProbability);

/** Ends drafts in the middle, goes on behind the end, and gives more than was asked for. */
const unruly: DraftSource = { draft: (written, most) => Promise.resolve([2, EOS, 3, ...written, ...Array<number>(most).fill(4)]) };

describe('speculate', () => {
  it('writes what the verifier writes greedily, for every length of draft', async () => {
    let accepted = 0;
    let rejected = 0;
    for (let seed = 0; seed < 300; seed++) {
      const script = babble(seed);
      const maxTokens = seed % 4 === 0 ? 1 + (seed % 9) : 30;
      const expected = await decode(greedy, new ScriptedDecoder(script, 8), { ...LIMITS, maxTokens });
      for (let length = 0; length <= 9; length++) {
        const sources = [drafter(alike(seed)), drafter(script), drafter(babble(seed + 1), 0.3), drafter(script, 0, 4), unruly];
        const pace = new SteadyPace(length);
        const strategy = speculate(sources[(seed + length) % 5] ?? unruly, pace, [0, 0.2, Infinity][seed % 3]);
        expect(await decode(strategy, new ScriptedDecoder(script, 8), { ...LIMITS, maxTokens })).toEqual(expected);
        accepted += pace.accepted;
        rejected += pace.drafted - pace.accepted;
      }
    }
    expect(accepted).toBeGreaterThan(1000);
    expect(rejected).toBeGreaterThan(1000);
  });

  it('takes fewer runs of the verifier where drafts are right', async () => {
    const script: Script = (written) => (written.length < 20 ? { [2 + (written.length % 5)]: 0.9, 9: 0.1 } : { [EOS]: 0.9, 9: 0.1 });
    const decoder = new ScriptedDecoder(script, 4, 8);
    const { ids } = await decode(speculate(drafter(script), new SteadyPace(7)), decoder);
    expect(ids).toHaveLength(20);
    // 20 tokens and the end: two runs of eight, the rest of the draft, which knows no end, and the end.
    expect(decoder.steps).toBe(3);
  });

  it('writes nothing after the end of sentence, whatever was drafted', async () => {
    const script: Script = (written) => (written.length < 3 ? { 5: 0.9, 6: 0.1 } : { [EOS]: 0.9, 6: 0.1 });
    const source: DraftSource = { draft: () => Promise.resolve([5, 5, 5, 5, 5, 5]) };
    expect(await decode(speculate(source, new SteadyPace(6)), new ScriptedDecoder(script, 4))).toEqual({ ids: [5, 5, 5], ending: 'stop' });
  });

  it('ends in a loop exactly where greedy does', async () => {
    for (const period of [1, 2, 3, 5]) {
      // Goes on differently after a while: what is cut hangs on where the loop is seen first.
      const script: Script = (written) => ({ [written.length < 27 ? 2 + (written.length % period) : 9]: 0.9, 8: 0.1 });
      const expected = await replay(stopAtLoop(greedy(new ScriptedDecoder(script), LIMITS), [3]));
      expect(expected.ending).toBe('loop');
      for (let length = 1; length <= 7; length++) {
        const deltas = speculate(drafter(script), new SteadyPace(length))(new ScriptedDecoder(script), LIMITS);
        expect(await replay(stopAtLoop(deltas, [3]))).toEqual(expected);
      }
    }
  });

  it('decides close choices by plain steps alone', async () => {
    for (let seed = 0; seed < 200; seed++) {
      const script = babble(seed);
      const expected = await decode(greedy, new ScriptedDecoder(script, 8));
      // A gap of 0.1 may turn into one of -0.08 or so, as long as one token of the history was read with others.
      const rounding = new RoundingDecoder(script, 0.09);
      expect(await decode(speculate(drafter(alike(seed)), new SteadyPace(3)), rounding)).toEqual(expected);
    }
  });

  it('is not what it says it is without that', async () => {
    let different = 0;
    for (let seed = 0; seed < 200; seed++) {
      const script = babble(seed);
      const expected = await decode(greedy, new ScriptedDecoder(script, 8));
      const got = await decode(speculate(drafter(alike(seed)), new SteadyPace(3), 0), new RoundingDecoder(script, 0.09));
      if (got.ids.join(' ') !== expected.ids.join(' ')) different++;
    }
    expect(different).toBeGreaterThan(5);
  });
});

/** As kernels are: tokens that were read together leave their mark on all that follows. */
class RoundingDecoder extends ScriptedDecoder {
  private exact = true;
  private read = 0;
  private firstRounded = Infinity;

  constructor(
    script: Script,
    private readonly error: number,
  ) {
    super(script, 8);
  }

  override async step(ids: readonly number[]): Promise<Candidates> {
    this.read++;
    return this.rounded(await super.step(ids));
  }

  override async extend(ids: readonly number[]): Promise<Candidates> {
    if (this.exact) this.firstRounded = this.read;
    this.exact = false;
    this.read += ids.length;
    return this.rounded(await super.extend(ids));
  }

  override truncate(length: number): void {
    super.truncate(length);
    this.read = Math.min(this.read, length);
    if (length <= this.firstRounded) {
      this.exact = true;
      this.firstRounded = Infinity;
    }
  }

  /** Brings the second best up, and the best down. */
  private rounded({ ids, logprobs }: Candidates): Candidates {
    if (this.exact) return { ids, logprobs };
    for (let first = 0; first < ids.length; first += this.topK) {
      const [best = 0, second = 0] = logprobs.subarray(first, first + 2);
      if (best - second >= 2 * this.error) continue;
      ids.subarray(first, first + 2).reverse();
      logprobs.set([second + this.error, best - this.error], first);
    }
    return { ids, logprobs };
  }
}

describe('ModelDraft', () => {
  it('follows what was written, whatever it had drafted, and reads each token once', async () => {
    const script: Script = (written) => ({ [2 + (written.length % 4)]: 0.9, 9: 0.1 });
    const decoder = new ScriptedDecoder(script, 4, 3);
    const source = new ModelDraft(decoder, { ...LIMITS, maxTokens: 12 }, 0.5);
    expect(await source.draft([], 3)).toEqual([2, 3, 4]);
    expect(await source.draft([2, 3, 9, 9], 2)).toEqual([2, 3]);
    expect(decoder.rows).toEqual([[START, 2, 3, 9, 9, 2]]);
    // Start and two tokens, 3 one by one; two in one run, 3 more; the last of the draft was never read.
    expect(decoder.steps).toBe(3 + 1 + 1);
    expect(await source.draft([2, 3, 9, 9, 2, 3, 7, 7, 7, 7, 7], 5)).toEqual([5]);
    expect(await source.draft(Array<number>(12).fill(2), 5)).toEqual([]);
  });

  it('drafts neither the end nor what it doubts', async () => {
    expect(await drafter((written) => (written.length < 2 ? { 5: 1 } : { [EOS]: 1 })).draft([], 6)).toEqual([5, 5]);
    expect(await drafter((written) => (written.length < 2 ? { 5: 1 } : { 6: 0.3 }), 0.4).draft([], 6)).toEqual([5, 5]);
  });
});

describe('CopiedDraft', () => {
  it('goes on as the source does after the longest match', async () => {
    const source = new CopiedDraft([10, 11, 12, 20, 11, 12, 30, 31], 2);
    expect(await source.draft([7, 11, 12], 2)).toEqual([20, 11]);
    expect(await source.draft([20, 11, 12], 9)).toEqual([30, 31]);
    expect(await source.draft([12], 2)).toEqual([]);
    expect(await source.draft([30, 31], 2)).toEqual([]);
    expect(await new CopiedDraft([10, 11, 12], 1).draft([5, 11], 4)).toEqual([12]);
  });
});

/** Runs take what they are said to, by a clock that only they move; one pace for `sentences` of about 20 tokens each. */
async function paced(costs: { step: number; token: number; draft: number; prepare?: number }, agreement: number, sentences = 8) {
  let nowMs = 0;
  const pace = new DraftPace(() => nowMs);
  const lengths: number[] = [];
  for (let sentence = 0; sentence < sentences; sentence++) {
    const script: Script = (written) => ({ [written.length < 20 ? 2 + ((written.length * 7 + sentence) % 5) : EOS]: 0.9, 20: 0.01 });
    const wrong: Script = (written) => ((written.length * 13 + sentence) % 10 >= 10 * agreement ? { 19: 0.9, 18: 0.1 } : script(written));
    const verifier = new ScriptedDecoder(script, 4, 16);
    const timed: Decoder = {
      topK: 4,
      maxStep: 16,
      step: (ids) => ((nowMs += costs.step), verifier.step(ids)),
      extend: (ids) => ((nowMs += costs.step + costs.token * (ids.length - 1)), lengths.push(ids.length - 1), verifier.extend(ids)),
      gather: (rows) => verifier.gather(rows),
      truncate: (length) => verifier.truncate(length),
    };
    const source = drafter(wrong);
    const timedSource: DraftSource = {
      async draft(written, most) {
        const draft = await source.draft(written, most);
        nowMs += costs.draft * draft.length;
        return draft;
      },
    };
    await pace.prepare(() => Promise.resolve((nowMs += costs.prepare ?? 0)));
    const { ids } = await decode(speculate(timedSource, pace), timed);
    expect(ids).toHaveLength(20);
  }
  return { pace, nowMs, lengths, plainMs: sentences * 21 * costs.step };
}

describe('DraftPace', () => {
  it('drafts more where drafts are right and cheap', async () => {
    const { pace, nowMs, plainMs, lengths } = await paced({ step: 10, token: 0.5, draft: 0.5 }, 1);
    expect(pace.gaveUp).toBe(false);
    expect(nowMs).toBeLessThan(0.4 * plainMs);
    expect(Math.max(...lengths)).toBeGreaterThan(8);
    const half = await paced({ step: 10, token: 0.5, draft: 0.5 }, 0.5);
    expect(half.pace.gaveUp).toBe(false);
    expect(half.nowMs).toBeLessThan(half.plainMs);
    expect(Math.max(...half.lengths.slice(10))).toBeLessThan(6);
  });

  it('gives up where drafting takes longer, and loses little by having tried', async () => {
    for (const costs of [
      { step: 10, token: 3, draft: 9 },
      { step: 10, token: 9, draft: 2 },
      { step: 10, token: 0, draft: 0, prepare: 400 },
    ]) {
      const { pace, lengths } = await paced(costs, 0.7);
      expect(pace.gaveUp).toBe(true);
      expect(lengths.length).toBeLessThanOrEqual(12);
    }
    const never = await paced({ step: 10, token: 1, draft: 1 }, 0);
    expect(never.pace).toMatchObject({ gaveUp: true, accepted: 0 });
  });

  it('counts what was drafted and what of it was kept', async () => {
    const { pace } = await paced({ step: 10, token: 0.5, draft: 0.5 }, 1, 1);
    expect(pace.drafted).toBe(pace.accepted);
    expect(pace.accepted).toBeGreaterThan(10);
    expect(pace.accepted).toBeLessThan(21);
  });

  it('is not misled by a run that something else held up', async () => {
    let nowMs = 0;
    let runs = 0;
    const pace = new DraftPace(() => nowMs);
    const script: Script = (written) => ({ [2 + (written.length % 5)]: 0.9, 20: 0.01 });
    const verifier = new ScriptedDecoder(script, 4, 8);
    const held = () => (nowMs += runs++ === 2 ? 10_000 : 10);
    const decoder: Decoder = {
      topK: 4,
      maxStep: 8,
      step: (ids) => (held(), verifier.step(ids)),
      extend: (ids) => ((nowMs += 100 * ids.length), verifier.extend(ids)),
      gather: (rows) => verifier.gather(rows),
      truncate: (length) => verifier.truncate(length),
    };
    await decode(speculate(drafter(script, 0, 200), pace), decoder, { ...LIMITS, maxTokens: 120 });
    expect(pace.gaveUp).toBe(true);
  });
});
