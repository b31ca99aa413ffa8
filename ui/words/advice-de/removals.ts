import type { AdviceWords } from '../advice-words.js';
import { SYNC_AGAIN, NOTHING } from './remedies.js';

/** Of a removal. */
export const removals = {
  'switched-off': [
    'Der Benutzer wurde abgeschaltet und abgemeldet.',
    'Nichts zu tun, wenn die Person gegangen ist; sonst berichtigen Sie das Verzeichnis und gleichen Sie ab.',
  ],
  'last-administrator': [
    'Das ist der letzte aktive Administrator; er bleibt an.',
    'Machen Sie zuerst jemand anderen zum Administrator.',
  ],
  'last-role': [
    'Keine Gruppe gibt dem Benutzer die Rolle {role} mehr; er hat keine andere und behält sie.',
    'Geben Sie dem Benutzer eine andere Rolle.',
  ],
  'access-revoked': [
    'Der Benutzer hat ABAC-Attribute verloren und die Räume verlassen, die danach fragen: {rooms}',
    NOTHING,
  ],
  'access-not-given-back': [
    'Der Benutzer hat die ABAC-Attribute wieder, ist aber nicht zurück in den Räumen {rooms}.',
    'Laden Sie ihn in die Räume ein.',
  ],
  'last-owner': [
    'Keine Gruppe gibt der Person {room} mehr, aber sie ist dort der letzte Besitzer und bleibt.',
    'Machen Sie zuerst jemand anderen zum Besitzer.',
  ],
  'membership-gone': [
    'Was der Benutzer im Raum hatte, oder der Raum selbst, ist nicht mehr da.',
    'Laden Sie ihn neu ein, wenn das nötig ist.',
  ],
  'username-taken': [
    'Der Benutzername gehört inzwischen einem anderen Konto oder Team.',
    'Ändern Sie den Namen bei einem von beiden.',
  ],
  'address-taken': [
    'Eine Adresse gehört einem anderen Konto.',
    'Ändern Sie die Adresse bei einem von beiden.',
  ],
  'taken-by-another': [
    'Ein anderes Konto hat, was das Verzeichnis jetzt sagt ({names}), und der Abgleich einer Person nimmt niemand anderem etwas weg.',
    'Gleichen Sie alle ab, wenn auch jenes Konto laut Verzeichnis etwas anderes bekommt: Dann werden beide zusammen geschrieben. Sonst ändern Sie es bei einem von beiden.',
  ],
  'changed-since': [
    'Das hat seither jemand geändert, oder der Lauf hatte es nie geändert; es bleibt, wie es ist.',
    'Sehen Sie den Benutzer an und ändern Sie ihn von Hand.',
  ],
  'account-unlinked': ['Das Konto ist nicht mehr mit dem Eintrag verknüpft.', SYNC_AGAIN],
  'settings-changed': ['Die Einstellungen verlangen das nicht mehr.', NOTHING],
  'entry-no-longer-synced': ['Der Eintrag wird nicht mehr abgeglichen.', SYNC_AGAIN],
  'entry-unreadable': [
    'Der Eintrag konnte nicht gelesen werden.',
    'Prüfen Sie das Verzeichnis und die Leserechte des Dienstkontos; dann gleichen Sie noch einmal ab.',
  ],
  'present-after-all': ['Die Person ist doch im Verzeichnis und bleibt, wie sie ist.', NOTHING],
  'no-longer-wanted': ['Das Verzeichnis verlangt das nicht mehr.', NOTHING],
} as const satisfies AdviceWords;
