/** A summarizing pack of a few lines: its tokens are bytes, and it writes what a function of the text says. */
import { ByteTokenizer } from '../../../../../src/main/inference/byte-tokenizer';
import type { Decoder } from '../../../../../src/main/inference/decode/decoder';
import { EncodingCache } from '../../../../../src/main/inference/encoding-cache';
import type { PackLease } from '../../../../../src/main/inference/loaded-packs';
import { SLICE_TOKENS, type CausalLane, type Prefilled, type Reading } from '../../../../../src/main/inference/models/causal-lane';
import type { SummarizingPack } from '../../../../../src/main/inference/open-pack';
import { summarize, type SummarizeContext } from '../../../../../src/main/inference/summarize/summarize';
import { FIRST_RATES } from '../../../../../src/main/inference/summarize/work';
import type { SummarizeEvent } from '../../../../../src/shared/inference-client';
import type { SummarizeRequest } from '../../../../../src/shared/inference/requests';
import type { Lane, SummarizingManifest } from '../../../../../src/shared/pack';
import { EOS, ScriptedDecoder } from '../scripted-decoder';

const FIRST_BYTE = 3;
const CONTROL = '<|end|>';

/** GPT-2's alphabet: a printable byte is itself, the others are the characters from U+0100 on. */
function byteCharacters(): string[] {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => {
    const isPrintable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);
    return String.fromCodePoint(isPrintable ? byte : next++);
  });
}

const tokenizer = new ByteTokenizer({
  model: { type: 'BPE', vocab: Object.fromEntries(byteCharacters().map((character, byte) => [character, byte + FIRST_BYTE])), merges: [] },
  added_tokens: [
    { id: EOS, content: '<|eos|>', special: true },
    { id: 2, content: CONTROL, special: true },
  ],
  pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
  decoder: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
  normalizer: null,
  post_processor: null,
});

const textOf = (ids: readonly number[]) => Buffer.from(ids.filter((id) => id >= FIRST_BYTE).map((id) => id - FIRST_BYTE)).toString('utf8');

const BEFORE = `Text: `;
const TASKS = (['headline', 'short', 'long'] as const).flatMap((length) =>
  (['paragraph', 'bullets'] as const).map((form) => ({
    kind: 'summarize' as const,
    length,
    form,
    before: BEFORE,
    after: `${CONTROL}${length} `,
    maxTokens: 150,
  })),
);

/** What is written for a text and the length that was asked of it. */
export type Script = (text: string, length: string) => string;

export class ScriptedPack {
  /** Slices that were read, of texts and of instructions. */
  runs = 0;
  /** Runs of decoders. */
  steps = 0;
  /** Texts that lanes wrote for, in order. */
  readonly written: { lane: Lane; text: string }[] = [];
  released = 0;
  readonly memory: SummarizeContext['memory'] = {
    readings: new EncodingCache(1e6),
    parts: new EncodingCache(1e6),
    rates: { ...FIRST_RATES },
  };

  constructor(
    private readonly scripts: Partial<Record<Lane, Script>>,
    private readonly maxContext: number,
  ) {}

  /** The events of a request, in order; `atEvent` may abort the signal. */
  async events(
    request: Partial<SummarizeRequest> & { text: string },
    atEvent: (event: SummarizeEvent, controller: AbortController) => void = () => {},
  ): Promise<SummarizeEvent[]> {
    const controller = new AbortController();
    const lease: PackLease<SummarizingPack> = {
      pack: this.pack(),
      cacheKey: 'scripted#0',
      loadMs: null,
      release: () => {
        this.released++;
        return Promise.resolve();
      },
    };
    const context = { packs: { useToSummarize: () => Promise.resolve(lease) }, memory: this.memory, signal: controller.signal };
    const events: SummarizeEvent[] = [];
    const whole: SummarizeRequest = {
      kind: 'summarize',
      id: 7,
      packId: 'scripted',
      lane: 'llm',
      length: 'short',
      form: 'paragraph',
      ...request,
    };
    for await (const event of summarize(whole, context)) {
      if (!event) continue;
      events.push(event);
      atEvent(event, controller);
    }
    return events;
  }

  private pack(): SummarizingPack {
    const lanes = new Map<Lane, CausalLane>();
    for (const lane of ['llm', 'hybrid'] as const) {
      const script = this.scripts[lane];
      if (script) lanes.set(lane, this.lane(lane, script));
    }
    return {
      kind: 'summarizing',
      manifest: this.manifest(),
      tokenizer,
      reader: { maxContext: this.maxContext, read: (ids, before) => this.read(ids, before) },
      lanes,
      sessions: [],
      fallback: null,
      release: () => Promise.resolve(),
    };
  }

  private async *read(ids: readonly number[], before: Reading | null): AsyncGenerator<null, Reading, undefined> {
    const all = [...(before?.ids ?? []), ...ids];
    if (all.length > this.maxContext) throw new RangeError(`got ${all.length} tokens`);
    for (let from = 0; from < ids.length; from += SLICE_TOKENS) {
      this.runs++;
      await Promise.resolve();
      yield null;
    }
    return { ids: all, length: all.length, bytes: 10 * ids.length };
  }

  private lane(name: Lane, script: Script): CausalLane {
    const decoderOf = (ids: readonly number[]) => {
      const end = ids.lastIndexOf(2);
      const text = textOf(ids.slice(0, end)).slice(BEFORE.length);
      this.written.push({ lane: name, text });
      const target = tokenizer.encode(script(text, textOf(ids.slice(end)).trim()));
      return this.counting(new ScriptedDecoder((before) => ({ [target[before.length] ?? EOS]: 0.9, 0: 0.05 }), 4, 8));
    };
    const prompts = new WeakMap<Prefilled, readonly number[]>();
    return {
      project: null,
      async *prefill({ ids }) {
        await Promise.resolve();
        yield null;
        const prefilled = { lastId: ids.at(-1) ?? 0 };
        prompts.set(prefilled, ids);
        return prefilled;
      },
      decoder: (prefilled) => decoderOf(prompts.get(prefilled) ?? []),
      sessions: [],
    };
  }

  private counting(decoder: Decoder): Decoder {
    const counted = <T>(run: Promise<T>) => {
      this.steps++;
      return run;
    };
    return {
      topK: decoder.topK,
      maxStep: decoder.maxStep,
      step: (ids) => counted(decoder.step(ids)),
      extend: (ids) => counted(decoder.extend(ids)),
      gather: (rows) => decoder.gather(rows),
      truncate: (length) => decoder.truncate(length),
    };
  }

  private manifest(): SummarizingManifest {
    const decoder = { file: 'llm.onnx', weights: [], layers: 1, keyValueHeads: 1, headSize: 1, maxStep: 8 };
    return {
      format: 2,
      id: 'scripted',
      name: 'Scripted',
      version: '1.0.0',
      description: '',
      licence: '',
      architecture: 'decoder-only',
      tasks: TASKS,
      tokenizer: { file: 'tokenizer.json', eosId: EOS, vocabSize: 259 },
      language: 'en',
      maxContext: this.maxContext,
      dModel: 1,
      topK: 4,
      lanes: { llm: { decoder } },
      providers: ['cpu'],
      files: [],
      parameters: {},
      quality: [],
      selfTest: [],
      training: '',
    };
  }
}
