import { connectionFailure } from '../schemas/refusals.js';
import {
  changeSettingsAnswer,
  changeSettingsBody,
  changeSettingsDemand,
  restoreSettingsAnswer,
  restoreSettingsBody,
  restoreSettingsDemand,
  settingsAnswer,
  settingsHistoryAnswer,
  settingsHistoryQuery,
} from '../schemas/settings.js';
import {
  testConnectionAnswer,
  testSearchAnswer,
  testSearchBody,
  testSearchDemand,
  testSettingsAnswer,
  testSettingsBody,
  testSettingsDemand,
} from '../schemas/test-settings.js';
import {
  suggestSettingsAnswer,
  suggestSettingsBody,
  suggestSettingsDemand,
} from '../schemas/suggest-settings.js';
import type { Endpoint } from './endpoint.js';

const NOT_POSSIBLE = 'Not possible; `errorType` and `details.remedy` say why';

/** The settings: shown, changed and tried out. */
export const SETTINGS_ENDPOINTS = {
  settings: {
    method: 'get',
    verb: 'settings',
    gate: 'seeSettings',
    about: 'All settings: value, default, meaning and effect',
    more: 'Secrets are not shown.',
    answer: settingsAnswer,
    answered: 'The settings',
  },
  changeSettings: {
    method: 'post',
    verb: 'settings',
    gate: 'editSettings',
    about: 'Changes settings, all or none',
    more:
      'Only settings of LDAP. All that is wrong is in `details.problems`. What the environment overrides is refused. A ' +
      'change of the server, its protection or its account needs the password in the same call. `errorType`: ' +
      '`invalid-settings`, `settings-changed`, `settings-read-only`.',
    input: changeSettingsBody,
    demand: changeSettingsDemand,
    answer: changeSettingsAnswer,
    answered: 'What was changed',
    refused: NOT_POSSIBLE,
  },
  settingsHistory: {
    method: 'get',
    verb: 'settingsHistory',
    gate: 'seeSettings',
    about: 'Who changed which settings when, newest first',
    input: settingsHistoryQuery,
    answer: settingsHistoryAnswer,
    answered: 'The changes',
    refused: 'A bad parameter',
  },
  restoreSettings: {
    method: 'post',
    verb: 'restoreSettings',
    gate: 'editSettings',
    about: 'Takes back a change of settings, and all that came after it',
    more:
      'Secrets are not kept: they stay, or become what `secrets` says. `errorType` as of `POST ldap.settings`, and ' +
      '`settings-change-not-found`.',
    input: restoreSettingsBody,
    demand: restoreSettingsDemand,
    answer: restoreSettingsAnswer,
    answered: 'What was changed',
    refused: NOT_POSSIBLE,
  },
  testConnection: {
    method: 'post',
    verb: 'testConnection',
    gate: 'test',
    about: 'Connects, negotiates TLS, binds, reads the base DN',
    answer: testConnectionAnswer,
    answered: 'All of it worked',
    refused: 'LDAP is off, or it failed',
    refusals: [connectionFailure],
  },
  testSearch: {
    method: 'post',
    verb: 'testSearch',
    gate: 'test',
    about: 'Looks for one person as a sync would',
    input: testSearchBody,
    demand: testSearchDemand,
    answer: testSearchAnswer,
    answered: 'Exactly one entry was found',
    refused: '`User not found` for none or several, `LDAP_search_failed`, `LDAP_disabled`, or a bad body',
  },
  testSettings: {
    method: 'post',
    verb: 'testSettings',
    gate: 'testInFull',
    about: 'Says all that can be found out about the settings',
    more:
      'Changes nothing. With `username` it also says why that person is not found. With `settings` it tests these in ' +
      'the place of the saved ones.',
    input: testSettingsBody,
    demand: testSettingsDemand,
    answer: testSettingsAnswer,
    answered: 'What was found out',
    refused:
      '`LDAP_disabled`, a bad body, a second factor that is missing or wrong, settings that cannot be used ' +
      '(`invalid-settings`, all of them in `details.problems`), or a connection that failed',
    refusals: [connectionFailure],
  },
  suggestSettings: {
    method: 'post',
    verb: 'suggestSettings',
    gate: 'testInFull',
    about: 'Proposes settings from what the directory holds',
    input: suggestSettingsBody,
    demand: suggestSettingsDemand,
    answer: suggestSettingsAnswer,
    answered: 'The proposals',
    refused: 'The directory failed, or the settings cannot be used',
    refusals: [connectionFailure],
  },
} as const satisfies Record<string, Endpoint>;
