import { availableParallelism } from 'node:os';

const project = {
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
};

export default {
  globalSetup: '<rootDir>/__tests__/setup/global-setup.mjs',
  globalTeardown: '<rootDir>/__tests__/setup/global-teardown.mjs',
  // What hangs ends; what is slow, since every core is busy, does not.
  testTimeout: 300_000,
  reporters: [
    'default',
    '<rootDir>/__tests__/setup/title-reporter.mjs',
    '<rootDir>/__tests__/setup/missing-servers-reporter.mjs',
  ],
  // One more than there are cores where these are few, since many tests wait for a server. Never in jest's own
  // process: there a failed test that left a socket open would keep it from ending.
  maxWorkers: Math.max(3, availableParallelism() - 1),
  projects: [
    {
      ...project,
      displayName: 'express 5',
      testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
      globals: { EXPRESS_MAJOR: 5 },
    },
    {
      ...project,
      displayName: 'express 4',
      testMatch: ['<rootDir>/__tests__/routes/**/*.test.ts'],
      moduleNameMapper: { ...project.moduleNameMapper, '^express$': 'express4' },
      globals: { EXPRESS_MAJOR: 4 },
    },
  ],
};
