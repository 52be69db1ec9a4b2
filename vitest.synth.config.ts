import { defineConfig } from 'vitest/config';

/** `npm run test:synth`: runs the stacks without an AWS account; needs about 40 s and 300 MB the first time on a machine. */
export default defineConfig({
  test: {
    include: ['test/synth/**/*.synth.ts'],
    globalSetup: ['test/synth/setup.ts'],
    testTimeout: 60_000,
  },
});
