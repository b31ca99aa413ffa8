import type { FurtherStateAttribute } from '../settings/active-state.js';

interface FurtherState {
  /** Whether the value says that the person may not sign in at this time. It never says that somebody may. */
  saysOff(text: string, at: Date): boolean;
}

/** Between the beginning of 1601, from where Active Directory counts, and that of 1970, in milliseconds. */
const SINCE_1601_MS = 11_644_473_600_000n;
const INTERVALS_PER_MS = 10_000n;
/** 2^63 − 1: the account never expires; so does 0. */
const NEVER = 9_223_372_036_854_775_807n;
const DAY_MS = 86_400_000;

/** The attributes that count where `LDAP_Active_State_Attributes` names them. */
export const FURTHER_STATES: Readonly<Record<FurtherStateAttribute, FurtherState>> = {
  /** Active Directory: intervals of 100 nanoseconds since 1601 (MS-ADA1, accountExpires). */
  accountExpires: {
    saysOff(text, at) {
      if (!/^\d{1,20}$/.test(text)) return false;
      const value = BigInt(text);
      if (value === 0n || value >= NEVER) return false;
      return value / INTERVALS_PER_MS - SINCE_1601_MS <= BigInt(at.getTime());
    },
  },
  /**
   * RFC 2307: days since 1970; −1 is never. shadow(5) says that 0 is read in two ways, so it switches nobody
   * off.
   */
  shadowExpire: {
    saysOff: (text, at) => /^[1-9]\d{0,9}$/.test(text) && Number(text) * DAY_MS <= at.getTime(),
  },
  /** The policy draft of OpenLDAP's ppolicy: only this value is a lock that does not pass by itself. */
  pwdAccountLockedTime: {
    saysOff: (text) => text === '000001010000Z',
  },
  /** Samba 3: D is disabled. L, locked for wrong passwords, passes. */
  sambaAcctFlags: {
    saysOff: (text) => /^\[[A-Z ]*D[A-Z ]*\]$/.test(text),
  },
};
