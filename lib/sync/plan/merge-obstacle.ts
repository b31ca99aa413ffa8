/** Codes of obstacles, for translation. */
export type MergeObstacleCode =
  | 'linked'
  | 'federated'
  | 'no-type'
  | 'no-person'
  | 'bot'
  | 'no-role'
  | 'further-roles'
  | 'switched-off'
  | 'other-sign-in'
  | 'built-address'
  | 'other-address'
  | 'unverified-address';

/** Whether somebody may decide to connect the two all the same. */
const DECIDABLE: Readonly<Record<MergeObstacleCode, boolean>> = {
  linked: false,
  federated: false,
  'no-type': false,
  'no-person': false,
  bot: true,
  'no-role': true,
  'further-roles': true,
  'switched-off': true,
  'other-sign-in': true,
  'built-address': true,
  'other-address': true,
  'unverified-address': true,
};

/** Whether nothing stands against connecting the two but what somebody may decide about. */
export function isForDecision(obstacles: readonly MergeObstacle[]): boolean {
  return obstacles.length > 0 && obstacles.every(({ code }) => DECIDABLE[code]);
}

/** Whether the account has not proven the first address of the entry, so that its owner may be anybody. */
export function isUnproven(obstacles: readonly MergeObstacle[]): boolean {
  return obstacles.some(({ code }) => UNPROVEN.has(code));
}

const UNPROVEN: ReadonlySet<MergeObstacleCode> = new Set([
  'other-sign-in',
  'built-address',
  'other-address',
  'unverified-address',
] as const);

/** What stands against connecting an account of the host with an entry. */
export interface MergeObstacle {
  readonly code: MergeObstacleCode;
  /** Goes after "It is not connected with the entry: ". */
  readonly reason: string;
  /** What removes the obstacle; absent where nothing should remove it. */
  readonly step?: string;
}
