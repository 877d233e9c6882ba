import { describe, expect, it } from 'vitest';
import { CopiedDraft } from '../../../../../src/main/inference/decode/drafts/copied-draft';
import type { Pace } from '../../../../../src/main/inference/decode/draft-pace';
import { greedy } from '../../../../../src/main/inference/decode/greedy';
import { speculate } from '../../../../../src/main/inference/decode/speculate';
import type { Strategy } from '../../../../../src/main/inference/decode/decoder';
import { CopyRecord } from '../../../../../src/main/inference/summarize/copying';
import { babble, EOS, ScriptedDecoder, START, type Script } from '../scripted-decoder';

/** Drafts as many tokens each time, whatever it takes. */
const steadyPace = (length: number): Pace => ({
  begin: (most) => Math.min(most, length),
  draft: (work) => work(),
  read: (_tokens, work) => work(),
  end: () => {},
});

async function written(strategy: Strategy, script: Script): Promise<number[]> {
  const ids: number[] = [];
  const deltas = strategy(new ScriptedDecoder(script, 8), { startId: START, eosId: EOS, maxTokens: 40 });
  for await (const { keep, append } of deltas) ids.splice(keep, Infinity, ...append);
  return ids;
}

/** Writes these ids and ends. */
const writes =
  (ids: readonly number[]): Script =>
  (before) => ({ [ids[before.length] ?? EOS]: 0.9, [START]: 0.1 });

describe('copying', () => {
  it('writes what plain greedy decoding writes, token for token', async () => {
    let copied = 0;
    for (let seed = 0; seed < 200; seed++) {
      const script = babble(seed);
      const expected = await written(greedy, script);
      // A source that holds stretches of what will be written, and other things between them.
      const source = [...expected.slice(2, 9), 5, 6, ...expected.slice(12, 30), ...expected.slice(0, 4)];
      const record = new CopyRecord(steadyPace(1 + (seed % 7)));
      expect(await written(speculate(new CopiedDraft(source, 2), record), script)).toEqual(expected);
      for (const { start, end } of record.spans(expected.length)) {
        const span = expected.slice(start, end);
        expect(source.some((_, from) => span.every((id, i) => source[from + i] === id))).toBe(true);
        copied += span.length;
      }
    }
    expect(copied).toBeGreaterThan(100);
  });

  it('tells the spans that were taken over, joined where one draft goes on behind another', async () => {
    const source = [2, 3, 4, 5, 6, 7, 8, 9, 10];
    const output = [11, 2, 3, 4, 5, 6, 7, 8, 12, 3, 4];
    const record = new CopyRecord(steadyPace(3));
    expect(await written(speculate(new CopiedDraft(source, 2), record), writes(output))).toEqual(output);
    // "2 3" are written plainly, "4 5 6" and "8" are drafts that were right to their ends or not, "7" stands between them.
    expect(record.spans(output.length).map(({ start, end }) => output.slice(start, end))).toEqual([[4, 5, 6, 7, 8]]);
    expect(record.spans(5)).toEqual([{ start: 3, end: 5 }]);
  });
});
