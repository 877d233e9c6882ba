/**
 * Models in the layout of Hugging Face Optimum (test/fixtures/hub), imported as a person would, write what Transformers writes with them:
 * the same prompt ids and the same greedy ids, sentence by sentence, and translations through the ordinary engine.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startLocalEngine } from '../../src/cli/local-engine';
import { greedyBatch } from '../../src/main/inference/decode/greedy-batch';
import { beam } from '../../src/main/inference/decode/beam';
import { greedy } from '../../src/main/inference/decode/greedy';
import type { Strategy } from '../../src/main/inference/decode/decoder';
import { openPack, type OpenPack } from '../../src/main/inference/open-pack';
import { selfTestProblems } from '../../src/main/inference/self-test';
import type { HubAnswers } from '../../src/main/packs/hub-families';
import { importPack } from '../../src/main/packs/import';
import { PackQuestion, PackRefusal } from '../../src/main/packs/refusal';
import { collect } from './tiny';

const HUB = resolve('test/fixtures/hub');
const PLACE = { provider: 'cpu', encoderThreads: 1, decoderThreads: 1 } as const;

const referenceSchema = z.array(
  z.object({
    text: z.string(),
    sourceIds: z.array(z.number()),
    greedy: z.array(z.number()),
    beam4: z.array(z.number()),
    limit: z.number(),
    translation: z.string(),
  }),
);

/** Of 50: where two outputs are as probable to the last digits, either may be found. */
const MOST_OTHER_BEAMS = 2;

/** Running ten models takes minutes on a machine that is busy. */
const PATIENCE_MS = 900_000;

const EN_DE: HubAnswers = { from: 'en', to: 'de', prefix: null };

/** Family → what has to be said of it; null: it says everything itself. */
const FAMILIES: [family: string, answers: HubAnswers | null][] = [
  ['t5', null],
  ['flan-t5', { ...EN_DE, prefix: 'translate English to German: ' }],
  ['mt5', { ...EN_DE, prefix: '' }],
  ['madlad', EN_DE],
  ['marian', null],
  ['bart', EN_DE],
  ['mbart-cc25', EN_DE],
  ['mbart', EN_DE],
  ['nllb', EN_DE],
  ['m2m100', EN_DE],
];

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'tandem-hub-'));
});
afterAll(() => rm(scratch, { recursive: true, maxRetries: 3 }));

function imported(path: string, answers: HubAnswers | null, packsFolder = join(scratch, 'packs')) {
  const signal = new AbortController().signal;
  return importPack(path, { packsFolder, answers, installed: [], selfTest: selfTestProblems, onProgress: () => {}, signal });
}

const referenceOf = (family: string) => referenceSchema.parse(JSON.parse(readFileSync(join(HUB, family, 'reference.json'), 'utf8')));

/** A copy of a family's folder that a test may change. */
function copyOf(family: string, name: string): string {
  const folder = join(scratch, name);
  cpSync(join(HUB, family), folder, { recursive: true });
  rmSync(join(folder, 'reference.json'));
  rmSync(join(folder, 'settings.json'), { force: true });
  return folder;
}

async function openImported(folder: string): Promise<OpenPack> {
  const pack = await openPack(folder, PLACE);
  if (pack.kind !== 'translating') throw new Error('expected a pack that translates');
  return pack;
}

async function written(pack: OpenPack, sourceIds: readonly number[], strategy: Strategy, maxTokens: number): Promise<number[]> {
  const lane = pack.lanes.get('llm');
  if (!lane) throw new Error('expected an LLM lane');
  const decoder = lane.decoder([await lane.prefill({ ids: sourceIds, conditioning: await pack.encoder.encode(sourceIds) })]);
  const { startId, eosId } = pack.manifest.tokenizer;
  const ids: number[] = [];
  for await (const { keep, append } of strategy(decoder, { startId, eosId, maxTokens })) ids.splice(keep, Infinity, ...append);
  return ids;
}

describe.each(FAMILIES)('%s', (family, answers) => {
  it(
    'writes what Transformers writes',
    async () => {
      const { folder } = await imported(join(HUB, family), answers);
      const pack = await openImported(folder);
      const prefix = pack.manifest.tasks[0]?.prefix ?? '';
      const { vocabSize } = pack.manifest.tokenizer;
      const rows = referenceOf(family);
      expect(rows).toHaveLength(50);
      for (const row of rows) {
        const ids = pack.tokenizer.encode(prefix, row.text);
        expect(
          ids.filter((id) => id < vocabSize),
          row.text,
        ).toEqual(row.sourceIds);
        expect(await written(pack, ids, greedy, row.limit), row.text).toEqual(row.greedy);
      }

      const differing: string[] = [];
      for (const row of rows) {
        const ids = await written(pack, pack.tokenizer.encode(prefix, row.text), beam(4), row.limit);
        if (ids.join() !== row.beam4.join()) differing.push(row.text);
      }
      expect(differing.length, differing.join(' ')).toBeLessThanOrEqual(MOST_OTHER_BEAMS);

      // Several at a time, of different lengths: as documents are translated.
      const batch = rows.slice(0, 6).map(({ text, limit }) => ({ sourceIds: pack.tokenizer.encode(prefix, text), maxTokens: limit }));
      const lane = pack.lanes.get('llm');
      const prompts = [];
      for (const { sourceIds } of batch)
        prompts.push((await lane?.prefill({ ids: sourceIds, conditioning: await pack.encoder.encode(sourceIds) })) ?? new Float32Array());
      const decoder = lane?.decoder(prompts);
      if (!decoder) throw new Error('expected an LLM lane');
      for await (const rowsEnded of greedyBatch(decoder, batch, pack.manifest.tokenizer)) {
        for (const { row, ids, ending } of rowsEnded) {
          const expected = rows[row]?.greedy ?? [];
          expect(ids).toEqual(ending === 'loop' ? expected.slice(0, ids.length) : expected);
        }
      }
      await pack.release();
      await rm(folder, { recursive: true });
    },
    PATIENCE_MS,
  );
});

it('tells which generation settings are not applied, in the pack as well', async () => {
  const source = copyOf('t5', 'unapplied');
  change(source, 'generation_config.json', { num_beams: 12, encoder_repetition_penalty: 1.2, temperature: 0.7, max_length: 40 });
  const { folder, notApplied } = await imported(source, null);
  expect(notApplied).toEqual(['num_beams 12', 'encoder_repetition_penalty 1.2']);
  const pack = await openImported(folder);
  expect(pack.manifest.training).toContain('not applied: num_beams 12, encoder_repetition_penalty 1.2.');
  expect(pack.lanes.get('llm')?.maxTokens).toBe(39);
  await pack.release();
  await rm(folder, { recursive: true });
});

it('translates through the engine like any pack', async () => {
  const { id, folder } = await imported(join(HUB, 'marian'), null, join(scratch, 'engine'));
  const engine = await startLocalEngine({ packs: [{ packId: id, folder }], ...PLACE });
  const request = {
    packId: id,
    task: { kind: 'translate', from: 'en', to: 'de' },
    lane: 'llm',
    decoding: { kind: 'greedy' },
    priority: 'interactive',
  } as const;
  const { end, text } = await collect(engine.client.generate({ ...request, text: 'Tom is our best pilot.' }));
  expect(end).toMatchObject({ kind: 'done', finish: 'stop' });
  expect(text.length).toBeGreaterThan(0);
  await engine.close();
  await rm(folder, { recursive: true });
});

it('asks for languages that nothing tells, and refuses those it does not know', async () => {
  const asked = await imported(join(HUB, 'nllb'), null).catch((error: unknown) => error);
  if (!(asked instanceof PackQuestion)) throw new Error('expected a question', { cause: asked });
  expect(asked.question.offered).toEqual(expect.arrayContaining(['de', 'en', 'fr', 'zh']));
  await expect(imported(join(HUB, 'nllb'), { from: 'en', to: 'tlh', prefix: null })).rejects.toThrow(/does not translate en → tlh/);
  // Its output begins with a language, which is the one it writes.
  await expect(imported(join(HUB, 'mbart-cc25'), { from: 'de', to: 'en', prefix: null })).rejects.toThrow(
    /^config\.json: this mBART-25 was tuned to write "de"; expected one that writes "en"/,
  );
});

describe('is refused with words for what to do', () => {
  const cases: [name: string, change: (folder: string) => void, expected: RegExp][] = [
    [
      'another kind of model',
      (folder) => changeConfig(folder, { model_type: 'llama' }),
      /^config\.json: a model of the kind "llama"; expected one of T5/,
    ],
    [
      'a setting that is none',
      (folder) => change(folder, 'generation_config.json', { no_repeat_ngram_size: 'three' }),
      /^generation_config\.json: .*no_repeat_ngram_size/,
    ],
    [
      'no graphs',
      (folder) => rmSync(join(folder, 'onnx'), { recursive: true }),
      /holds no onnx\/encoder_model\.onnx .* optimum-cli export onnx/,
    ],
    ['half of the decoder', (folder) => rmSync(join(folder, 'onnx', 'decoder_with_past_model.onnx')), /holds no onnx\/encoder_model\.onnx/],
    [
      'no tokenizer.json',
      (folder) => renameSync(join(folder, 'tokenizer.json'), join(folder, 'source.spm')),
      /^tokenizer\.json: missing; a SentencePiece model alone/,
    ],
    [
      'the encoder in the decoder’s place',
      (folder) => cpSync(join(folder, 'onnx', 'encoder_model.onnx'), join(folder, 'onnx', 'decoder_model.onnx')),
      /does not work here\. .*decoder_model\.onnx/,
    ],
  ];
  it.each(cases)('%s', async (name, change, expected) => {
    const folder = copyOf('marian', name.replace(/\W+/g, '-'));
    change(folder);
    const packsFolder = join(scratch, 'refused');
    mkdirSync(packsFolder, { recursive: true });
    const refused = await imported(folder, null, packsFolder).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PackRefusal);
    expect((refused as PackRefusal).message).toMatch(expected);
    expect(readdirSync(packsFolder)).toEqual([]);
  });
});

it('takes the smallest graphs that run well, and leaves other weights behind', async () => {
  const folder = copyOf('t5', 'many-variants');
  for (const name of ['encoder_model', 'decoder_model_merged']) {
    cpSync(join(folder, 'onnx', `${name}.onnx`), join(folder, 'onnx', `${name}_fp16.onnx`));
  }
  await writeFile(join(folder, 'pytorch_model.bin'), 'never copied');
  const { folder: installed } = await imported(folder, null);
  expect((await readdir(join(installed, 'onnx'))).sort()).toEqual(['decoder_model_merged.onnx', 'encoder_model.onnx']);
  expect(await readdir(installed)).not.toContain('pytorch_model.bin');
  await rm(installed, { recursive: true });
});

const changeConfig = (folder: string, changes: object) => change(folder, 'config.json', changes);

function change(folder: string, file: string, changes: object): void {
  const path = join(folder, file);
  writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, 'utf8')) as object), ...changes }));
}
