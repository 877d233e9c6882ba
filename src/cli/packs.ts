/** `packs list`, `verify`, `import` and `remove`. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readCatalog, readPack } from '../main/packs/catalog';
import { importPack } from '../main/packs/import';
import { PackQuestion, PackRefusal } from '../main/packs/refusal';
import { removePackFolder } from '../main/packs/staging';
import { MANIFEST_FILE, verifyPackFiles } from '../main/packs/verify';
import { selfTestProblems } from '../main/inference/self-test';
import type { Command } from './arguments';
import { CommandFailure, fromCallersFolder, importFolder, packFolders } from './pack-folders';
import { isTranslating } from '../shared/pack';
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
    const tasks = isTranslating(manifest) ? manifest.tasks.map(({ from, to }) => `${from}-${to}`) : [`summarize-${manifest.language}`];
    const lanes = Object.keys(manifest.lanes).join(' ');
    await output.write(`${manifest.id}\t${manifest.version}\t${tasks.join(' ')}\t${lanes}\t${(bytes / 1e6).toFixed(1)} MB\t${folder}\n`);
  }
}

/** Files first, then what is in them: graphs that are not what the manifest says need not be run. */
export async function verifyPack(folder: string, output: Output): Promise<void> {
  const path = fromCallersFolder(folder);
  if (!existsSync(join(path, MANIFEST_FILE)))
    throw new CommandFailure(`${folder} holds no ${MANIFEST_FILE}; expected the folder of a pack. "packs list" shows where packs are.`);
  const entry = await readPack(path, false);
  const problems = entry.state === 'damaged' ? [entry.problem] : await verifyPackFiles(path, entry.manifest);
  if (problems.length === 0) problems.push(...(await selfTestProblems(path)));
  if (problems.length > 0) throw new CommandFailure(problems.join('\n'));
  if (entry.state === 'ok') {
    const { id, version, files, selfTest } = entry.manifest;
    await output.write(`${id} ${version}: ${files.length} files and ${selfTest.length} self-tests are as recorded.\n`);
  }
}

type ImportCommand = Extract<Command, { kind: 'packs-import' }>;

/** Ctrl+C cancels, and leaves nothing. */
export async function importIntoPacks({ path, languages }: ImportCommand, output: Output): Promise<void> {
  const controller = new AbortController();
  const cancel = () => controller.abort(new CommandFailure('Cancelled; nothing was installed.'));
  process.once('SIGINT', cancel);
  const packsFolder = importFolder(process.env);
  try {
    const imported = await importPack(fromCallersFolder(path), {
      packsFolder,
      answers: languages,
      installed: await readCatalog([{ folder: packsFolder, bundled: false }, ...packFolders(process.env)]),
      selfTest: (folder) => selfTestProblems(folder),
      onProgress: ({ stage, file, bytes, totalBytes }) =>
        output.progress(
          stage === 'copying' ? `copying ${file ?? ''} ${Math.floor((100 * bytes) / totalBytes)} %` : `${stage} ${file ?? ''}`,
        ),
      signal: controller.signal,
    });
    const { id, version, folder, replaced, notApplied } = imported;
    if (replaced && dirname(replaced.folder) === packsFolder) await removePackFolder(replaced.folder);
    output.progress('');
    await output.write(`${id} ${version} is installed in ${folder}.\n`);
    if (notApplied.length > 0) output.tell(`Of the model's generation settings these are not applied: ${notApplied.join(', ')}.`);
  } catch (error) {
    if (error instanceof PackQuestion) throw new CommandFailure(questionWords(error));
    throw error instanceof PackRefusal ? new CommandFailure(error.message) : error;
  } finally {
    process.off('SIGINT', cancel);
  }
}

function questionWords({ message, question }: PackQuestion): string {
  const languages = question.offered === null ? '' : ` It knows ${question.offered.join(', ')}.`;
  const prefix = question.asksPrefix ? ' Add --prefix with what the model was trained to read before a text, if it was.' : '';
  return `${message.replace(/ Say them\.$/, '')}${languages} Import it with --from LANGUAGE --to LANGUAGE.${prefix}`;
}

export async function removePack(id: string, output: Output): Promise<void> {
  const entries = await readCatalog(packFolders(process.env));
  const found = entries.filter((entry) => entry.state === 'ok').find((entry) => entry.manifest.id === id);
  if (!found) throw new CommandFailure(`There is no pack "${id}". "packs list" shows those there are.`);
  if (found.bundled) throw new CommandFailure(`"${id}" came with the app and stays. Only packs that were imported can be removed.`);
  await removePackFolder(found.folder).catch((error: unknown) => {
    throw error instanceof PackRefusal ? new CommandFailure(error.message) : error;
  });
  await output.write(`${id} ${found.manifest.version} is removed from ${found.folder}.\n`);
}
