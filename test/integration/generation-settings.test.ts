/**
 * Imported models under generation settings, alone and together: what the lane writes with the beam and the limit that its import gave it are the
 * ids of Transformers' own `generate` under the same `generation_config.json` (test/fixtures/hub/settings.py).
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { beam } from '../../src/main/inference/decode/beam';
import { greedy } from '../../src/main/inference/decode/greedy';
import { greedyBatch } from '../../src/main/inference/decode/greedy-batch';
import { openPack, type OpenPack } from '../../src/main/inference/open-pack';
import { selfTestProblems } from '../../src/main/inference/self-test';
import type { HubAnswers } from '../../src/main/packs/hub-families';
import { importPack } from '../../src/main/packs/import';
import { usualBeamWidth } from '../../src/shared/pack';

const HUB = resolve('test/fixtures/hub');
const PATIENCE_MS = 900_000;
const EN_DE: HubAnswers = { from: 'en', to: 'de', prefix: null };

const casesSchema = z.array(z.object({ settings: z.record(z.string(), z.unknown()), ids: z.array(z.array(z.number())).min(1) }));
const textsSchema = z.array(z.object({ text: z.string() }));

const readJson = <T>(schema: z.ZodType<T>, ...path: string[]) => schema.parse(JSON.parse(readFileSync(join(HUB, ...path), 'utf8')));

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'tandem-settings-'));
});
afterAll(() => rm(scratch, { recursive: true, maxRetries: 3 }));

async function importedWith(family: string, answers: HubAnswers | null, settings: object) {
  const folder = join(scratch, 'source', family);
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(HUB, family), folder, { recursive: true });
  const file = join(folder, 'generation_config.json');
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), ...settings }));
  const signal = new AbortController().signal;
  const packsFolder = join(scratch, 'packs');
  return importPack(folder, { packsFolder, answers, installed: [], selfTest: selfTestProblems, onProgress: () => {}, signal });
}

async function opened(folder: string): Promise<OpenPack> {
  const pack = await openPack(folder, { provider: 'cpu', encoderThreads: 1, decoderThreads: 1 });
  if (pack.kind !== 'translating') throw new Error('expected a pack that translates');
  return pack;
}

/** A decoder of the LLM lane for these texts, and their prompts. */
async function reading(pack: OpenPack, texts: readonly string[]) {
  const lane = pack.lanes.get('llm');
  if (!lane) throw new Error('expected an LLM lane');
  const prompts = texts.map((text) => pack.tokenizer.encode(pack.manifest.tasks[0]?.prefix ?? '', text));
  const read = [];
  for (const ids of prompts) read.push(await lane.prefill({ ids, conditioning: await pack.encoder.encode(ids) }));
  return { lane, prompts, decoder: lane.decoder(read) };
}

describe.each([
  ['marian', null],
  ['bart', EN_DE],
] as const)('%s', (family, answers) => {
  it.each(readJson(casesSchema, family, 'settings.json').map((written) => [JSON.stringify(written.settings), written] as const))(
    'writes what Transformers writes: %s',
    async (_, { settings, ids }) => {
      const { folder, notApplied } = await importedWith(family, answers, settings);
      expect(notApplied).toEqual([]);
      const pack = await opened(folder);
      const texts = readJson(textsSchema, family, 'reference.json').slice(0, ids.length);
      const width = usualBeamWidth(pack.manifest, 'llm');
      expect(width).toBe(settings['num_beams'] ?? 1);
      const written: number[][] = [];
      for (const { text } of texts) {
        const { lane, decoder } = await reading(pack, [text]);
        const limits = { ...pack.manifest.tokenizer, maxTokens: lane.maxTokens };
        const row: number[] = [];
        const strategy = width === 1 ? greedy : beam(width, lane.beamRules);
        for await (const { keep, append } of strategy(decoder, limits)) row.splice(keep, Infinity, ...append);
        written.push(row);
      }
      expect(written).toEqual(ids);
      if (width === 1) {
        // Several at a time, as documents are translated.
        const { lane, prompts, decoder } = await reading(
          pack,
          texts.slice(0, 4).map(({ text }) => text),
        );
        const rows = prompts.map((sourceIds) => ({ sourceIds, maxTokens: lane.maxTokens }));
        for await (const ended of greedyBatch(decoder, rows, pack.manifest.tokenizer)) {
          for (const { row, ids: batched, ending } of ended) {
            const expected = ids[row] ?? [];
            expect(batched).toEqual(ending === 'loop' ? expected.slice(0, batched.length) : expected);
          }
        }
      }
      await pack.release();
      await rm(folder, { recursive: true });
    },
    PATIENCE_MS,
  );
});

it('an output that the limit broke off says so, although the end of sentence is forced', async () => {
  const { folder } = await importedWith('bart', EN_DE, { max_length: 6, num_beams: 2 });
  const pack = await opened(folder);
  const { lane, decoder } = await reading(pack, ['Tom is our best pilot, and everybody on this island knows it.']);
  // Of 6 tokens the first is the start and the last the end of sentence.
  expect(lane.maxTokens).toBe(4);
  const steps = beam(2, lane.beamRules)(decoder, { ...pack.manifest.tokenizer, maxTokens: lane.maxTokens });
  let step = await steps.next();
  while (!step.done) step = await steps.next();
  expect(step.value).toBe('length');
  await pack.release();
  await rm(folder, { recursive: true });
});
