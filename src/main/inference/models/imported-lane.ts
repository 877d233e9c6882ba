/** An imported model's encoder and decoders, as Hugging Face Optimum exports them, as an Encoder and the lanes of a pack. */
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import type { Lane, LaneModel, TranslatingManifest } from '../../../shared/pack';
import { BY_MEAN } from '../decode/beam';
import type { CrossKv } from './decoder';
import type { Encoder } from './encoder';
import { ImportedDecoder, type ImportedGraph, type ImportedGraphs } from './imported-decoder';
import { partsOf } from './imported-prompt';
import type { ImportedSlm } from './imported-slm';
import type { LanePlaces, OpenLane } from './lanes';
import { OwnVocabulary } from './own-vocabulary';
import { floats, openSession, type Session, type SessionPlace } from './session';

type Metadata = readonly InferenceSession.ValueMetadata[];
type ImportedModel = Extract<LaneModel, { prefillFrom: 'states' }>;

const CACHE = /^(past_key_values|present)\.\d+\.(decoder|encoder)\.(key|value)$/;
const STATES = new Set(['encoder_hidden_states', 'last_hidden_state']);
const ENCODER_INPUTS = new Set(['input_ids', 'attention_mask']);
const DECODER_INPUTS = new Set(['input_ids', 'encoder_attention_mask', 'encoder_hidden_states', 'use_cache_branch']);

export async function openImportedEncoder(
  { encoder, tokenizer }: Pick<TranslatingManifest, 'encoder' | 'tokenizer'>,
  place: SessionPlace,
): Promise<Encoder> {
  const { session } = await open('encoder', encoder.file, ENCODER_INPUTS, 'last_hidden_state', encoder, place);
  return {
    session,
    encode: async (prompt) => {
      const { read } = partsOf(prompt, tokenizer.vocabSize);
      const shape = [1, read.length];
      return floats(
        await session.run({
          input_ids: new Tensor('int64', BigInt64Array.from(read, BigInt), shape),
          attention_mask: new Tensor('int64', new BigInt64Array(read.length).fill(1n), shape),
        }),
        'last_hidden_state',
      );
    },
  };
}

/**
 * `slm`: where another model than the LLM writes; its decoder reads that one's states. Registers each session with `opened` as soon as it exists,
 * so that a later failure can release it.
 */
export async function openImportedLane(
  name: Lane,
  { decoder: model }: ImportedModel,
  slm: ImportedSlm | null,
  { topK, encoder, tokenizer }: Pick<TranslatingManifest, 'topK' | 'encoder' | 'tokenizer'>,
  places: LanePlaces,
  opened: (session: Session) => void,
): Promise<OpenLane> {
  const dModel = slm?.dModel ?? encoder.dModel;
  const openGraph = async (part: string, file: string) => {
    const graph = await open(`${name} ${part}`, file, DECODER_INPUTS, 'logits', { ...model, dModel }, places.decoder);
    opened(graph.session);
    return graph;
  };
  const first = await openGraph('decoder', model.file);
  const next = model.nextFile === undefined ? null : await openGraph('decoder, later tokens', model.nextFile);
  const graphs: ImportedGraphs = { first, next, readsSeveral: null };
  const { vocabulary } = model;
  const own = vocabulary ? new OwnVocabulary(vocabulary, tokenizer) : null;
  const eosId = vocabulary?.eosId ?? tokenizer.eosId;
  /** What the output of a prompt that was prefilled begins with. */
  const forcedOf = new WeakMap<CrossKv, readonly number[]>();
  return {
    readsHidden: true,
    project: slm?.project ?? null,
    maxTokens: model.maxTokens,
    beamRules: {
      lengthPenalty: model.lengthPenalty ?? BY_MEAN.lengthPenalty,
      earlyStopping: model.earlyStopping ?? BY_MEAN.earlyStopping,
      endIsForced: model.endIsForced ?? BY_MEAN.endIsForced,
    },
    // The first run of the decoder computes the keys and values; the states are all it needs.
    async prefill({ ids, conditioning }) {
      const { read, forced } = partsOf(ids, tokenizer.vocabSize);
      const given = conditioning ?? new Float32Array(0);
      const states = slm ? await slm.encode(read, given) : given.subarray(0);
      if (!own) forcedOf.set(states, forced);
      return states;
    },
    writes: (id) => own?.has(id) ?? id < tokenizer.vocabSize,
    decoder(prompts) {
      const rows = prompts.map((states) => ({ states, forced: forcedOf.get(states) ?? [] }));
      const decoder = new ImportedDecoder(graphs, model, dModel, eosId, topK, rows);
      return own?.told(decoder) ?? decoder;
    },
    sessions: [...(slm?.sessions ?? []), first.session, ...(next ? [next.session] : [])],
  };
}

/** What the manifest says of a graph; heads only of a decoder. */
interface Sizes {
  dModel: number;
  heads?: number;
  headSize?: number;
}

async function open(
  part: string,
  file: string,
  known: ReadonlySet<string>,
  output: string,
  sizes: Sizes,
  place: SessionPlace,
): Promise<ImportedGraph> {
  let inputs: ReadonlySet<string> = new Set();
  const check = (got: Metadata, outputs: Metadata) => {
    inputs = new Set(got.map(({ name }) => name));
    return importedProblem(got, outputs, known, output, sizes);
  };
  const session = await openSession(part, file, check, place);
  return { session, inputs };
}

/** What was got and what was expected, or null. */
function importedProblem(
  inputs: Metadata,
  outputs: Metadata,
  known: ReadonlySet<string>,
  output: string,
  { dModel, heads, headSize }: Sizes,
): string | null {
  const unknown = inputs.find(({ name }) => !known.has(name) && !CACHE.test(name));
  if (unknown) return `got the input ${unknown.name}, expected ${[...known].join(', ')} and past key values, as Optimum exports them`;
  if (!outputs.some(({ name }) => name === output))
    return `expected an output ${output}, got ${outputs.map(({ name }) => name).join(', ')}`;
  for (const tensor of [...inputs, ...outputs]) {
    const wanted = typeOf(tensor.name);
    if (!tensor.isTensor) continue;
    if (tensor.type !== wanted) return `${tensor.name}: got ${tensor.type}, expected ${wanted}`;
    const [, second, third, last] = tensor.shape;
    if (STATES.has(tensor.name) && differs(third, dModel)) return `${tensor.name}: got states of ${third} numbers, expected ${dModel}`;
    if (CACHE.test(tensor.name) && (differs(second, heads) || differs(last, headSize)))
      return `${tensor.name}: got ${second} heads of ${last} numbers, expected ${heads} of ${headSize}`;
  }
  return null;
}

/** Sizes that a graph leaves open are names. */
const differs = (got: number | string | undefined, expected: number | undefined) =>
  typeof got === 'number' && got >= 0 && expected !== undefined && got !== expected;

function typeOf(name: string): string {
  if (name === 'use_cache_branch') return 'bool';
  return name === 'input_ids' || name.endsWith('attention_mask') ? 'int64' : 'float32';
}
