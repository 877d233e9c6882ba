/**
 * What can be run with a pack. Which graphs a lane needs, and how they hang together, is decided here, when the pack opens; behind it
 * every lane is the same four steps, of which some are not there.
 */
import type { Tensor } from 'onnxruntime-node';
import type { OwnHybrid } from '../../../shared/own-hybrid';
import type { Lane, LaneModel, TranslatingManifest } from '../../../shared/pack';
import { BY_MEAN, type BeamRules } from '../decode/beam';
import type { Decoder } from '../decode/decoder';
import { decoderSpec, StepDecoder, type CrossKv } from './decoder';
import type { Hidden } from './encoder';
import { openImportedLane } from './imported-lane';
import { openImportedSlm } from './imported-slm';
import { openProjector, type Projected } from './projector';
import { floats, floatTensor, idsTensor, openMask, openSession, type GraphSpec, type Session, type SessionPlace } from './session';

export interface Prompt {
  ids: readonly number[];
  /** Hidden or projected states f32[S,…]; null where the lane reads the ids alone. */
  conditioning: Float32Array | null;
}

export interface OpenLane {
  /** Whether `prefill` wants the LLM encoder's hidden states (`project`ed, where there is a projector). */
  readonly readsHidden: boolean;
  /** Null where the lane has no projector. */
  readonly project: ((hidden: Hidden) => Promise<Projected>) | null;
  /** Whether it is the id of a token that the lane writes and can read as written: those of another lane may come from another tokenizer. */
  writes(id: number): boolean;
  /** Longest output in tokens. */
  readonly maxTokens: number;
  readonly beamRules: BeamRules;
  /** What the decoder's cross-attention takes of a prompt. */
  prefill(prompt: Prompt): Promise<CrossKv>;
  /** A new decoder for these prompts, one row each. */
  decoder(prompts: readonly CrossKv[]): Decoder;
  readonly sessions: readonly Session[];
}

/** Of a pack in this app's own format. */
type OwnLaneModel = Exclude<LaneModel, { prefillFrom: 'states' }>;

export interface LanePlaces {
  encoder: SessionPlace;
  decoder: SessionPlace;
}

/**
 * `hybrid`: of an imported model that has one. Registers each session with `opened` as soon as it exists, so that a later failure can release it.
 */
export async function openLane(
  name: Lane,
  model: LaneModel,
  manifest: Pick<TranslatingManifest, 'topK' | 'encoder' | 'tokenizer'>,
  hybrid: OwnHybrid | null,
  places: LanePlaces,
  opened: (session: Session) => void,
): Promise<OpenLane> {
  if (model.prefillFrom === 'states') {
    const slm = hybrid && name === 'hybrid' ? await openImportedSlm(hybrid, places.encoder, opened) : null;
    return openImportedLane(name, model, slm, manifest, places, opened);
  }
  const { topK, encoder, tokenizer } = manifest;
  const open = async (part: string, file: string, spec: GraphSpec, place: SessionPlace) => {
    const session = await openSession(`${name} ${part}`, file, spec, place);
    opened(session);
    return session;
  };
  const projector = model.prefillFrom === 'projected' ? await openProjector(model.projector, encoder.dModel, places.encoder) : null;
  if (projector) opened(projector.session);
  const prefill = await open('prefill', model.prefill, prefillSpec(model, encoder.dModel), places.encoder);
  const decoder = await open('decoder', model.decoder.file, decoderSpec(model.decoder, topK), places.decoder);
  return {
    readsHidden: model.prefillFrom !== 'tokens',
    project: projector?.project ?? null,
    writes: (id) => id < tokenizer.vocabSize,
    maxTokens: model.decoder.maxTokens,
    beamRules: BY_MEAN,
    async prefill({ ids, conditioning }) {
      const feeds: Record<string, Tensor> = model.prefillFrom === 'hidden' ? {} : { input_ids: idsTensor(ids), mask: openMask(ids.length) };
      // The input is named after what it is: `hidden` or `projected`.
      if (conditioning) feeds[model.prefillFrom] = floatTensor(conditioning, [1, ids.length, conditioning.length / ids.length]);
      return floats(await prefill.run(feeds), 'cross_kv');
    },
    decoder: (prompts) => new StepDecoder(decoder, model.decoder, topK, prompts),
    sessions: [...(projector ? [projector.session] : []), prefill, decoder],
  };
}

function prefillSpec({ prefillFrom, decoder }: OwnLaneModel, dModel: number): GraphSpec {
  const tokens: GraphSpec['inputs'] = {
    input_ids: { type: 'int32', shape: ['B', 'S'] },
    mask: { type: 'float32', shape: ['B', 1, 1, 'S'] },
  };
  const inputs = {
    hidden: { hidden: { type: 'float32', shape: ['B', 'S', dModel] } },
    projected: { ...tokens, projected: { type: 'float32', shape: ['B', 'S', 'm'] } },
    tokens,
  } satisfies Record<OwnLaneModel['prefillFrom'], GraphSpec['inputs']>;
  return {
    inputs: inputs[prefillFrom],
    outputs: { cross_kv: { type: 'float32', shape: [2 * decoder.layers, 'B', decoder.heads, 'S', decoder.headSize] } },
  };
}
