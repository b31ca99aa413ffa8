import { FINDINGS } from '../../findings/finding.js';
import { toStateAttributes } from '../../mapping/active-state.js';
import type { StateReading } from '../../settings/active-state.js';

/** Where a directory shows that somebody is disabled, and what to do where it cannot be seen. */
interface StateSource {
  readonly attribute: string;
  readonly remedy: string;
}

const ANY = toStateAttributes({}).join(', ');

export const STATE_SOURCES: Readonly<Record<StateReading, StateSource>> = {
  optional: {
    attribute: ANY,
    remedy: 'Correct the value of userAccountControl in the directory: it is a number.',
  },
  required: {
    attribute: 'userAccountControl',
    remedy: FINDINGS['state-hidden'][1],
  },
  'by-rights': {
    attribute: 'nsAccountLock',
    remedy: FINDINGS['state-not-granted'][1],
  },
  lost: {
    attribute: ANY,
    remedy:
      'Let the service account read the one of these attributes that the directory uses, then run the sync ' +
      'again. The directory showed before who is disabled, and shows it of nobody now: if nobody is disabled any ' +
      'more, switch the users who are still off on by hand.',
  },
};
