import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { measureSpeed, median, type LaneSpeed } from '../../../../src/renderer/packs/speed';
import { sampleSentences } from '../../../../src/shared/sample-sentences';
import type { GenerateEvent, GenerateInput } from '../../../../src/shared/inference-client';
import { translatingManifestSchema } from '../../../../src/shared/pack';

const TINY = translatingManifestSchema.parse(JSON.parse(readFileSync('test/fixtures/packs/tiny/pack.json', 'utf8')));

/** Every sentence takes 20 ms in the LLM lane and 10 ms in others, and 4 tokens. */
function engine(asked: GenerateInput[]) {
  return {
    async *generate(input: GenerateInput, signal?: AbortSignal): AsyncGenerator<GenerateEvent, void, undefined> {
      asked.push(input);
      await Promise.resolve();
      const totalMs = input.lane === 'llm' ? 20 : 10;
      const timings = { tokenizeMs: 0, encodeMs: 2, projectMs: 0, prefillMs: 0, decodeMs: 8, detokenizeMs: 0, totalMs, firstTokenMs: 3 };
      const finish = signal?.aborted ? 'cancelled' : 'stop';
      yield { kind: 'done', id: 0, finish, tokens: 4, segments: 1, reusedEncodings: 0, repaired: 0, flagged: [], timings };
    },
  };
}

async function measured(signal = new AbortController().signal) {
  const asked: GenerateInput[] = [];
  let forgotten = 0;
  const forget = () => Promise.resolve(forgotten++);
  const lanes: LaneSpeed[] = [];
  for await (const lane of measureSpeed(TINY, engine(asked), forget, signal)) lanes.push(lane);
  return { lanes, asked, forgotten };
}

test('every lane is measured on the same sentences, none with encodings of the one before', async () => {
  const { lanes, asked, forgotten } = await measured();
  const sentences = sampleSentences(TINY, 'en');
  expect(lanes.map(({ lane }) => lane)).toEqual(['hybrid', 'llm', 'slm', 'exact']);
  expect(lanes[1]).toEqual({ lane: 'llm', sentences: sentences.length, medianMs: 20, medianEncodeMs: 2, tokensPerSecond: 500 });
  expect(forgotten).toBe(4);
  expect(asked.filter(({ lane }) => lane === 'slm').map(({ text }) => text)).toEqual([sentences[0], ...sentences]);
});

test('an abort ends it', async () => {
  expect((await measured(AbortSignal.abort())).lanes).toEqual([]);
});

test('a language without sentences of its own is measured on those the pack was tested with', () => {
  const [first, ...rest] = TINY.selfTest;
  if (!first) throw new Error('the tiny pack has no self-test');
  const pack = { ...TINY, selfTest: [{ ...first, from: 'cs', text: 'Dobrý den.' }, ...rest] };
  expect(sampleSentences(pack, 'cs')).toEqual(['Dobrý den.']);
});

test('the median of an even number is between the middle two', () => {
  expect(median([9, 1, 3, 5])).toBe(4);
});
