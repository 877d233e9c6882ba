import { describe, expect, it } from 'vitest';
import { beam, BY_MEAN } from '../../../../src/main/inference/decode/beam';
import type { Decoder, DecodeLimits, Strategy } from '../../../../src/main/inference/decode/decoder';
import { greedy } from '../../../../src/main/inference/decode/greedy';
import { babble, EOS, ScriptedDecoder, START, type Script } from './scripted-decoder';

const LIMITS: DecodeLimits = { startId: START, eosId: EOS, maxTokens: 30 };

async function decode(strategy: Strategy, decoder: Decoder, limits: DecodeLimits = LIMITS) {
  const ids: number[] = [];
  const deltas = strategy(decoder, limits);
  for (;;) {
    const step = await deltas.next();
    if (step.done) return { ids, ending: step.value };
    expect(step.value.keep).toBeLessThanOrEqual(ids.length);
    ids.splice(step.value.keep, Infinity, ...step.value.append);
    expect(ids).not.toContain(EOS);
  }
}

/** Log-probability of an ended output, by the script. */
function score(script: Script, ids: readonly number[]): number {
  return [...ids, EOS].reduce((sum, id, i) => sum + Math.log(script(ids.slice(0, i))[id] ?? 0), 0);
}

const strategies: Record<string, Strategy> = { greedy, 'beam 1': beam(1), 'beam 2': beam(2), 'beam 4': beam(4) };

describe.each(Object.entries(strategies))('%s', (_name, strategy) => {
  it('replays its deltas to the ids it means, without start and end, and stops at the end', async () => {
    for (let seed = 0; seed < 40; seed++) {
      const { ids, ending } = await decode(strategy, new ScriptedDecoder(babble(seed), 8));
      expect(ending).toBe('stop');
      expect(ids.every((id) => id >= 2)).toBe(true);
    }
  });

  it('stops at the limit and says so', async () => {
    const endless = new ScriptedDecoder(() => ({ 2: 0.6, 3: 0.4 }), 8);
    expect(await decode(strategy, endless, { ...LIMITS, maxTokens: 5 })).toEqual({ ids: [2, 2, 2, 2, 2], ending: 'length' });
    expect(endless.steps).toBe(5);
  });

  it('may write nothing', async () => {
    expect(await decode(strategy, new ScriptedDecoder(() => ({ [EOS]: 0.9, 2: 0.1 }), 8))).toEqual({ ids: [], ending: 'stop' });
  });
});

describe('beam', () => {
  it('of 1 equals greedy', async () => {
    for (let seed = 0; seed < 100; seed++) {
      const script = babble(seed);
      const expected = await decode(greedy, new ScriptedDecoder(script, 2));
      expect(await decode(beam(1), new ScriptedDecoder(script, 2))).toEqual(expected);
    }
  });

  it('finds the sentence that greedy misses', async () => {
    // Greedy takes 2 (0.6) and then has nothing good; 3 (0.4) is followed by a sure 4.
    const script: Script = (written) => {
      if (written.length === 0) return { 2: 0.6, 3: 0.4 };
      if (written.length === 1) return written[0] === 2 ? { 5: 0.34, 6: 0.33, 7: 0.33 } : { 4: 0.99, [EOS]: 0.01 };
      return { [EOS]: 0.99, 8: 0.01 };
    };
    expect((await decode(greedy, new ScriptedDecoder(script))).ids).toEqual([2, 5]);
    expect((await decode(beam(2), new ScriptedDecoder(script))).ids).toEqual([3, 4]);
  });

  it('scores no worse than greedy per token, nearly always', async () => {
    let worse = 0;
    for (let seed = 0; seed < 60; seed++) {
      const script = babble(seed);
      const mean = (ids: readonly number[]) => score(script, ids) / (ids.length + 1);
      const plain = await decode(greedy, new ScriptedDecoder(script, 8));
      const beamed = await decode(beam(4), new ScriptedDecoder(script, 8));
      if (mean(beamed.ids) < mean(plain.ids) - 1e-9) worse++;
    }
    expect(worse).toBeLessThanOrEqual(6);
  });

  it('does not settle for sentences broken off early', async () => {
    // At every step one of the best four continuations is an improbable end.
    const sure: Script = (written) =>
      written.length < 12 ? { 2: 0.97, [EOS]: 0.01, 3: 0.005, 4: 0.005 } : { [EOS]: 0.97, 3: 0.01, 4: 0.01 };
    expect((await decode(beam(4), new ScriptedDecoder(sure, 8))).ids).toEqual(Array.from({ length: 12 }, () => 2));
  });

  it('ranks what the limit breaks off with what ended', async () => {
    // Going on is always more probable than an end, and an end early is the best of them.
    const endless: Script = (written) => (written.length === 0 ? { 2: 0.9, [EOS]: 0.1 } : { 2: 0.99, [EOS]: 0.01 });
    const limits = { ...LIMITS, maxTokens: 5 };
    expect(await decode(beam(2), new ScriptedDecoder(endless, 4), limits)).toEqual({ ids: [2, 2, 2, 2, 2], ending: 'length' });
    // Per token that is more, as a whole it is less.
    const never = { ...BY_MEAN, lengthPenalty: 0, earlyStopping: 'never' } as const;
    const rare: Script = () => ({ 2: 0.6, [EOS]: 0.4 });
    expect(await decode(beam(2, never), new ScriptedDecoder(rare, 4), limits)).toEqual({ ids: [], ending: 'stop' });
    expect(await decode(beam(2, BY_MEAN), new ScriptedDecoder(rare, 4), limits)).toMatchObject({ ending: 'length' });
  });

  it('stops at once where that is asked for', async () => {
    const script: Script = (written) => (written.length < 6 ? { 2: 0.6, [EOS]: 0.3, 3: 0.1 } : { [EOS]: 0.9, 2: 0.1 });
    const patient = new ScriptedDecoder(script, 4);
    const hasty = new ScriptedDecoder(script, 4);
    await decode(beam(2), patient);
    await decode(beam(2, { ...BY_MEAN, earlyStopping: true }), hasty);
    expect(hasty.steps).toBeLessThan(patient.steps);
  });

  it('keeps each row in step with its own history', async () => {
    const decoder = new ScriptedDecoder(babble(5), 8);
    for await (const delta of beam(3)(decoder, LIMITS)) {
      expect(delta.keep).toBeLessThan(LIMITS.maxTokens);
      expect(new Set(decoder.rows.map((row) => row.length)).size).toBe(1);
    }
  });
});
