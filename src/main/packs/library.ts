/** The packs this app has, kept up to date: what the catalog found, less those whose hashes turn out wrong. */
import type { PackEntry } from '../../shared/app-api';
import type { Log } from '../log';
import { readCatalog, type PackFolder } from './catalog';
import { verifyPackFiles } from './verify';

export interface PackLibrary {
  packs(): PackEntry[];
  /** Reads the folders again and gives what is there. Hashes are checked afterwards, in the background. */
  rescan(): Promise<PackEntry[]>;
  /** Reads every byte of every usable pack; one that is not what its manifest says becomes damaged. */
  verify(): Promise<void>;
  /** Ends a check that is under way. */
  stop(): void;
}

export async function openPackLibrary(folders: PackFolder[], onChanged: (packs: PackEntry[]) => void, log: Log): Promise<PackLibrary> {
  let packs: PackEntry[] = [];
  let checking = new AbortController();

  async function scan() {
    packs = await readCatalog(folders);
    for (const pack of packs) if (pack.state === 'damaged') log.warn(`pack ${pack.folder} is damaged: ${pack.problem}`);
  }

  async function verify() {
    checking.abort();
    checking = new AbortController();
    const { signal } = checking;
    for (const pack of packs) {
      if (pack.state !== 'ok') continue;
      const startMs = performance.now();
      const problems = await verifyPackFiles(pack.folder, pack.manifest, signal).catch((error: unknown) => {
        if (signal.aborted) return null;
        throw error;
      });
      if (problems === null) return;
      const [problem] = problems;
      log.info(`pack ${pack.manifest.id}: ${problems.length} problems, checked in ${Math.round(performance.now() - startMs)} ms`);
      if (problem === undefined) continue;
      log.warn(`pack ${pack.folder} is damaged: ${problems.join(' ')}`);
      const damaged: PackEntry = { state: 'damaged', folder: pack.folder, bundled: pack.bundled, problem };
      packs = packs.map((entry) => (entry === pack ? damaged : entry));
      onChanged(packs);
    }
  }

  await scan();
  return {
    packs: () => packs,
    rescan: async () => {
      checking.abort();
      await scan();
      onChanged(packs);
      void verify();
      return packs;
    },
    verify,
    stop: () => checking.abort(),
  };
}
