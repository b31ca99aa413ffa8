import type { FindingTexts } from '../finding-texts.js';

const RANGE = 'Set {setting} to a number from {min} to {max}.';

/** Of the value of a setting, whatever it is for. */
export const OF_VALUES = {
  'not-a-boolean': ['{setting} is not true or false.', 'Store true or false in {setting}.'],
  'not-a-number': ['{setting} is not a whole number.', 'Store a whole number in {setting}.'],
  'not-a-text': ['{setting} is not text.', 'Store text in {setting}.'],
  'not-a-boolean-so-default': [
    '{setting} is not true or false. Its default is used.',
    'Store true or false in {setting}.',
  ],
  'not-a-number-so-default': [
    '{setting} is not a whole number. Its default is used.',
    'Store a whole number in {setting}.',
  ],
  'not-a-text-so-default': ['{setting} is not text. Its default is used.', 'Store text in {setting}.'],
  'number-out-of-range': ['{setting} is {value}.', RANGE],
  'number-so-default': ['{setting} is {value}; its default ({default}) is used.', RANGE],
  'not-a-choice': ['{setting} is {value}.', 'Set {setting} to one of {choices}.'],
  'value-with-invisible-character': [
    '{setting} holds the invisible character {character}.',
    'Type {setting} anew; do not copy it.',
  ],
  'attributes-empty': ['{setting} is empty.', 'Name at least one LDAP attribute in {setting}.'],
  'attributes-secret': [
    '{setting} names {names}, which holds a password or a key and is never read.',
    'Name another attribute in {setting}, for example "uid" or "mail".',
  ],
  'attributes-unusable': [
    '{setting} names {names}, which cannot be an LDAP attribute.',
    'Correct the attribute names in {setting}, for example "uid" or "mail".',
  ],
  'attributes-too-many': [
    '{setting} names {count} attributes.',
    'Name at most {most} attributes in {setting}.',
  ],
  'placeholder-open': [
    '{setting} has a "{opening}" without its "{closing}".',
    'Close every placeholder in {setting}, as in {example}.',
  ],
  'settings-unknown': [
    '{settings}[ and {more} more]: not known here, and without effect.',
    'Correct the id, or remove the setting where it is left over from an older version. Make sure that it does not restrict who is synced.',
  ],
} as const satisfies FindingTexts;
