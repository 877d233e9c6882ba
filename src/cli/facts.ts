/** `facts`: this machine and its packs, for a report of a bug. */
import { facts } from '../main/facts';
import { readCatalog } from '../main/packs/catalog';
import { appVersion } from './app-version';
import { packFolders } from './pack-folders';
import type { Output } from './translate';

export async function tellFacts(output: Output): Promise<void> {
  const told = await facts(appVersion(), await readCatalog(packFolders(process.env)));
  await output.write(`${JSON.stringify(told, null, 2)}\n`);
}
