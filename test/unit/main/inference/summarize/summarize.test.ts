import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyTextDelta } from '../../../../../src/shared/inference/delta';
import type { SummarizeEvent } from '../../../../../src/shared/inference-client';
import { SLICE_TOKENS } from '../../../../../src/main/inference/models/causal-lane';
import { withoutBoilerplate } from '../../../../../src/main/inference/summarize/boilerplate';
import { readable } from '../../../../../src/main/inference/summarize/readable';
import { ScriptedPack, type Script } from './scripted-pack';

const TEXT = `The new bridge over the river was opened on Monday by the mayor of Linz. It is 412 metres long and cost 94 million euros. Trams will
use it from next spring, and cyclists have lanes of their own on both sides.`;
const LONG = readFileSync('test/fixtures/documents/txt/06-whatsnext.txt', 'utf8');

/** The first sentence of what was read, as extracts go. */
const firstSentence: Script = (text) => /^[^.]*\./.exec(text.replace(/\s+/g, ' '))?.[0] ?? '';

const kinds = (events: readonly SummarizeEvent[]) => [...new Set(events.map(({ kind }) => kind))];

function endOf(events: readonly SummarizeEvent[]) {
  const end = events.at(-1);
  if (end?.kind !== 'done') throw new Error(JSON.stringify(end));
  if (events.filter(({ kind }) => kind === 'done' || kind === 'failed').length !== 1) throw new Error('more than one end');
  return end;
}

function textOf(events: readonly SummarizeEvent[]): string {
  let text = '';
  for (const event of events) {
    if (event.kind !== 'delta') continue;
    if (event.keep > text.length) throw new Error(`delta keeps ${event.keep} of ${text.length}`);
    text = applyTextDelta(text, event);
  }
  return text;
}

describe('a text that is read at once', () => {
  it('is one part; its summary streams and tells what it rests on', async () => {
    const pack = new ScriptedPack({ llm: () => 'The bridge was opened by the mayor of Linz. It cost 95 million euros in Graz.' }, 2000);
    const events = await pack.events({ text: TEXT });
    expect(kinds(events)).toEqual(['started', 'plan', 'stage', 'delta', 'done']);
    expect(events[0]).toMatchObject({ kind: 'started', segments: 1 });
    expect(events[1]).toEqual({ kind: 'plan', id: 7, parts: [{ start: 0, end: TEXT.length }] });
    const text = textOf(events);
    expect(text).toBe(
      'The bridge was opened by the mayor of Linz. Trams will use it from next spring, and cyclists have lanes of their own on both sides.',
    );
    expect(events.filter(({ kind }) => kind === 'delta').length).toBeGreaterThan(1);

    const { summary, flagged } = endOf(events);
    expect(flagged).toEqual([]);
    expect(summary?.sentences.map((sentence) => text.slice(sentence.start, sentence.end))).toHaveLength(2);
    expect(summary?.sentences[0]?.sources.map(({ start, end }) => TEXT.slice(start, end))[0]).toMatch(/^The new bridge/);
    // What was written of 95 million and Graz is not shown: a sentence of the text stands in its place.
    expect(summary?.sentences.map(({ isTaken }) => isTaken)).toEqual([false, true]);
    expect(summary?.sentences[1]?.sources.map(({ start, end }) => TEXT.slice(start, end))).toEqual([
      'Trams will\nuse it from next spring, and cyclists have lanes of their own on both sides.',
    ]);
    expect(summary?.leftOut).toEqual({ repeated: 0, unsupported: 1 });
    expect(pack.released).toBe(1);
  });

  it('is read once for all lengths, forms and lanes', async () => {
    const pack = new ScriptedPack({ llm: firstSentence, hybrid: firstSentence }, 2000);
    const first = endOf(await pack.events({ text: TEXT }));
    const runs = pack.runs;
    const instruction = 1;
    expect([first.reusedEncodings, runs]).toEqual([0, Math.ceil((TEXT.length + 6) / SLICE_TOKENS) + instruction]);
    for (const again of [{ length: 'long' }, { form: 'bullets' }, { length: 'headline' }, { lane: 'hybrid' }, {}] as const) {
      const before = pack.runs;
      expect(endOf(await pack.events({ text: TEXT, ...again })).reusedEncodings).toBe(1);
      expect(pack.runs - before).toBe(instruction);
    }
  });

  it('takes spans over from the text, and shows the same as without', async () => {
    const copy = TEXT.replace(/\s+/g, ' ').slice(0, TEXT.indexOf('euros.') + 6);
    const pack = new ScriptedPack({ llm: () => copy }, 2000);
    const events = await pack.events({ text: TEXT });
    const { summary } = endOf(events);
    expect(textOf(events)).toBe(copy);
    expect(summary?.copying.accepted).toBeGreaterThan(0);
    expect(summary?.copied.length).toBeGreaterThan(0);
    for (const { start, end } of summary?.copied ?? []) expect(TEXT.replace(/\s+/g, ' ')).toContain(copy.slice(start, end));
  });

  it('writes points and headlines of the same output', async () => {
    const pack = new ScriptedPack({ llm: () => 'Here is a summary:\n\nA bridge was opened. Trams will use it.' }, 2000);
    expect(textOf(await pack.events({ text: TEXT, form: 'bullets' }))).toBe('- A bridge was opened.\n- Trams will use it.');
    expect(textOf(await pack.events({ text: TEXT, length: 'headline' }))).toBe('A bridge was opened');
  });

  it('cuts loops, and has the LLM write where another lane writes nothing that can be shown', async () => {
    const loop = new ScriptedPack({ llm: () => `The bridge is ${'very '.repeat(40)}` }, 2000);
    const events = await loop.events({ text: TEXT });
    // Of the loop nothing is shown, so there is nothing to warn of.
    expect(endOf(events).flagged).toEqual([]);
    expect(textOf(events)).not.toContain('very very');

    const repaired = new ScriptedPack({ llm: () => 'A bridge was opened.', hybrid: () => '' }, 2000);
    const again = await repaired.events({ text: TEXT, lane: 'hybrid' });
    expect([textOf(again), endOf(again).repaired]).toEqual(['A bridge was opened.', 1]);
    expect(repaired.written.map(({ lane }) => lane)).toEqual(['hybrid', 'llm']);

    const empty = await new ScriptedPack({ llm: () => '' }, 2000).events({ text: TEXT });
    expect(textOf(empty)).toMatch(/^The new bridge over the river was opened/);
    expect(endOf(empty).summary?.sentences.map(({ isTaken }) => isTaken)).toEqual([true]);
    const headings = await new ScriptedPack({ llm: () => '' }, 2000).events({ text: 'one two three four five six seven\n'.repeat(8) });
    expect(endOf(headings).flagged).toEqual([{ reason: 'empty', start: 0, end: 0 }]);
  });
});

describe('a text that is too long', () => {
  const context = 1400;

  it('is summarized in parts that are all of it, then joined', async () => {
    const pack = new ScriptedPack({ llm: firstSentence }, context);
    const events = await pack.events({ text: LONG });
    const started = events.find((event) => event.kind === 'started');
    const plan = events.find((event) => event.kind === 'plan');
    const parts = plan?.parts.map(({ start, end }) => LONG.slice(start, end)) ?? [];
    const read = plan?.parts.map(({ start, end }) => withoutBoilerplate(LONG).slice(start, end)) ?? [];
    expect(parts.length).toBeGreaterThan(5);
    expect(parts.join('').replace(/\s+/g, '')).toBe(LONG.replace(/\s+/g, ''));
    expect(pack.written.slice(0, parts.length).map(({ text }) => text)).toEqual(read.map(readable));

    const told = events.filter((event) => event.kind === 'part');
    expect(told.map(({ index }) => index)).toEqual(parts.map((_, index) => index));
    // Every step was run that was told, the last one over what the ones before it wrote.
    expect(pack.written).toHaveLength(started?.segments ?? 0);
    const steps = new Set(events.flatMap((event) => (event.kind === 'stage' ? [event.segment] : [])));
    expect([...steps]).toEqual(pack.written.map((_, step) => step));
    const joined = pack.written.at(-1)?.text ?? '';
    expect(told.slice(1).some(({ text }) => joined.includes(text.slice(0, 40)))).toBe(true);
    // What the whole is about is mostly said where it begins.
    expect(joined.startsWith(readable(LONG).slice(0, 30))).toBe(true);
    expect(endOf(events).summary?.sentences[0]?.sources.length).toBeGreaterThan(0);
  });

  it('needs only the last step for another length, and reads nothing again', async () => {
    const pack = new ScriptedPack({ llm: firstSentence }, context);
    const first = await pack.events({ text: LONG });
    const { segments } = endOf(first);
    const [runs, written] = [pack.runs, pack.written.length];
    const second = await pack.events({ text: LONG, length: 'headline', form: 'bullets' });
    expect(endOf(second).segments).toBe(segments);
    expect(endOf(second).reusedEncodings).toBe(segments);
    expect([pack.runs - runs, pack.written.length - written]).toEqual([1, 1]);
    expect(second.filter(({ kind }) => kind === 'part')).toEqual(first.filter(({ kind }) => kind === 'part'));
  });

  it('ends at once when cancelled in a part, and goes on from what was done', async () => {
    const pack = new ScriptedPack({ llm: firstSentence }, context);
    const events = await pack.events({ text: LONG }, (event, controller) => {
      if (event.kind === 'stage' && event.segment === 3 && event.stage === 'encode') controller.abort();
    });
    expect(endOf(events).finish).toBe('cancelled');
    expect(events.filter(({ kind }) => kind === 'part')).toHaveLength(3);
    expect(pack.written).toHaveLength(3);
    expect(pack.released).toBe(1);
    const again = await pack.events({ text: LONG });
    expect(endOf(again).reusedEncodings).toBe(3);
  });

  it('runs nothing after a cancel, whatever it was doing', async () => {
    for (const stage of ['encode', 'prefill', 'decode'] as const) {
      const pack = new ScriptedPack({ llm: firstSentence }, context);
      let runs = Infinity;
      const events = await pack.events({ text: LONG }, (event, controller) => {
        if (event.kind !== 'stage' || event.stage !== stage || event.segment !== 1 || (event.fraction ?? 1) === 0) return;
        controller.abort();
        runs = Math.min(runs, pack.runs + pack.steps);
      });
      expect(endOf(events).finish).toBe('cancelled');
      expect(pack.runs + pack.steps, stage).toBe(runs);
    }
  });

  it('tells how much of a part is read', async () => {
    const pack = new ScriptedPack({ llm: firstSentence }, 2000);
    const events = await pack.events({ text: LONG });
    const fractions = events.flatMap((event) =>
      event.kind === 'stage' && event.stage === 'encode' && event.segment === 0 ? [event.fraction] : [],
    );
    expect(fractions.slice(0, 4)).toEqual(fractions.slice(0, 4).toSorted());
    expect(new Set(fractions).size).toBeGreaterThan(3);
  });

  it('has the beginning of a part for which nothing was written', async () => {
    const pack = new ScriptedPack({ llm: (text) => (text.includes('release notes') ? '' : firstSentence(text, '')) }, context);
    const events = await pack.events({ text: LONG });
    for (const event of events) if (event.kind === 'part') expect(event.text).not.toBe('');
  });
});

describe('a text in another language', () => {
  const GERMAN = readFileSync('test/fixtures/summaries/german.txt', 'utf8');

  it('is shown in its own sentences, without reading or writing', async () => {
    const pack = new ScriptedPack({ llm: firstSentence }, 2000);
    const events = await pack.events({ text: GERMAN, length: 'long', form: 'bullets' });
    expect(kinds(events)).toEqual(['started', 'plan', 'delta', 'done']);
    const { summary, tokens } = endOf(events);
    expect([summary?.foreignLanguage, tokens, pack.runs, pack.released]).toEqual(['de', 0, 0, 1]);
    const points = textOf(events).split('\n');
    expect(points).toHaveLength(5);
    const taken = summary?.sentences.map(({ isTaken, sources: [source] }) => isTaken && GERMAN.slice(source?.start, source?.end));
    expect(taken).toEqual(points.map((point) => point.slice(2)));
  });

  it('is refused where no sentence can stand for it', async () => {
    const list = 'Äpfel, Birnen, Pflaumen, Kirschen, Himbeeren, Erdbeeren und Stachelbeeren aus dem Garten hinter dem Haus\n'.repeat(3);
    const events = await new ScriptedPack({ llm: firstSentence }, 2000).events({ text: list });
    expect(events.at(-1)).toMatchObject({
      kind: 'failed',
      error: { code: 'unfit-text', message: expect.stringMatching(/in German; “Scripted” summarizes English/) as string },
    });
  });
});

describe('refusals', () => {
  it.each([
    [{ text: ' ' }, 'unfit-text', /no text/],
    [{ text: 'Too short.' }, 'unfit-text', /short already/],
    [{ text: TEXT, lane: 'hybrid' }, 'unsupported-request', /no hybrid lane. It has: llm/],
  ] as const)('%j', async (request, code, message) => {
    const pack = new ScriptedPack({ llm: firstSentence }, 2000);
    const events = await pack.events(request);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ kind: 'failed', error: { code, message: expect.stringMatching(message) as string } });
    expect([pack.runs, pack.released]).toEqual([0, 1]);
  });
});
