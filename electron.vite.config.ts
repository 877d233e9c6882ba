import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// Targets are set by hand: the same build runs on the Electron that users get and on the older one that tests may have to use.
const NODE_TARGET = 'node20.18';
const CHROME_TARGET = 'chrome130';

export default defineConfig({
  main: {
    build: {
      target: NODE_TARGET,
      rolldownOptions: {
        input: { index: 'src/main/index.ts', inference: 'src/main/inference/process.ts' },
        // Everything but the native runtime is bundled, so a packaged app carries one node module.
        external: ['onnxruntime-node'],
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
    build: { target: CHROME_TARGET },
  },
});
