import config from './jest.config.js';

/**
 * The tests for every save: all but the long folders, and all but the files that start a real directory
 * server or a browser, which are called `*.slapd.test.ts`, `*.samba.test.ts`, `*.ds389.test.ts` and
 * `*.chromium.test.ts`, and the pages that are gone through in a shell. Under Express 5 only.
 */
const [project] = config.projects;

export default {
  ...config,
  projects: [
    {
      ...project,
      displayName: 'fast',
      testPathIgnorePatterns: [
        '/node_modules/',
        '/__tests__/(attacks|dev|examples|faults|histories|properties)/',
        '\\.(slapd|samba|ds389|chromium)\\.test\\.ts$',
        '/__tests__/docs/(hosts|held-run)\\.test\\.ts$',
      ],
    },
  ],
};
