import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/**/*.test.ts', 'functions/**/*.test.ts', 'test/**/*.test.ts'],
    // Against the AWS emulator: `npm run test:aws`.
    exclude: [...configDefaults.exclude, 'test/aws/**'],
    testTimeout: 30_000,
    coverage: { include: ['packages/**/*.ts'], exclude: ['**/*.test.ts'] },
  },
});
