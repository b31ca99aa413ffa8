import { toFinding } from '../findings/finding.js';
import limax from 'limax';
import { SETTINGS } from './definitions.js';
import type { SettingChecks } from './setting-checks.js';
import { splitList } from './split-list.js';
import type { Settings } from './settings.js';
import { parsePattern, type Pattern } from './variables/pattern.js';

/** What the chat server itself says about rooms. */
export interface ChatSettings {
  /** The user name of who owns channels that are made. */
  readonly channelOwner: string;
  /** The name of a room as the chat server would have it; `undefined`: no room may be called so. */
  toRoomName(text: string): string | undefined;
  /** Whether rooms may be encrypted. */
  readonly usesEncryption: boolean;
  /** Whether messages say who has read them. */
  readonly usesReadReceipts: boolean;
}

/** The part of the settings that says how rooms of the chat server are named and written. */
export function parseChat(settings: Settings, checks: Pick<SettingChecks, 'warn'>): ChatSettings {
  const { get } = settings;
  return {
    channelOwner: get('LDAP_Sync_User_Data_Channels_Admin').trim(),
    toRoomName: createRoomNames(settings, checks),
    usesEncryption: get('E2E_Enable'),
    usesReadReceipts: get('Message_Read_Receipt_Enabled'),
  };
}

/**
 * As in Rocket.Chat: where channels may be called anything, their names are slugs that keep capitals. What a
 * system user is called, no room may be called.
 */
function createRoomNames(
  settings: Settings,
  checks: Pick<SettingChecks, 'warn'>,
): ChatSettings['toRoomName'] {
  const isSlug = settings.get('UI_Allow_room_names_with_special_chars');
  const blocked = new Set(splitList(settings.get('Accounts_SystemBlockedUsernameList')));
  const pattern = readPattern(settings, checks);
  return (text) => {
    const trimmed = text.trim();
    const name = isSlug ? limax(trimmed, { maintainCase: true }) : trimmed;
    const fits = name !== '' && pattern.find(name, 0) !== undefined;
    return fits && !blocked.has(name.toLowerCase()) ? name : undefined;
  };
}

const VALIDATION = 'UTF8_Channel_Names_Validation';
const DEFAULT = SETTINGS[VALIDATION].default;

/** Rocket.Chat puts the text between `^` and `$` as it is, and takes its default for one that it cannot use. */
function readPattern({ get }: Settings, { warn }: Pick<SettingChecks, 'warn'>): Pattern {
  const parsed = toPattern(get(VALIDATION) || DEFAULT);
  if ('pattern' in parsed) return parsed.pattern;
  if (get('LDAP_Sync_User_Data_Channels'))
    warn(
      VALIDATION,
      toFinding('room-pattern-unusable', { setting: VALIDATION, why: parsed.fault, example: DEFAULT }),
    );
  const usual = toPattern(DEFAULT);
  if ('pattern' in usual) return usual.pattern;
  throw new Error(`The default of ${VALIDATION} is no pattern: ${usual.fault}`);
}

function toPattern(text: string): ReturnType<typeof parsePattern> {
  return parsePattern(`^${text}$`, '');
}
