/**
 * What Electron's own binary does with `electron [-r module]… <folder|file> [arguments]`: loads the modules, takes on the app's name and
 * imports its entry. Only what this project and its test runner use.
 */
import { app } from 'electron';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const modules = [];
let target;
let index = 1;
for (; index < process.argv.length && target === undefined; index++) {
  const argument = process.argv[index];
  if (argument === '-r' || argument === '--require') modules.push(process.argv[++index]);
  else if (!argument.startsWith('-')) target = resolve(argument);
}

if (target === undefined) {
  process.stderr.write('Nothing to run: expected a folder or a file.\n');
  app.exit(2);
} else {
  // Electron would answer a throw with a dialog, which nobody may be there to close.
  await run(target).catch((error) => {
    process.stderr.write(`${error?.stack ?? error}\n`);
    app.exit(1);
  });
}

async function run(target) {
  process.defaultApp = true;
  for (const module of modules) require(module);
  // As Electron leaves it: the executable, the app, then the app's own arguments.
  const path = process.argv.indexOf(process.argv.find((argument) => !argument.startsWith('-') && resolve(argument) === target) ?? '');
  process.argv.splice(1, Math.max(0, path - 1));
  let entry = target;
  if (statSync(target).isDirectory()) {
    const description = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8'));
    app.setName(description.productName ?? description.name);
    if (description.version !== undefined) app.setVersion(description.version);
    app.setAppPath(target);
    entry = join(target, description.main);
  }
  await import(pathToFileURL(entry).href);
}
