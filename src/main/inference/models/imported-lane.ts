/** An imported model's encoder and decoder, as Hugging Face Optimum exports them, as an Encoder and the LLM lane of a pack. */
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import type { LaneModel, TranslatingManifest } from '../../../shared/pack';
import { BY_MEAN } from '../decode/beam';
import type { CrossKv } from './decoder';
import type { Encoder } from './encoder';
import { ImportedDecoder, type ImportedGraph } from './imported-decoder';
import { partsOf } from './imported-prompt';
import type { LanePlaces, OpenLane } from './lanes';
import { floats, openSession, type Session, type SessionPlace } from './session';

type Metadata = readonly InferenceSession.ValueMetadata[];
type ImportedModel = Extract<LaneModel, { prefillFrom: 'states' }>;

const CACHE = /^(past_key_values|present)\.\d+\.(decoder|encoder)\.(key|value)$/;
const DECODER_INPUTS = new Set(['input_ids', 'encoder_attention_mask', 'encoder_hidden_states', 'use_cache_branch']);

export async function openImportedEncoder(
  { encoder, tokenizer }: Pick<TranslatingManifest, 'encoder' | 'tokenizer'>,
  place: SessionPlace,
): Promise<Encoder> {
  const { session } = await open('encoder', encoder.file, new Set(['input_ids', 'attention_mask']), 'last_hidden_state', place);
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

/** Registers each session with `opened` as soon as it exists, so that a later failure can release it. */
export async function openImportedLane(
  { decoder: model }: ImportedModel,
  { topK, encoder, tokenizer }: Pick<TranslatingManifest, 'topK' | 'encoder' | 'tokenizer'>,
  places: LanePlaces,
  opened: (session: Session) => void,
): Promise<OpenLane> {
  const openGraph = async (part: string, file: string) => {
    const graph = await open(part, file, DECODER_INPUTS, 'logits', places.decoder);
    opened(graph.session);
    return graph;
  };
  const first = await openGraph('llm decoder', model.file);
  const next = model.nextFile === undefined ? null : await openGraph('llm decoder, later tokens', model.nextFile);
  /** What the output of a prompt that was prefilled begins with. */
  const forcedOf = new WeakMap<CrossKv, readonly number[]>();
  return {
    readsHidden: true,
    project: null,
    maxTokens: model.maxTokens,
    beamRules: {
      lengthPenalty: model.lengthPenalty ?? BY_MEAN.lengthPenalty,
      earlyStopping: model.earlyStopping ?? BY_MEAN.earlyStopping,
      endIsForced: model.endIsForced ?? BY_MEAN.endIsForced,
    },
    // The first run of the decoder computes the keys and values; the states are all it needs.
    prefill({ ids, conditioning }) {
      const states = (conditioning ?? new Float32Array(0)).subarray(0);
      forcedOf.set(states, partsOf(ids, tokenizer.vocabSize).forced);
      return Promise.resolve(states);
    },
    decoder: (prompts) =>
      new ImportedDecoder(
        { first, next },
        model,
        encoder.dModel,
        tokenizer.eosId,
        topK,
        prompts.map((states) => ({ states, forced: forcedOf.get(states) ?? [] })),
      ),
    sessions: [first.session, ...(next ? [next.session] : [])],
  };
}

async function open(part: string, file: string, known: ReadonlySet<string>, output: string, place: SessionPlace): Promise<ImportedGraph> {
  let inputs: ReadonlySet<string> = new Set();
  const check = (got: Metadata, outputs: Metadata) => {
    inputs = new Set(got.map(({ name }) => name));
    return importedProblem(got, outputs, known, output);
  };
  const session = await openSession(part, file, check, place);
  return { session, inputs };
}

/** What was got and what was expected, or null. */
function importedProblem(inputs: Metadata, outputs: Metadata, known: ReadonlySet<string>, output: string): string | null {
  const unknown = inputs.find(({ name }) => !known.has(name) && !CACHE.test(name));
  if (unknown) return `got the input ${unknown.name}, expected ${[...known].join(', ')} and past key values, as Optimum exports them`;
  if (!outputs.some(({ name }) => name === output))
    return `expected an output ${output}, got ${outputs.map(({ name }) => name).join(', ')}`;
  for (const tensor of [...inputs, ...outputs]) {
    const wanted = typeOf(tensor.name);
    if (tensor.isTensor && tensor.type !== wanted) return `${tensor.name}: got ${tensor.type}, expected ${wanted}`;
  }
  return null;
}

function typeOf(name: string): string {
  if (name === 'use_cache_branch') return 'bool';
  return name === 'input_ids' || name.endsWith('attention_mask') ? 'int64' : 'float32';
}
