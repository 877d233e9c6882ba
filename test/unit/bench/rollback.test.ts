import { describe, expect, it } from 'vitest';
import type { DecodeLimits } from '../../../src/main/inference/decode/decoder';
import { greedy } from '../../../src/main/inference/decode/greedy';
import { rollback, type RollbackThresholds } from '../../../bench/rollback';
import { babble, EOS, ScriptedDecoder, START, type Script } from '../main/inference/scripted-decoder';

const LIMITS: DecodeLimits = { startId: START, eosId: EOS, maxTokens: 30 };

async function decode(writer: Script, checker: Script, thresholds: RollbackThresholds, limits = LIMITS) {
  const checking = new ScriptedDecoder(checker, 8, 6);
  const deltas = rollback(checking, thresholds)(new ScriptedDecoder(writer, 8), limits);
  const ids: number[] = [];
  let mostTaken = 0;
  for (;;) {
    const step = await deltas.next();
    if (step.done) return { ids, ending: step.value, checks: checking.steps, mostTaken };
    expect(step.value.keep).toBeLessThanOrEqual(ids.length);
    mostTaken = Math.max(mostTaken, ids.length - step.value.keep);
    ids.splice(step.value.keep, Infinity, ...step.value.append);
    expect(ids).not.toContain(EOS);
    expect(ids.length).toBeLessThanOrEqual(limits.maxTokens);
  }
}

async function greedyIds(script: Script, limits = LIMITS) {
  const ids: number[] = [];
  for await (const { append } of greedy(new ScriptedDecoder(script, 8), limits)) ids.push(...append);
  return ids;
}

describe('rollback', () => {
  it('is the checker where the writer is never sure', async () => {
    for (let seed = 0; seed < 100; seed++) {
      const maxTokens = seed % 4 === 0 ? 3 : 30;
      const { ids } = await decode(babble(seed + 500), babble(seed), { unsure: 1.1, acceptable: 1 }, { ...LIMITS, maxTokens });
      expect(ids).toEqual(await greedyIds(babble(seed), { ...LIMITS, maxTokens }));
    }
  });

  it('is the writer where it is always sure and anything is acceptable', async () => {
    for (let seed = 0; seed < 100; seed++) {
      const same = babble(seed);
      const { ids } = await decode(same, same, { unsure: 0, acceptable: 0 });
      expect(ids).toEqual(await greedyIds(same));
    }
  });

  it('goes back to the first token that is not acceptable, and on from there', async () => {
    // The writer is sure of 5 five times and then in doubt; the checker would have 6 third, and 7 last.
    const writer: Script = (written) => (written.length < 5 ? { 5: 0.9, 4: 0.1 } : { 4: 0.4, 5: 0.3, [EOS]: 0.3 });
    const checker: Script = (written) => {
      if (written.length === 2) return { 6: 0.9, 5: 0.05 };
      return written.length < 5 ? { 5: 0.6, 4: 0.4 } : written.at(-1) === 7 ? { [EOS]: 1 } : { 7: 1 };
    };
    const { ids, ending, checks, mostTaken } = await decode(writer, checker, { unsure: 0.5, acceptable: 0.2 });
    expect({ ids, ending }).toEqual({ ids: [5, 5, 6, 5, 5, 7], ending: 'stop' });
    expect(mostTaken).toBe(3);
    expect(checks).toBe(3);
    expect((await decode(writer, checker, { unsure: 0.5, acceptable: 0.05 })).ids).toEqual([5, 5, 5, 5, 5, 7]);
  });
});
