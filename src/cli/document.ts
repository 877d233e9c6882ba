/** `document`: files in, translated files out, through the app's own jobs. A run that was cut off is gone on with by the next one. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentReport } from '../shared/document';
import { usualDecoding } from '../shared/inference/lanes';
import type { TranslatingManifest } from '../shared/pack';
import type { FoundDocument, FoundDocuments } from '../main/documents/find-documents';
import { withoutAids } from '../main/documents/aids';
import { jobAids } from '../main/memory/job-aids';
import { runJob, type Job, type JobSurroundings } from '../main/documents/job';
import { JobChanged, JobFailure } from '../main/documents/job-failure';
import { Journal } from '../main/documents/journal';
import { packIdentity } from '../main/documents/pack-identity';
import { appVersion } from './app-version';
import { dataFolder, existingMemory, openMemory } from './data-folder';
import { documentEngines } from './document-engines';
import { planDocuments, type DocumentCommand } from './document-plan';
import { CommandFailure, findPack, fromCallersFolder } from './pack-folders';
import { checkPlace, engineConfigOf } from './place';
import type { Output } from './translate';

type Unused = { input: string; state: 'failed' | 'skipped'; reason: string };
type Result = { input: string; state: 'done'; report: DocumentReport } | Unused;

/** Throws CommandFailure when a file failed; the others are done all the same. */
export async function translateDocuments(command: DocumentCommand, output: Output): Promise<void> {
  checkPlace(command.place);
  const pack = await findPack(command.pack, process.env);
  const { found, skipped } = await planDocuments(command, pack.manifest);
  const jobs = found.map((document) => jobOf(document, command, pack.manifest));
  const unused = resultsOf(command, skipped);
  const results: Result[] = [...unused];
  for (const { input, state, reason } of unused) output.tell(`${input}: ${state}: ${reason}`);
  if (jobs.length === 0) {
    if (command.json) await output.write(`${JSON.stringify(results, null, 2)}\n`);
    throw new CommandFailure('There is no document to translate.');
  }
  refuseUnbegun(command, jobs);
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
    for (const [number, job] of jobs.entries()) {
      const where = `${jobs.length > 1 ? `${number + 1}/${jobs.length} ` : ''}${job.input}`;
      const result = await translateOne(job, {
        appVersion: appVersion(),
        packIdentity: (packId) => packIdentity([pack], packId),
        engines: engines.use,
        aids,
        tell: (state) => output.progress(`${where}: ${progressText(state)}`),
        signal: new AbortController().signal,
      });
      output.progress('');
      output.tell(`${job.input}: ${resultText(result)}`);
      results.push(result);
    }
  } finally {
    memory?.close();
    await engines.close();
  }
  if (command.json) await output.write(`${JSON.stringify(results, null, 2)}\n`);
  const failed = results.filter(({ state }) => state === 'failed').length;
  if (failed > 0) throw new CommandFailure(`${failed} of ${results.length} documents failed.`);
}

/** What was named and cannot be used has failed; what lay in a folder was passed over. */
function resultsOf(command: DocumentCommand, skipped: FoundDocuments['skipped']): Unused[] {
  const named = command.inputs.map(fromCallersFolder);
  return skipped.map(({ path, why }) => ({ input: path, state: named.includes(path) ? 'failed' : 'skipped', reason: why }));
}

/** Throws CommandFailure where `--resume` or `--fresh` has nothing to go on with or to forget. */
function refuseUnbegun({ changed }: DocumentCommand, jobs: readonly Job[]): void {
  if (changed === 'ask' || jobs.length === 0 || jobs.some(({ folder }) => existsSync(folder))) return;
  throw new CommandFailure(
    `--${changed === 'keep' ? 'resume' : 'fresh'}: no translation of these documents was cut off. Leave the option out to translate them.`,
  );
}

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
  const counts = `${segments} ${segments === 1 ? 'sentence' : 'sentences'}: ${translated} translated, ${kept} kept, ${failed} failed; ${recalled} from memory, ${flagged} to check`;
  const untouched = left.map(({ what, why }) => `; not translated: ${what} (${why})`).join('');
  return `${counts}${untouched} → ${[output, bilingual].filter((path) => path !== null).join(' and ')}`;
}
