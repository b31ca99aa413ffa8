import type { WordsOf } from '../finding-words.js';
import type { OF_CHANGES } from '../../../../lib/findings/texts/changes.js';

const SENT_ELSEWHERE =
  '{moved} würde sich ändern; damit ginge das gespeicherte {setting} an einen anderen Server oder würde anders geschützt.';
const AT_HOST = 'Ändern Sie OVERWRITE_SETTING_{setting} dort, wo der Host gestartet wird';

/** Of values that are to be saved, tried out or taken back. */
export const changes: WordsOf<typeof OF_CHANGES> = {
  'given-no-boolean': ['{setting} ist nicht true oder false.', 'Geben Sie für {setting} true oder false an.'],
  'given-no-number': ['{setting} ist keine ganze Zahl.', 'Geben Sie für {setting} eine ganze Zahl an.'],
  'given-no-text': ['{setting} ist kein Text.', 'Geben Sie für {setting} einen Text an.'],
  'given-out-of-range': [
    '{setting} ist {value}.',
    'Geben Sie für {setting} eine Zahl von {min} bis {max} an.',
  ],
  'given-no-choice': ['{setting} ist {value}.', 'Geben Sie für {setting} eines von {choices} an.'],
  'not-of-ldap': [
    '{setting} ist keine Einstellung von LDAP.',
    'Ändern Sie sie bei den Einstellungen des Chat-Servers selbst.',
  ],
  'setting-unknown': [
    '{setting} ist hier nicht bekannt oder hat keine Wirkung.',
    'ldap.settings führt die Einstellungen auf; berichtigen Sie die Kennung.',
  ],
  'setting-overridden': [
    '{setting} kommt aus der Umgebung, und die geht dem Gespeicherten vor.',
    `${AT_HOST}, oder nehmen Sie es weg.`,
  ],
  'better-than-overridden': [
    '{setting} kommt aus der Umgebung; zum Verzeichnis passt ein anderer Wert.',
    `${AT_HOST}, oder nehmen Sie es weg.`,
  ],
  'values-too-long': [
    'Die Werte sind zusammen länger als {most} Zeichen.',
    'Ändern Sie weniger Einstellungen auf einmal.',
  ],
  'secret-to-give': [
    SENT_ELSEWHERE,
    'Geben Sie {setting} im selben Aufruf an, oder null, um es zu vergessen.',
  ],
  'secret-to-change-at-host': [
    SENT_ELSEWHERE,
    'Ändern Sie {moved} zusammen mit OVERWRITE_SETTING_{setting} dort, wo der Host gestartet wird.',
  ],
  'plan-secret-missing': [
    '{setting} gehört zum Plan, und Geheimnisse werden nirgends aufbewahrt.',
    'Geben Sie {setting} noch einmal in "secrets" an, wie in der Vorschau.',
  ],
  'plan-secret-saved': [
    '{setting} wird nicht übernommen: Diese Vorschau wurde schon angewendet, und ihre Einstellungen sind gespeichert.',
    'Lassen Sie {setting} aus "secrets" weg. Soll ein anderes Geheimnis gelten, speichern Sie es in den Einstellungen, und machen Sie eine neue Vorschau.',
  ],
  'plan-secret-unplanned': [
    '{setting} gehört nicht zum Plan.',
    'Lassen Sie {setting} aus "secrets" weg, oder machen Sie eine Vorschau damit.',
  ],
  'not-restored-overridden': ['{setting} bleibt, wie es ist: Es kommt aus der Umgebung.', `${AT_HOST}.`],
  'not-restored-unknown': ['{setting} bleibt, wie es ist: Es ist hier nicht mehr bekannt.', 'Nichts zu tun.'],
};
