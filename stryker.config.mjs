/** Mutates the pure decisions of a run, and asks the fast tests alone whether they notice. */
export default {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: { projectType: 'custom', configFile: 'jest.mutation.config.js', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  mutate: [
    'lib/sync/removals/{check-amount,guard,confirm-removals,confirm-present,settle-removal,find-missing,blocked-removals}.ts',
    'lib/sync/removals/{exchange-graph,name-ledger,unit-writes}.ts',
    'lib/sync/removals/kinds/*.ts',
    'lib/sync/plan/{match,diff,plan-page,merge-obstacles,address-obstacles,link-conflict,linked-users}.ts',
    'lib/sync/plan/{account-pair,alike,former-identity,name-refusal}.ts',
    'lib/sync/users/field-exchange.ts',
  ],
  ignorePatterns: ['dist', 'bench', 'examples'],
  tempDirName: '.cache/stryker/tmp',
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false },
  jsonReporter: { fileName: '.cache/stryker/mutation.json' },
  thresholds: { high: 95, low: 90, break: 90 },
  concurrency: 2,
  // What loops for ever ends; what is slow, since every core is busy, is not taken for noticed.
  timeoutMS: 60_000,
};
