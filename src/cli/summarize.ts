/** `summarize`: text or a document in, its summary out, through the app's own client. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { DocumentError } from '../main/documents/format';
import { fileReason } from '../main/documents/job-failure';
import { readingText } from '../main/documents/reading-text';
import { applyTextDelta } from '../shared/inference/delta';
import type { EngineError } from '../shared/inference/engine';
import type { Range, SummarySentence } from '../shared/inference/summary';
import type { InferenceClient, SummarizeEvent, SummarizeInput } from '../shared/inference-client';
import type { Command } from './arguments';
import { readInput } from './input';
import { startLocalEngine } from './local-engine';
import { CommandFailure, findSummarizingPack, fromCallersFolder } from './pack-folders';
import { checkPlace, engineConfigOf } from './place';
import type { Output } from './translate';

type SummarizeCommand = Extract<Command, { kind: 'summarize' }>;
type Done = Extract<SummarizeEvent, { kind: 'done' }>;

/** What came of one text. */
type Result = { kind: 'summary'; text: string; done: Done; parts: readonly Range[] } | { kind: 'failed'; error: EngineError };

/** A line of the input with `--jsonl`. */
const lineSchema = z.strictObject({ id: z.union([z.string(), z.number()]).optional(), text: z.string() });

export async function summarize(command: SummarizeCommand, output: Output): Promise<void> {
  const { length, form, input } = command;
  checkPlace(command.place);
  const text = input === 'jsonl' ? await readInput(command.file) : await readText(command.file);
  const lines = input === 'jsonl' ? linesOf(text) : null;
  const pack = await findSummarizingPack(command.pack, process.env);
  const lane = command.lane ?? (pack.manifest.lanes.hybrid ? 'hybrid' : 'llm');
  const engine = await startLocalEngine(await engineConfigOf(pack, command.place, output.tell));
  const request = { packId: pack.manifest.id, lane, length, form };
  try {
    if (lines) await summarizeLines(lines, request, engine.client, command, output);
    else await summarizeText(text, request, engine.client, command, output);
  } finally {
    await engine.close();
  }
}

/** A document in one of the formats that the app reads, or text. */
async function readText(file: string | null): Promise<string> {
  if (file === null) return readInput(null);
  const bytes = await readFile(fromCallersFolder(file)).catch((error: unknown) => {
    throw new CommandFailure(`${file} cannot be read: ${fileReason(error)}.`);
  });
  try {
    return await readingText(basename(file), bytes);
  } catch (error) {
    throw error instanceof DocumentError ? new CommandFailure(error.message) : error;
  }
}

function linesOf(text: string): z.infer<typeof lineSchema>[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line, index) => {
    try {
      return lineSchema.parse(JSON.parse(line));
    } catch (error) {
      const reason = error instanceof z.ZodError ? z.prettifyError(error).replace(/\s+/g, ' ') : String(error);
      throw new CommandFailure(`Line ${index + 1}: expected an object such as {"text": "…"}. ${reason}`);
    }
  });
}

async function summarizeText(
  text: string,
  request: Omit<SummarizeInput, 'text'>,
  client: InferenceClient,
  command: SummarizeCommand,
  output: Output,
): Promise<void> {
  const result = await resultOf({ ...request, text }, client, output);
  if (result.kind === 'failed') throw new CommandFailure(result.error.message);
  if (command.json) {
    await output.write(`${JSON.stringify(reportOf(result, text, request, command.sources))}\n`);
    return;
  }
  await output.write(`${result.text}\n`);
  if (command.sources) await output.write(sourcesText(result, text));
  for (const note of [originOf(result), doubtsOf(result)]) if (note !== null) output.tell(note);
}

/** A text that cannot be summarized has its place in the output, with what is wrong with it. */
async function summarizeLines(
  lines: readonly z.infer<typeof lineSchema>[],
  request: Omit<SummarizeInput, 'text'>,
  client: InferenceClient,
  command: SummarizeCommand,
  output: Output,
): Promise<void> {
  for (const [index, { id, text }] of lines.entries()) {
    output.progress(`${index + 1}/${lines.length} texts`);
    const result = await resultOf({ ...request, text }, client, { ...output, progress: () => {} });
    if (result.kind === 'failed' && result.error.code !== 'unfit-text') throw new CommandFailure(result.error.message);
    const report = result.kind === 'failed' ? { error: result.error.message } : reportOf(result, text, request, command.sources);
    await output.write(`${JSON.stringify({ id, ...report })}\n`);
  }
  output.progress('');
}

async function resultOf(input: SummarizeInput, client: InferenceClient, output: Output): Promise<Result> {
  let text = '';
  let steps = 0;
  let parts: readonly Range[] = [];
  for await (const event of client.summarize(input)) {
    switch (event.kind) {
      case 'started':
        steps = event.segments;
        break;
      case 'plan':
        ({ parts } = event);
        break;
      case 'stage': {
        const reading = event.stage === 'encode' ? `, reading ${Math.round(100 * (event.fraction ?? 0))} %` : '';
        output.progress(`${stepName(event.segment, parts.length, steps)}${reading}`);
        break;
      }
      case 'part':
        break;
      case 'delta':
        text = applyTextDelta(text, event);
        break;
      case 'done':
        output.progress('');
        return { kind: 'summary', text, done: event, parts };
      case 'failed':
        output.progress('');
        return { kind: 'failed', error: event.error };
      default:
        event satisfies never;
    }
  }
  throw new CommandFailure('The engine ended without a result.');
}

function stepName(step: number, parts: number, steps: number): string {
  if (step < parts) return `part ${step + 1}/${parts}`;
  return steps - parts > 1 ? `joining ${step - parts + 1}/${steps - parts}` : 'joining';
}

/** Ranges count UTF-16 code units of the summary, and of the text as it was read; `withSources` writes out what they hold. */
function reportOf(
  { text, done, parts }: Extract<Result, { kind: 'summary' }>,
  source: string,
  request: Omit<SummarizeInput, 'text'>,
  withSources: boolean,
) {
  const { tokens, reusedEncodings, repaired, flagged, timings, summary } = done;
  const { lane, length, form } = request;
  const written = ({ start, end }: Range) => source.slice(start, end);
  const withText = (sentence: SummarySentence) => ({
    ...sentence,
    text: text.slice(sentence.start, sentence.end),
    sources: sentence.sources.map((range) => ({ ...range, text: written(range) })),
  });
  const sentences = withSources ? summary?.sentences.map(withText) : summary?.sentences;
  return { text, lane, length, form, tokens, parts, reusedEncodings, repaired, flagged, summary: { ...summary, sentences }, timings };
}

function sourcesText({ text, done }: Extract<Result, { kind: 'summary' }>, source: string): string {
  const shown = (whole: string, { start, end }: Range) => whole.slice(start, end).replace(/\s+/g, ' ');
  const blocks = (done.summary?.sentences ?? []).map((sentence, index) => {
    const unknown = sentence.unknown.map((range) => shown(text, range));
    return [
      `[${index + 1}] ${shown(text, sentence)}${sentence.isTaken ? ' (the text’s own words)' : ''}`,
      ...sentence.sources.map((range) => `    ${range.score.toFixed(2)}  ${shown(source, range)}`),
      ...(sentence.sources.length === 0 ? ['    Nothing in the text supports this.'] : []),
      ...(unknown.length > 0 ? [`    Not in the text: ${unknown.join(', ')}`] : []),
    ].join('\n');
  });
  return `\n${blocks.join('\n')}\n`;
}

/** What of the summary is the text's own words, and what was not shown. */
function originOf({ done: { summary } }: Extract<Result, { kind: 'summary' }>): string | null {
  if (!summary) return null;
  const { sentences, leftOut, foreignLanguage } = summary;
  if (foreignLanguage !== undefined) {
    const language = new Intl.DisplayNames(['en'], { type: 'language' }).of(foreignLanguage) ?? foreignLanguage;
    return `This text is in ${language}, which the pack does not read: these are its own sentences, nothing was rewritten.`;
  }
  const taken = sentences.filter(({ isTaken }) => isTaken).length;
  const notes = [
    ...(taken > 0 ? [`${taken} of ${sentences.length} sentences in the text’s own words`] : []),
    ...(leftOut.unsupported > 0 ? [`not shown, because the text does not support them: ${leftOut.unsupported} written sentences`] : []),
    ...(leftOut.repeated > 0 ? [`not shown, because they said the same again: ${leftOut.repeated}`] : []),
  ];
  return notes.length === 0 ? null : `In the summary: ${notes.join('; ')}.`;
}

function doubtsOf({ text, done }: Extract<Result, { kind: 'summary' }>): string | null {
  const sentences = done.summary?.sentences ?? [];
  const unsupported = sentences.filter(({ sources }) => sources.length === 0).length;
  const unknown = sentences.flatMap((sentence) => sentence.unknown.map(({ start, end }) => text.slice(start, end)));
  const reasons = [
    ...(text === '' ? ['the model wrote nothing'] : []),
    ...(done.flagged.some(({ reason }) => reason === 'loop') ? ['a repetition was cut'] : []),
    ...(done.flagged.some(({ reason }) => reason === 'length') ? ['it was cut at the length limit'] : []),
    ...(unsupported > 0 ? [`nothing in the text supports ${unsupported} of ${sentences.length} sentences`] : []),
    ...(unknown.length > 0 ? [`not in the text: ${unknown.join(', ')}`] : []),
  ];
  return reasons.length === 0 ? null : `Check the summary: ${reasons.join('; ')}.`;
}
