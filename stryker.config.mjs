/** For `npm run test:mutation`, which says what is mutated and which tests are asked. */
export default {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: { projectType: 'custom', configFile: 'jest.mutation.config.js', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  ignorePatterns: ['dist', 'bench', 'examples'],
  tempDirName: '.cache/stryker/tmp',
  reporters: ['json'],
  jsonReporter: { fileName: '.cache/stryker/mutation.json' },
  concurrency: 2,
  // What loops for ever ends; what is slow, since every core is busy, is not taken for noticed.
  timeoutMS: 60_000,
};
