import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  // One app at a time: timings and screenshots of one must not depend on another.
  workers: 1,
  // Generous: machines may be busy, and how fast things are is for the benchmarks.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  // The runner now and then loses an answer of Electron's main process (“Resulting promise was garbage collected”); what fails twice is broken.
  retries: 1,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
});
