/**
 * Electron's own binary, as its install script gets it. A download that makes progress may take as long as it needs;
 * one that stands still is given up, so that a machine without a way out does not wait.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say } from './say';

const STALL_MS = 15_000;
const LOOK_MS = 1_000;
const MEBIBYTE = 1024 * 1024;

const electronModule = join(import.meta.dirname, '..', '..', 'node_modules', 'electron');

export const officialFolder = (): string => join(electronModule, 'dist');

/** Null when it is there now, else why not. */
export async function installOfficial(): Promise<string | null> {
  // The script writes what it downloads into a temporary folder; a folder of its own lets us watch it grow.
  const temporary = await mkdtemp(join(tmpdir(), 'tandem-electron-'));
  try {
    say('Looking for Electron …');
    return await runInstallScript(temporary);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function runInstallScript(temporary: string): Promise<string | null> {
  const child = spawn(process.execPath, [join(electronModule, 'install.js')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
  });
  let errors = '';
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  return new Promise((resolve) => {
    let bytes = 0;
    let stillMs = 0;
    let told = 0;
    const watch = setInterval(() => {
      void folderBytes(temporary).then((now) => {
        stillMs = now > bytes ? 0 : stillMs + LOOK_MS;
        bytes = Math.max(bytes, now);
        if (bytes - told > 20 * MEBIBYTE) say(`Downloading Electron: ${Math.round((told = bytes) / MEBIBYTE)} MB`);
        // Nothing grows while a finished download is unpacked elsewhere, hence only before the first byte and with a wide margin after.
        if (stillMs >= (bytes === 0 ? STALL_MS : 4 * STALL_MS)) {
          child.kill('SIGKILL');
          end(`no answer for ${stillMs / 1000} s`);
        }
      });
    }, LOOK_MS);
    const end = (problem: string | null) => {
      clearInterval(watch);
      resolve(problem);
    };
    child.on('exit', (code) => end(code === 0 ? null : (errors.trim().split('\n')[0] ?? `exit code ${String(code)}`)));
    child.on('error', (error) => end(error.message));
  });
}

async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map((entry) =>
      stat(join(folder, entry)).then(
        (found) => (found.isFile() ? found.size : 0),
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
