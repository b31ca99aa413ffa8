import type { WordsOf } from '../finding-words.js';
import type { OF_GRANTS } from '../../../../lib/findings/texts/grants.js';
import { MAP_FAULT } from './map-fault.js';

const BASE =
  'Tragen Sie den DN, unter dem die Gruppen sind, in {setting} ein, etwa ou=groups,dc=example,dc=com; oder schalten Sie {enable} aus.';
const GIVEN = 'Speichern Sie in {setting} Gruppen und was sie geben, etwa {example}.';
const NOTHING = 'es wird nichts gegeben und nichts genommen';
const CORRECT = 'Berichtigen Sie {setting}, etwa {example}.';
const SLOW =
  '{setting} lässt sich nicht für alle auf einmal fragen ({why}): Jede Person kostet eine eigene Suche';
const USUAL = 'Schreiben Sie es in einer der üblichen Formen, etwa {example}; docs/groups.md führt sie auf.';
const FIELDS = 'LDAP_CustomFieldMap';
const SCHEMA = 'Accounts_CustomFields';
const ABAC = 'LDAP_ABAC_AttributeMap';
const ABAC_SWITCH = 'LDAP_Background_Sync_ABAC_Attributes';
const NO_MORE = 'Nur die ersten {most} werden abgeglichen: Nennen Sie nicht mehr.';
const UNSYNCED = 'es wird nicht abgeglichen';

/** Of what groups give, of custom fields, and of ABAC attributes. */
export const grants: WordsOf<typeof OF_GRANTS> = {
  'grant-base-empty': [
    `{setting} ist leer, daher ist von niemandem bekannt, in welchen Gruppen er ist: ${NOTHING}.`,
    BASE,
  ],
  'grant-base-unusable': ['{setting} ist {value}; das ist kein DN.', BASE],
  'grants-unreadable': [`{setting}${MAP_FAULT}: ${NOTHING}.`, GIVEN],
  'grant-unusable': [
    '{setting}: {group} gibt keinen Namen und keine Liste von höchstens {names} Namen und wird weggelassen.',
    GIVEN,
  ],
  'grants-empty': [`{setting} nennt keine Gruppe: ${NOTHING}.`, GIVEN],
  'grant-filter-empty': ['{setting} ist leer; niemand wäre in irgendeiner Gruppe.', CORRECT],
  'grant-filter-with-placeholder': ['In {setting} steht {placeholder}; das bedeutet nichts.', CORRECT],
  'grant-filter-unreadable': ['{setting} ist kein Suchfilter: {why}.', CORRECT],
  'grant-filter-secret': [
    '{setting} fragt nach {attribute}; das enthält ein Kennwort oder einen Schlüssel.',
    CORRECT,
  ],
  'grant-filter-without-person': [
    '{setting} hat weder {username} noch {dn}; alle wären in jeder Gruppe, die es gibt.',
    CORRECT,
  ],
  'grant-filter-without-group': [
    '{setting} hat kein {group}; wer in einer Gruppe ist, wäre in allen.',
    CORRECT,
  ],
  'grant-filter-with-group': [
    '{setting} hat {group}; das bedeutet nichts, wenn Gruppen nur einmal gefragt werden.',
    CORRECT,
  ],
  'grant-filter-slow': [`${SLOW}.`, USUAL],
  'grant-filter-slower': [`${SLOW} oder mehrere.`, USUAL],
  'custom-fields-unreadable': [
    `${FIELDS}${MAP_FAULT}; kein eigenes Feld wird abgeglichen.`,
    'Speichern Sie Attribute und Felder wie {example}, oder {none} für keine.',
  ],
  'custom-schema-unreadable': [
    `${SCHEMA}${MAP_FAULT}; kein eigenes Feld wird abgeglichen.`,
    'Berichtigen Sie es im Chat-Server, unter Konten, Registrierung, Benutzerdefinierte Felder.',
  ],
  'custom-fields-too-many': [`${FIELDS} nennt {count} Felder.`, NO_MORE],
  'custom-field-without-path': [
    `${FIELDS}: Zu {field} ist kein Pfad eines Feldes angegeben.`,
    'Geben Sie einen Text wie "team" oder "address.city" an.',
  ],
  'custom-field-without-attribute': [
    `In ${FIELDS} steht ein Feld ohne Attribut.`,
    'Nennen Sie vor jedem Feld ein Attribut oder eine Vorlage.',
  ],
  'custom-field-path-unusable': [
    `${FIELDS}: {field} kann kein Pfad eines eigenen Feldes sein; ${UNSYNCED}.`,
    'Nehmen Sie höchstens {most} Namen mit Punkten dazwischen, von denen keiner mit "$" beginnt.',
  ],
  'custom-field-unknown': [
    `${FIELDS}: {field} ist kein Feld von ${SCHEMA}; ${UNSYNCED}.`,
    `Legen Sie es in ${SCHEMA} an, oder berichtigen Sie den Pfad.`,
  ],
  'custom-field-a-group': [
    `${FIELDS}: {field} ist in ${SCHEMA} eine Gruppe von Feldern; ${UNSYNCED}.`,
    'Nennen Sie ein Feld der Gruppe.',
  ],
  'custom-field-length-unusable': [
    `${FIELDS}: {field} hat in ${SCHEMA} eine Länge, die keine Zahl ist; ${UNSYNCED}.`,
    'Geben Sie minLength und maxLength als Zahlen ab 0 an.',
  ],
  'custom-field-without-options': [
    `${FIELDS}: {field} ist in ${SCHEMA} eine Auswahl ohne Möglichkeiten; ${UNSYNCED}.`,
    'Geben Sie ihm "options", eine Liste von höchstens {most} Texten.',
  ],
  'abac-off': [
    `${ABAC_SWITCH} ist an, aber ABAC_Enabled ist aus; kein ABAC-Attribut wird abgeglichen.`,
    `Schalten Sie ABAC im Chat-Server ein, oder ${ABAC_SWITCH} aus.`,
  ],
  'abac-elsewhere': [
    `${ABAC_SWITCH} ist an, aber ABAC_PDP_Type ist "virtru", und das hat die Attribute der Personen selbst: Keines wird abgeglichen.`,
    `Setzen Sie ABAC_PDP_Type auf "local", oder schalten Sie ${ABAC_SWITCH} aus.`,
  ],
  'abac-unreadable': [
    `${ABAC}${MAP_FAULT}; kein ABAC-Attribut wird abgeglichen.`,
    'Speichern Sie Attribute und Schlüssel wie {example}, oder {none} für keine.',
  ],
  'abac-too-many': [`${ABAC} nennt {count} ABAC-Attribute.`, NO_MORE],
  'abac-key-unusable': [
    `${ABAC}: Zu {attribute} ist kein Schlüssel eines ABAC-Attributs angegeben; ${UNSYNCED}.`,
    'Geben Sie einen Text von höchstens {most} Zeichen an, etwa "department", ohne "$" davor.',
  ],
  'abac-no-attribute': [
    `${ABAC}: {attribute} ist nicht genau ein Attribut; ${UNSYNCED}.`,
    'Nennen Sie vor jedem Schlüssel ein Attribut; mehrere dürfen denselben Schlüssel haben.',
  ],
};
