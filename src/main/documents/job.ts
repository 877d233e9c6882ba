/**
 * One document, from file to file: read → blocks → sentences → engine → journal → blocks → written beside the others. Whatever ends it early
 * (pause, crash, full disk) leaves the source untouched and in the journal all that was translated; running it again goes on from there.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Changed, DocumentOptions, DocumentReport, JobState } from '../../shared/document';
import { reason, worded } from '../reasons';
import type { AidsOf } from './aids';
import { translationsOf } from './assemble';
import type { UseEngines } from './engines';
import { DocumentError, type Format, type OpenDocument } from './format';
import { fileReason, JobChanged, JobFailure } from './job-failure';
import { Journal } from './journal';
import type { JournalHeader } from './journal-lines';
import { formatOf, writtenFormat } from './known-formats';
import { bilingualPath } from './output-name';
import { prepareFolder, publish, sha256Of } from './publish';
import { targetLanguage } from './target-language';
import { translateMissing } from './translate-missing';

export interface Job {
  /** Names the job's files. */
  readonly id: string;
  /** Holds the journal, and nothing else. */
  readonly folder: string;
  /** Path of the document. */
  readonly input: string;
  /** Where its translation goes, if nothing is there. */
  readonly output: string;
  readonly options: DocumentOptions;
  /** What to do with a journal that was begun with another input or pack: see `resumeDocument`. */
  readonly changed: 'ask' | 'keep' | 'fresh';
}

export type PackIdentity = JournalHeader['pack'];

export interface JobSurroundings {
  readonly appVersion: string;
  /** Throws `JobFailure` where there is no such pack. */
  packIdentity(packId: string): Promise<PackIdentity>;
  readonly engines: UseEngines;
  readonly aids: AidsOf;
  tell(state: Extract<JobState, { kind: 'reading' | 'translating' | 'writing' }>): void;
  readonly signal: AbortSignal;
}

/** Throws `JobFailure`, `JobChanged`, or the signal's reason when it was aborted. */
export async function runJob(job: Job, surroundings: JobSurroundings): Promise<DocumentReport> {
  const { engines, aids, signal, tell } = surroundings;
  try {
    tell({ kind: 'reading' });
    const bytes = await readInput(job.input);
    const header = await headerOf(job, bytes, surroundings);
    await prepareFolder(job.output);
    const journal = job.changed === 'fresh' ? await Journal.anew(job.folder) : await Journal.open(job.folder);
    try {
      await beginOrGoOn(journal, header, job.changed);
      const input = await readDocument(job, bytes, signal);
      refuseOtherTranslations(job, input.document);
      const isInTarget = await targetLanguage(job.options.task);
      signal.throwIfAborted();
      await translateMissing(input.document.blocks, journal, {
        options: job.options,
        aids: aids(header.pack, job.options, job.changed === 'fresh'),
        engines,
        isInTarget,
        signal,
        tell: (progress) => tell({ kind: 'translating', ...progress }),
      });
      tell({ kind: 'writing' });
      return await writeTranslation(job, input, journal);
    } finally {
      await journal.close();
    }
  } catch (error) {
    throw signal.aborted || isForPerson(error) ? error : failureOf(error);
  }
}

/** Translations into two languages in one file serve nobody. */
function refuseOtherTranslations({ input, options: { task } }: Job, { translatedInto = task.to }: OpenDocument): void {
  if (translatedInto === task.to) return;
  throw new JobFailure(
    reason`“${basename(input)}” has translations into “${translatedInto}” already, and “${task.to}” was asked for. Choose that language, or a file without them.`,
  );
}

/** Also after an edit: the file is written again. Throws `JobFailure`. */
export async function writeTranslation(job: Job, input: ReadInput, journal: Journal): Promise<DocumentReport> {
  const { document, readMs } = input;
  const begun = performance.now();
  const { translations, account } = await translationsOf(document.blocks, journal);
  const bytes = await document.write(translations, job.options.task);
  const output = await publish(bytes, job.output, job.id, 'translation', journal);
  const left = document.left.map(({ what, why }) => ({ what, why }));
  const both = job.options.bilingual === true ? await bilingualOf(job, input, bytes) : null;
  if (typeof both === 'string') left.push({ what: reason`bilingual file`, why: both });
  const { task } = job.options;
  const bilingual =
    both instanceof Uint8Array ? await publish(both, bilingualPath(job.input, task, output), job.id, 'bilingual', journal) : null;
  const times = { ...journal.engineTimes, readMs, writeMs: performance.now() - begun };
  return { ...account, left, translateMs: journal.translateMs, times, output, bilingual };
}

/** Or why there is none. */
async function bilingualOf({ options }: Job, { bytes, format }: ReadInput, translation: Uint8Array): Promise<Uint8Array | string> {
  if (!format.bilingual) return reason`There is none for this format (${worded(format.name)}).`;
  try {
    return await format.bilingual(bytes, translation, options.task);
  } catch (error) {
    if (error instanceof DocumentError) return error.message;
    throw error;
  }
}

/** A document and what it was read from: the input, or what that flowed into. */
export interface ReadInput {
  readonly bytes: Uint8Array;
  readonly format: Format;
  readonly document: OpenDocument;
  readonly readMs: number;
}

/** The document of a finished job, which must be the one that was translated. Throws `JobFailure`. */
export async function readAgain(job: Pick<Job, 'input' | 'output'>, journal: Journal): Promise<ReadInput> {
  const bytes = await readInput(job.input);
  if (sha256Of(bytes) === journal.header?.input.sha256) return readDocument(job, bytes);
  throw new JobFailure(reason`“${basename(job.input)}” was changed after it was translated. Translate it again to review it.`);
}

async function readInput(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new JobFailure(reason`“${path}” cannot be read: ${fileReason(error)}. Put it back, and resume; what is translated is kept.`);
  }
}

async function readDocument({ input, output }: Pick<Job, 'input' | 'output'>, bytes: Uint8Array, signal?: AbortSignal): Promise<ReadInput> {
  const begun = performance.now();
  const readMs = () => performance.now() - begun;
  try {
    const format = formatOf(basename(input), bytes);
    const { reflow } = format;
    if (!reflow) return { bytes, format, document: await format.read(bytes), readMs: readMs() };
    const into = writtenFormat({ ...format, reflow }, output);
    return { format: into, ...(await reflow.read(bytes, into, signal)), readMs: readMs() };
  } catch (error) {
    throw error instanceof DocumentError ? new JobFailure(error.message) : error;
  }
}

async function headerOf(job: Job, bytes: Uint8Array, { appVersion, packIdentity }: JobSurroundings): Promise<JournalHeader> {
  return {
    kind: 'header',
    format: 1,
    appVersion,
    input: { path: job.input, bytes: bytes.length, sha256: sha256Of(bytes) },
    pack: await packIdentity(job.options.packId),
    options: job.options,
  };
}

/** Throws `JobChanged` where what is in the journal would be mixed with what is not. */
async function beginOrGoOn(journal: Journal, header: JournalHeader, changed: Job['changed']): Promise<void> {
  const before = journal.header;
  const difference = before && changeBetween(before, header);
  if (difference && changed === 'ask' && journal.isBegun) throw new JobChanged(difference);
  if (!before || difference) {
    await journal.append(header);
    await journal.sync();
  }
  journal.forgetFailed();
}

function changeBetween(before: JournalHeader, now: JournalHeader): Changed | null {
  const choice = reason`Keep what is translated wherever its sentences are the same, or start anew.`;
  if (before.input.sha256 !== now.input.sha256) {
    return { what: 'input', message: reason`“${basename(now.input.path)}” was changed since its translation was begun. ${choice}` };
  }
  if (before.pack.sha256 === now.pack.sha256 && isDeepStrictEqual(textOptions(before), textOptions(now))) return null;
  const versions = reason`${before.pack.id} ${before.pack.version}, now ${now.pack.id} ${now.pack.version}`;
  return { what: 'pack', message: reason`The translation was begun with another pack or other options (${versions}). ${choice}` };
}

/** Those that translations depend on. */
const textOptions = ({ options: { task, lane, decoding } }: JournalHeader) => ({ task, lane, decoding });

const isForPerson = (error: unknown): boolean => error instanceof JobFailure || error instanceof JobChanged;

/** What happens on the way to the journal and from the format. */
function failureOf(error: unknown): JobFailure {
  if (error instanceof DocumentError) return new JobFailure(error.message);
  if (error instanceof Error && 'syscall' in error) {
    return new JobFailure(reason`The progress of this document cannot be kept: ${fileReason(error)}. Make room, and resume.`);
  }
  return new JobFailure(error instanceof Error ? error.message : String(error), { cause: error });
}
