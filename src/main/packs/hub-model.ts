/**
 * A model in the layout of Hugging Face Optimum and Transformers.js, before it is copied: which of its graphs, how it is asked for a
 * translation, and the manifest that makes it a pack. Only what it needs is copied; weights in other forms stay where they are.
 */
import { posix } from 'node:path';
import { z } from 'zod';
import { packManifestSchema, type TranslatingManifest } from '../../shared/pack';
import { reason } from '../reasons';
import { FAMILIES, hubConfigSchema, hubGenerationSchema, type FamilyTasks, type HubAnswers, type HubConfig } from './hub-families';
import { generationSettings, type GenerationSettings } from './hub-generation';
import { chooseGraphs } from './hub-graphs';
import type { CopiedFile, ImportPlan } from './import';
import { MOST_TEXT_BYTES } from './content';
import { parsedJson, readText } from './native-pack';
import { checkOwnHybrid, hybridFiles, hybridLane, readOwnHybrid } from './own-hybrid';
import { PackQuestion, PackRefusal } from './refusal';
import type { PackSource, SourceFile } from './source';

/** Candidates of a step: enough for a beam of 8. */
const TOP_K = 16;
/** Where a model names no limit. */
const USUAL_TOKENS = 512;

const tokenizerSchema = z.looseObject({
  model: z.looseObject({ vocab: z.union([z.record(z.string(), z.number()), z.array(z.tuple([z.string(), z.number()]))]) }),
  added_tokens: z.array(z.looseObject({ id: z.number().int().nonnegative(), content: z.string() })),
});

const tokenizerConfigSchema = z.looseObject({ source_lang: z.string().optional(), target_lang: z.string().optional() });

/** Null where the source is no such model. Throws PackRefusal, and PackQuestion where its languages have to be said. */
export async function planHubModel(source: PackSource, answers: HubAnswers | null): Promise<ImportPlan | null> {
  const fileAt = (path: string) => source.files.find((file) => file.path === path);
  const configFile = fileAt('config.json');
  if (!configFile) return null;
  const read = async <T>(file: SourceFile, schema: z.ZodType<T>): Promise<T> => {
    const parsed = schema.safeParse(parsedJson(await readText(file, MOST_TEXT_BYTES), file.path));
    if (parsed.success) return parsed.data;
    throw new PackRefusal(
      file.path,
      reason`${z.prettifyError(parsed.error).replace(/\s+/g, ' ')}. Get the model again, or export it anew.`,
    );
  };
  const config = await read(configFile, hubConfigSchema);
  const family = FAMILIES[config.model_type];
  if (!family) {
    const known = Object.values(FAMILIES).map(({ name }) => name);
    throw new PackRefusal(
      'config.json',
      reason`a model of the kind "${config.model_type}"; expected one of ${known.join(', ')}. Choose another model.`,
    );
  }
  const hybrid = await readOwnHybrid(source);
  const graphs = chooseGraphs(source, hybrid?.llm.encoder ?? null);
  const tokenizerFile = fileAt('tokenizer.json');
  if (!tokenizerFile) {
    const has = source.files.some(({ path }) => path.endsWith('.spm') || path.endsWith('.model'));
    const got = has ? reason`missing; a SentencePiece model alone is not read` : reason`missing`;
    throw new PackRefusal(
      'tokenizer.json',
      reason`${got}. Get the model with it, as Transformers.js has it, or let its fast tokenizer write one.`,
    );
  }
  const tokenizer = tokenIndex(await read(tokenizerFile, tokenizerSchema));
  const generationFile = fileAt('generation_config.json');
  const declaredGeneration = generationFile ? await read(generationFile, hubGenerationSchema) : null;
  const generation = { ...(await read(configFile, hubGenerationSchema)), ...declaredGeneration };
  const tokenizerConfigFile = fileAt('tokenizer_config.json');
  const declared = tokenizerConfigFile ? await read(tokenizerConfigFile, tokenizerConfigSchema) : {};

  const eosId = [generation.eos_token_id ?? tokenizer.idOf('</s>') ?? []].flat()[0];
  const startId = generation.decoder_start_token_id;
  if (eosId === undefined || startId == null) {
    throw new PackRefusal(
      'generation_config.json',
      reason`names no eos_token_id or no decoder_start_token_id; expected both. Export the model anew.`,
    );
  }
  if (hybrid) checkOwnHybrid(hybrid, { dModel: config.d_model, startId, eosId, tokens: tokenizer.size });
  const settings = settingsOf(declaredGeneration, config, eosId);
  const modelName = posix.basename(config._name_or_path ?? '');
  const shownName = source.name.replace(/\.zip$/i, '');
  const found = family.tasks({
    config, generation, eosId, startId, answers,
    idOf: tokenizer.idOf,
    tokens: tokenizer.tokens,
    names: [modelName, shownName],
    declared: declared.source_lang !== undefined && declared.target_lang !== undefined ? { from: declared.source_lang, to: declared.target_lang } : null,
  }); // prettier-ignore
  const tasks = tasksOf(found, source.name, family.name, answers);

  const documents = source.files.filter(({ path }) => /^(readme\.md|licen[sc]e(\.txt|\.md)?)$/i.test(path));
  const files = [
    configFile,
    generationFile,
    tokenizerConfigFile,
    tokenizerFile,
    graphs.encoder,
    graphs.first,
    graphs.next,
    ...graphs.weights,
  ]
    .filter((file) => file != null)
    .concat(documents);
  const licence = await licenceOf(documents);
  const id = packId(shownName);
  const version = '1.0.0';
  const manifestText = (copied: readonly CopiedFile[]) => {
    const mostRead = config.max_position_embeddings ?? USUAL_TOKENS;
    const llm = {
      prefillFrom: 'states' as const,
      decoder: {
        file: graphs.first.path,
        ...(graphs.next && { nextFile: graphs.next.path }),
        ...decoderSizes(config),
        maxTokens: Math.min(mostRead, settings.maxTokens ?? mostRead),
        maxStep: 1 as const,
        ...settings.rules,
      },
    };
    const manifest: TranslatingManifest = {
      format: 2,
      id,
      name: shownName,
      version,
      description: `${family.name}, imported${graphs.variant === '' ? '' : ` (${graphs.variant.slice(1)})`}${hybrid ? ', with a hybrid' : ''}.`,
      licence,
      architecture: 'encoder-decoder',
      tasks,
      tokenizer: {
        file: tokenizerFile.path,
        padId: generation.pad_token_id ?? startId,
        eosId,
        unkId: tokenizer.idOf('<unk>') ?? eosId,
        startId,
        vocabSize: Math.max(config.vocab_size, tokenizer.size),
        codeIds: [],
      },
      maxSourceTokens: mostRead,
      topK: Math.min(TOP_K, config.vocab_size),
      encoder: {
        file: graphs.encoder.path,
        layers: config.encoder_layers ?? config.num_layers ?? 1,
        dModel: config.d_model,
        layout: 'optimum',
      },
      lanes: { llm, ...(hybrid && { hybrid: hybridLane(hybrid, llm) }) },
      providers: ['cpu'],
      files: [...copied],
      parameters: {},
      quality: [],
      selfTest: [],
      training: [
        'Imported; see its own model card.',
        ...leftOut(settings.notApplied),
        ...(hybrid ? [`Its hybrid: ${hybrid.training}`] : []),
      ].join(' '),
    };
    return JSON.stringify(packManifestSchema.parse(manifest), null, 1);
  };
  const { notApplied } = settings;
  const planned = hybrid ? hybridFiles(source, hybrid, files) : files.map((file) => ({ file, sha256: null }));
  return { id, name: shownName, version, files: planned, notApplied, manifestText };
}

const leftOut = (notApplied: readonly string[]) =>
  notApplied.length === 0 ? [] : [`Of its generation settings these are not applied: ${notApplied.join(', ')}.`];

function settingsOf(...[generation, config, eosId]: Parameters<typeof generationSettings>): GenerationSettings {
  try {
    return generationSettings(generation, config, eosId);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const file = generation ? 'generation_config.json' : 'config.json';
    throw new PackRefusal(file, reason`${z.prettifyError(error).replace(/\s+/g, ' ')}. Get the model again, or export it anew.`);
  }
}

function tasksOf(found: FamilyTasks, name: string, family: string, answers: HubAnswers | null): TranslatingManifest['tasks'] {
  switch (found.kind) {
    case 'tasks':
      return found.tasks;
    case 'refused':
      throw new PackRefusal('config.json', reason`${found.why}. Choose another model.`);
    case 'ask':
      if (answers !== null) {
        throw new PackRefusal(
          name,
          reason`does not translate ${answers.from} → ${answers.to}; it knows ${found.offered?.join(', ') ?? reason`others`}. Say others.`,
        );
      }
      throw new PackQuestion({ name, family, offered: found.offered, asksPrefix: found.asksPrefix });
    default:
      return found satisfies never;
  }
}

function tokenIndex({ model, added_tokens: added }: z.infer<typeof tokenizerSchema>) {
  const ids = new Map<string, number>(
    Array.isArray(model.vocab) ? model.vocab.map(([piece], id) => [piece, id]) : Object.entries(model.vocab),
  );
  for (const { content, id } of added) ids.set(content, id);
  let size = 0;
  for (const id of ids.values()) size = Math.max(size, id + 1);
  return { idOf: (token: string) => ids.get(token) ?? null, tokens: [...ids.keys()], size };
}

function decoderSizes(config: HubConfig): { layers: number; heads: number; headSize: number } {
  const heads = config.decoder_attention_heads ?? config.num_heads ?? 1;
  const layers = config.decoder_layers ?? config.num_decoder_layers ?? config.num_layers ?? 1;
  return { layers, heads, headSize: config.d_kv ?? Math.floor(config.d_model / heads) };
}

function packId(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '');
  return `${plain}-model`.slice(0, 64).replace(/-+$/, '');
}

/** As the model card says on top. */
async function licenceOf(documents: readonly SourceFile[]): Promise<string> {
  const card = documents.find(({ path }) => path.toLowerCase() === 'readme.md');
  const text = card ? await readText(card, MOST_TEXT_BYTES) : '';
  return /^---\s[\s\S]*?^license:\s*(\S+)\s*$/m.exec(text)?.[1] ?? 'not stated';
}
