/** Where the command line looks for packs, and which one it was asked for. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readCatalog, readPack, type PackFolder } from '../main/packs/catalog';
import { packsFolderAtStart } from '../main/packs/move';
import type { PackEntry } from '../shared/app-api';
import { isSummarizing, isTranslating, type PackManifest, type SummarizingManifest, type TranslatingManifest } from '../shared/pack';

type UsablePack<M extends PackManifest> = Extract<PackEntry, { state: 'ok' }> & { manifest: M };

/** What the person asked for cannot be had; one line, exit code 1. */
export class CommandFailure extends Error {}

const BUNDLED_PACKS = fileURLToPath(new URL('../../resources/packs', import.meta.url));

export function packFolders(environment: NodeJS.ProcessEnv): PackFolder[] {
  const folders = [...namedFolders(environment), appPacksFolder(environment)];
  return [{ folder: BUNDLED_PACKS, bundled: true }, ...folders.map((folder) => ({ folder, bundled: false }))];
}

/** Where imports go. */
export function importFolder(environment: NodeJS.ProcessEnv): string {
  return namedFolders(environment)[0] ?? appPacksFolder(environment);
}

const namedFolders = ({ TANDEM_PACKS }: NodeJS.ProcessEnv) =>
  (TANDEM_PACKS ?? '').split(delimiter).flatMap((folder) => (folder === '' ? [] : [fromCallersFolder(folder)]));

/** Where the app keeps packs that were imported: the folder that a person chose there, else one in the folder that Electron gives it. */
function appPacksFolder({ APPDATA, XDG_CONFIG_HOME }: NodeJS.ProcessEnv): string {
  const data = {
    win32: APPDATA ?? join(homedir(), 'AppData', 'Roaming'),
    darwin: join(homedir(), 'Library', 'Application Support'),
  }[process.platform as string];
  const appFolder = join(data ?? XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'Tandem');
  return packsFolderAtStart(chosenInApp(join(appFolder, 'settings.json')), join(appFolder, 'packs')).folder;
}

const chosenSchema = z.looseObject({ packsFolder: z.string().nullable().default(null) });

function chosenInApp(settingsFile: string): string | null {
  try {
    return chosenSchema.parse(JSON.parse(readFileSync(settingsFile, 'utf8'))).packsFolder;
  } catch {
    // The app was never started, or its settings are damaged: it says so itself, and uses the usual folder.
    return null;
  }
}

/** A pack that translates. `wanted`: an id, a folder, or null for the first usable one. */
export const findPack = (wanted: string | null, environment: NodeJS.ProcessEnv): Promise<UsablePack<TranslatingManifest>> =>
  find(isTranslating, 'translates', wanted, environment);

/** As `findPack`, a pack that summarizes. */
export const findSummarizingPack = (wanted: string | null, environment: NodeJS.ProcessEnv): Promise<UsablePack<SummarizingManifest>> =>
  find(isSummarizing, 'summarizes', wanted, environment);

/** As `findPack`, whatever it does. */
export const findAnyPack = (wanted: string | null, environment: NodeJS.ProcessEnv): Promise<UsablePack<PackManifest>> =>
  find((_manifest): _manifest is PackManifest => true, 'is usable', wanted, environment);

async function find<M extends PackManifest>(
  isFit: (manifest: PackManifest) => manifest is M,
  does: string,
  wanted: string | null,
  environment: NodeJS.ProcessEnv,
): Promise<UsablePack<M>> {
  const fit = (entry: PackEntry): entry is UsablePack<M> => entry.state === 'ok' && isFit(entry.manifest);
  if (wanted !== null && existsSync(join(fromCallersFolder(wanted), 'pack.json'))) {
    const entry = await readPack(fromCallersFolder(wanted), false);
    if (fit(entry)) return entry;
    const problem = entry.state === 'damaged' ? entry.problem : `expected one that ${does}.`;
    throw new CommandFailure(`The pack in ${wanted} cannot be used: ${problem}`);
  }
  const entries = await readCatalog(packFolders(environment));
  const usable = entries.filter(fit);
  const found = wanted === null ? usable[0] : usable.find((entry) => entry.manifest.id === wanted);
  if (found) return found;
  const damaged = entries.flatMap((entry) => (entry.state === 'damaged' ? [`${entry.folder}: ${entry.problem}`] : []));
  const known = usable.map((entry) => entry.manifest.id).join(', ') || 'none';
  const asked = wanted === null ? `There is no usable pack that ${does}` : `There is no pack "${wanted}"`;
  throw new CommandFailure(
    [`${asked}; found: ${known}. Put one into resources/packs or name its folder with --pack.`, ...damaged].join(' '),
  );
}

/** npm runs scripts in the project's folder; paths are meant from where the person typed. */
export function fromCallersFolder(path: string): string {
  const caller = process.env.npm_lifecycle_event === 'cli' ? process.env.INIT_CWD : undefined;
  return resolve(caller ?? process.cwd(), path);
}
