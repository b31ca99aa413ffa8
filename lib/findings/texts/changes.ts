import type { FindingTexts } from '../finding-texts.js';

/** Of values that are to be saved, tried out or taken back. */
export const OF_CHANGES = {
  'given-no-boolean': ['{setting} is not true or false.', 'Give {setting} true or false.'],
  'given-no-number': ['{setting} is not a whole number.', 'Give {setting} a whole number.'],
  'given-no-text': ['{setting} is not a text.', 'Give {setting} a text.'],
  'given-out-of-range': ['{setting} is {value}.', 'Give {setting} a number from {min} to {max}.'],
  'given-no-choice': ['{setting} is {value}.', 'Give {setting} one of {choices}.'],
  'not-of-ldap': [
    '{setting} is no setting of LDAP.',
    'Change it among the settings of the chat server itself.',
  ],
  'setting-unknown': [
    '{setting} is not known here, or has no effect.',
    'ldap.settings lists the settings; correct the id.',
  ],
  'setting-overridden': [
    '{setting} comes from the environment, which wins over what is stored.',
    'Change OVERWRITE_SETTING_{setting} where the host is started, or take it away.',
  ],
  'better-than-overridden': [
    '{setting} comes from the environment. {because}',
    'Change OVERWRITE_SETTING_{setting} where the host is started, or take it away.',
  ],
  'values-too-long': [
    'The values are longer than {most} characters together.',
    'Change fewer settings at once.',
  ],
  'secret-to-give': [
    '{moved} would change, so that the stored {setting} would be sent to another server, or otherwise protected.',
    'Give {setting} in the same call, or null to forget it.',
  ],
  'secret-to-change-at-host': [
    '{moved} would change, so that the stored {setting} would be sent to another server, or otherwise protected.',
    'Change {moved} together with OVERWRITE_SETTING_{setting} where the host is started.',
  ],
  'plan-secret-missing': [
    '{setting} is part of the plan, and secrets are kept nowhere.',
    'Give {setting} again in "secrets", as in the preview.',
  ],
  'plan-secret-saved': [
    '{setting} is not taken: an earlier application of this preview has saved the settings already.',
    'Leave {setting} out of "secrets". Where another one is to count, save it with ldap.settings, and make a preview anew.',
  ],
  'plan-secret-unplanned': [
    '{setting} is not part of the plan.',
    'Leave {setting} out of "secrets", or make a preview with it.',
  ],
  'not-restored-overridden': [
    '{setting} stays as it is: it comes from the environment.',
    'Change OVERWRITE_SETTING_{setting} where the host is started.',
  ],
  'not-restored-unknown': ['{setting} stays as it is: it is not known here any more.', 'Nothing.'],
} as const satisfies FindingTexts;
