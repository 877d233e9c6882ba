/** `translate`: text in, translation out, through the app's own client. */
import { applyTextDelta } from '../shared/inference/delta';
import type { Speculation } from '../shared/inference/events';
import type { Flag } from '../shared/inference/flags';
import { usualDecoding } from '../shared/inference/lanes';
import type { GenerateEvent, GenerateInput, InferenceClient } from '../shared/inference-client';
import { Glossary, MAX_TERMS, type Term } from '../shared/glossary';
import type { Command } from './arguments';
import { existingMemory } from './data-folder';
import { readInput } from './input';
import { startLocalEngine } from './local-engine';
import { CommandFailure, findPack } from './pack-folders';
import { checkPlace, engineConfigOf } from './place';

type TranslateCommand = Extract<Command, { kind: 'translate' }>;
type Done = Extract<GenerateEvent, { kind: 'done' }>;

export interface Output {
  /** Resolves when the text is taken. */
  write(text: string): Promise<void>;
  /** One line to standard error. */
  tell(line: string): void;
  /** A line that replaces the one before; only where a person is watching. */
  progress(line: string): void;
}

export async function translate(command: TranslateCommand, output: Output): Promise<void> {
  checkPlace(command.place);
  const text = await readInput(command.file);
  const pack = await findPack(command.pack, process.env);
  const engine = await startLocalEngine(await engineConfigOf(pack, command.place, output.tell));
  try {
    const terms = termsIn(text, command, output);
    const input: Omit<GenerateInput, 'text'> = {
      packId: pack.manifest.id,
      task: { kind: 'translate', from: command.from, to: command.to },
      lane: command.lane,
      decoding: command.decoding ?? usualDecoding(pack.manifest, command.lane),
      priority: 'batch',
      ...(terms.length > 0 && { terms }),
    };
    if (command.json) await translateLines(text, input, engine.client, output);
    else await translateWhole(text, input, engine.client, output);
  } finally {
    await engine.close();
  }
}

/** Those of the glossary that the text holds, as many as a request may carry. */
function termsIn(text: string, { from, to }: TranslateCommand, output: Output): Term[] {
  const memory = existingMemory(process.env, output.tell);
  if (memory === null) return [];
  try {
    const terms = memory.terms({ from, to }).map(({ source, target, matchCase }) => ({ source, target, matchCase }));
    const found = new Set(new Glossary(terms, from, to).find(text).map(({ term }) => term));
    return [...found].slice(0, MAX_TERMS);
  } finally {
    memory.close();
  }
}

/** Writes a sentence as soon as it is final: what was written to a stream cannot be taken back. */
async function translateWhole(text: string, input: Omit<GenerateInput, 'text'>, client: InferenceClient, output: Output): Promise<void> {
  let segments = 0;
  let pending = '';
  let written = 0;
  const flush = async () => {
    const final = pending;
    pending = '';
    written += final.length;
    if (final !== '') await output.write(final);
  };
  for await (const event of client.generate({ ...input, text })) {
    switch (event.kind) {
      case 'started':
        segments = event.segments;
        break;
      case 'stage':
        if (event.stage === 'tokenize') {
          await flush();
          output.progress(`${event.segment + 1}/${segments} sentences`);
        }
        break;
      case 'delta':
        pending = applyTextDelta(pending, { keep: event.keep - written, append: event.append });
        break;
      case 'sentence':
        break;
      case 'done':
        await flush();
        output.progress('');
        if (event.repaired > 0) output.tell(repairSummary(event));
        if (event.flagged.length > 0) output.tell(flagSummary(event));
        if (event.speculation) output.tell(speculationSummary(event.speculation));
        break;
      case 'failed':
        throw new CommandFailure(event.error.message);
      default:
        event satisfies never;
    }
  }
}

async function translateLines(text: string, input: Omit<GenerateInput, 'text'>, client: InferenceClient, output: Output): Promise<void> {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  for (const [index, source] of lines.entries()) {
    output.progress(`${index + 1}/${lines.length} lines`);
    let translated = '';
    for await (const event of client.generate({ ...input, text: source })) {
      if (event.kind === 'delta') translated = applyTextDelta(translated, event);
      else if (event.kind === 'failed') throw new CommandFailure(event.error.message);
      else if (event.kind === 'done') {
        const { tokens, repaired, flagged, timings, speculation } = event;
        const line = { source, text: translated, lane: input.lane, tokens, repaired, flagged, timings, speculation };
        await output.write(`${JSON.stringify(line)}\n`);
      }
    }
  }
  output.progress('');
}

function speculationSummary({ drafted, accepted, gaveUp }: Speculation): string {
  const counts = `${accepted} of ${drafted} drafted tokens accepted`;
  return gaveUp ? `Drafting did not pay on this text and was given up: ${counts}.` : `Exact: ${counts}.`;
}

function repairSummary({ repaired, segments }: Done): string {
  return `Written again by the large model: ${repaired} of ${segments} sentences.`;
}

function flagSummary({ flagged, segments }: Done): string {
  const reasons: Record<Flag['reason'], string> = {
    glossary: 'without a term of the glossary',
    numbers: 'with other numbers',
    repeats: 'that repeat words',
    untranslated: 'hardly translated',
    short: 'much shorter than the source',
    length: 'cut at the length limit',
    loop: 'repetition cut',
    codes: 'with a link or placeholder out of place',
    empty: 'source kept',
  };
  const counts = Object.entries(reasons).map(([reason, words]) => ({
    words,
    count: flagged.filter((flag) => flag.reason === reason).length,
  }));
  const parts = counts.filter(({ count }) => count > 0).map(({ words, count }) => `${count} ${words}`);
  return `Check ${flagged.length} of ${segments} sentences: ${parts.join(', ')}.`;
}
