/** LLM hidden states → what is added to the SLM's prompt embeddings. */
import { floats, floatTensor, openSession, type GraphSpec, type Session, type SessionPlace } from './session';
import type { Hidden } from './encoder';

/** f32[S,m], m the SLM's width. */
export type Projected = Float32Array;

export interface Projector {
  readonly session: Session;
  project(hidden: Hidden): Promise<Projected>;
}

export async function openProjector(file: string, dModel: number, place: SessionPlace): Promise<Projector> {
  const spec: GraphSpec = {
    inputs: { hidden: { type: 'float32', shape: ['B', 'S', dModel] } },
    outputs: { projected: { type: 'float32', shape: ['B', 'S', 'm'] } },
  };
  const session = await openSession('projector', file, spec, place);
  return {
    session,
    project: async (hidden) => floats(await session.run({ hidden: floatTensor(hidden, [1, hidden.length / dModel, dModel]) }), 'projected'),
  };
}
