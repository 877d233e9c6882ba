import { describe, expect, it } from 'vitest';
import { beam } from '../../../../src/main/inference/decode/beam';
import type { Decoder, Strategy } from '../../../../src/main/inference/decode/decoder';
import type { Pace } from '../../../../src/main/inference/decode/draft-pace';
import { CopiedDraft } from '../../../../src/main/inference/decode/drafts/copied-draft';
import { greedy } from '../../../../src/main/inference/decode/greedy';
import { withoutRepeats } from '../../../../src/main/inference/decode/no-repeat';
import { speculate } from '../../../../src/main/inference/decode/speculate';
import { babble, EOS, ScriptedDecoder, START } from './scripted-decoder';

const always: Pace = { begin: (most) => Math.min(most, 4), draft: (work) => work(), read: (_, work) => work(), end: () => undefined };

async function written(strategy: Strategy, decoder: Decoder, maxTokens = 40): Promise<number[]> {
  const ids: number[] = [];
  for await (const { keep, append } of strategy(decoder, { startId: START, eosId: EOS, maxTokens })) ids.splice(keep, Infinity, ...append);
  return ids;
}

/** How often the most frequent run of `size` ids comes. */
function mostRepeated(ids: readonly number[], size: number): number {
  const counts = new Map<string, number>();
  for (let start = 0; start + size <= ids.length; start++) {
    const key = ids.slice(start, start + size).join(' ');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}

/** 2 3 4 2 3 4 …; 5 and 6 come second and third everywhere. */
const circle = () => new ScriptedDecoder((before) => ({ [2 + (before.length % 3)]: 0.8, 5: 0.1, 6: 0.05 }), 4, 8);

describe('withoutRepeats', () => {
  it('lets nothing come twice, and writes the next best instead', async () => {
    expect(await written(greedy, circle(), 8)).toEqual([2, 3, 4, 2, 3, 4, 2, 3]);
    expect(await written(greedy, withoutRepeats(circle(), 3, []), 8)).toEqual([2, 3, 4, 2, 3, 5, 2, 3]);
    for (let seed = 0; seed < 12; seed++) {
      for (const size of [2, 3, 5]) {
        const ids = await written(greedy, withoutRepeats(new ScriptedDecoder(babble(seed, 9), 10), size, []));
        expect(mostRepeated(ids, size), `seed ${seed}, ${size}: ${ids.join(' ')}`).toBeLessThan(2);
      }
    }
  });

  it('changes nothing where nothing would come twice', async () => {
    for (let seed = 0; seed < 12; seed++) {
      const plain = await written(greedy, new ScriptedDecoder(babble(seed)));
      expect(await written(greedy, withoutRepeats(new ScriptedDecoder(babble(seed)), plain.length, []))).toEqual(plain);
    }
  });

  it('lets come again what the source says more than once', async () => {
    const source = [9, 2, 3, 4, 8, 2, 3, 4];
    expect(await written(greedy, withoutRepeats(circle(), 3, source), 6)).toEqual([2, 3, 4, 2, 3, 4]);
    expect(await written(greedy, withoutRepeats(circle(), 3, source.slice(0, 5)), 6)).toEqual([2, 3, 4, 2, 3, 5]);
  });

  it('keeps the candidates sorted and whole, and all of them where each would come again', async () => {
    const decoder = withoutRepeats(new ScriptedDecoder(() => ({ 2: 0.6, 3: 0.4 }), 2), 1, []);
    for (const id of [START, 2]) {
      const { ids, logprobs } = await decoder.step([id]);
      expect([...ids]).toEqual(id === START ? [2, 3] : [3, 2]);
      expect(logprobs[1] === -Infinity).toBe(id === 2);
    }
    expect([...(await decoder.step([3])).ids]).toEqual([2, 3]);
  });

  it('is the same for several tokens in one run as for one after the other', async () => {
    for (let seed = 0; seed < 12; seed++) {
      const source = await written(greedy, new ScriptedDecoder(babble(seed)));
      const constrained = () => withoutRepeats(new ScriptedDecoder(babble(seed)), 3, source);
      const expected = await written(greedy, constrained());
      for (const close of [0, 0.5]) {
        expect(await written(speculate(new CopiedDraft(source, 2), always, close), constrained())).toEqual(expected);
      }
    }
  });

  it('holds for every row of a beam', async () => {
    for (let seed = 0; seed < 12; seed++) {
      const ids = await written(beam(3), withoutRepeats(new ScriptedDecoder(babble(seed, 9), 10), 3, []));
      expect(mostRepeated(ids, 3)).toBeLessThan(2);
    }
  });
});
