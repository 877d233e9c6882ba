/** What came of tests, one small JSON file: by pack, provider and version of the runtime. Results of other versions are let go. */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { providerSchema, type PackManifest, type Provider } from '../../shared/pack';
import { probeOutcomeSchema, type ProbeOutcome, type ProbeResult } from '../../shared/processors';
import { writeFileAtomic } from '../write-atomic';

const fileSchema = z.strictObject({
  format: z.literal(1),
  results: z.array(z.strictObject({ packSha256: z.string(), provider: providerSchema, runtime: z.string(), outcome: probeOutcomeSchema })),
});
type Stored = z.infer<typeof fileSchema>['results'][number];

export interface ProbeResults {
  of(manifest: PackManifest): ProbeResult[];
  /** Takes the place of an earlier one. */
  set(manifest: PackManifest, provider: Provider, outcome: ProbeOutcome): Promise<void>;
  forget(manifest: PackManifest): Promise<void>;
}

/** A file that is not there or cannot be used counts as empty, and `onProblem` is told why: what it held can be measured again. */
export async function openResults(path: string, runtime: string, onProblem: (why: string) => void): Promise<ProbeResults> {
  let results = (await readResults(path, onProblem)).filter((result) => result.runtime === runtime);
  let writing: Promise<void> = Promise.resolve();

  const without = (packSha256: string, provider?: Provider) =>
    results.filter((result) => result.packSha256 !== packSha256 || (provider !== undefined && result.provider !== provider));

  async function keep(changed: Stored[]) {
    results = changed;
    const content = `${JSON.stringify({ format: 1, results } satisfies z.infer<typeof fileSchema>, null, 2)}\n`;
    const written = writing.then(async () => {
      await mkdir(dirname(path), { recursive: true });
      await writeFileAtomic(path, content);
    });
    writing = written.catch(() => {});
    await written;
  }

  return {
    of: (manifest) => {
      const packSha256 = packHash(manifest);
      return results.filter((result) => result.packSha256 === packSha256).map(({ provider, outcome }) => ({ provider, outcome }));
    },
    set: (manifest, provider, outcome) => {
      const packSha256 = packHash(manifest);
      return keep([...without(packSha256, provider), { packSha256, provider, runtime, outcome }]);
    },
    forget: (manifest) => keep(without(packHash(manifest))),
  };
}

async function readResults(path: string, onProblem: (why: string) => void): Promise<Stored[]> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(path, 'utf8'))).results;
  } catch (error) {
    const isNew = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isNew) onProblem(error instanceof z.ZodError ? z.prettifyError(error) : String(error));
    return [];
  }
}

/** A manifest with thousands of language pairs is megabytes, and asked about often. */
const hashes = new WeakMap<PackManifest, string>();

/** Of all that the manifest says, and so of every file it lists. */
function packHash(manifest: PackManifest): string {
  const hash = hashes.get(manifest) ?? createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
  hashes.set(manifest, hash);
  return hash;
}
