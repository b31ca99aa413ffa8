import { isActive } from '../../../models/active-user.js';
import type { UserRecord } from '../../../models/user.js';
import type { Person } from '../../mapping/map-entry.js';
import { followsDisabling, type ActiveStatePolicy } from '../../settings/active-state.js';
import type { DiffSettings } from './field-rules.js';
import { isFederated } from './merge-obstacles.js';

/** What is to become of being on or off. */
export type Activation = 'activate' | 'deactivate';

/** What the directory asks for. `keptState`: of a federated account, which Rocket.Chat switches neither off nor on. */
interface Switching {
  readonly activation: Activation | undefined;
  readonly keptState?: Activation;
}

/** Whether the user is to be switched off or on. */
export function toSwitching(person: Person, stored: UserRecord, settings: DiffSettings): Switching {
  const activation = toActivationOf(person, stored, settings);
  if (activation === undefined || !isFederated(stored)) return { activation };
  return { activation: undefined, keptState: activation };
}

/** Nobody is let in on the strength of a group that does not say who is in it. */
function toActivationOf(
  { disabled, hasUnknownMembership }: Person,
  stored: UserRecord,
  { activeState }: DiffSettings,
): Activation | undefined {
  const activation = toActivation(disabled, isActive(stored), activeState);
  return activation === 'activate' && hasUnknownMembership ? undefined : activation;
}

/** Only what switches the user off. */
export function toSwitchingOff(
  { disabled }: Person,
  stored: UserRecord,
  { activeState }: DiffSettings,
): Activation | undefined {
  const activation = toActivation(disabled, isActive(stored), activeState);
  return activation === 'deactivate' && !isFederated(stored) ? activation : undefined;
}

/** A user whose state is not known is neither switched off nor on. */
export function toActivation(
  disabled: boolean | undefined,
  isActive: boolean,
  policy: ActiveStatePolicy,
): Activation | undefined {
  if (disabled === true && isActive && followsDisabling(policy)) return 'deactivate';
  if (disabled === false && !isActive && (policy === 'enable' || policy === 'both')) return 'activate';
  return undefined;
}
