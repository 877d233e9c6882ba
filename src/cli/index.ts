/** The app without a window. Exit codes: 0 done, 1 failed, 2 wrong usage. */
import { appVersion } from './app-version';
import { parseCommand, UsageError } from './arguments';
import { translateDocuments } from './document';
import { tellFacts } from './facts';
import { useMemory } from './memory';
import { CommandFailure } from './pack-folders';
import { importIntoPacks, listPacks, removePack, verifyPack } from './packs';
import { probePack } from './probe';
import { summarize } from './summarize';
import { translate, type Output } from './translate';
import { USAGE } from './usage';

const output: Output = {
  write: (text) =>
    new Promise((resolve, reject) => {
      process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
    }),
  tell: (line) => void process.stderr.write(`${line}\n`),
  progress: (line) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
  },
};

async function run(args: readonly string[]): Promise<void> {
  const command = parseCommand(args);
  switch (command.kind) {
    case 'help':
      return output.write(`${USAGE}\n`);
    case 'version':
      return output.write(`${appVersion()}\n`);
    case 'translate':
      return translate(command, output);
    case 'document':
      return translateDocuments(command, output);
    case 'summarize':
      return summarize(command, output);
    case 'memory':
      return useMemory(command, output);
    case 'packs-list':
      return listPacks(output);
    case 'packs-verify':
      return verifyPack(command.folder, output);
    case 'packs-import':
      return importIntoPacks(command, output);
    case 'packs-remove':
      return removePack(command.id, output);
    case 'packs-probe':
      return probePack(command, output);
    case 'facts':
      return tellFacts(output);
    default:
      return command satisfies never;
  }
}

/** A reader that closes early (`| head`) has what it wanted: no error. */
function endQuietlyOnClosedOutput(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
}

process.stdout.on('error', endQuietlyOnClosedOutput);
run(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof UsageError) {
    output.tell(`${error.message} See --help.`);
    process.exitCode = 2;
    return;
  }
  output.progress('');
  if (!isClosedOutput(error)) {
    output.tell(
      error instanceof CommandFailure
        ? error.message
        : `Unexpected failure: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    process.exitCode = 1;
  }
});

function isClosedOutput(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}
