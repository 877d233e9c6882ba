import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalEngine, type LocalEngine } from '../../src/cli/local-engine';
import type { RequestLane } from '../../src/shared/inference/lanes';
import { collect, configOf, request, TINY, tinyManifest } from './tiny';

const SENTENCES = readFileSync('test/fixtures/sentences/tatoeba.txt', 'utf8').trim().split('\n');
const BUNDLED = 'tandem-small';

let engine: LocalEngine;
beforeAll(async () => {
  const tiny = configOf(TINY);
  engine = await startLocalEngine({
    ...tiny,
    packs: [...tiny.packs, { packId: BUNDLED, folder: resolve('resources/packs', BUNDLED) }],
  });
});
afterAll(() => engine.close());

/** Each text a request of its own, so that drafting is tried anew in each. */
async function runEach(lane: RequestLane, packId: string, texts: readonly string[]) {
  const outputs: { text: string; tokens: number; flagged: number }[] = [];
  const sums = { drafted: 0, accepted: 0, rejected: 0 };
  for (const [index, text] of texts.entries()) {
    const task = { kind: 'translate', from: 'en', to: index % 2 === 0 ? 'de' : 'fr' } as const;
    const { text: translated, end } = await collect(engine.client.generate({ ...request, packId, lane, task, text }));
    if (end.kind !== 'done') throw new Error(end.error.message);
    outputs.push({ text: translated, tokens: end.tokens, flagged: end.flagged.length });
    expect(end.speculation === undefined).toBe(lane !== 'exact');
    sums.drafted += end.speculation?.drafted ?? 0;
    sums.accepted += end.speculation?.accepted ?? 0;
    sums.rejected += end.speculation?.rejected ?? 0;
  }
  return { outputs, sums };
}

describe('the exact lane', () => {
  it('of the bundled pack writes what its llm lane writes, on 200 sentences', async () => {
    expect(SENTENCES).toHaveLength(200);
    const exact = await runEach('exact', BUNDLED, SENTENCES);
    expect(exact.outputs).toEqual((await runEach('llm', BUNDLED, SENTENCES)).outputs);
    expect(exact.sums.accepted).toBeGreaterThan(100);
    expect(exact.sums.rejected).toBeGreaterThan(100);
    expect(exact.sums.drafted).toBe(exact.sums.accepted + exact.sums.rejected);
  }, 900_000);

  it('of the tiny pack writes what its llm lane writes, also what it never learned', async () => {
    const texts = [...tinyManifest.selfTest.map(({ text }) => text), ...SENTENCES.slice(0, 40)];
    expect((await runEach('exact', 'tiny', texts)).outputs).toEqual((await runEach('llm', 'tiny', texts)).outputs);
  });

  it('does the same for many sentences at once, with a stage of its own for the draft', async () => {
    const text = SENTENCES.slice(0, 12).join('\n');
    const input = { ...request, packId: BUNDLED, text };
    const exact = await collect(engine.client.generate({ ...input, lane: 'exact' }));
    expect(exact.text).toBe((await collect(engine.client.generate({ ...input, lane: 'llm' }))).text);
    expect(exact.end).toMatchObject({ kind: 'done', segments: 12, timings: { projectMs: expect.any(Number) as number } });
    expect(exact.events.some((event) => event.kind === 'stage' && event.stage === 'project')).toBe(true);
  });

  it('is cancelled as any other, and tells what was drafted until then', async () => {
    const controller = new AbortController();
    const text = SENTENCES.join('\n');
    const { end } = await collect(
      engine.client.generate({ ...request, packId: BUNDLED, lane: 'exact', text }, controller.signal),
      (event) => event.kind === 'delta' && controller.abort(),
    );
    expect(end).toMatchObject({ kind: 'done', finish: 'cancelled', speculation: { gaveUp: expect.any(Boolean) as boolean } });
  });

  it('is refused with a beam', async () => {
    const { end } = await collect(engine.client.generate({ ...request, lane: 'exact', decoding: { kind: 'beam', width: 2 } }));
    expect(end).toMatchObject({ kind: 'failed', error: { code: 'unsupported-request' } });
  });
});
