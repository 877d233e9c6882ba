/** The SLM of a hybrid beside an imported model (hybrid.json), up to the states that its decoder reads. */
import { Tensor } from 'onnxruntime-node';
import { OWN_HYBRID_GRAPHS, type OwnHybrid } from '../../../shared/own-hybrid';
import type { Hidden } from './encoder';
import type { Projected } from './projector';
import { floats, floatTensor, openSession, type GraphSpec, type Session, type SessionPlace } from './session';

export interface ImportedSlm {
  readonly dModel: number;
  project(hidden: Hidden): Promise<Projected>;
  /** States f32[S,m] of the ids that the LLM's encoder read. */
  encode(ids: readonly number[], projected: Projected): Promise<Float32Array>;
  readonly sessions: readonly Session[];
}

/** Registers each session with `opened` as soon as it exists, so that a later failure can release it. */
export async function openImportedSlm(
  { llm, slm }: OwnHybrid,
  place: SessionPlace,
  opened: (session: Session) => void,
): Promise<ImportedSlm> {
  const open = async (part: string, file: string, spec: GraphSpec) => {
    const session = await openSession(`hybrid ${part}`, file, spec, place);
    opened(session);
    return session;
  };
  const projected = { type: 'float32', shape: ['B', 'S', slm.dModel] } as const;
  const ofTokens = { type: 'int64', shape: ['B', 'S'] } as const;
  const projector = await open('projector', OWN_HYBRID_GRAPHS.projector, {
    inputs: { hidden: { type: 'float32', shape: ['B', 'S', llm.dModel] } },
    outputs: { projected },
  });
  const encoder = await open('encoder', OWN_HYBRID_GRAPHS.encoder, {
    inputs: { input_ids: ofTokens, attention_mask: ofTokens, projected },
    outputs: { last_hidden_state: projected },
  });
  return {
    dModel: slm.dModel,
    async project(hidden) {
      const outputs = await projector.run({ hidden: floatTensor(hidden, [1, hidden.length / llm.dModel, llm.dModel]) });
      return floats(outputs, 'projected');
    },
    async encode(ids, states) {
      const outputs = await encoder.run({
        input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
        attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), [1, ids.length]),
        projected: floatTensor(states, [1, ids.length, slm.dModel]),
      });
      return floats(outputs, 'last_hidden_state');
    },
    sessions: [projector, encoder],
  };
}
