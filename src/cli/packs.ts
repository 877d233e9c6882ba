/** `packs list` and `packs verify`. */
import { readCatalog, readPack } from '../main/packs/catalog';
import { verifyPackFiles } from '../main/packs/verify';
import { selfTestProblems } from '../main/inference/self-test';
import { CommandFailure, fromCallersFolder, packFolders } from './pack-folders';
import type { Output } from './translate';

export async function listPacks(output: Output): Promise<void> {
  const entries = await readCatalog(packFolders(process.env));
  if (entries.length === 0) output.tell('No packs in resources/packs or TANDEM_PACKS.');
  for (const entry of entries) {
    if (entry.state === 'damaged') {
      await output.write(`damaged\t${entry.folder}\t${entry.problem}\n`);
      continue;
    }
    const { manifest, bytes, folder } = entry;
    const pairs = manifest.tasks.map(({ from, to }) => `${from}-${to}`).join(' ');
    const lanes = Object.keys(manifest.lanes).join(' ');
    await output.write(`${manifest.id}\t${manifest.version}\t${pairs}\t${lanes}\t${(bytes / 1e6).toFixed(1)} MB\t${folder}\n`);
  }
}

/** Files first, then what is in them: graphs that are not what the manifest says need not be run. */
export async function verifyPack(folder: string, output: Output): Promise<void> {
  const path = fromCallersFolder(folder);
  const entry = await readPack(path, false);
  const problems = entry.state === 'damaged' ? [entry.problem] : await verifyPackFiles(path, entry.manifest);
  if (problems.length === 0) problems.push(...(await selfTestProblems(path)));
  if (problems.length > 0) throw new CommandFailure(problems.join('\n'));
  if (entry.state === 'ok') {
    const { id, version, files, selfTest } = entry.manifest;
    await output.write(`${id} ${version}: ${files.length} files and ${selfTest.length} self-tests are as recorded.\n`);
  }
}
