/** The tests of one subject of `npm run test:mutation`; without a database, and with the same cases every time. */
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
  testMatch: (process.env.MUTATION_TESTS ?? '').split(',').map((path) => `<rootDir>/__tests__/${path}`),
};
