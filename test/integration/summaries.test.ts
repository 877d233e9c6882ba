/** Summaries by the real engine with the tiny decoder-only pack, which knows a few texts by heart and writes words for any other. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalEngine, type LocalEngine } from '../../src/cli/local-engine';
import { greedy } from '../../src/main/inference/decode/greedy';
import { stopAtLoop } from '../../src/main/inference/decode/loop-detection';
import { Detokenizer } from '../../src/main/inference/detokenizer';
import { openPack, type SummarizingPack } from '../../src/main/inference/open-pack';
import { withoutRepeats } from '../../src/main/inference/decode/no-repeat';
import { cleaned } from '../../src/main/inference/summarize/clean';
import { grounded } from '../../src/main/inference/summarize/ground';
import { sentenceRanges } from '../../src/main/inference/summarize/sentence-ranges';
import { SourceIndex } from '../../src/main/inference/summarize/support';
import { summarizeTask, summaryPrompt } from '../../src/main/inference/summary-prompt';
import { applyTextDelta } from '../../src/shared/inference/delta';
import type { SummarizeEvent, SummarizeInput } from '../../src/shared/inference-client';
import { summarizingManifestSchema } from '../../src/shared/pack';
import { collect, configOf, request, TINY } from './tiny';

const FOLDER = resolve('test/fixtures/packs/tiny-summary');
const { selfTest } = summarizingManifestSchema.parse(JSON.parse(readFileSync(join(FOLDER, 'pack.json'), 'utf8')));
const KNOWN = [...new Set(selfTest.map(({ text }) => text))];
const LONG = readFileSync('test/fixtures/documents/txt/16-security.txt', 'utf8');

let engine: LocalEngine;
beforeAll(async () => {
  const config = configOf(TINY);
  engine = await startLocalEngine({ ...config, packs: [...config.packs, { packId: 'tiny-summary', folder: FOLDER }] });
});
afterAll(() => engine.close());

async function summarized(
  input: Partial<SummarizeInput> & { text: string },
  atEvent: (event: SummarizeEvent, controller: AbortController) => void = () => {},
) {
  const controller = new AbortController();
  const whole: SummarizeInput = { packId: 'tiny-summary', lane: 'llm', length: 'short', form: 'paragraph', ...input };
  const events: SummarizeEvent[] = [];
  let text = '';
  for await (const event of engine.client.summarize(whole, controller.signal)) {
    events.push(event);
    if (event.kind === 'delta') text = applyTextDelta(text, event);
    atEvent(event, controller);
  }
  const end = events.at(-1);
  if (end?.kind !== 'done') throw new Error(JSON.stringify(end));
  return { text, events, end };
}

/** How often the LLM read something, as its stage events tell. */
const readings = (events: readonly SummarizeEvent[]) =>
  events.filter((event) => event.kind === 'stage' && event.stage === 'encode' && (event.fraction ?? 0) > 0).length;

const sentence = (text: string, count: number) =>
  text
    .split(/(?<=\.) /)
    .slice(0, count)
    .join(' ');

describe('the tiny pack', () => {
  it.each(KNOWN)('summarizes in both lanes, all lengths and forms: %s', async (text) => {
    for (const lane of ['llm', 'hybrid'] as const) {
      const short = await summarized({ text, lane });
      expect(short.text).toBe(sentence(text, 1));
      expect(short.end.summary?.sentences[0]?.sources).toEqual([{ start: 0, end: short.text.length, score: 1 }]);
      expect((await summarized({ text, lane, length: 'long', form: 'bullets' })).text).toBe(
        `- ${sentence(text, 2).replace('. ', '.\n- ')}`,
      );
      const headline = await summarized({ text, lane, length: 'headline' });
      // The pack writes the first six words; what introduces them ("We present") is left out.
      const words = text.split(' ').slice(0, 6).join(' ');
      expect(words.toLowerCase().endsWith(headline.text.toLowerCase())).toBe(true);
      expect(headline.text.split(' ').length).toBeGreaterThan(2);
    }
  });

  it('reads a text once for all of these', async () => {
    const text = `${KNOWN[0] ?? ''} It was a good day.`;
    const first = await summarized({ text });
    expect(first.end.reusedEncodings).toBe(0);
    for (const again of [{ length: 'long' }, { form: 'bullets' }, { lane: 'hybrid' }] as const) {
      const { end, events } = await summarized({ text, ...again });
      expect(end.reusedEncodings).toBe(1);
      expect(readings(events)).toBe(1);
      expect(readings(events)).toBeLessThan(readings(first.events));
    }
  });
});

describe('copying', () => {
  let pack: SummarizingPack;
  beforeAll(async () => {
    const opened = await openPack(FOLDER, { provider: 'cpu', encoderThreads: 1, decoderThreads: 1 });
    if (opened.kind !== 'summarizing') throw new Error('expected a pack that summarizes');
    pack = opened;
  });
  afterAll(() => pack.release());

  /** As the data path writes, but one token after the other. */
  async function plainly(text: string, laneName: 'llm' | 'hybrid'): Promise<string> {
    const lane = pack.lanes.get(laneName);
    const task = summarizeTask(pack.manifest, { length: 'long', form: 'paragraph' });
    if (!lane || !task) throw new Error('expected lane and task');
    const { documentIds, instructionIds } = summaryPrompt(pack.tokenizer, task, text);
    const prompt = await ended(pack.reader.read(instructionIds, await ended(pack.reader.read(documentIds, null))));
    const prefilled = await ended(lane.prefill(prompt, lane.project ? await ended(lane.project(prompt)) : null));
    const limits = { startId: prefilled.lastId, eosId: pack.manifest.tokenizer.eosId, maxTokens: task.maxTokens };
    const detokenizer = new Detokenizer(pack.tokenizer.pieceTexts);
    let written = '';
    const sourceIds = documentIds.slice(pack.tokenizer.encodeTemplate(task.before).length);
    const deltas = stopAtLoop(greedy(withoutRepeats(lane.decoder(prefilled), 6, sourceIds), limits), []);
    for (;;) {
      const step = await deltas.next();
      if (step.done) return groundedIn(text, cleaned(written, task, step.value === 'stop' ? 'ended' : 'cut'));
      written = applyTextDelta(written, detokenizer.push(step.value));
    }
  }

  function groundedIn(text: string, draft: ReturnType<typeof cleaned>): string {
    const sentences = [...sentenceRanges(text)];
    const indexing = SourceIndex.of(text, sentences);
    for (let step = indexing.next(); ; step = indexing.next()) {
      if (!step.done) continue;
      return grounded({ ...draft, copied: [] }, { text, sentences, index: step.value }, { length: 'long', form: 'paragraph' }).text;
    }
  }

  async function ended<T>(steps: AsyncGenerator<null, T, undefined>): Promise<T> {
    for (;;) {
      const step = await steps.next();
      if (step.done) return step.value;
    }
  }

  it('writes what plain greedy decoding writes, where it copies and where it does not', async () => {
    const unknown = LONG.split('\n\n')
      .map((paragraph) => paragraph.trim())
      .filter((paragraph) => paragraph.split(/\s+/).length > 30 && paragraph.length < 450);
    let accepted = 0;
    for (const text of [...KNOWN, ...unknown.slice(0, 6)]) {
      for (const lane of ['llm', 'hybrid'] as const) {
        const { text: copied, end } = await summarized({ text, lane, length: 'long' });
        if (end.repaired === 0) expect(copied).toBe(await plainly(text, lane));
        accepted += end.summary?.copying.accepted ?? 0;
        for (const { start, end: to } of end.summary?.copied ?? []) expect(to).toBeGreaterThan(start);
        const plain = await summarized({ text, lane, length: 'long', drafts: 'none' });
        expect(plain.text).toBe(copied);
        expect(plain.end.summary?.copying).toEqual({ drafted: 0, accepted: 0 });
      }
    }
    expect(accepted).toBeGreaterThan(50);
  });
});

describe('a long text', () => {
  it('is summarized in parts; another length needs the last step alone', async () => {
    const first = await summarized({ text: LONG });
    const plan = first.events.find((event) => event.kind === 'plan');
    const parts = plan?.parts.length ?? 0;
    expect(parts).toBeGreaterThan(3);
    expect(first.events.filter(({ kind }) => kind === 'part')).toHaveLength(parts);
    expect(first.end.segments).toBeGreaterThan(parts);
    const second = await summarized({ text: LONG, length: 'headline' });
    expect(second.end.reusedEncodings).toBe(second.end.segments);
    expect(readings(second.events)).toBe(1);
  });

  it('ends soon when cancelled in the middle of a part, and keeps what was done', async () => {
    const { end, events } = await summarized({ text: LONG, lane: 'hybrid' }, (event, controller) => {
      if (event.kind === 'stage' && event.segment === 2 && event.stage === 'decode') controller.abort();
    });
    expect(end.finish).toBe('cancelled');
    expect(events.filter(({ kind }) => kind === 'part')).toHaveLength(2);
    const again = await summarized({ text: LONG, lane: 'hybrid' }, (event, controller) => {
      if (event.kind === 'stage' && event.segment === 2) controller.abort();
    });
    expect(again.end.reusedEncodings).toBe(2);
  });

  it('lets what is typed go first', async () => {
    const log: string[] = [];
    let typed: Promise<void> | null = null;
    await summarized({ text: `${LONG}\n\nAnd more.` }, (event, controller) => {
      if (event.kind === 'stage') log.push('summary');
      typed ??= collect(engine.client.generate(request), () => log.push('typed')).then(() => {
        log.push('typed end');
        controller.abort();
      });
    });
    expect(log).toContain('typed end');
    const during = log.slice(log.indexOf('typed'), log.indexOf('typed end'));
    expect(during.filter((name) => name === 'summary').length).toBeLessThanOrEqual(3);
  });
});

describe('refusals', () => {
  it.each([
    [{ text: 'Hello.' }, 'unfit-text', /short already: 1 word/],
    [{ text: KNOWN[0] ?? '', lane: 'slm' as const }, 'unsupported-request', /no slm lane. It has: llm, hybrid/],
    [{ text: KNOWN[0] ?? '', packId: 'tiny' }, 'unsupported-request', /translates and does not summarize/],
  ])('%j', async (input, code, message) => {
    const failed = summarized(input);
    await expect(failed).rejects.toThrow(code);
    await expect(failed).rejects.toThrow(message);
  });
});
