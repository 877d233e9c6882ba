/**
 * An imported LLM with a hybrid beside it (test/fixtures/hub/t5 and hybrid.py): its lanes write what PyTorch writes, the exact lane writes what the
 * LLM writes, and one that writes with a tokenizer of its own does all but what takes the LLM to read it.
 */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startLocalEngine } from '../../src/cli/local-engine';
import { greedyIds } from '../../src/main/inference/trial';
import type { InferenceClient } from '../../src/shared/inference-client';
import {
  decoderOf, expectSameAtOnce, freshModel, HUB, imported, opened, openedAt, OWN_TOKENIZERS, PLACE, referenceOf, told, withHybrid,
} from './own-hybrid/desk'; // prettier-ignore
import { collect } from './tiny';

const PATIENCE_MS = 600_000;

freshModel();

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
    await expectSameAtOnce(pack, 'llm');
    await expectSameAtOnce(pack, 'hybrid');
    await pack.release();
  });

  it('does so where its graph for later tokens was made for one, and does not hide those behind it', async () => {
    const { folder } = await imported();
    await cp(join(HUB, 'hybrid', 'looks_ahead.onnx'), join(folder, 'onnx', 'slm_decoder_with_past_model.onnx'));
    const pack = await openedAt(folder);
    await expectSameAtOnce(pack, 'hybrid');
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

describe.each(OWN_TOKENIZERS)('a hybrid that writes with a tokenizer of its own: %s', (name) => {
  it(
    'writes what PyTorch writes',
    async () => {
      await withHybrid(name);
      const pack = await opened();
      const { startId, eosId } = pack.manifest.tokenizer;
      const rows = await referenceOf(name);
      expect(rows).toHaveLength(50);
      for (const { text, greedy, limit } of rows) {
        const ids = await greedyIds(await decoderOf(pack, 'hybrid', text), { startId, eosId, maxTokens: limit });
        expect(ids, text).toEqual(told(pack, name, greedy));
      }
      await expectSameAtOnce(pack, name);
      await pack.release();
    },
    PATIENCE_MS,
  );

  it(
    'tells its text, other words and versions, and refuses what the LLM would have to read',
    async () => {
      await withHybrid(name);
      const { id: packId, folder } = await imported();
      const engine = await startLocalEngine({ packs: [{ packId, folder }], ...PLACE });
      const written = (await referenceOf(name)).find(({ greedy }) => new Set(greedy).size > 3);
      await expectAnswers(engine.client, packId, written?.text ?? '');
      await engine.close();
    },
    PATIENCE_MS,
  );
});

async function expectAnswers(client: InferenceClient, packId: string, text: string): Promise<void> {
  const task = { kind: 'translate', from: 'en', to: 'de' } as const;
  const wanted = { packId, task, decoding: { kind: 'greedy' }, priority: 'interactive', text } as const;
  const refused = { kind: 'failed', error: { code: 'unsupported-request' } };
  expect((await collect(client.generate({ ...wanted, lane: 'exact' }))).end).toMatchObject(refused);

  // Random weights write nothing that a translation would show: what is written is asked for as it is.
  const sentence = sentenceOf(await collect(client.generate({ ...wanted, lane: 'llm' }))).sentence;
  const continued = await collect(
    client.continueFrom({ packId, task, sentence, lane: 'hybrid', decoding: { kind: 'greedy' }, prefix: [] }),
  );
  const { lane, written } = sentenceOf(continued);
  expect(lane).toBe('hybrid');
  expect(continued.text).toMatch(/\S/);
  const asked = { packId, task, sentence };

  for await (const event of client.opinion({ packId, task, written: [{ sentence, ids: written.ids }] }))
    expect(event).toMatchObject(refused);
  const words: Record<string, number> = {};
  for await (const event of client.candidates({ ...asked, lanes: ['hybrid', 'llm'], prefix: written.ids.slice(0, 1) })) {
    if (event.kind === 'candidates') words[event.lane] = event.candidates.length;
  }
  expect(words['hybrid']).toBeGreaterThan(0);
  expect(words['llm']).toBe(0);
  const ends: string[] = [];
  for await (const { kind } of client.versions({ ...asked, lane: 'hybrid', count: 4 })) ends.push(kind);
  expect(ends).toEqual(['versions', 'done']);
}

function sentenceOf({ events }: Awaited<ReturnType<typeof collect>>) {
  const found = events.find((event) => event.kind === 'sentence');
  if (!found) throw new Error(`expected a sentence, got ${JSON.stringify(events.at(-1))}`);
  return found;
}
