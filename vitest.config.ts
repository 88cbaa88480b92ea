import { defineConfig } from 'vitest/config';

// `quick` needs neither network nor toolchain; everything that runs Go, a C compiler or the packed tarball is `slow`.
const slow = ['test/e2e/**/*.test.ts', '**/*.slow.test.ts'];

export default defineConfig({
  test: {
    exclude: ['**/node_modules/**', 'dist/**'],
    projects: [
      {
        extends: true,
        test: {
          name: 'quick',
          // These tests share nothing but modules without state; a fresh process for each file costs twice the tests.
          isolate: false,
          include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts', 'corpus/*.test.ts'],
          exclude: slow,
        },
      },
      { extends: true, test: { name: 'slow', include: slow, testTimeout: 300_000, hookTimeout: 600_000 } },
    ],
  },
});
