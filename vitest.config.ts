import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.{ts,tsx}', 'test/integration/**/*.test.ts'],
    // Integration tests start real processes, on machines that may be busy; how fast things are is for the benchmarks.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two workers: a session's own threads need room, and the machine may be small.
    maxWorkers: 2,
  },
});
