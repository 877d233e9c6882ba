/** electron-builder's hook for builds with the substitute Electron: makes the folder say what it is, before anything is made of it. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** @param {{ appOutDir: string }} context */
export default async function afterPack({ appOutDir }) {
  // The stand-in's loader of loose folders; an installed app has no use for it.
  await rm(join(appOutDir, 'resources', 'default_app.asar'), { force: true });
  await writeFile(join(appOutDir, 'TEST-BUILD.txt'), 'Made with a substitute Electron for tests. Not for use or distribution.\n');
}
