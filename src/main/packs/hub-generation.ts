/**
 * Of a model's generation settings: what is applied here exactly as Transformers applies it, and what is not, to be told to the person. Pure.
 * What `generation_config.json` names counts; older exports have the same keys in `config.json`.
 */
import { z } from 'zod';
import type { LaneModel } from '../../shared/pack';

const ids = z.array(z.number().int().nonnegative());
const count = z.number().int().nonnegative();

const appliedSchema = z.looseObject({
  suppress_tokens: ids.nullish(),
  begin_suppress_tokens: ids.nullish(),
  bad_words_ids: z.array(ids.min(1)).nullish(),
  no_repeat_ngram_size: count.nullish(),
  min_length: count.nullish(),
  min_new_tokens: count.nullish(),
  max_length: count.nullish(),
  max_new_tokens: count.nullish(),
  repetition_penalty: z.number().positive().nullish(),
  renormalize_logits: z.boolean().nullish(),
  num_beams: z.number().int().positive().nullish(),
  length_penalty: z.number().nullish(),
  early_stopping: z.union([z.boolean(), z.literal('never')]).nullish(),
  forced_eos_token_id: z.union([ids, count.transform((id) => [id])]).nullish(),
});

/** The widest beam that the app searches with. */
const WIDEST_BEAM = 8;

/** Looked at elsewhere, or without influence on what is written. */
const WITHOUT_EFFECT = new Set([
  ...Object.keys(appliedSchema.shape),
  'decoder_start_token_id',
  'eos_token_id',
  'pad_token_id',
  'bos_token_id',
  'forced_bos_token_id',
  'transformers_version',
  '_from_model_config',
  'use_cache',
  'cache_implementation',
  'output_attentions',
  'output_hidden_states',
  'output_scores',
  'output_logits',
  'return_dict_in_generate',
]);

/** What these are where they change nothing. */
const NEUTRAL: Readonly<Record<string, unknown>> = {
  num_beam_groups: 1,
  num_return_sequences: 1,
  encoder_repetition_penalty: 1,
  encoder_no_repeat_ngram_size: 0,
  diversity_penalty: 0,
  do_sample: false,
  remove_invalid_values: false,
  temperature: 1,
  top_k: 50,
  top_p: 1,
  typical_p: 1,
  epsilon_cutoff: 0,
  eta_cutoff: 0,
};
/** They say how to draw lots, and nothing where none are drawn. */
const OF_SAMPLING = ['temperature', 'top_k', 'top_p', 'typical_p', 'epsilon_cutoff', 'eta_cutoff'];

/** Longer values say no more. */
const MOST_SHOWN = 40;

type ImportedDecoder = Extract<LaneModel, { prefillFrom: 'states' }>['decoder'];

export interface GenerationSettings {
  /** Of the manifest's decoder; what is not set is left out. */
  rules: Omit<ImportedDecoder, 'file' | 'nextFile' | 'layers' | 'heads' | 'headSize' | 'maxTokens' | 'maxStep'>;
  /** The most tokens of an output, end of sentence counted; null: not said. */
  maxTokens: number | null;
  /** Each with its value, e.g. `num_beams 4`. */
  notApplied: string[];
}

/** `generation`: of generation_config.json, null where there is none; `config`: of config.json. Throws ZodError where a value is none. */
export function generationSettings(
  generation: Readonly<Record<string, unknown>> | null,
  config: Readonly<Record<string, unknown>>,
  eosId: number,
): GenerationSettings {
  const isKnown = (key: string) => WITHOUT_EFFECT.has(key) || Object.hasOwn(NEUTRAL, key);
  const settings = generation ?? Object.fromEntries(Object.entries(config).filter(([key]) => isKnown(key)));
  const applied = appliedSchema.parse(settings);
  // As in Transformers, a ban of the end of sentence is none.
  const banned = (applied.bad_words_ids ?? []).filter((sequence) => sequence.length > 1 || sequence[0] !== eosId);
  const sequences = banned.filter((sequence) => sequence.length > 1);
  // Transformers counts the start token.
  const minTokens = Math.max((applied.min_length ?? 0) - 1, applied.min_new_tokens ?? 0);
  const maxTokens = applied.max_new_tokens ?? (applied.max_length == null ? null : applied.max_length - 1);
  const beamWidth = applied.num_beams ?? 1;
  const isTooWide = beamWidth > WIDEST_BEAM;
  const forcedEnd = applied.forced_eos_token_id ?? [];
  const forcesEnd = forcedEnd.includes(eosId);
  const refused = [...(isTooWide ? ['num_beams'] : []), ...(forcedEnd.length > 0 && !forcesEnd ? ['forced_eos_token_id'] : [])];
  return {
    rules: {
      bannedIds: [...(applied.suppress_tokens ?? []), ...banned.flatMap((sequence) => (sequence.length === 1 ? sequence : []))],
      ...(sequences.length > 0 && { bannedSequences: sequences }),
      ...(applied.begin_suppress_tokens?.length && { firstBannedIds: applied.begin_suppress_tokens }),
      ...(applied.no_repeat_ngram_size && { noRepeatNgram: applied.no_repeat_ngram_size }),
      ...(minTokens > 0 && { minTokens }),
      ...(differs(applied.repetition_penalty, 1) && { repetitionPenalty: applied.repetition_penalty }),
      ...(applied.renormalize_logits && { renormalizeLogits: true as const }),
      ...(beamWidth > 1 && !isTooWide && { beamWidth }),
      ...(differs(applied.length_penalty, 1) && { lengthPenalty: applied.length_penalty }),
      ...(differs(applied.early_stopping, false) && { earlyStopping: applied.early_stopping }),
      ...(forcesEnd && { endIsForced: true as const }),
    },
    // The end of sentence that is forced is the last token, and is not written.
    maxTokens: maxTokens === null ? null : Math.max(1, maxTokens - (forcesEnd ? 1 : 0)),
    notApplied: notApplied(settings, refused),
  };
}

/** A value that is set and does something. */
function differs<T>(value: T | null | undefined, neutral: NoInfer<T>): value is T {
  return value != null && value !== neutral;
}

/** `refused`: settings that are applied with other values. */
function notApplied(settings: Readonly<Record<string, unknown>>, refused: readonly string[]): string[] {
  const samples = settings['do_sample'] === true;
  const isWithout = ([key, value]: [string, unknown]) =>
    value === null ||
    (WITHOUT_EFFECT.has(key) && !refused.includes(key)) ||
    value === NEUTRAL[key] ||
    (!samples && OF_SAMPLING.includes(key));
  const eos = settings['eos_token_id'];
  const several = Array.isArray(eos) && eos.length > 1 ? [['eos_token_id', eos] as [string, unknown]] : [];
  return [...several, ...Object.entries(settings).filter((setting) => !isWithout(setting))].map(
    ([key, value]) => `${key} ${JSON.stringify(value).slice(0, MOST_SHOWN)}`,
  );
}
