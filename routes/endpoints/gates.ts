import { SYNC_PERMISSION } from '../../lib/auth/sync-permission.js';

/** What a call has to pass before it is handled. The checks themselves stand in `routes/check-lists.ts`. */
export interface Gate {
  /** For readers of `openapi.json`. */
  readonly about: string;
  readonly permission: string;
  readonly hasSecondFactor: boolean;
  /** Whether a body is read; without, none is looked at. */
  readonly readsBody: boolean;
  /** Whether some refusal is 403; else a missing permission is the 400 of Rocket.Chat. */
  readonly forbids: boolean;
}

const TEST = 'test-admin-options';
/** Rocket.Chat's permissions for its own pages of settings. */
const SEE_SETTINGS = 'view-privileged-setting';
export const EDIT_SETTINGS = 'edit-privileged-setting';

const ORDER =
  'Checked in this order: sign-in, permission, rate limit, second factor; permission and sign-in once more before ' +
  'anything happens.';
const TRYING = `With \`settings\` the permission \`${EDIT_SETTINGS}\` is needed besides (403 without).`;

const READING = { hasSecondFactor: false, readsBody: false, forbids: true } as const;
const CHANGING = { hasSecondFactor: true, readsBody: true } as const;

export type GateName =
  | 'contract'
  | 'preview'
  | 'apply'
  | 'decide'
  | 'cancel'
  | 'read'
  | 'explain'
  | 'seeSettings'
  | 'editSettings'
  | 'test'
  | 'testInFull';

export const GATES: Readonly<Record<GateName, Gate>> = {
  contract: {
    ...CHANGING,
    permission: SYNC_PERMISSION,
    forbids: false,
    about:
      `Permission \`${SYNC_PERMISSION}\`. Always demands a second factor. Checked in this order: sign-in, rate limit, ` +
      'second factor, permission, settings; the sign-in once more before the run starts. 10 wrong codes in 15 minutes ' +
      'by a login, or 30 by a user, are `totp-max-attempts`; 429 also when too many codes of the login are waiting to ' +
      'be looked at.',
  },
  preview: {
    ...CHANGING,
    permission: SYNC_PERMISSION,
    forbids: true,
    about: `Permission \`${SYNC_PERMISSION}\` and a second factor. ${ORDER} ${TRYING}`,
  },
  apply: {
    ...CHANGING,
    permission: SYNC_PERMISSION,
    forbids: true,
    about: `Permission \`${SYNC_PERMISSION}\` and a second factor. ${ORDER} ${TRYING}`,
  },
  decide: {
    ...CHANGING,
    permission: SYNC_PERMISSION,
    forbids: false,
    about: `Permission \`${SYNC_PERMISSION}\` and a second factor. ${ORDER}`,
  },
  cancel: {
    ...CHANGING,
    permission: SYNC_PERMISSION,
    forbids: true,
    about: `Permission \`${SYNC_PERMISSION}\` (403 without) and a second factor. ${ORDER}`,
  },
  read: { ...READING, permission: SYNC_PERMISSION, about: `Permission \`${SYNC_PERMISSION}\`.` },
  explain: { ...READING, permission: SYNC_PERMISSION, about: `Permission \`${SYNC_PERMISSION}\`.` },
  seeSettings: { ...READING, permission: SEE_SETTINGS, about: `Permission \`${SEE_SETTINGS}\`.` },
  editSettings: {
    ...CHANGING,
    permission: EDIT_SETTINGS,
    forbids: true,
    about: `Permission \`${EDIT_SETTINGS}\` (403 without) and a second factor. ${ORDER}`,
  },
  test: {
    ...READING,
    readsBody: true,
    permission: TEST,
    about: `Permission \`${TEST}\`.`,
  },
  /** Tells of people, so a token alone is not enough. */
  testInFull: {
    ...CHANGING,
    permission: TEST,
    forbids: true,
    about: `Permission \`${TEST}\` (403 without) and a second factor. ${ORDER} ${TRYING}`,
  },
};
