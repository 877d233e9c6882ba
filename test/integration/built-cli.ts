/** The command line built into few files: many starts would else be spent on translating TypeScript. */
import { copyFile, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';

/** Paths of what Node runs. As deep in `root` as the sources are in the repository, because the version is read from package.json. */
export async function builtCli(root: string): Promise<{ cli: string; engineProcess: string }> {
  await copyFile('package.json', join(root, 'package.json'));
  await symlink(resolve('node_modules'), join(root, 'node_modules'), 'junction');
  const outDir = join(root, 'src', 'cli');
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20.18',
      rolldownOptions: {
        input: { index: 'src/cli/index.ts', 'engine-process': 'src/cli/engine-process.ts' },
        external: ['onnxruntime-node', 'libsql'],
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  });
  return { cli: join(outDir, 'index.js'), engineProcess: join(outDir, 'engine-process.js') };
}
