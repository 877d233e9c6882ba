/** `memory` and `glossary`: what documents are helped by, in and out. */
import { exportGlossary, exportTmx, importGlossary, importTmx } from '../main/memory/exchange';
import { ExchangeError } from '../main/memory/exchange-error';
import type { Imported } from '../shared/memory';
import { appVersion } from './app-version';
import type { Command } from './arguments';
import { openMemory } from './data-folder';
import { CommandFailure, fromCallersFolder } from './pack-folders';
import type { Output } from './translate';

type MemoryCommand = Extract<Command, { kind: 'memory' }>;

export async function useMemory({ verb, list, from, to, files }: MemoryCommand, output: Output): Promise<void> {
  const memory = openMemory(process.env, output.tell);
  const languages = { from, to };
  try {
    switch (verb) {
      case 'list':
        if (list === 'glossary') {
          for (const { source, target, note } of memory.terms(languages)) await output.write(`${source}\t${target}\t${note}\n`);
          return;
        }
        for (const { from: source, to: target, pairs, terms } of memory.counts()) {
          await output.write(
            `${source}-${target}\t${pairs.person} corrected\t${pairs.imported} imported\t${pairs.machine} by machine\t${terms} terms\n`,
          );
        }
        return;
      case 'import':
        for (const file of files) {
          const path = fromCallersFolder(file);
          output.tell(importedText(await (list === 'memory' ? importTmx(memory, path) : importGlossary(memory, path, languages))));
        }
        return;
      case 'export':
        for (const file of files) {
          const path = fromCallersFolder(file);
          const count = await (list === 'memory'
            ? exportTmx(memory, path, languages, appVersion())
            : exportGlossary(memory, path, languages));
          output.tell(`${count} entries → ${path}`);
        }
        return;
      default:
        verb satisfies never;
    }
  } catch (error) {
    if (error instanceof ExchangeError) throw new CommandFailure(error.message);
    if (error instanceof Error && 'syscall' in error) throw new CommandFailure(error.message);
    throw error;
  } finally {
    memory.close();
  }
}

function importedText({ name, taken, left }: Imported): string {
  return `${name}: ${taken} entries taken over${left.map(({ why, count }) => `; ${count} left out (${why})`).join('')}`;
}
