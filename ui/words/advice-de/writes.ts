import type { AdviceWords } from '../advice-words.js';
import { SYNC_AGAIN } from './remedies.js';

/** Of a user who could not be written, or is to be looked at. */
export const writes = {
  'names-taken-meanwhile': [
    'Im selben Augenblick hat jemand anders den Namen, eine Adresse oder die Id bekommen.',
    SYNC_AGAIN,
  ],
  'extension-taken': [
    'Ein anderer Benutzer hat dieselbe Durchwahl, und der Chat-Server gibt jede nur einmal.',
    'Ändern Sie die Durchwahl bei einem von beiden.',
  ],
  'changed-meanwhile': ['Der Benutzer wurde inzwischen geändert.', SYNC_AGAIN],
  'write-refused': [
    'Die Datenbank hat das Schreiben abgelehnt.',
    'Sehen Sie in das Protokoll des Servers und den Benutzer an.',
  ],
  'user-busy': [
    'Andere haben diesen Benutzer die ganze Zeit geschrieben; der Abgleich fand keinen Augenblick.',
    SYNC_AGAIN,
  ],
  'back-but-still-off': [
    'Ein Abgleich hat diesen Benutzer abgeschaltet, als der Eintrag fehlte; der Eintrag ist wieder da, der Benutzer noch aus.',
    'Schalten Sie ihn von Hand an, oder setzen Sie LDAP_Sync_User_Active_State auf „enable“ oder „both“.',
  ],
  'enabled-but-still-off': [
    'Ein Abgleich hat diesen Benutzer abgeschaltet, als der Eintrag gesperrt war; der Eintrag ist wieder frei, der Benutzer noch aus.',
    'Schalten Sie ihn von Hand an, oder setzen Sie LDAP_Sync_User_Active_State auf „enable“ oder „both“.',
  ],
} as const satisfies AdviceWords;
