/** The page docs/settings.md, made of the definitions and of the table of effects. Pure. */
import { SETTINGS, SETTING_IDS, type SettingId } from '../lib/settings/definitions.js';
import type { SettingDefinition, SettingPart } from '../lib/settings/definitions/definition.js';
import type { SettingEffect } from '../lib/settings/effects/effect.js';
import { WITHOUT_EFFECT } from '../lib/settings/effects/without-effect.js';
import { INTRODUCTION, PARTS } from './settings-page-words.js';
import { toSince } from './settings-since.js';

type Effects = Readonly<Record<string, SettingEffect>>;

export function toSettingsPage(): string {
  return [
    INTRODUCTION,
    '## Settings that are used\n',
    ...(Object.keys(PARTS) as SettingPart[]).map(toPart),
    `## Settings without an effect

They belong to something that this package does not do. Their value does not matter. \`ldap.status\` lists those that
are stored (\`settings.withoutEffect\`). \`VoIP_TeamCollab_…\` and \`CAS_…\` belong to sign-in and telephony alone, and are never read.
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
    '| setting | default | allowed | what it says | since | wrong type |',
    '| --- | --- | --- | --- | --- | --- |',
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
    toSince(id),
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
    '| setting | what it is for in Rocket.Chat, and why it does nothing here |',
    '| --- | --- |',
    ...Object.entries(effects).map(([id, { about }]) => toRow(`\`${id}\``, about)),
    '',
  ].join('\n');
}

function toValue(value: boolean | number | string): string {
  if (value === '') return 'empty';
  return typeof value === 'number' ? toNumber(value) : `\`${onOneLine(String(value))}\``;
}

/** A cell of a table is one line. */
function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

function toNumber(value: number): string {
  return value.toLocaleString('en-US');
}

/** A bar in a cell is text, not markup. */
function toRow(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
