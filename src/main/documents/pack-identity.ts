/** Which pack exactly a translation comes from. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackEntry } from '../../shared/app-api';
import { MANIFEST_FILE } from '../packs/verify';
import { reason } from '../reasons';
import type { PackIdentity } from './job';
import { fileReason, JobFailure } from './job-failure';
import { sha256Of } from './publish';

/** Throws `JobFailure` where no usable pack has the id. */
export async function packIdentity(packs: readonly PackEntry[], packId: string): Promise<PackIdentity> {
  const pack = packs.find((entry) => entry.state === 'ok' && entry.manifest.id === packId);
  if (pack?.state !== 'ok')
    throw new JobFailure(reason`The pack “${packId}” is not there or cannot be used. Put it back, or choose another.`);
  try {
    const { id, version } = pack.manifest;
    return { id, version, sha256: sha256Of(await readFile(join(pack.folder, MANIFEST_FILE))) };
  } catch (error) {
    throw new JobFailure(reason`The pack “${packId}” in “${pack.folder}” cannot be read: ${fileReason(error)}.`);
  }
}
