/** Every benchmark of the engine, one after the other, with the same arguments: `npm run bench [-- --pack ID|DIR] [--rounds N]`. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

for (const file of ['lanes.ts', 'documents.ts']) {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', path, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (status !== 0) {
    process.exitCode = status ?? 1;
    break;
  }
}
