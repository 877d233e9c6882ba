/** Where hybrids beside an imported model (test/fixtures/hub/hybrid.py) are imported, changed and run. */
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { z } from 'zod';
import type { Candidates } from '../../../src/main/inference/decode/decoder';
import { openPack, type OpenPack } from '../../../src/main/inference/open-pack';
import { selfTestProblems } from '../../../src/main/inference/self-test';
import { translatingDecoder } from '../../../src/main/inference/trial';
import { importPack } from '../../../src/main/packs/import';
import type { Lane } from '../../../src/shared/pack';

export const HUB = resolve('test/fixtures/hub');
export const PLACE = { provider: 'cpu', encoderThreads: 1, decoderThreads: 1 } as const;
/** Not the fixture's reference.json. */
const GRAPHS = ['hybrid.json', 'onnx'];

const referenceSchema = z.array(z.object({ text: z.string(), greedy: z.array(z.number()), limit: z.number() }));
export const referenceOf = async (name: string) =>
  referenceSchema.parse(JSON.parse(await readFile(join(HUB, name, 'reference.json'), 'utf8')));

/** Whose SLM writes with a tokenizer of its own: a T5, and a Llama. */
export const OWN_TOKENIZERS = ['hybrid-own', 'hybrid-causal'] as const;
type OwnTokenizer = (typeof OWN_TOKENIZERS)[number];

export let scratch: string;
export let packsFolder: string;
/** The LLM's folder with a hybrid in it, which a case may change. */
export let model: string;

/** New ones for each test of the file that calls it, with the hybrid that shares the LLM's tokenizer. */
export function freshModel(): void {
  beforeEach(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'tandem-own-hybrid-'));
    packsFolder = join(scratch, 'packs');
    model = join(scratch, 'model');
    await mkdir(packsFolder);
    for (const name of ['config.json', 'generation_config.json', 'tokenizer.json', 'onnx']) {
      await cp(join(HUB, 't5', name), join(model, name), { recursive: true });
    }
    await withHybrid('hybrid');
  });
  afterEach(() => rm(scratch, { recursive: true, maxRetries: 3 }));
}

/** Puts the fixture's hybrid beside the LLM, in the place of another one. */
export async function withHybrid(name: 'hybrid' | OwnTokenizer): Promise<void> {
  for (const file of name === 'hybrid' ? GRAPHS : [...GRAPHS, 'slm_tokenizer.json']) {
    await cp(join(HUB, name, file), join(model, file), { recursive: true });
  }
}

export function imported() {
  const signal = new AbortController().signal;
  return importPack(model, { packsFolder, answers: null, installed: [], selfTest: selfTestProblems, onProgress: () => {}, signal });
}

export const opened = async () => openedAt((await imported()).folder);

export async function openedAt(folder: string): Promise<OpenPack> {
  const pack = await openPack(folder, PLACE);
  if (pack.kind !== 'translating') throw new Error('expected a pack that translates');
  return pack;
}

export async function decoderOf(pack: OpenPack, name: Lane, text: string) {
  const lane = pack.lanes.get(name);
  if (!lane) throw new Error(`expected a ${name} lane`);
  const ids = pack.tokenizer.encode(pack.manifest.tasks[0]?.prefix ?? '', text);
  return translatingDecoder(lane, ids, await pack.encoder.encode(ids));
}

/** Ids that the SLM writes, as the pack tells them where it does so with its own tokenizer. */
export function told(pack: OpenPack, name: 'llm' | 'hybrid' | OwnTokenizer, ids: readonly number[]): number[] {
  const first = name === 'llm' || name === 'hybrid' ? 0 : pack.manifest.tokenizer.vocabSize;
  return ids.map((id) => id + first);
}

/** Of each row, whose ids it writes: in pieces, also after a draft that came to nothing. */
export async function expectSameAtOnce(pack: OpenPack, name: 'llm' | 'hybrid' | OwnTokenizer): Promise<void> {
  const { startId } = pack.manifest.tokenizer;
  const lane = name === 'llm' ? 'llm' : 'hybrid';
  for (const row of (await referenceOf(name === 'llm' ? 't5' : name)).slice(0, 5)) {
    const { text } = row;
    const greedy = told(pack, name, row.greedy);
    const single = await decoderOf(pack, lane, text);
    const expected: Candidates[] = [];
    for (const id of [startId, ...greedy]) expected.push(await single.step([id]));
    const decoder = await decoderOf(pack, lane, text);
    await decoder.step([startId]);
    await decoder.extend(told(pack, name, [5, 6, 7]));
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
