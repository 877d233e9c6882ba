/** The packs this app has, kept up to date: what the catalog found, less those whose hashes turn out wrong; imports and removals. */
import { mkdir, statfs } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { PackEntry } from '../../shared/app-api';
import type { PackCheck, PackImport, PackLibraryState } from '../../shared/pack-library';
import { describeError, type Log } from '../log';
import { reason } from '../reasons';
import { readCatalog, type PackFolder } from './catalog';
import { importPack, type ImportProgress } from './import';
import type { HubAnswers } from './hub-families';
import { PackQuestion, PackRefusal } from './refusal';
import { removePackFolder, removeStaleStaging } from './staging';
import { verifyPackFiles } from './verify';

export interface PackLibrary {
  packs(): PackEntry[];
  state(): Promise<PackLibraryState>;
  /** Reads the folders again and gives what is there. Hashes are checked afterwards, in the background. */
  rescan(): Promise<PackEntry[]>;
  /** Reads every byte of every usable pack; one that is not what its manifest says becomes damaged. */
  verify(): Promise<void>;
  /** Reads every byte of a pack and runs its self-test. Throws when it is none of the packs. */
  check(folder: string): Promise<void>;
  /** A folder or a zip. How it goes is told as `onState`; throws when one is under way. */
  import(path: string): Promise<void>;
  /** Goes on with an import that asks; throws when none does. */
  answerImport(answers: HubAnswers): Promise<void>;
  cancelImport(): void;
  dismissImport(): void;
  /** Throws when the pack is not one that was imported. */
  remove(folder: string): Promise<void>;
  /** The packs were moved: imports go to this folder from now on, which takes the place of the one before. */
  relocate(packsFolder: string): Promise<void>;
  /** Ends what is under way. */
  stop(): void;
}

export interface PackLibraryOptions {
  folders: PackFolder[];
  /** Where imports go; one of `folders`. */
  packsFolder: string;
  onChanged(packs: PackEntry[]): void;
  onState(state: PackLibraryState): void;
  /** What is wrong with a pack when it is run. */
  selfTest(folder: string, signal: AbortSignal): Promise<string[]>;
  log: Log;
}

type UsablePack = Extract<PackEntry, { state: 'ok' }>;

/** How often progress within a stage is told. */
const TELL_MS = 100;

export async function openPackLibrary(options: PackLibraryOptions): Promise<PackLibrary> {
  const { onChanged, onState, selfTest, log } = options;
  let { folders, packsFolder } = options;
  let packs: PackEntry[] = [];
  let checks = new Map<string, PackCheck>();
  let checking = new AbortController();
  let importing: AbortController | null = null;
  let lastImport: PackImport = { kind: 'none' };
  /** Of the import that asks. */
  let askedAbout: string | null = null;

  async function scan() {
    const before = checks;
    packs = await readCatalog(folders);
    checks = new Map(usable().map(({ folder }) => [folder, before.get(folder) ?? 'waiting']));
    for (const pack of packs) if (pack.state === 'damaged') log.warn(`pack ${pack.folder} is damaged: ${pack.problem}`);
  }

  const usable = () => packs.filter((entry) => entry.state === 'ok');
  const isRemovable = ({ folder, bundled }: PackEntry) => !bundled && dirname(folder) === packsFolder;

  async function state(): Promise<PackLibraryState> {
    const { bavail, bsize } = await statfs(packsFolder).catch(() => ({ bavail: 0, bsize: 0 }));
    return {
      packsFolder,
      freeBytes: bavail * bsize,
      checks: Object.fromEntries(checks),
      removable: packs.filter(isRemovable).map(({ folder }) => folder),
      import: lastImport,
    };
  }

  function tellState() {
    state().then(onState, (error: unknown) => log.warn(`the packs' state cannot be told: ${describeError(error)}`));
  }

  function enter(next: PackImport) {
    lastImport = next;
    tellState();
  }

  /** `problemsOf`: what is wrong with the pack, one sentence each. */
  async function checkOne(pack: UsablePack, problemsOf: () => Promise<string[]>): Promise<void> {
    checks.set(pack.folder, 'checking');
    tellState();
    const startMs = performance.now();
    const problems = await problemsOf().catch((error: unknown) => {
      checks.set(pack.folder, 'waiting');
      throw error;
    });
    log.info(`pack ${pack.manifest.id}: ${problems.length} problems, checked in ${Math.round(performance.now() - startMs)} ms`);
    const [problem] = problems;
    if (problem === undefined) checks.set(pack.folder, 'verified');
    else {
      log.warn(`pack ${pack.folder} is damaged: ${problems.join(' ')}`);
      checks.delete(pack.folder);
      const damaged: PackEntry = { state: 'damaged', folder: pack.folder, bundled: pack.bundled, problem };
      packs = packs.map((entry) => (entry.folder === pack.folder ? damaged : entry));
      onChanged(packs);
    }
    tellState();
  }

  async function verify() {
    checking.abort();
    checking = new AbortController();
    const { signal } = checking;
    for (const pack of usable()) {
      try {
        await checkOne(pack, () => verifyPackFiles(pack.folder, pack.manifest, signal));
      } catch (error) {
        if (signal.aborted) return;
        throw error;
      }
    }
  }

  async function rescan() {
    checking.abort();
    await scan();
    onChanged(packs);
    tellState();
    void verify();
    return packs;
  }

  async function runImport(path: string, answers: HubAnswers | null) {
    if (importing !== null) throw new Error(reason`Another pack is being imported. Wait until it is done, or cancel it.`);
    const controller = new AbortController();
    importing = controller;
    const name = basename(path);
    let toldMs = -Infinity;
    const onProgress = (progress: ImportProgress) => {
      const isSameStage = lastImport.kind === 'running' && lastImport.stage === progress.stage;
      lastImport = { kind: 'running', name, ...progress };
      if (isSameStage && performance.now() - toldMs < TELL_MS) return;
      toldMs = performance.now();
      tellState();
    };
    try {
      const imported = await importPack(path, { answers, packsFolder, installed: packs, selfTest, onProgress, signal: controller.signal });
      const { id, version, replaced } = imported;
      log.info(`pack ${id} ${version} imported into ${imported.folder}`);
      await scan();
      checks.set(imported.folder, 'verified');
      // The engine lets go of the older version's files before they are removed.
      onChanged(packs);
      if (replaced && isRemovable(replaced)) await removePackFolder(replaced.folder);
      const replacedVersion = replaced?.manifest.version ?? null;
      enter({ kind: 'imported', packId: id, name: imported.name, version, replacedVersion, notApplied: imported.notApplied });
    } catch (error) {
      if (controller.signal.aborted) {
        enter({ kind: 'none' });
        return;
      }
      if (error instanceof PackQuestion) {
        askedAbout = path;
        enter({ kind: 'asks', ...error.question });
        return;
      }
      log.warn(`import refused: ${error instanceof PackRefusal ? error.message : describeError(error)}`);
      enter({ kind: 'refused', name, problem: error instanceof Error ? error.message : String(error) });
    } finally {
      importing = null;
    }
  }

  function packAt(folder: string): PackEntry {
    const found = packs.find((entry) => entry.folder === folder);
    if (!found) throw new Error(reason`That pack is not there any more. Look for packs again.`);
    return found;
  }

  await mkdir(packsFolder, { recursive: true }).then(
    () => removeStaleStaging(packsFolder),
    (error: unknown) => log.warn(`packs cannot be imported into ${packsFolder}: ${describeError(error)}`),
  );
  await scan();
  return {
    packs: () => packs,
    state,
    rescan,
    verify,
    check: async (folder) => {
      const pack = packAt(folder);
      if (pack.state === 'damaged') {
        await rescan();
        return;
      }
      const { signal } = checking;
      await checkOne(pack, async () => {
        const problems = await verifyPackFiles(folder, pack.manifest, signal);
        return problems.length > 0 ? problems : selfTest(folder, signal);
      });
    },
    import: (path) => runImport(path, null),
    answerImport: (answers) => {
      if (askedAbout === null || lastImport.kind !== 'asks') throw new Error(reason`No import asks for languages. Import the model again.`);
      return runImport(askedAbout, answers);
    },
    cancelImport: () => importing?.abort(new Error('The import was cancelled.')),
    dismissImport: () => {
      if (importing === null) enter({ kind: 'none' });
    },
    remove: async (folder) => {
      const pack = packAt(folder);
      if (!isRemovable(pack)) throw new Error(reason`Only packs that were imported can be removed here.`);
      packs = packs.filter((entry) => entry !== pack);
      checks.delete(folder);
      onChanged(packs);
      try {
        await removePackFolder(folder);
      } finally {
        await scan();
        onChanged(packs);
        tellState();
      }
    },
    relocate: async (next) => {
      folders = folders.map((known) => (known.folder === packsFolder ? { ...known, folder: next } : known));
      packsFolder = next;
      await rescan();
    },
    stop: () => {
      checking.abort();
      importing?.abort();
    },
  };
}
