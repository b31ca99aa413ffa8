/**
 * The pure tests alone, for the mutation check: no database is started, since a mutant must cost
 * milliseconds, and the property tests get the same cases every time, since a mutant must not survive by
 * luck.
 */
export default {
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  setupFiles: ['<rootDir>/__tests__/setup/fixed-seed.ts'],
  testMatch: [
    '<rootDir>/__tests__/sync/{plan,removals}/**/*.test.ts',
    '<rootDir>/__tests__/sync/users/field-exchange.test.ts',
    '<rootDir>/__tests__/sync/run/tally.test.ts',
    '<rootDir>/__tests__/properties/{guard,diff,plan-page}.test.ts',
  ],
};
