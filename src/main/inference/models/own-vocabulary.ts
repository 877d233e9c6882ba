/**
 * The ids of a lane that writes with a tokenizer of its own, told in the numbers of its pack: behind those of the pack's tokenizer, where no
 * other lane has any, its first and last token as the pack's. So an id says what wrote it, one table shows them all, and whoever passes them
 * on need not know.
 */
import type { Candidates, Decoder } from '../decode/decoder';

interface Vocabulary {
  readonly startId: number;
  readonly eosId: number;
  readonly vocabSize: number;
}

export class OwnVocabulary {
  constructor(
    private readonly own: Vocabulary,
    private readonly pack: Vocabulary,
  ) {}

  /** Whether it is the number of a token that is written so, first and last aside. */
  has(id: number): boolean {
    return id >= this.pack.vocabSize && id < this.pack.vocabSize + this.own.vocabSize;
  }

  /** `decoder` knows its own ids. */
  told(decoder: Decoder): Decoder {
    const { own, pack } = this;
    const toOwn = (id: number) => (id === pack.startId ? own.startId : id === pack.eosId ? own.eosId : id - pack.vocabSize);
    const toPack = (id: number) => (id === own.eosId ? pack.eosId : id + pack.vocabSize);
    const told = ({ ids, logprobs }: Candidates): Candidates => ({ ids: ids.map(toPack), logprobs });
    return {
      topK: decoder.topK,
      maxStep: decoder.maxStep,
      step: async (ids) => told(await decoder.step(ids.map(toOwn))),
      extend: async (ids) => told(await decoder.extend(ids.map(toOwn))),
      gather: (rows) => decoder.gather(rows),
      truncate: (length) => decoder.truncate(length),
    };
  }
}
