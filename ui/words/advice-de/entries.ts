import type { AdviceWords } from '../advice-words.js';

/** Of an entry. */
export const entries = {
  'attribute-too-long': [
    'Werte des Eintrags sind zusammen {bytes} Bytes lang und wurden nicht genommen.',
    'Kürzen Sie die Werte im Verzeichnis.',
  ],
  'attribute-not-text': [
    'Ein Wert des Eintrags ist kein Text.',
    'Berichtigen Sie den Wert im Verzeichnis, oder nennen Sie ein anderes Attribut.',
  ],
  'attribute-with-control-characters': [
    'Ein Wert des Eintrags enthält Steuerzeichen.',
    'Schreiben Sie den Wert im Verzeichnis neu, ohne unsichtbare Zeichen.',
  ],
  'attribute-with-too-many-values': [
    'Ein Attribut des Eintrags hat {values} Werte; so viele werden nicht gelesen.',
    'Lassen Sie im Verzeichnis weniger Werte stehen.',
  ],
  'variable-failed': [
    'Die Variable {variable} ({operation}) gab keinen Wert: {why}',
    'Berichtigen Sie die Variable in den Einstellungen oder den Wert im Verzeichnis.',
  ],
  'no-email-address': [
    'Der Eintrag hat keine Mailadresse.',
    'Geben Sie der Person im Verzeichnis eine Mailadresse, oder setzen Sie LDAP_Default_Domain.',
  ],
  'unusable-address': [
    'Die Adresse {address} ist unbrauchbar ({why}).',
    'Berichtigen Sie die Adresse im Verzeichnis.',
  ],
  'unusable-username': [
    'Aus {username} wird kein Benutzername.',
    'Geben Sie der Person einen Benutzernamen aus Buchstaben, Ziffern, Punkt, Unterstrich oder Bindestrich.',
  ],
  'unusable-home-server': [
    'Der Heimatserver des Eintrags ist unbrauchbar: {why}.',
    'Geben Sie dem Eintrag genau einen Servernamen, etwa chat.example.org.',
  ],
  'federation-off': [
    'Die Person ist vom Heimatserver {server}, und die Föderation ist nicht an; aus dem Eintrag wird kein Benutzer.',
    'Schalten Sie die Föderation ein, oder lassen Sie den Heimatserver aus der Zuordnung.',
  ],
  'custom-field-not-allowed': [
    'Das Feld {field} bleibt, wie es ist: {why}.',
    'Berichtigen Sie den Eintrag, oder ändern Sie Accounts_CustomFields.',
  ],
  'custom-field-required': [
    'Das Feld {field} bleibt, wie es ist: Der Eintrag hat keinen Wert, und das Feld ist Pflicht.',
    'Geben Sie dem Eintrag einen Wert, oder ändern Sie Accounts_CustomFields.',
  ],
  'custom-field-in-the-way': [
    'Das Feld {field} bleibt, wie es ist: Beim Benutzer steht dort etwas, das kein Feld sein kann.',
    'Sehen Sie den Benutzer in der Datenbank an.',
  ],
  'abac-attribute-unusable': [
    'Das ABAC-Attribut {key} bleibt, wie es ist: {why}.',
    'Berichtigen Sie den Eintrag, oder nennen Sie ein anderes Attribut.',
  ],
  'abac-attributes-in-the-way': [
    'Die ABAC-Attribute bleiben, wie sie sind: Beim Benutzer steht dort etwas, das keine Liste ist.',
    'Sehen Sie den Benutzer in der Datenbank an.',
  ],
  'entry-unidentified': [
    'Der Eintrag hat keines der Attribute {attributes}, die ihn eindeutig machen.',
    'Nennen Sie in LDAP_Unique_Identifier_Field ein Attribut, das jeder Eintrag hat, oder lassen Sie das Dienstkonto es lesen.',
  ],
  'entry-id-repeated': [
    'Ein anderer Eintrag hat dasselbe {attribute}.',
    'Geben Sie jedem Eintrag sein eigenes, oder nennen Sie ein Attribut, das eindeutig ist.',
  ],
} as const satisfies AdviceWords;
