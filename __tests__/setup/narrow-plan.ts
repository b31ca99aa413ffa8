import type { LdapSyncError } from '../../lib/errors.js';
import type { SettingsChangeRecord } from '../../models/settings-change.js';
import { usePlanning, type Planning } from './planning.js';
import { createStaff, type Staff } from './staff.js';

export const SETTINGS = {
  LDAP_Background_Sync_Disable_Missing_Users: true,
  LDAP_Merge_Existing_Users: true,
  LDAP_Guard_Always_Allowed: 1,
  LDAP_User_Search_Filter: '(objectClass=*)',
};
const NAMES = Array.from({ length: 10 }, (_, index) => `p${index}`);
/** Leaves p4 to p9 out. */
export const NARROW = {
  LDAP_User_Search_Filter: '(&(uid=*)(!(|(uid=p4)(uid=p5)(uid=p6)(uid=p7)(uid=p8)(uid=p9))))',
};
export const LEFT_OUT = NAMES.slice(4);

export interface NarrowPlan extends Planning {
  staff(): Staff;
  /** The directory shows the staff as it is. */
  showStaff(): void;
  /** Who is off. */
  off(): Promise<readonly string[]>;
  /** The changes of the settings, the newest first. */
  changes(): Promise<readonly SettingsChangeRecord[]>;
}

/** Ten people who are synced, and what a filter would do that leaves six of them out. */
export function useNarrowPlan(): NarrowPlan {
  const planning = usePlanning(SETTINGS);
  let staff: Staff;
  const showStaff = (): void => planning.show(staff.entries());

  beforeEach(async () => {
    staff = createStaff(NAMES);
    showStaff();
    await planning.sync();
  });

  return {
    ...planning,
    staff: () => staff,
    showStaff,
    changes: () => planning.configuration().history({ offset: 0, count: 10 }),
    off: async () => Object.entries(await planning.people()).flatMap(([name, isOn]) => (isOn ? [] : [name])),
  };
}

/** The code of the refusal. */
export async function errorOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'nothing';
  } catch (error) {
    return (error as LdapSyncError).code;
  }
}

/** What an application says that did not meet anything else. */
export const toPlan = (removals: object) => ({
  removals: { planned: {}, notWanted: {}, notDone: {}, notPlanned: {}, passedOver: {}, ...removals },
  additions: { notWanted: {}, notPlanned: {} },
});
