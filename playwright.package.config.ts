import { defineConfig } from '@playwright/test';
import common from './playwright.config';

/** `npm run package` first. What ships as it ships, then the suite on a copy of it that can be driven. */
export default defineConfig(common, {
  outputDir: 'test-results/package',
  globalSetup: './test/package/driven.ts',
  projects: [
    { name: 'shipped', testDir: 'test/package' },
    { name: 'suite', testDir: 'test/e2e' },
  ],
});
