/** `document`: files in, translated files out, through the app's own jobs. A run that was cut off is gone on with by the next one. */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocumentReport } from '../shared/document';
import { usualDecoding } from '../shared/inference';
import type { TranslatingManifest } from '../shared/pack';
import { findDocuments, type FoundDocument } from '../main/documents/find-documents';
import { withoutAids } from '../main/documents/aids';
import { jobAids } from '../main/memory/job-aids';
import { runJob, type Job, type JobSurroundings } from '../main/documents/job';
import { JobChanged, JobFailure } from '../main/documents/job-failure';
import { Journal } from '../main/documents/journal';
import { packIdentity } from '../main/documents/pack-identity';
import { appVersion } from './app-version';
import type { Command } from './arguments';
import { dataFolder, existingMemory, openMemory } from './data-folder';
import { documentEngines } from './document-engines';
import { CommandFailure, findPack, fromCallersFolder } from './pack-folders';
import { checkPlace, engineConfigOf } from './place';
import type { Output } from './translate';

type DocumentCommand = Extract<Command, { kind: 'document' }>;

type Result =
  | { input: string; state: 'done'; report: DocumentReport }
  | { input: string; state: 'failed'; reason: string }
  | { input: string; state: 'skipped'; reason: string };

/** Throws CommandFailure when a file failed; the others are done all the same. */
export async function translateDocuments(command: DocumentCommand, output: Output): Promise<void> {
  checkPlace(command.place);
  const pack = await findPack(command.pack, process.env);
  const { found, results } = await documentsOf(command);
  const memory = command.memory ? openMemory(process.env, output.tell) : existingMemory(process.env, output.tell);
  const choices = { recalls: command.memory, keeps: command.memory, anyMachine: false, glossary: true };
  const aids =
    memory === null
      ? withoutAids
      : jobAids(
          memory,
          () => choices,
          output.tell,
          () => {},
        );
  const { cores, place } = command;
  const engines = documentEngines(await engineConfigOf(pack, place, output.tell), pack.bytes, cores, place.threads);
  if (cores !== null && engines.count < cores)
    output.tell(`--cores ${cores}: ${engines.count} can be used; a pack needs memory in each process, and a graphics unit takes one.`);
  try {
    for (const [number, document] of found.entries()) {
      const where = `${found.length > 1 ? `${number + 1}/${found.length} ` : ''}${document.path}`;
      const result = await translateOne(jobOf(document, command, pack.manifest), {
        appVersion: appVersion(),
        packIdentity: (packId) => packIdentity([pack], packId),
        engines: engines.use,
        aids,
        tell: (state) => output.progress(`${where}: ${progressText(state)}`),
        signal: new AbortController().signal,
      });
      output.progress('');
      output.tell(`${document.path}: ${resultText(result)}`);
      results.push(result);
    }
  } finally {
    memory?.close();
    await engines.close();
  }
  if (command.json) await output.write(`${JSON.stringify(results, null, 2)}\n`);
  const failed = results.filter(({ state }) => state === 'failed').length;
  if (failed > 0) throw new CommandFailure(`${failed} of ${results.length} documents failed.`);
  if (found.length === 0) throw new CommandFailure('There is no document to translate.');
}

/** What was named and cannot be used is among the results: as failed where it was named itself, as skipped where it lay in a folder. */
async function documentsOf(command: DocumentCommand): Promise<{ found: readonly FoundDocument[]; results: Result[] }> {
  const inputs = command.inputs.map(fromCallersFolder);
  const out = command.out === null ? null : fromCallersFolder(command.out);
  const isFolder = await Promise.all(inputs.map(isFolderAt));
  const isOneFile = inputs.length === 1 && isFolder[0] === false;
  const outputIsFile = out !== null && isOneFile && !/[\\/]$/.test(command.out ?? '') && !(await isFolderAt(out));
  const outputFolder = outputIsFile ? null : out;
  const { found, skipped } = await findDocuments(inputs, {
    to: command.to,
    outputFolder,
    namePattern: command.namePattern,
    skipExisting: false,
    reflowInto: command.reflowInto,
  });
  const results = skipped.map(({ path, why }): Result => ({
    input: path,
    state: inputs.includes(path) ? 'failed' : 'skipped',
    reason: why,
  }));
  return { found: outputIsFile ? found.map((document) => ({ ...document, output: out })) : found, results };
}

const isFolderAt = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** The same input, output and languages are the same job. */
function jobOf({ path, output }: FoundDocument, command: DocumentCommand, pack: TranslatingManifest): Job {
  const { from, to, lane, changed } = command;
  const id = createHash('sha256')
    .update(JSON.stringify([path, output, from, to]))
    .digest('hex')
    .slice(0, 16);
  const options = {
    packId: pack.id,
    task: { kind: 'translate' as const, from, to },
    lane,
    decoding: command.decoding ?? usualDecoding(pack, lane),
    ...(command.bilingual && { bilingual: true }),
  };
  return { id, folder: join(dataFolder(process.env), 'jobs', id), input: path, output, options, changed };
}

async function translateOne(job: Job, surroundings: JobSurroundings): Promise<Result> {
  const { input } = job;
  try {
    const report = await runJob(job, surroundings);
    // Nobody reviews it here; what is left of the job would only take room.
    await Journal.forget(job.folder);
    return { input, state: 'done', report };
  } catch (error) {
    if (error instanceof JobChanged) return { input, state: 'failed', reason: `${error.message} (--resume or --fresh)` };
    if (error instanceof JobFailure) return { input, state: 'failed', reason: error.message };
    throw error;
  }
}

function progressText(state: Parameters<JobSurroundings['tell']>[0]): string {
  switch (state.kind) {
    case 'reading':
      return 'reading';
    case 'translating': {
      const left = state.remainingMs === null ? '' : `, ${Math.ceil(state.remainingMs / 1000)} s left`;
      return `${state.done}/${state.segments} sentences${left}`;
    }
    case 'writing':
      return 'writing';
    default:
      return state satisfies never;
  }
}

function resultText(result: Result): string {
  if (result.state !== 'done') return result.reason;
  const { segments, translated, kept, failed, flagged, recalled, output, bilingual, left } = result.report;
  const counts = `${segments} sentences: ${translated} translated, ${kept} kept, ${failed} failed; ${recalled} from memory, ${flagged} to check`;
  const untouched = left.map(({ what, why }) => `; not translated: ${what} (${why})`).join('');
  return `${counts}${untouched} → ${[output, bilingual].filter((path) => path !== null).join(' and ')}`;
}
