/** The page docs/settings.md, made of the definitions and of the table of effects. Pure. */
import { SETTINGS, SETTING_IDS, type SettingId } from '../lib/settings/definitions.js';
import type { SettingDefinition, SettingPart } from '../lib/settings/definitions/definition.js';
import { ADDITIONS } from '../lib/settings/effects/additions.js';
import type { SettingEffect } from '../lib/settings/effects/effect.js';
import { NARROWING } from '../lib/settings/effects/narrowing.js';
import { WITHOUT_EFFECT } from '../lib/settings/effects/without-effect.js';

type Effects = Readonly<Record<string, SettingEffect>>;

const INTRODUCTION = `<!-- Made by \`npm run docs\` from lib/settings. Do not edit it by hand. -->

# Settings

This page lists every setting of Rocket.Chat's LDAP, what else a sync reads, and the settings that this package adds. The ids are
Rocket.Chat's, misspellings included.

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

const PARTS: Readonly<Record<SettingPart, { readonly title: string; readonly text: string }>> = {
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

export function toSettingsPage(): string {
  return [
    INTRODUCTION,
    '## Settings that are used\n',
    ...(Object.keys(PARTS) as SettingPart[]).map(toPart),
    `## Settings that make a run fail while they are on

They say who is synced, and this package does not follow them. A run would bring people whom it should not, so it fails before the
directory is asked. "Works only with" names the setting without which a setting does nothing.
`,
    toEffects(NARROWING),
    `## Settings that add something, and are not followed

While such a setting is on, people are synced all the same, and a warning in the report and in \`ldap.status\` says what is missing.
`,
    toEffects(ADDITIONS),
    `## Settings without an effect

They belong to something that this package does not do. Their value does not matter.
`,
    toEffects(WITHOUT_EFFECT),
  ].join('\n');
}

function toPart(part: SettingPart): string {
  const ids = SETTING_IDS.filter((id) => SETTINGS[id].part === part);
  const { title, text } = PARTS[part];
  return [
    `### ${title}\n`,
    ...(text === '' ? [] : [`${text}\n`]),
    '| setting | default | allowed | what it says | wrong type |',
    '| --- | --- | --- | --- | --- |',
    ...ids.map(toUsedRow),
    '',
  ].join('\n');
}

function toUsedRow(id: SettingId): string {
  const definition: SettingDefinition = SETTINGS[id];
  const { about, safe } = definition;
  return toRow(
    `\`${id}\``,
    toValue(definition.default),
    toAllowed(definition),
    about,
    safe ? 'default' : 'fails',
  );
}

function toAllowed(definition: SettingDefinition): string {
  switch (definition.type) {
    case 'boolean':
      return 'true, false';
    case 'int': {
      const { min, max } = definition.range;
      return max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `${toNumber(min)} to ${toNumber(max)}`;
    }
    case 'string':
      return definition.range ? definition.range.map(toValue).join(', ') : 'text';
  }
}

function toEffects(effects: Effects): string {
  return [
    '| setting | here | what it is for in Rocket.Chat, and what to do |',
    '| --- | --- | --- |',
    ...Object.entries(effects).map(([id, effect]) => toRow(`\`${id}\``, toKind(effect), toWords(effect))),
    '',
  ].join('\n');
}

function toKind(effect: SettingEffect): string {
  switch (effect.kind) {
    case 'used':
      return 'used';
    case 'refused':
      return 'refused while on';
    case 'missing':
      return 'no effect; a warning while on';
    case 'part':
      return `works only with \`${effect.of}\``;
    case 'none':
      return 'no effect';
  }
}

function toWords(effect: SettingEffect): string {
  return 'remedy' in effect
    ? `${effect.about} **Instead:** ${effect.remedy.replaceAll('*', '\\*')}`
    : effect.about;
}

function toValue(value: boolean | number | string): string {
  if (value === '') return 'empty';
  // A row is one line.
  return typeof value === 'number' ? toNumber(value) : `\`${String(value).replace(/\s+/g, ' ')}\``;
}

function toNumber(value: number): string {
  return value.toLocaleString('en-US');
}

/** A bar in a cell is text, not markup. */
function toRow(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
