import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/**/*.test.ts', 'functions/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 30_000,
    coverage: { include: ['packages/**/*.ts'], exclude: ['**/*.test.ts'] },
  },
});
