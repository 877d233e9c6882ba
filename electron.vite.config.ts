import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

// Targets are set by hand: the same build runs on the Electron that users get and on the older one that tests may have to use.
const NODE_TARGET = 'node20.18';
const CHROME_TARGET = 'chrome130';

/** Exported measurements name it; a source tree without its history has none. */
function commit(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty', '--exclude', '*'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return 'unknown';
  }
}

/** PDF.js's tables of East Asian fonts, which it reads when a PDF needs one. */
function characterMaps() {
  const folder = 'node_modules/pdfjs-dist/cmaps/';
  return {
    name: 'character-maps',
    generateBundle(this: { emitFile(file: { type: 'asset'; fileName: string; source: Uint8Array }): void }) {
      for (const file of readdirSync(folder)) {
        this.emitFile({ type: 'asset', fileName: `cmaps/${file}`, source: readFileSync(folder + file) });
      }
    },
  };
}

export default defineConfig({
  main: {
    plugins: [characterMaps()],
    build: {
      target: NODE_TARGET,
      rolldownOptions: {
        input: { index: 'src/main/index.ts', inference: 'src/main/inference/process.ts' },
        // Everything but what is native is bundled, so a packaged app carries two node modules and what they load.
        external: ['onnxruntime-node', 'libsql'],
      },
    },
  },
  preload: {
    build: {
      target: NODE_TARGET,
      rolldownOptions: { input: 'src/preload/index.ts', output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    define: { BUILD_COMMIT: JSON.stringify(commit()) },
    build: { target: CHROME_TARGET },
  },
});
