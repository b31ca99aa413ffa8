import type { WordsOf } from '../finding-words.js';
import type { OF_VALUES } from '../../../../lib/findings/texts/values.js';

const NO_BOOLEAN = '{setting} ist nicht true oder false.';
const NO_NUMBER = '{setting} ist keine ganze Zahl.';
const NO_TEXT = '{setting} ist kein Text.';
const STORE_BOOLEAN = 'Speichern Sie true oder false in {setting}.';
const STORE_NUMBER = 'Speichern Sie eine ganze Zahl in {setting}.';
const STORE_TEXT = 'Speichern Sie einen Text in {setting}.';
const RANGE = 'Setzen Sie {setting} auf eine Zahl von {min} bis {max}.';
const SO_DEFAULT = 'Der Vorgabewert gilt.';

/** Of the value of a setting, whatever it is for. */
export const values: WordsOf<typeof OF_VALUES> = {
  'not-a-boolean': [NO_BOOLEAN, STORE_BOOLEAN],
  'not-a-number': [NO_NUMBER, STORE_NUMBER],
  'not-a-text': [NO_TEXT, STORE_TEXT],
  'not-a-boolean-so-default': [`${NO_BOOLEAN} ${SO_DEFAULT}`, STORE_BOOLEAN],
  'not-a-number-so-default': [`${NO_NUMBER} ${SO_DEFAULT}`, STORE_NUMBER],
  'not-a-text-so-default': [`${NO_TEXT} ${SO_DEFAULT}`, STORE_TEXT],
  'number-out-of-range': ['{setting} ist {value}.', RANGE],
  'number-so-default': ['{setting} ist {value}; der Vorgabewert ({default}) gilt.', RANGE],
  'not-a-choice': ['{setting} ist {value}.', 'Setzen Sie {setting} auf eines von {choices}.'],
  'value-with-invisible-character': [
    '{setting} enthält das unsichtbare Zeichen {character}.',
    'Tippen Sie {setting} neu ein, ohne zu kopieren.',
  ],
  'attributes-empty': ['{setting} ist leer.', 'Nennen Sie in {setting} mindestens ein LDAP-Attribut.'],
  'attributes-secret': [
    '{setting} nennt {names}; das enthält ein Kennwort oder einen Schlüssel und wird nie gelesen.',
    'Nennen Sie in {setting} ein anderes Attribut, etwa "uid" oder "mail".',
  ],
  'attributes-unusable': [
    '{setting} nennt {names}; das kann kein LDAP-Attribut sein.',
    'Berichtigen Sie die Attribute in {setting}, etwa "uid" oder "mail".',
  ],
  'attributes-too-many': [
    '{setting} nennt {count} Attribute.',
    'Nennen Sie in {setting} höchstens {most} Attribute.',
  ],
  'placeholder-open': [
    'In {setting} steht ein "{opening}" ohne sein "{closing}".',
    'Schließen Sie in {setting} jeden Platzhalter, wie in {example}.',
  ],
  'settings-unknown': [
    '{settings}[ und {more} weitere]: hier nicht bekannt und ohne Wirkung.',
    'Berichtigen Sie die Kennung, oder entfernen Sie die Einstellung, wenn sie von einer älteren Version übrig ist. Stellen Sie sicher, dass sie nicht einschränken soll, wer abgeglichen wird.',
  ],
};
