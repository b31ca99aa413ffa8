/** What docs/settings.md says beside its tables. */
import type { SettingPart } from '../lib/settings/definitions/definition.js';

export const INTRODUCTION = `<!-- Made by \`npm run docs\` from lib/settings. Do not edit it by hand. -->

# Settings

This page lists every setting of Rocket.Chat's LDAP, what else a sync reads, and the settings that this package adds. The ids are
Rocket.Chat's, misspellings included. "Since" is the version that follows a setting first.

## Where a setting comes from

A setting is a document in \`rocketchat_settings\`: \`{ _id: 'LDAP_Host', value: 'ldap.example.com' }\`. A host can keep settings
elsewhere (option \`settings\`, see [hosts](hosts.md)). A setting that is not stored has its default. A change counts from the next run.

**Environment.** A variable \`OVERWRITE_SETTING_<id>\` wins over what is stored, as in Rocket.Chat:
\`OVERWRITE_SETTING_LDAP_Host=ldap.example.com\`. For an on/off setting the text is \`true\` or \`false\`, for a number it is digits.

## What a wrong value does

All problems of the settings are reported at once, each with its id and a remedy: in the report, in \`ldap.status\` and in
\`ldap.explainUser\`.

- **The run fails** where the last column says "fails": the default could let somebody in, rename people, or bring other people than
  you meant. The directory is not asked.
- **The default counts** where the last column says "default": the default is the careful choice. For the guard and for photos the
  report says it as a warning.
- A number out of range is treated like a wrong type, unless the row says "the nearest one". A text that is not among the allowed values makes
  the run fail.
- An \`LDAP_…\` setting that is on and is not in the lists below is a warning in the report and in \`ldap.status\`.
`;

export const PARTS: Readonly<Record<SettingPart, { readonly title: string; readonly text: string }>> = {
  connection: { title: 'The directory server', text: '' },
  people: {
    title: 'Who is synced, and which attribute becomes which field',
    text:
      'A field setting holds attribute names, separated by commas, of which the first that an entry has counts. ' +
      'User name and name may be a template instead: `#{givenName}.#{sn}`. ' +
      'An attribute that holds a password or a key cannot be named anywhere (see [security](security.md)).',
  },
  policy: { title: 'What a sync does', text: '' },
  guard: {
    title: 'The guard, the history and the mails (of this package)',
    text:
      'No value switches the guard off: with 0, an empty text, or anything else that is no limit, the default holds, ' +
      'and the report says so.',
  },
  schedule: { title: 'Schedule', text: '' },
  'new-users': { title: 'New users and user names', text: '' },
  photos: { title: 'Photos', text: '' },
  'second-factor': { title: 'Logins and second factors', text: '' },
  calls: {
    title: 'How many calls may be made',
    text: 'What is counted is in [the API](api.md#rate-limits).',
  },
  mail: {
    title: 'Mail',
    text: 'These settings count unless the host gives `sendMail`, or the environment has `MAIL_URL`.',
  },
};
