/** Mutates the pure decisions of a run, and asks the fast tests alone whether they notice. */
export default {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: { projectType: 'custom', configFile: 'jest.mutation.config.js', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  mutate: [
    'lib/sync/{guard,match,diff,plan-page,confirm-removals,settle-removal,find-missing,field-exchange,stuck-removals}.ts',
  ],
  ignorePatterns: ['dist', 'bench', 'examples'],
  tempDirName: '.cache/stryker/tmp',
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false },
  jsonReporter: { fileName: '.cache/stryker/mutation.json' },
  thresholds: { high: 95, low: 90, break: 90 },
  concurrency: 2,
};
