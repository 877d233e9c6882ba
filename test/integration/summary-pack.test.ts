/** A real decoder-only pack: the tiny one, whose ids an independent implementation recorded. */
import { copyFile, cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { beam } from '../../src/main/inference/decode/beam';
import type { Strategy } from '../../src/main/inference/decode/decoder';
import type { Pace } from '../../src/main/inference/decode/draft-pace';
import type { DraftSource } from '../../src/main/inference/decode/drafts/draft-source';
import { greedy } from '../../src/main/inference/decode/greedy';
import { speculate } from '../../src/main/inference/decode/speculate';
import type { Reading } from '../../src/main/inference/models/causal-lane';
import { openPack, type SummarizingPack } from '../../src/main/inference/open-pack';
import { LoadedPacks } from '../../src/main/inference/loaded-packs';
import { selfTestProblems } from '../../src/main/inference/self-test';
import { summarizeTask, summaryPrompt } from '../../src/main/inference/summary-prompt';
import { summarizingManifestSchema, type Lane } from '../../src/shared/pack';
import { TINY } from './tiny';

const FOLDER = resolve('test/fixtures/packs/tiny-summary');
const CONFIG = { provider: 'cpu', encoderThreads: 1, decoderThreads: 1 } as const;
const manifest = summarizingManifestSchema.parse(JSON.parse(readFileSync(join(FOLDER, 'pack.json'), 'utf8')));
const LANES = ['llm', 'hybrid'] as const satisfies readonly Lane[];
const TEXT = manifest.selfTest[0]?.text ?? '';

let pack: SummarizingPack;
beforeAll(async () => {
  const opened = await openPack(FOLDER, CONFIG);
  if (opened.kind !== 'summarizing') throw new Error('expected a pack that summarizes');
  pack = opened;
});
afterAll(() => pack.release());

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function copyOfPack(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'tandem-summary-'));
  folders.push(parent);
  const folder = join(parent, 'pack');
  await cp(FOLDER, folder, { recursive: true });
  return folder;
}

async function resultOf<T>(steps: AsyncGenerator<null, T, undefined>): Promise<{ value: T; steps: number }> {
  for (let count = 0; ; count++) {
    const step = await steps.next();
    if (step.done) return { value: step.value, steps: count };
  }
}

const read = async (ids: readonly number[], before: Reading | null = null) => (await resultOf(pack.reader.read(ids, before))).value;

function idsFor(length: 'headline' | 'short' | 'long') {
  const task = summarizeTask(manifest, { length, form: 'paragraph' });
  if (!task) throw new Error(`no ${length} task`);
  return summaryPrompt(pack.tokenizer, task, TEXT);
}

async function write(lane: Lane, prompt: Reading, strategy: Strategy = greedy, maxTokens = 40): Promise<number[]> {
  const open = pack.lanes.get(lane);
  if (!open) throw new Error(`no ${lane} lane`);
  const projected = open.project ? (await resultOf(open.project(prompt))).value : null;
  const { value: prefilled } = await resultOf(open.prefill(prompt, projected));
  const ids: number[] = [];
  const limits = { startId: prefilled.lastId, eosId: manifest.tokenizer.eosId, maxTokens };
  for await (const { keep, append } of strategy(open.decoder(prefilled), limits)) ids.splice(keep, Infinity, ...append);
  return ids;
}

describe('a decoder-only pack', () => {
  it('gives the ids that were recorded when it was made, in every lane', async () => {
    expect(new Set(manifest.selfTest.map((test) => test.lane))).toEqual(new Set(LANES));
    expect(await selfTestProblems(FOLDER)).toEqual([]);
  });

  it.each(LANES)('reads a text once for all lengths: the %s lane writes as if it had read each prompt alone', async (lane) => {
    const document = await read(idsFor('long').documentIds);
    const bytes = document.bytes;
    // Each is written twice, and the first again after the others: nothing that one writes is seen by another.
    for (const length of ['headline', 'short', 'long', 'headline'] as const) {
      const { documentIds, instructionIds } = idsFor(length);
      const shared = await read(instructionIds, document);
      const alone = await read([...documentIds, ...instructionIds]);
      const expected = await write(lane, alone);
      expect(expected.length).toBeGreaterThan(4);
      expect(await write(lane, shared)).toEqual(expected);
      expect(await write(lane, shared)).toEqual(expected);
    }
    expect(document.bytes).toBe(bytes);
    expect(document.length).toBe(idsFor('long').documentIds.length);
  });

  it('reads on in as many pieces as one likes', async () => {
    const { documentIds, instructionIds } = idsFor('short');
    let reading = await read(documentIds.slice(0, 30));
    for (const slice of [documentIds.slice(30, 31), documentIds.slice(31), instructionIds]) reading = await read(slice, reading);
    expect(reading.ids).toEqual([...documentIds, ...instructionIds]);
    expect(await write('llm', reading)).toEqual(await write('llm', await read(reading.ids)));
  });

  it('reads long prompts in slices, between which others may run', async () => {
    const ids = Array.from({ length: manifest.maxContext }, (_, i) => 10 + (i % 200));
    expect((await resultOf(pack.reader.read(ids, null))).steps).toBeGreaterThan(1);
    await expect(read([...ids, 5])).rejects.toThrow(`the context holds ${manifest.maxContext}`);
    await expect(read([])).rejects.toThrow('expected at least one');
  });

  it.each(LANES)('drafts do not change what the %s lane writes, whatever they are', async (lane) => {
    const { documentIds, instructionIds } = idsFor('long');
    const prompt = await read(instructionIds, await read(documentIds));
    const plain = await write(lane, prompt);
    const pace: Pace = {
      begin: (most) => Math.min(most, 5),
      draft: (work) => work(),
      read: (_tokens, work) => work(),
      end: () => undefined,
    };
    const guesses = [
      (written: readonly number[]) => plain.slice(written.length),
      (written: readonly number[]) => [...plain.slice(written.length, written.length + 2), 7, 7],
    ];
    for (const guess of guesses) {
      const source: DraftSource = { draft: (written) => Promise.resolve(guess(written)) };
      expect(await write(lane, prompt, speculate(source, pace))).toEqual(plain);
    }
  });

  it('may be decoded by a beam', async () => {
    const { documentIds, instructionIds } = idsFor('headline');
    const prompt = await read([...documentIds, ...instructionIds]);
    // It knows this text by heart: no other output is as probable.
    expect(await write('llm', prompt, beam(3))).toEqual(await write('llm', prompt));
  });

  it('is not used to translate, nor a translating one to summarize', async () => {
    const packs = new LoadedPacks(() => undefined);
    await packs.configure({
      packs: [
        { packId: 'tiny', folder: TINY },
        { packId: 'tiny-summary', folder: FOLDER },
      ],
      ...CONFIG,
    });
    expect(packs.statuses().map(({ state }) => state)).toEqual(['closed', 'closed']);
    await expect(packs.use('tiny-summary')).rejects.toThrow('summarizes and does not translate');
    await expect(packs.useToSummarize('tiny')).rejects.toThrow('translates and does not summarize');
    const { pack: leased, release } = await packs.useToSummarize('tiny-summary');
    expect(leased.manifest.id).toBe('tiny-summary');
    const [llm] = packs.statuses()[1]?.sessions ?? [];
    const weights = manifest.files.filter(({ path }) => path === 'llm.onnx' || manifest.lanes.llm.decoder.weights.includes(path));
    expect(llm?.bytes).toBe(weights.reduce((sum, { bytes }) => sum + bytes, 0));
    await release();
    await packs.close();
  });
});

describe('a damaged decoder-only pack is named', () => {
  it.each([
    ['without weights', (folder: string) => rm(join(folder, 'llm.weights')), /"llm\.weights" is missing/],
    ['with half its weights', (folder: string) => truncate(join(folder, 'llm.weights'), 40_000), /"llm\.onnx" cannot be opened/],
    [
      'with the graph of another lane',
      (folder: string) => copyFile(join(folder, 'llm.onnx'), join(folder, 'hybrid.onnx')),
      /"hybrid\.onnx" is not a hybrid decoder of pack format 2: expected input projected/,
    ],
    [
      'with the tokenizer of another model',
      (folder: string) => copyFile(join(TINY, 'tokenizer.json'), join(folder, 'tokenizer.json')),
      /"tokenizer\.json" cannot be read: .*BPE/,
    ],
    [
      'whose weights lie outside',
      async (folder: string) => {
        await copyFile(join(folder, 'embedding.weights'), join(folder, '..', 'x'.repeat(14)));
        const graph = await readFile(join(folder, 'llm.onnx'), 'latin1');
        await writeFile(join(folder, 'llm.onnx'), graph.replaceAll('embedding.weights', `../${'x'.repeat(14)}`), 'latin1');
      },
      /"llm\.onnx" cannot be opened/,
    ],
  ])('%s', async (_name, damage, message) => {
    const folder = await copyOfPack();
    await damage(folder);
    const [problem = ''] = await selfTestProblems(folder);
    expect(problem).toMatch(message);
  });

  it('whose weights or tokenizer were changed where they still open', async () => {
    const folder = await copyOfPack();
    const weights = await readFile(join(folder, 'hybrid.weights'));
    await writeFile(
      join(folder, 'hybrid.weights'),
      weights.map((byte, i) => (i % 7 === 0 ? byte ^ 0x10 : byte)),
    );
    const problems = await selfTestProblems(folder);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.every((problem) => /^Self-test hybrid .* got ids .*, expected /.test(problem))).toBe(true);

    const other = await copyOfPack();
    const tokenizer = await readFile(join(other, 'tokenizer.json'), 'utf8');
    await writeFile(join(other, 'tokenizer.json'), tokenizer.replace(/"merges":\[\[[^\]]*\],/, '"merges":['));
    expect((await selfTestProblems(other)).some((problem) => /got prompt ids/.test(problem))).toBe(true);
  });
});
