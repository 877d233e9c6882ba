import type { Decoder, DecodeLimits } from '../decoder';
import type { DraftSource } from './draft-source';

/**
 * Guesses what a smaller model would write, up to where it would end or gives its token a probability below `minProbability`.
 * `limits.maxTokens`: what its decoder can read.
 */
export class ModelDraft implements DraftSource {
  /** What the decoder has read, start included; drafts that came to nothing too. */
  private readonly read: number[] = [];

  constructor(
    private readonly decoder: Decoder,
    private readonly limits: DecodeLimits,
    private readonly minProbability: number,
  ) {}

  async draft(written: readonly number[], most: number): Promise<readonly number[]> {
    const { startId, eosId, maxTokens } = this.limits;
    const draft: number[] = [];
    let unread = this.rewind([startId, ...written]);
    while (draft.length < most && this.read.length + unread.length <= maxTokens) {
      const [id, logprob] = await this.next(unread);
      if (id === eosId || Math.exp(logprob) < this.minProbability) break;
      draft.push(id);
      unread = [id];
    }
    return draft;
  }

  /** Forgets what is not the beginning of `history`, and says what of it is to be read: its last token at least. */
  private rewind(history: readonly number[]): readonly number[] {
    let common = 0;
    while (common < history.length - 1 && this.read[common] === history[common]) common++;
    this.read.length = Math.min(this.read.length, common);
    this.decoder.truncate(common);
    return history.slice(common);
  }

  /** Reads `ids`; the best token after the last of them, and its log-probability. */
  private async next(ids: readonly number[]): Promise<[id: number, logprob: number]> {
    const { decoder } = this;
    for (let from = 0; ; from += decoder.maxStep) {
      const run = ids.slice(from, from + decoder.maxStep);
      const candidates = await (run.length === 1 ? decoder.step(run) : decoder.extend(run));
      this.read.push(...run);
      if (from + run.length < ids.length) continue;
      const best = (run.length - 1) * decoder.topK;
      return [candidates.ids[best] ?? this.limits.eosId, candidates.logprobs[best] ?? -Infinity];
    }
  }
}
