/**
 * Puts a translated file in its place: whole or not at all, and never over a file that is not the job's own. A crash at any point leaves
 * the old content, the new, or nothing; the journal's last output line tells which file is the job's.
 */
import { createHash } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { reason } from '../reasons';
import { fileReason, JobFailure } from './job-failure';
import type { Journal } from './journal';
import type { JournalOutput, OutputFile } from './journal-lines';
import { numbered } from './output-name';

/** So many files of one name mean that something else is wrong. */
const MOST_ATTEMPTS = 1000;

/** Makes the folder of `path` if it must, and asks whether files can be put there. Throws `JobFailure`. */
export async function prepareFolder(path: string): Promise<void> {
  const folder = dirname(path);
  const probe = join(folder, `.${basename(path)}.${process.pid}.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    await (await open(probe, 'wx')).close();
    await rm(probe);
  } catch (error) {
    throw new JobFailure(reason`No file can be put into “${folder}”: ${fileReason(error)}. Choose another folder, or make room there.`);
  }
}

/**
 * Writes `bytes` to `wanted`, to `wanted (2)` where that is taken, or over the job's own earlier output if nobody changed that since.
 * Returns the path. Throws `JobFailure`.
 */
export async function publish(bytes: Uint8Array, wanted: string, jobName: string, file: OutputFile, journal: Journal): Promise<string> {
  const sha256 = sha256Of(bytes);
  const own = await ownOutput(journal.output(file));
  const temporary = join(dirname(own?.path ?? wanted), `.${basename(wanted)}.${jobName}.tmp`);
  try {
    // One of an earlier run may be the output itself under a second name, so it is never written to.
    await rm(temporary, { force: true });
    if (own?.sha256 === sha256) return own.path;
    await writeWhole(temporary, bytes);
    if (own) {
      await recordOutput(journal, { path: own.path, sha256, replaces: own.sha256, file });
      await rename(temporary, own.path);
      return own.path;
    }
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      const path = numbered(wanted, attempt);
      if (await exists(path)) continue;
      await recordOutput(journal, { path, sha256, replaces: null, file });
      if (await moveToFree(temporary, path)) return path;
    }
    throw new JobFailure(reason`“${wanted}” and ${MOST_ATTEMPTS} numbered ones are there already. Choose another folder.`);
  } catch (error) {
    if (error instanceof JobFailure) throw error;
    throw new JobFailure(
      reason`“${basename(wanted)}” cannot be written to “${dirname(wanted)}”: ${fileReason(error)}. All that is translated is kept; make room or choose another folder, and resume.`,
    );
  } finally {
    await rm(temporary, { force: true });
  }
}

/** The job's earlier output with what is in it now, if it is still what the job wrote. */
async function ownOutput(output: JournalOutput | null): Promise<{ path: string; sha256: string } | null> {
  if (output === null) return null;
  try {
    const content = await readFile(output.path);
    const sha256 = sha256Of(content);
    // An empty file is the name that a run which was killed had taken; there is nothing in it to lose.
    const isOwn = sha256 === output.sha256 || sha256 === output.replaces || content.length === 0;
    return isOwn ? { path: output.path, sha256 } : null;
  } catch {
    // Moved away, or not to be read: then another name is used.
    return null;
  }
}

async function recordOutput(journal: Journal, output: Omit<JournalOutput, 'kind'>): Promise<void> {
  await journal.append({ kind: 'output', ...output });
  await journal.sync();
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** False: someone took the name meanwhile. */
async function moveToFree(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
  }
  // No hard links here (FAT, some network disks): the name is taken by an empty file first.
  try {
    await (await open(path, 'wx')).close();
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
  await rename(temporary, path);
  return true;
}

const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST';

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
