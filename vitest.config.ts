import { configDefaults, defineConfig } from 'vitest/config';

/** Tests that replace a client of the AWS SDK or look at a process of their own change what others in the same process would see. */
const APART = ['packages/aws/**/*.test.ts', 'functions/**/*.test.ts', 'test/**/*.test.ts'];

export default defineConfig({
  test: {
    // Against the AWS emulator: `npm run test:aws`.
    exclude: [...configDefaults.exclude, 'test/aws/**'],
    testTimeout: 30_000,
    setupFiles: ['test/setup/fixed-seed.ts'],
    // The default leaves one core of two idle.
    maxWorkers: '100%',
    coverage: { include: ['packages/**/*.ts'], exclude: ['**/*.test.ts'] },
    projects: [
      // One process for many files: nothing is loaded and learned twice. No test may leave anything behind.
      {
        extends: true,
        test: { name: 'together', isolate: false, include: ['packages/**/*.test.ts'], exclude: APART },
      },
      { extends: true, test: { name: 'apart', include: APART } },
    ],
  },
});
