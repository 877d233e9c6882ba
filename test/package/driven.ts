/**
 * What the suite of `test/e2e` drives when it tests the packaged app: a copy of the shipped folder in which one fuse is flipped, the one that
 * lets Playwright look into its main process. The shipped folder stays as it is.
 */
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { existsSync } from 'node:fs';
import { constants, cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY } from '../e2e/app';
import { programIn, SHIPPED } from './installed';

const COPY = join(REPOSITORY, 'test-results', 'driven');

/** Playwright's set-up before all tests; what it gives is the tear-down. */
export default async function provideDrivenCopy(): Promise<() => Promise<void>> {
  if (!existsSync(programIn(SHIPPED))) throw new Error(`${programIn(SHIPPED)} is not there. Run "npm run package" first.`);
  await remove();
  await cp(SHIPPED, COPY, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE });
  await flipFuses(programIn(COPY), { version: FuseVersion.V1, [FuseV1Options.EnableNodeCliInspectArguments]: true });
  process.env['TANDEM_PACKAGED'] = programIn(COPY);
  return remove;
}

const remove = () => rm(COPY, { recursive: true, force: true, maxRetries: 5 });
