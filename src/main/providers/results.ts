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
  /** All of a pack, or one provider's. */
  forget(manifest: PackManifest, provider: Provider | null): Promise<void>;
}

/** A file that is not there or cannot be used counts as empty, and `onProblem` is told why: what it held can be measured again. */
export async function openResults(path: string, runtime: string, onProblem: (why: string) => void): Promise<ProbeResults> {
  let results = (await readResults(path, onProblem)).filter((result) => result.runtime === runtime);
  let writing: Promise<void> = Promise.resolve();

  const isOf = (manifest: PackManifest, provider: Provider | null) => {
    const packSha256 = packHash(manifest);
    return (result: Stored) => result.packSha256 === packSha256 && (provider === null || result.provider === provider);
  };

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
    of: (manifest) => results.filter(isOf(manifest, null)).map(({ provider, outcome }) => ({ provider, outcome })),
    set: (manifest, provider, outcome) => {
      const replaced = isOf(manifest, provider);
      return keep([...results.filter((result) => !replaced(result)), { packSha256: packHash(manifest), provider, runtime, outcome }]);
    },
    forget: (manifest, provider) => {
      const forgotten = isOf(manifest, provider);
      return keep(results.filter((result) => !forgotten(result)));
    },
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

/** Of all that the manifest says, and so of every file it lists. */
const packHash = (manifest: PackManifest) => createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
