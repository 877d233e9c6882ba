/**
 * Is the lock complete for every platform? A registry may lack a platform's binary; npm then leaves its entry out without a word and the
 * lock breaks elsewhere. Every optional dependency of a locked package must be in the lock itself.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() })),
});

const { packages } = lockSchema.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));

/** Looks where Node would: in the package's own node_modules, then outwards. */
function isLocked(name: string, from: string): boolean {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
    if (`${place}${place === '' ? '' : '/'}node_modules/${name}` in packages) return true;
    if (place === '') return false;
  }
}

const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
  Object.keys(optionalDependencies)
    .filter((name) => !isLocked(name, path))
    .map((name) => `${path}: ${name}`),
);
if (missing.length > 0) {
  console.error(`package-lock.json lacks optional dependencies; the install would break on another platform:\n${missing.join('\n')}`);
  process.exit(1);
}
console.log(`package-lock.json is complete: ${String(Object.keys(packages).length)} packages`);
