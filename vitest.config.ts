import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.{ts,tsx}', 'test/integration/**/*.test.ts'],
    // Integration tests start the real inference process and load graphs.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two workers: a session's own threads need room, and the machine may be small.
    maxWorkers: 2,
  },
});
