/**
 * An imported LLM with a hybrid beside it (test/fixtures/hub/t5 and hybrid): its lanes write what PyTorch writes, the exact lane writes what the LLM
 * writes, and a hybrid that does not belong to the model is refused, with the file named and both values, and nothing is left of it.
 */
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startLocalEngine } from '../../src/cli/local-engine';
import type { Candidates } from '../../src/main/inference/decode/decoder';
import { openPack, type OpenPack } from '../../src/main/inference/open-pack';
import { selfTestProblems } from '../../src/main/inference/self-test';
import { greedyIds, translatingDecoder } from '../../src/main/inference/trial';
import { importPack } from '../../src/main/packs/import';
import { PackRefusal } from '../../src/main/packs/refusal';
import { ownHybridSchema, type OwnHybrid } from '../../src/shared/own-hybrid';
import type { Lane } from '../../src/shared/pack';
import { collect } from './tiny';

const HUB = resolve('test/fixtures/hub');
const PLACE = { provider: 'cpu', encoderThreads: 1, decoderThreads: 1 } as const;
const PATIENCE_MS = 600_000;
/** Not the fixture's reference.json. */
const GRAPHS = ['hybrid.json', 'onnx'];

const referenceSchema = z.array(z.object({ text: z.string(), greedy: z.array(z.number()), limit: z.number() }));
const referenceOf = async (name: string) => referenceSchema.parse(JSON.parse(await readFile(join(HUB, name, 'reference.json'), 'utf8')));

let scratch: string;
let packsFolder: string;
/** The LLM's folder with the hybrid in it, which a case may change. */
let model: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'tandem-own-hybrid-'));
  packsFolder = join(scratch, 'packs');
  model = join(scratch, 'model');
  await mkdir(packsFolder);
  for (const name of ['config.json', 'generation_config.json', 'tokenizer.json', 'onnx']) {
    await cp(join(HUB, 't5', name), join(model, name), { recursive: true });
  }
  for (const name of GRAPHS) await cp(join(HUB, 'hybrid', name), join(model, name), { recursive: true });
});
afterEach(() => rm(scratch, { recursive: true, maxRetries: 3 }));

function imported() {
  const signal = new AbortController().signal;
  return importPack(model, { packsFolder, answers: null, installed: [], selfTest: selfTestProblems, onProgress: () => {}, signal });
}

const opened = async () => openedAt((await imported()).folder);

async function openedAt(folder: string): Promise<OpenPack> {
  const pack = await openPack(folder, PLACE);
  if (pack.kind !== 'translating') throw new Error('expected a pack that translates');
  return pack;
}

async function decoderOf(pack: OpenPack, name: Lane, text: string) {
  const lane = pack.lanes.get(name);
  if (!lane) throw new Error(`expected a ${name} lane`);
  const ids = pack.tokenizer.encode(pack.manifest.tasks[0]?.prefix ?? '', text);
  return translatingDecoder(lane, ids, await pack.encoder.encode(ids));
}

/** Of each row, whose ids it writes: in pieces, also after a draft that came to nothing. */
async function expectSameAtOnce(pack: OpenPack, lane: Lane, rows: Awaited<ReturnType<typeof referenceOf>>): Promise<void> {
  const { startId } = pack.manifest.tokenizer;
  for (const { text, greedy } of rows.slice(0, 5)) {
    const single = await decoderOf(pack, lane, text);
    const expected: Candidates[] = [];
    for (const id of [startId, ...greedy]) expected.push(await single.step([id]));
    const decoder = await decoderOf(pack, lane, text);
    await decoder.step([startId]);
    await decoder.extend([5, 6, 7]);
    decoder.truncate(1);
    for (let from = 0; from < greedy.length; from += 3) {
      const piece = greedy.slice(from, from + 3);
      const { ids, logprobs } = await decoder.extend(piece);
      piece.forEach((_, i) => {
        const wanted = expected[from + i + 1];
        expect(ids[i * decoder.topK], text).toBe(wanted?.ids[0]);
        expect(logprobs[i * decoder.topK], text).toBeCloseTo(wanted?.logprobs[0] ?? 0, 3);
      });
    }
  }
}

describe('an imported model with a hybrid', () => {
  it(
    'writes what PyTorch writes, in both lanes',
    async () => {
      const pack = await opened();
      expect([...pack.lanes.keys()]).toEqual(['llm', 'hybrid']);
      expect(pack.manifest.training).toContain('Its hybrid: Seconds, one CPU core');
      const { startId, eosId } = pack.manifest.tokenizer;
      const rows = { llm: await referenceOf('t5'), hybrid: await referenceOf('hybrid') };
      expect(rows.hybrid).toHaveLength(50);
      for (const lane of ['llm', 'hybrid'] as const) {
        for (const { text, greedy, limit } of rows[lane]) {
          const ids = await greedyIds(await decoderOf(pack, lane, text), { startId, eosId, maxTokens: limit });
          expect(ids, `${lane}: ${text}`).toEqual(greedy);
        }
      }
      await pack.release();
    },
    PATIENCE_MS,
  );

  it('reads several tokens at once as it reads them one by one', async () => {
    const pack = await opened();
    await expectSameAtOnce(pack, 'llm', await referenceOf('t5'));
    await expectSameAtOnce(pack, 'hybrid', await referenceOf('hybrid'));
    await pack.release();
  });

  it('does so where its graph for later tokens was made for one, and does not hide those behind it', async () => {
    const { folder } = await imported();
    await cp(join(HUB, 'hybrid', 'looks_ahead.onnx'), join(folder, 'onnx', 'slm_decoder_with_past_model.onnx'));
    const pack = await openedAt(folder);
    await expectSameAtOnce(pack, 'hybrid', await referenceOf('hybrid'));
    await pack.release();
  });

  it('drafts with the hybrid, and writes what the LLM writes', async () => {
    const { id, folder } = await imported();
    const engine = await startLocalEngine({ packs: [{ packId: id, folder }], ...PLACE });
    const text = (await referenceOf('t5'))
      .slice(0, 6)
      .map((row) => row.text)
      .join(' ');
    const written = async (lane: 'llm' | 'exact' | 'hybrid') =>
      collect(
        engine.client.generate({
          packId: id,
          task: { kind: 'translate', from: 'en', to: 'de' },
          lane,
          decoding: { kind: 'greedy' },
          priority: 'interactive',
          text,
        }),
      );
    const exact = await written('exact');
    expect(exact.text).toBe((await written('llm')).text);
    expect(exact.end).toMatchObject({ kind: 'done', finish: 'stop' });
    expect(exact.end.kind === 'done' && exact.end.speculation?.drafted).toBeGreaterThan(0);
    expect((await written('hybrid')).end).toMatchObject({ kind: 'done', finish: 'stop' });
    await engine.close();
  });
});

const hybridJson = async () => ownHybridSchema.parse(JSON.parse(await readFile(join(HUB, 'hybrid', 'hybrid.json'), 'utf8')));

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
const llm = (changes: object) => saying((hybrid) => ({ ...hybrid, llm: { ...hybrid.llm, ...changes } }));

const REFUSED: [name: string, make: () => Promise<unknown>, expected: RegExp][] = [
  ['half a hybrid.json', () => truncate(join(model, 'hybrid.json'), 200), /^hybrid\.json: not valid JSON/],
  ['another format', () => saying((hybrid) => ({ ...hybrid, format: 2 })), /^hybrid\.json: .*got 2, expected 1 .*format/],
  ['a field that nobody knows', () => slm({ adapter: 'x' }), /^hybrid\.json: .*"adapter"/],
  ['a file that nobody knows', () => saying((hybrid) => ({ ...hybrid, files: { ...hybrid.files, '../x.onnx': {} } })), /"\.\.\/x\.onnx"/],
  ['a causal SLM', () => slm({ architecture: 'decoder-only' }), /got "decoder-only", expected "encoder-decoder" .*slm\.architecture/],
  ['a tokenizer of its own', () => slm({ tokenizer: 'slm' }), /got "slm", expected "llm" .*slm\.tokenizer/],
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
