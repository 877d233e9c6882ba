/** What the exact lane does beside the LLM: the hybrid gets ready to draft, as long as drafting pays in this request. */
import type { Speculation } from '../../shared/inference/events';
import type { TranslatingManifest } from '../../shared/pack';
import { DraftPace } from './decode/draft-pace';
import type { Strategy } from './decode/decoder';
import { ModelDraft } from './decode/drafts/model-draft';
import { greedy } from './decode/greedy';
import { speculate } from './decode/speculate';
import { stoppable } from './decode/stoppable';
import type { Hidden } from './models/encoder';
import type { OpenLane } from './models/lanes';
import type { StageClock } from './stage-clock';

/** Tokens that the hybrid finds less probable than this are not worth reading: the LLM rarely writes them (docs/adr/0004). */
const MIN_PROBABILITY = 0.4;

export class Drafting {
  private readonly pace = new DraftPace(() => performance.now());

  constructor(
    private readonly lane: OpenLane,
    private readonly tokenizer: Pick<TranslatingManifest['tokenizer'], 'startId' | 'eosId'>,
    private readonly signal: AbortSignal,
  ) {}

  get isDrafting(): boolean {
    return !this.pace.gaveUp;
  }

  /** How the LLM's decoder is to write for this prompt. Project and prefill are timed as such. */
  async strategyFor(ids: readonly number[], hidden: Hidden, clock: StageClock): Promise<Strategy> {
    const { lane, pace, signal, tokenizer } = this;
    if (!this.isDrafting) return greedy;
    const decoder = await pace.prepare(async () => {
      const { project } = lane;
      signal.throwIfAborted();
      const conditioning = project ? await clock.timeAsync('project', () => project(hidden)) : hidden;
      signal.throwIfAborted();
      return lane.decoder([await clock.timeAsync('prefill', () => lane.prefill({ ids, conditioning }))]);
    });
    const source = new ModelDraft(stoppable(decoder, signal), { ...tokenizer, maxTokens: lane.maxTokens }, MIN_PROBABILITY);
    return (writer, limits) => speculate(source, pace)(stoppable(writer, signal), limits);
  }

  get outcome(): Speculation {
    const { drafted, accepted, gaveUp } = this.pace;
    return { drafted, accepted, rejected: drafted - accepted, gaveUp };
  }
}
