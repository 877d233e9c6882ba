/**
 * How models of a family are asked for a translation: what stands around the source's ids, and what the output begins with. Pure.
 * After the tokenizers and generation defaults of Hugging Face Transformers.
 */
import { z } from 'zod';
import type { TranslatingManifest } from '../../shared/pack';
import { reason } from '../reasons';

export const hubConfigSchema = z.looseObject({
  model_type: z.string(),
  _name_or_path: z.string().optional(),
  vocab_size: z.number().int().positive(),
  d_model: z.number().int().positive(),
  // T5 and its kin.
  num_layers: z.number().int().positive().optional(),
  num_decoder_layers: z.number().int().positive().nullish(),
  num_heads: z.number().int().positive().optional(),
  d_kv: z.number().int().positive().optional(),
  task_specific_params: z.record(z.string(), z.looseObject({ prefix: z.string().optional() })).nullish(),
  // BART and its kin.
  encoder_layers: z.number().int().positive().optional(),
  decoder_layers: z.number().int().positive().optional(),
  decoder_attention_heads: z.number().int().positive().optional(),
  max_position_embeddings: z.number().int().positive().optional(),
  bos_token_id: z.number().int().nullish(),
});
export type HubConfig = z.infer<typeof hubConfigSchema>;

const tokenIds = z.union([z.number().int(), z.array(z.number().int()).min(1)]);

/** The same keys stand in older exports' config.json. */
export const hubGenerationSchema = z.looseObject({
  decoder_start_token_id: z.number().int().nullish(),
  eos_token_id: tokenIds.nullish(),
  pad_token_id: z.number().int().nullish(),
  forced_bos_token_id: z.number().int().nullish(),
});
export type HubGeneration = z.infer<typeof hubGenerationSchema>;

/** What only the person who imports can know. */
export interface HubAnswers {
  from: string;
  to: string;
  /** Text that the model was trained to be asked with; null: none is known. */
  prefix: string | null;
}

export interface FamilyFacts {
  config: HubConfig;
  generation: HubGeneration;
  eosId: number;
  startId: number;
  /** The id of a token by its text, or null. */
  idOf(token: string): number | null;
  /** All tokens of the tokenizer. */
  tokens: Iterable<string>;
  /** Names that may tell the languages: of the model, of the folder. */
  names: readonly string[];
  /** `source_lang` and `target_lang` of tokenizer_config.json, where they are. */
  declared: { from: string; to: string } | null;
  answers: HubAnswers | null;
}

/** Tasks of the model; `ask`: the languages have to be said, one of those offered (null: any); `refused`: why it cannot be used. */
export type FamilyTasks =
  | { kind: 'tasks'; tasks: TranslatingManifest['tasks'] }
  | { kind: 'ask'; offered: string[] | null; asksPrefix: boolean }
  | { kind: 'refused'; why: string };

export const FAMILIES: Readonly<Record<string, { name: string; tasks(facts: FamilyFacts): FamilyTasks }>> = {
  t5: { name: 'T5', tasks: t5Tasks },
  mt5: { name: 'mT5', tasks: t5Tasks },
  marian: { name: 'Marian (OPUS-MT)', tasks: marianTasks },
  bart: { name: 'BART', tasks: bartTasks },
  mbart: { name: 'mBART', tasks: mbartTasks },
  m2m_100: { name: 'M2M100 or NLLB', tasks: m2mTasks },
};

type Task = TranslatingManifest['tasks'][number];

function task(from: string, to: string, prompt: NonNullable<Task['prompt']>): Task {
  return { kind: 'translate', from, to, prefix: `${from} ${to}`, prompt };
}

function t5Tasks(facts: FamilyFacts): FamilyTasks {
  const { config, eosId, answers } = facts;
  const targets = languageTokens(facts, MADLAD_TOKEN);
  if (targets.size > 0) return manyToMany(facts, targets, (_from, to) => ({ text: ' ', before: [to], after: [eosId], forced: [] }));
  const known = namedPairs(config).map(({ from, to, prefix }) => task(from, to, { text: prefix, before: [], after: [eosId], forced: [] }));
  if (known.length > 0 && answers === null) return { kind: 'tasks', tasks: known };
  if (answers === null) return { kind: 'ask', offered: null, asksPrefix: true };
  const { from, to, prefix } = answers;
  return { kind: 'tasks', tasks: [task(from, to, { text: prefix ?? '', before: [], after: [eosId], forced: [] })] };
}

function marianTasks(facts: FamilyFacts): FamilyTasks {
  const { eosId, answers, declared, names } = facts;
  const named = names.map((name) => /opus-mt-(?:tc-[a-z]+-)?([a-z]{2,3})-([a-z]{2,3})$/i.exec(name)).find((match) => match !== null);
  const from = answers?.from ?? language(declared?.from ?? named?.[1] ?? '');
  const to = answers?.to ?? language(declared?.to ?? named?.[2] ?? '');
  const targets = languageTokens(facts, MARIAN_TOKEN);
  if (from === null || to === null || (targets.size > 0 && !targets.has(to))) {
    return { kind: 'ask', offered: targets.size > 0 ? [...targets.keys()] : null, asksPrefix: false };
  }
  const target = targets.get(to);
  return { kind: 'tasks', tasks: [task(from, to, { text: '', before: target === undefined ? [] : [target], after: [eosId], forced: [] })] };
}

function bartTasks({ config, generation, eosId, answers }: FamilyFacts): FamilyTasks {
  if (answers === null) return { kind: 'ask', offered: null, asksPrefix: true };
  const before = config.bos_token_id == null ? [] : [config.bos_token_id];
  const forced = generation.forced_bos_token_id == null ? [] : [generation.forced_bos_token_id];
  return { kind: 'tasks', tasks: [task(answers.from, answers.to, { text: answers.prefix ?? '', before, after: [eosId], forced })] };
}

function mbartTasks(facts: FamilyFacts): FamilyTasks {
  const { config, eosId, startId, answers } = facts;
  const languages = languageTokens(facts, MBART_TOKEN);
  if (startId === eosId) {
    return manyToMany(facts, languages, (from, to) => ({ text: '', before: [from], after: [eosId], forced: [to] }));
  }
  // mBART-25: a language stands behind the source, and the output begins with the one that the model was tuned to write.
  const written = [...languages].find(([, id]) => id === startId)?.[0];
  if (written === undefined) {
    return {
      kind: 'refused',
      why: reason`this mBART begins what it writes with token ${startId}; expected that of a language, as mBART-25 has it, or the end of sentence, as mBART-50 has it`,
    };
  }
  const named = namedPairs(config).find(({ to }) => to === written);
  const { from, to } = answers ?? { from: named?.from ?? '', to: written };
  const source = languages.get(from);
  if (source === undefined) return { kind: 'ask', offered: [...languages.keys()].sort(), asksPrefix: false };
  if (to !== written)
    return { kind: 'refused', why: reason`this mBART-25 was tuned to write "${written}"; expected one that writes "${to}"` };
  return { kind: 'tasks', tasks: [task(from, to, { text: '', before: [], after: [eosId, source], forced: [] })] };
}

function m2mTasks(facts: FamilyFacts): FamilyTasks {
  const m2m = languageTokens(facts, M2M_TOKEN);
  const languages = m2m.size > 0 ? m2m : languageTokens(facts, NLLB_TOKEN);
  const around = (from: number, to: number) => ({ text: '', before: [from], after: [facts.eosId], forced: [to] });
  return manyToMany(facts, languages, around);
}

/** Language pairs by the names of the model's tasks, `translation_en_to_de`, with the text that each is asked with. */
function namedPairs({ task_specific_params: tasks }: HubConfig): { from: string; to: string; prefix: string }[] {
  return Object.entries(tasks ?? {}).flatMap(([name, { prefix }]) => {
    const [, from, to] = /^translation_([a-z]{2,3})_to_([a-z]{2,3})$/.exec(name) ?? [];
    return from === undefined || to === undefined ? [] : [{ from, to, prefix: prefix ?? '' }];
  });
}

/** A pair that was said, and back. */
function manyToMany(
  { answers }: FamilyFacts,
  languages: ReadonlyMap<string, number>,
  promptOf: (from: number, to: number) => NonNullable<Task['prompt']>,
): FamilyTasks {
  if (languages.size === 0)
    return { kind: 'refused', why: reason`its tokenizer has no tokens for languages; expected those of its family` };
  const from = languages.get(answers?.from ?? '');
  const to = languages.get(answers?.to ?? '');
  if (answers === null || from === undefined || to === undefined)
    return { kind: 'ask', offered: [...languages.keys()].sort(), asksPrefix: false };
  return {
    kind: 'tasks',
    tasks: [task(answers.from, answers.to, promptOf(from, to)), task(answers.to, answers.from, promptOf(to, from))],
  };
}

const MADLAD_TOKEN = /^<2([a-z]{2,3})>$/;
const MARIAN_TOKEN = /^>>([a-z]{2,3})(?:_[A-Za-z]+)?<<$/;
const MBART_TOKEN = /^([a-z]{2,3})_[A-Z]{2}$/;
const M2M_TOKEN = /^__([a-z]{2,3})__$/;
const NLLB_TOKEN = /^([a-z]{3})_([A-Z][a-z]{3})$/;

/** Ids of the tokens for languages, by language; where several stand for one, that in its usual script. */
function languageTokens({ tokens, idOf }: FamilyFacts, pattern: RegExp): Map<string, number> {
  const found = new Map<string, { id: number; isUsual: boolean }>();
  for (const token of tokens) {
    const match = pattern.exec(token);
    const name = language(match?.[1] ?? '');
    const id = match ? idOf(token) : null;
    if (name === null || id === null) continue;
    const isUsual = match?.[2] === undefined || new Intl.Locale(name).maximize().script === match[2];
    const known = found.get(name);
    if (!known || (isUsual && !known.isUsual)) found.set(name, { id, isUsual });
  }
  return new Map(Array.from(found, ([name, { id }]) => [name, id]));
}

/** The shortest code of a language: `deu` → `de`. Null when it is none. */
export function language(code: string): string | null {
  try {
    const [tag = ''] = Intl.getCanonicalLocales(code);
    const short = new Intl.Locale(tag).language;
    return /^[a-z]{2,3}$/.test(short) ? short : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
