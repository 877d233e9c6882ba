import { describe, expect, it } from 'vitest';
import { beam, nBest, type Hypothesis } from '../../../../src/main/inference/decode/beam';
import { completeWords } from '../../../../src/main/inference/decode/complete-words';
import type { Decoder, DecodeLimits, Strategy } from '../../../../src/main/inference/decode/decoder';
import { forced } from '../../../../src/main/inference/decode/forced';
import { greedy } from '../../../../src/main/inference/decode/greedy';
import { readTokens } from '../../../../src/main/inference/decode/read-tokens';
import { babble, EOS, ScriptedDecoder, START } from './scripted-decoder';

const LIMITS: DecodeLimits = { startId: START, eosId: EOS, maxTokens: 30 };
const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);

async function decode(strategy: Strategy, decoder: Decoder, limits: DecodeLimits = LIMITS) {
  const ids: number[] = [];
  const deltas = strategy(decoder, limits);
  for (;;) {
    const step = await deltas.next();
    if (step.done) return { ids, ending: step.value };
    expect(step.value.keep).toBeLessThanOrEqual(ids.length);
    ids.splice(step.value.keep, Infinity, ...step.value.append);
  }
}

describe('a forced prefix', () => {
  it('that is empty changes nothing', () => {
    expect(forced([], greedy)).toBe(greedy);
  });

  it('of what is written anyway changes nothing, wherever it ends', async () => {
    for (const seed of SEEDS) {
      const free = await decode(greedy, new ScriptedDecoder(babble(seed)));
      for (let length = 1; length <= free.ids.length; length++) {
        const decoder = new ScriptedDecoder(babble(seed), 4, 3);
        expect(await decode(forced(free.ids.slice(0, length), greedy), decoder)).toEqual(free);
      }
    }
  });

  it('of other tokens is kept, and what follows is what the script has after it', async () => {
    for (const seed of SEEDS) {
      const prefix = [7, 3, 3, 6, 2];
      const script = babble(seed);
      const expected = await decode(greedy, new ScriptedDecoder((written) => script([...prefix, ...written])), {
        ...LIMITS,
        maxTokens: 25,
      });
      const { ids, ending } = await decode(forced(prefix, greedy), new ScriptedDecoder(script, 4, 2));
      expect({ ids, ending }).toEqual({ ids: [...prefix, ...expected.ids], ending: expected.ending });
      const searched = await decode(forced(prefix, beam(2)), new ScriptedDecoder(script, 4, 16));
      expect(searched.ids.slice(0, prefix.length)).toEqual(prefix);
    }
  });

  it('that is as long as the limit is all there is', async () => {
    const decoder = new ScriptedDecoder(babble(1));
    expect(await decode(forced([2, 3, 4], greedy), decoder, { ...LIMITS, maxTokens: 3 })).toEqual({ ids: [2, 3, 4], ending: 'length' });
    expect(decoder.steps).toBe(0);
  });
});

describe('reading tokens', () => {
  it('tells the same places however many a run takes', async () => {
    const ids = [START, 2, 5, 3, 3, 7, 2];
    const placesBy = async (maxStep: number) => {
      const all: number[][] = [];
      for await (const places of readTokens(new ScriptedDecoder(babble(5), 4, maxStep), ids))
        all.push(...places.map((place) => [...place.ids]));
      return all;
    };
    const one = await placesBy(1);
    expect(one).toHaveLength(ids.length);
    expect(await placesBy(3)).toEqual(one);
    expect(await placesBy(16)).toEqual(one);
  });
});

describe('n-best', () => {
  const best = async (width: number, seed: number) => {
    const steps = nBest(width, new ScriptedDecoder(babble(seed), 2 * width), LIMITS);
    for (;;) {
      const step = await steps.next();
      if (step.done) return step.value;
    }
  };
  const meanLogprob = (seed: number, { ids }: Hypothesis) =>
    [...ids, EOS].reduce((sum, id, i) => sum + Math.log(babble(seed)(ids.slice(0, i))[id] ?? 0), 0) / (ids.length + 1);

  it('are different outputs, best first, each with the mean that it says', async () => {
    for (const seed of SEEDS) {
      const found = await best(4, seed);
      expect(found.length).toBeGreaterThanOrEqual(2);
      expect(new Set(found.map(({ ids }) => ids.join(' '))).size).toBe(found.length);
      expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a));
      for (const hypothesis of found) expect(hypothesis.score).toBeCloseTo(meanLogprob(seed, hypothesis), 4);
    }
  });

  it('begin with nothing worse than what the beam writes', async () => {
    for (const seed of SEEDS) {
      const { ids } = await decode(beam(4), new ScriptedDecoder(babble(seed), 8));
      expect((await best(4, seed))[0]?.score).toBeGreaterThanOrEqual(meanLogprob(seed, { ids, score: 0 }) - 1e-4);
    }
  });
});

describe('completing words', () => {
  it('writes each beginning on until its word ends, whatever the others do', async () => {
    // After 2 come 5 and 6, after 3 nothing of the word, after 4 one 5.
    const follows: Record<string, number> = { '2': 5, '2 5': 6, '4': 5 };
    const decoder = new ScriptedDecoder((written) => ({ [follows[written.slice(1).join(' ')] ?? 9]: 1 }));
    await decoder.extend([START, 8]);
    const words = completeWords(decoder, [2, 3, 4], (_, next) => next === 9);
    let runs = 0;
    for (;;) {
      const step = await words.next();
      if (step.done) {
        expect(step.value).toEqual([[2, 5, 6], [3], [4, 5]]);
        break;
      }
      runs++;
    }
    expect(runs).toBe(3);
  });

  it('does not go on for ever', async () => {
    const decoder = new ScriptedDecoder(() => ({ 5: 1 }));
    await decoder.extend([START]);
    const words = completeWords(decoder, [2], () => false);
    let step = await words.next();
    while (!step.done) step = await words.next();
    expect(step.value[0]?.length).toBeLessThan(20);
  });
});
