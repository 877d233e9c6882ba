/** The LLM's encoder: prompt ids → hidden states, once per prompt. */
import type { TranslatingManifest } from '../../../shared/pack';
import { floats, idsTensor, openMask, openSession, type GraphSpec, type Session, type SessionPlace } from './session';

/** Hidden states f32[S,d] of one prompt, after the final layer norm. */
export type Hidden = Float32Array;

export interface Encoder {
  readonly session: Session;
  encode(ids: readonly number[]): Promise<Hidden>;
}

export async function openEncoder({ file, dModel }: TranslatingManifest['encoder'], place: SessionPlace): Promise<Encoder> {
  const spec: GraphSpec = {
    inputs: { input_ids: { type: 'int32', shape: ['B', 'S'] }, mask: { type: 'float32', shape: ['B', 1, 1, 'S'] } },
    outputs: { hidden: { type: 'float32', shape: ['B', 'S', dModel] } },
  };
  const session = await openSession('encoder', file, spec, place);
  return {
    session,
    encode: async (ids) => floats(await session.run({ input_ids: idsTensor(ids), mask: openMask(ids.length) }), 'hidden'),
  };
}
