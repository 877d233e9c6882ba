/** A hybrid that does not belong to the model beside it is refused, with the file named and both values, and nothing is left of it. */
import { createHash } from 'node:crypto';
import { cp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PackRefusal } from '../../src/main/packs/refusal';
import { ownHybridSchema, type OwnHybrid } from '../../src/shared/own-hybrid';
import { freshModel, HUB, imported, model, packsFolder, withHybrid } from './own-hybrid/desk';

freshModel();

const hybridJson = async () => ownHybridSchema.parse(JSON.parse(await readFile(join(model, 'hybrid.json'), 'utf8')));

/** hybrid.json with what `change` makes of it, whatever that is. */
async function saying(change: (hybrid: OwnHybrid) => object): Promise<void> {
  await writeFile(join(model, 'hybrid.json'), JSON.stringify(change(await hybridJson())));
}

/** Other bytes in a graph's place, declared as they are. */
async function graph(path: keyof OwnHybrid['files'], from: string): Promise<void> {
  const bytes = await readFile(join(model, from));
  await writeFile(join(model, path), bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await saying((hybrid) => ({ ...hybrid, files: { ...hybrid.files, [path]: { bytes: bytes.length, sha256 } } }));
}

async function changeByte(path: string): Promise<void> {
  const bytes = await readFile(join(model, path));
  bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
  await writeFile(join(model, path), bytes);
}

const slm = (changes: object) => saying((hybrid) => ({ ...hybrid, slm: { ...hybrid.slm, ...changes } }));
async function ownSlm(changes: object): Promise<void> {
  await withHybrid('hybrid-own');
  await slm(changes);
}
const llm = (changes: object) => saying((hybrid) => ({ ...hybrid, llm: { ...hybrid.llm, ...changes } }));

const REFUSED: [name: string, make: () => Promise<unknown>, expected: RegExp][] = [
  ['half a hybrid.json', () => truncate(join(model, 'hybrid.json'), 200), /^hybrid\.json: not valid JSON/],
  ['another format', () => saying((hybrid) => ({ ...hybrid, format: 2 })), /^hybrid\.json: .*got 2, expected 1 .*format/],
  ['a field that nobody knows', () => slm({ adapter: 'x' }), /^hybrid\.json: .*"adapter"/],
  ['a file that nobody knows', () => saying((hybrid) => ({ ...hybrid, files: { ...hybrid.files, '../x.onnx': {} } })), /"\.\.\/x\.onnx"/],
  [
    'an SLM of another kind',
    () => slm({ architecture: 'encoder-only' }),
    /got "encoder-only", expected "encoder-decoder" or "decoder-only" .*slm\.architecture/,
  ],
  ['another’s tokenizer', () => slm({ tokenizer: 'slm' }), /got "slm", expected "llm" or "own" .*slm\.tokenizer/],
  ['a tokenizer of its own that is not named', () => slm({ tokenizer: 'own' }), /expected "slm_tokenizer\.json" in "files"/],
  [
    'a tokenizer of its own that is not there',
    async () => {
      await withHybrid('hybrid-own');
      await rm(join(model, 'slm_tokenizer.json'));
    },
    /^slm_tokenizer\.json: missing; expected \d+ bytes/,
  ],
  ['a first token that its tokenizer lacks', () => ownSlm({ startId: 9999 }), /the SLM’s first and last token are 9999, 1; it has \d+/],
  ['fewer tokens than its tokenizer has', () => ownSlm({ vocabSize: 100 }), /"slm_tokenizer\.json" has \d+ ids, expected at most 100/],
  ['another layer', () => llm({ layer: 3 }), /got 3, expected "last" .*llm\.layer/],
  ['no hash of the encoder', () => llm({ files: {} }), /expected the hash of "encoder" in "files"/],
  ['an LLM of another width', () => llm({ dModel: 48 }), /^hybrid\.json: made for an LLM of width 48; config\.json says 32/],
  ['another first token', () => slm({ startId: 3 }), /^hybrid\.json: the SLM’s first and last token are 3, 1; the LLM’s are 0, 1/],
  ['fewer tokens', () => slm({ vocabSize: 100 }), /^hybrid\.json: the SLM knows 100 tokens; tokenizer\.json has \d+/],
  [
    'another encoder',
    async () => cp(join(HUB, 'flan-t5', 'onnx', 'encoder_model.onnx'), join(model, 'onnx', 'encoder_model.onnx')),
    /^onnx\/encoder_model\.onnx: sha256 [0-9a-f]{64}; expected [0-9a-f]{64}/,
  ],
  [
    'an encoder that is not there',
    () => llm({ encoder: 'onnx/encoder_model_int8.onnx', files: { 'onnx/encoder_model_int8.onnx': '0'.repeat(64) } }),
    /^onnx\/encoder_model_int8\.onnx: missing, or without its decoder/,
  ],
  [
    'weights of the encoder that are not there',
    async () => {
      const { files } = (await hybridJson()).llm;
      await llm({ files: { ...files, 'onnx/encoder_model.onnx_data': '0'.repeat(64) } });
    },
    /^onnx\/encoder_model\.onnx_data: missing; the hybrid was made with it/,
  ],
  ['no projector', () => rm(join(model, 'onnx', 'projector.onnx')), /^onnx\/projector\.onnx: missing; expected \d+ bytes/],
  [
    'a cut graph',
    () => truncate(join(model, 'onnx', 'slm_encoder_model.onnx'), 99),
    /^onnx\/slm_encoder_model\.onnx: 99 bytes; expected \d+/,
  ],
  ['a changed byte', () => changeByte('onnx/slm_decoder_model.onnx'), /^onnx\/slm_decoder_model\.onnx: sha256 [0-9a-f]{64}; expected/],
  [
    'an SLM of another width',
    () => slm({ dModel: 40 }),
    /does not work here\. "onnx\/projector\.onnx" .*output projected: got float32\[.*24\], expected float32\[.*40\]/,
  ],
  [
    'other heads',
    () => slm({ heads: 2, headSize: 12 }),
    /"onnx\/slm_decoder_model\.onnx" .*present\.0\.decoder\.key: got 3 heads of 8 numbers, expected 2 of 12/,
  ],
  [
    'a graph in the place of another',
    () => graph('onnx/projector.onnx', 'onnx/encoder_model.onnx'),
    /"onnx\/projector\.onnx" is not a hybrid projector .*expected input hidden, got input_ids, attention_mask/,
  ],
  [
    'the LLM’s decoder in the place of the SLM’s',
    () => graph('onnx/slm_decoder_model.onnx', 'onnx/decoder_model_merged.onnx'),
    /"onnx\/slm_decoder_model\.onnx" .*got states of 32 numbers, expected 24|got 2 heads of 16 numbers, expected 3 of 8/,
  ],
];

describe('a hybrid is refused with', () => {
  it.each(REFUSED)('%s', async (_name, make, expected) => {
    await make();
    const refused = await imported().then(
      () => null,
      (error: unknown) => error,
    );
    expect(await readdir(packsFolder)).toEqual([]);
    if (!(refused instanceof PackRefusal)) throw new Error(`expected a refusal, got ${String(refused)}`, { cause: refused });
    expect(refused.message).toMatch(expected);
  });
});
