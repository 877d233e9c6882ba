/** One graph of a decoder-only pack (docs/pack-format.md): a session that reads a slice of a prompt, a token or a draft. */
import { Tensor } from 'onnxruntime-node';
import type { SummarizingManifest } from '../../../shared/pack';
import type { Candidates } from '../decode/decoder';
import type { KeyValues } from './key-values';
import { floats, floatTensor, integers, openSession, type GraphSpec, type Session, type SessionPlace } from './session';

export type CausalShape = SummarizingManifest['lanes']['llm']['decoder'];

export interface CausalFacts {
  topK: number;
  /** Width of the model. */
  dModel: number;
  /** The graph gives the hidden states of what it reads. */
  givesHidden: boolean;
  /** Something is added to the embeddings of what the graph reads. */
  isConditioned: boolean;
}

export interface CausalInput {
  /** Time first, as many for each row. */
  ids: readonly number[];
  /** What was read and is shared; its rows are those of `past`. */
  prefix: KeyValues;
  past: KeyValues;
  /** f32[N,B,d]; only where the graph is conditioned. */
  projected: Float32Array | null;
  /** For how many of the last tokens of each row it is asked what may follow. */
  answers: number;
}

export interface CausalOutput {
  candidates: Candidates;
  /** f32[2L*N,B,k,h]: what `KeyValues.append` takes. */
  delta: Float32Array;
  /** f32[N,B,d]; null where the graph gives none. */
  hidden: Float32Array | null;
}

/** Added to the score of a token that comes later. */
const BANNED = -1e9;

export class CausalGraph {
  constructor(
    readonly session: Session,
    readonly shape: CausalShape,
    readonly facts: CausalFacts,
  ) {}

  async run({ ids, prefix, past, projected, answers }: CausalInput): Promise<CausalOutput> {
    const { rows } = past;
    const { keyValueHeads, headSize } = this.shape;
    const tokens = ids.length / rows;
    const read = prefix.length + past.length;
    const feeds: Record<string, Tensor> = {
      ids: new Tensor('int32', Int32Array.from(ids), [tokens, rows]),
      positions: new Tensor(
        'int64',
        BigInt64Array.from(ids, (_, i) => BigInt(read + Math.floor(i / rows))),
        [tokens, rows],
      ),
      bias: floatTensor(laterBanned(tokens, read), [tokens, read + tokens]),
      answer_from: new Tensor('int64', BigInt64Array.of(BigInt(tokens - answers)), [1]),
    };
    if (projected) feeds.projected = floatTensor(projected, [tokens, rows, this.facts.dModel]);
    for (const [time, held] of [
      ['prefix', prefix],
      ['past', past],
    ] as const) {
      held.views().forEach((view, i) => {
        feeds[inputName(time, i)] = floatTensor(view, [held.length, rows, keyValueHeads, headSize]);
      });
    }
    const outputs = await this.session.run(feeds);
    return {
      candidates: { ids: integers(outputs, 'top_ids'), logprobs: floats(outputs, 'top_logprobs') },
      delta: floats(outputs, 'kv_delta'),
      hidden: this.facts.givesHidden ? floats(outputs, 'hidden') : null,
    };
  }
}

/** Throws EngineFailure as `openSession` does. */
export async function openCausalGraph(part: string, shape: CausalShape, facts: CausalFacts, place: SessionPlace): Promise<CausalGraph> {
  return new CausalGraph(await openSession(part, shape.file, causalSpec(shape, facts), place, shape.weights), shape, facts);
}

function causalSpec({ layers, keyValueHeads, headSize }: CausalShape, facts: CausalFacts): GraphSpec {
  const { topK, dModel, givesHidden, isConditioned } = facts;
  const inputs: GraphSpec['inputs'] = {
    ids: { type: 'int32', shape: ['N', 'B'] },
    positions: { type: 'int64', shape: ['N', 'B'] },
    bias: { type: 'float32', shape: ['N', 'W'] },
    answer_from: { type: 'int64', shape: [1] },
    ...(isConditioned ? { projected: { type: 'float32', shape: ['N', 'B', dModel] } } : {}),
    ...Object.fromEntries(
      Array.from({ length: 2 * layers }, (_, i) => i).flatMap((i) => [
        [inputName('prefix', i), { type: 'float32' as const, shape: ['S', 'B', keyValueHeads, headSize] }],
        [inputName('past', i), { type: 'float32' as const, shape: ['T', 'B', keyValueHeads, headSize] }],
      ]),
    ),
  };
  return {
    inputs,
    outputs: {
      top_ids: { type: 'int32', shape: ['M', 'B', topK] },
      top_logprobs: { type: 'float32', shape: ['M', 'B', topK] },
      kv_delta: { type: 'float32', shape: ['D', 'B', keyValueHeads, headSize] },
      ...(givesHidden ? { hidden: { type: 'float32', shape: ['N', 'B', dModel] } } : {}),
    },
  };
}

const inputName = (time: 'prefix' | 'past', index: number) => `${time}_${index % 2 === 0 ? 'key' : 'value'}.${index >> 1}`;

/** f32[tokens,read+tokens]: each token sees what was read and itself, not what comes later. */
function laterBanned(tokens: number, read: number): Float32Array {
  const width = read + tokens;
  const bias = new Float32Array(tokens * width);
  for (let token = 0; token < tokens; token++) bias.fill(BANNED, token * width + read + token + 1, (token + 1) * width);
  return bias;
}
