import { expect, test } from 'vitest';
import { generationSettings } from '../../../../src/main/packs/hub-generation';

const EOS = 2;
const of = (generation: Record<string, unknown>) => generationSettings(generation, {}, EOS);

test('what is applied becomes rules of the decoder', () => {
  expect(
    of({
      suppress_tokens: [5],
      begin_suppress_tokens: [6],
      bad_words_ids: [[7], [8, 9], [EOS]],
      no_repeat_ngram_size: 3,
      min_length: 10,
      min_new_tokens: 4,
      max_length: 200,
    }),
  ).toEqual({
    rules: { bannedIds: [5, 7], bannedSequences: [[8, 9]], firstBannedIds: [6], noRepeatNgram: 3, minTokens: 9 },
    maxTokens: 199,
    notApplied: [],
  });
});

test('a beam and what belongs to it become the decoder’s', () => {
  const opus = { num_beams: 6, renormalize_logits: true, forced_eos_token_id: EOS, max_length: 512, repetition_penalty: 1.2 };
  expect(of(opus)).toEqual({
    rules: { bannedIds: [], beamWidth: 6, renormalizeLogits: true, endIsForced: true, repetitionPenalty: 1.2 },
    // The start token and the end of sentence are two of the 512.
    maxTokens: 510,
    notApplied: [],
  });
  expect(of({ num_beams: 4, length_penalty: 2.0, early_stopping: 'never' }).rules).toEqual({
    bannedIds: [],
    beamWidth: 4,
    lengthPenalty: 2,
    earlyStopping: 'never',
  });
});

test('settings that change nothing are not told', () => {
  const neutral = {
    num_beams: 1,
    length_penalty: 1.0,
    early_stopping: false,
    repetition_penalty: 1.0,
    renormalize_logits: false,
    do_sample: false,
    temperature: 0.6,
    top_k: 10,
    use_cache: true,
    no_repeat_ngram_size: 0,
  };
  expect(of({ ...neutral, forced_eos_token_id: null, eos_token_id: EOS, transformers_version: '4.57.6' })).toEqual({
    rules: { bannedIds: [] },
    maxTokens: null,
    notApplied: [],
  });
});

test.each([
  [{ num_beams: 12, early_stopping: true }, ['num_beams 12']],
  [{ forced_eos_token_id: 7 }, ['forced_eos_token_id 7']],
  [{ do_sample: true, temperature: 0.6 }, ['do_sample true', 'temperature 0.6']],
  [{ eos_token_id: [2, 3] }, ['eos_token_id [2,3]']],
  [{ setting_of_next_year: { a: 1 } }, ['setting_of_next_year {"a":1}']],
])('what is not applied is told: %j', (generation, told) => {
  expect(of(generation).notApplied).toEqual(told);
});

test('older exports have them in config.json, among what is none', () => {
  const config = { d_model: 512, architectures: ['MarianMTModel'], num_beams: 4, no_repeat_ngram_size: 2 };
  expect(generationSettings(null, config, EOS)).toMatchObject({ rules: { noRepeatNgram: 2, beamWidth: 4 }, notApplied: [] });
  expect(generationSettings({}, config, EOS)).toMatchObject({ rules: { bannedIds: [] }, notApplied: [] });
});
