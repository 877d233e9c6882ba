import type { Delta } from '../../../shared/inference/delta';
import type { Pace } from './draft-pace';
import type { DraftSource } from './drafts/draft-source';
import type { Candidates, Decoder, DecodeLimits, Ending, Strategy } from './decoder';

/**
 * A choice is close where the second best token is less than this behind, in natural logarithms of probability.
 * Integer kernels add up in another order for several tokens than for one; rounding to 8 bits makes more of it, and keys and values of a
 * draft carry it on. Measured on the bundled pack (docs/adr/0004): by at most 0.14 in 40,000 positions, and the choice changed only where
 * the second was less than 0.07 behind.
 */
const CLOSE = 0.2;

/**
 * Greedy decoding in fewer runs: `source` guesses the next tokens, the decoder reads them in one run, and those it would have written
 * itself are kept, with its own next token. Ids and ending are those of `greedy` with this decoder. One delta a token, so that whoever
 * follows them sees what it would see of `greedy`. `close`: as CLOSE; 0 trusts what several tokens at once give.
 */
export function speculate(source: DraftSource, pace: Pace, close = CLOSE): Strategy {
  return async function* (decoder: Decoder, limits: DecodeLimits): AsyncGenerator<Delta<number[]>, Ending, undefined> {
    const verifier = new Verifier(decoder, pace, close);
    const written: number[] = [];
    while (written.length < limits.maxTokens) {
      // One token more than was drafted is written, and the run reads one more: the last that was written.
      const length = pace.begin(Math.min(decoder.maxStep, limits.maxTokens - written.length) - 1);
      const draft = length === 0 ? [] : untilEnd(await pace.draft(() => source.draft(written, length)), limits.eosId).slice(0, length);
      const chosen = await verifier.read([written.at(-1) ?? limits.startId, ...draft]);
      pace.end(draft.length, chosen.length - 1);
      for (const id of chosen) {
        if (id === limits.eosId) return 'stop';
        written.push(id);
        yield { keep: written.length - 1, append: [id] };
      }
    }
    return 'length';
  };
}

/** The decoder whose choices count, and what it has read so far. */
class Verifier {
  private readonly ids: number[] = [];
  /** How many of `ids` were read one at a time, each after nothing but such: what follows them is chosen as `greedy` chooses. */
  private plain = 0;

  constructor(
    private readonly decoder: Decoder,
    private readonly pace: Pace,
    private readonly close: number,
  ) {}

  /** Reads `ids`, a draft from the second on. Returns what it writes instead: the part of the draft that agrees, and one token. */
  async read(ids: readonly number[]): Promise<number[]> {
    const { decoder } = this;
    const before = this.ids.length;
    const candidates = await this.run(ids);
    const chosen: number[] = [];
    for (let place = 0; place < ids.length && (place === 0 || chosen[place - 1] === ids[place]); place++) {
      const length = before + place + 1;
      if (length > this.plain && margin(candidates, place, decoder.topK) < this.close) {
        chosen.push(await this.choosePlainly(length));
        break;
      }
      chosen.push(candidates.ids[place * decoder.topK] ?? 0);
    }
    this.forgetAfter(before + chosen.length);
    return chosen;
  }

  private async run(ids: readonly number[]): Promise<Candidates> {
    const { decoder } = this;
    const candidates = await this.pace.read(ids.length, () => (ids.length === 1 ? decoder.step(ids) : decoder.extend(ids)));
    if (ids.length === 1 && this.plain === this.ids.length) this.plain++;
    this.ids.push(...ids);
    return candidates;
  }

  /** Reads again what was not read one at a time, up to `length`; what follows. */
  private async choosePlainly(length: number): Promise<number> {
    const again = this.ids.slice(this.plain, length);
    this.forgetAfter(this.plain);
    let choice = 0;
    for (const id of again) choice = (await this.run([id])).ids[0] ?? 0;
    return choice;
  }

  private forgetAfter(length: number): void {
    if (length === this.ids.length) return;
    this.ids.length = length;
    this.decoder.truncate(length);
  }
}

/** How far the second best is behind; with one candidate alone nothing is known of the second. */
function margin({ logprobs }: Candidates, place: number, topK: number): number {
  const best = logprobs[place * topK] ?? -Infinity;
  const second = topK > 1 ? (logprobs[place * topK + 1] ?? -Infinity) : best;
  return best - second;
}

/** The end of sentence is the decoder's to write. */
function untilEnd(ids: readonly number[], eosId: number): readonly number[] {
  const end = ids.indexOf(eosId);
  return end < 0 ? ids : ids.slice(0, end);
}
