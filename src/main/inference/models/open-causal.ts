/** Which graphs the lanes of a decoder-only pack need, and how they hang together: decided here, when the pack opens. */
import type { Lane, SummarizingManifest } from '../../../shared/pack';
import { openCausalGraph } from './causal-graph';
import { causalReader, hybridLane, llmLane, type CausalLane, type CausalReader } from './causal-lane';
import type { LanePlaces } from './lanes';
import { openProjector } from './projector';
import type { Session, SessionPlace } from './session';

export interface CausalModels {
  readonly reader: CausalReader;
  readonly lanes: ReadonlyMap<Lane, CausalLane>;
}

/**
 * `reading`: where the LLM runs, which also writes its own lane. Registers each session with `opened` as soon as it exists, so that a later
 * failure can release it.
 */
export async function openCausalModels(
  { topK, dModel, maxContext, lanes: parts }: Pick<SummarizingManifest, 'topK' | 'dModel' | 'maxContext' | 'lanes'>,
  reading: SessionPlace,
  places: LanePlaces,
  opened: (session: Session) => void,
): Promise<CausalModels> {
  const { hybrid } = parts;
  const facts = { topK, dModel };
  const llm = await openCausalGraph('llm', parts.llm.decoder, { ...facts, givesHidden: !!hybrid, isConditioned: false }, reading);
  opened(llm.session);
  const lanes = new Map<Lane, CausalLane>([['llm', llmLane(llm, maxContext)]]);
  if (hybrid) {
    const projector = await openProjector(hybrid.projector, dModel, places.encoder);
    opened(projector.session);
    const slm = await openCausalGraph(
      'hybrid decoder',
      hybrid.decoder,
      { ...facts, givesHidden: false, isConditioned: true },
      places.decoder,
    );
    opened(slm.session);
    lanes.set('hybrid', hybridLane(projector, slm, maxContext));
  }
  return { reader: causalReader(llm, maxContext), lanes };
}
