import { defineConfig } from 'vitest/config';

/** What runs against the AWS emulator; started by test/aws/run.ts, which hands its address over. */
export default defineConfig({
  test: {
    include: ['test/aws/**/*.test.ts'],
    // One emulator with one state: a file at a time.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
