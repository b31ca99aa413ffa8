import type { AdviceWords } from '../advice-words.js';
import { DECIDE } from './remedies.js';

/** Of the removals of a run, and of the database. */
export const guard = {
  'sweep-incomplete': [
    'Das Verzeichnis wurde nicht ganz gelesen ({cause}).',
    'Beheben Sie, was den Lauf aufhielt; dann gleichen Sie noch einmal ab.',
  ],
  'directory-empty': [
    'Das Verzeichnis hat keinen einzigen Eintrag geliefert.',
    'Prüfen Sie LDAP_BaseDN, LDAP_User_Search_Filter und die Leserechte des Dienstkontos.',
  ],
  'entry-ids-repeated': [
    'Einträge mit einer Id, die ein anderer schon hat: {entries}.',
    'Geben Sie jedem Eintrag seine eigene Id, oder nennen Sie in LDAP_Unique_Identifier_Field ein Attribut, das eindeutig ist.',
  ],
  'entries-unidentified': [
    'Einträge ohne ein Attribut, das sie eindeutig macht: {entries}.',
    'Nennen Sie in LDAP_Unique_Identifier_Field ein Attribut, das jeder Eintrag hat, oder lassen Sie das Dienstkonto es lesen.',
  ],
  'directory-unverified': [
    'Von {linked} verknüpften Benutzern wurden unter {entries} Einträgen {found} gefunden; nichts zeigt, dass es das richtige Verzeichnis ist.',
    'Prüfen Sie LDAP_BaseDN, LDAP_User_Search_Filter und LDAP_Unique_Identifier_Field. Stimmen sie, so sehen Sie die Liste an und geben Sie sie frei.',
  ],
  'too-many-removals': [
    '{wanted} von {linked} verknüpften Benutzern verlören etwas; mehr als {limit} auf einmal warten auf eine Freigabe.',
    DECIDE,
  ],
  'attribute-nowhere': [
    'Kein einziger Eintrag hat das Attribut für {field}; alle, die es haben, verlören es.',
    'Prüfen Sie die Zuordnung und die Leserechte des Dienstkontos. Stimmen sie, so geben Sie die Liste frei.',
  ],
  'role-nowhere': [
    'Keine Gruppe gibt irgendjemandem die Rolle {role}, und {people} Benutzer verlören sie.',
    'Prüfen Sie die Gruppen und die Leserechte des Dienstkontos. Stimmen sie, so geben Sie die Liste frei.',
  ],
  'room-nowhere': [
    'Keine Gruppe gibt irgendjemandem den Raum {room}, und {people} Benutzer verließen ihn.',
    'Prüfen Sie die Gruppen und die Leserechte des Dienstkontos. Stimmen sie, so geben Sie die Liste frei.',
  ],
  'groups-without-people': [
    'Niemand ist in einer der Gruppen, und {wanted} Benutzer verlören Räume.',
    'Prüfen Sie die Gruppen und die Leserechte des Dienstkontos. Stimmen sie, so geben Sie die Liste frei.',
  ],
  'sweep-contradicted': [
    'Einzeln nachgesehen sind Personen da, die beim Lesen fehlten: {people}.',
    'Prüfen Sie, ob der Server alles liefert (Grenzen, Rechte, Replikation); dann gleichen Sie noch einmal ab.',
  ],
  'earlier-run-undecided': [
    'Der Lauf {runId} wurde zurückgehalten, und niemand hat über seine Liste entschieden.',
    'Sehen Sie die Liste dieses Laufs an; geben Sie sie frei oder lehnen Sie sie ab.',
  ],
  'decision-needed': [
    'Änderungen, über die ein Mensch entscheiden muss: {changes}.',
    'Sehen Sie die wartenden Zeilen an; geben Sie sie frei oder lehnen Sie sie ab, alle oder einige.',
  ],
  'certificate-ends-soon': [
    'Das Zertifikat {subject}, das {host} zeigt, endet am {until}; Tage bis dahin: {days}.',
    'Geben Sie dem Verzeichnisserver vorher ein neues Zertifikat: danach verbindet sich kein Abgleich mehr.',
  ],
  'certificate-ended': [
    'Das Zertifikat {subject}, das {host} gezeigt hat, endete am {until}.',
    'Geben Sie dem Verzeichnisserver ein neues Zertifikat, und gleichen Sie dann ab.',
  ],
  'transactions-missing': [
    'Die Datenbank kann keine Transaktionen; ein Abgleich schreibt so nichts.',
    'Betreiben Sie MongoDB als Replikatsatz; ein Mitglied genügt.',
  ],
  'not-in-plan': [
    'Es soll etwas weggenommen werden, das die Vorschau nicht zeigte; es wartet.',
    'Was wartet, ansehen, und alles oder einen Teil davon freigeben oder ablehnen.',
  ],
  'plan-overtaken': [
    'Die Vorschau zeigte etwas, das nicht mehr weggenommen werden soll.',
    'Nichts, wenn das so gemeint ist; die Seite der Person sagt, wie sie steht.',
  ],
} as const satisfies AdviceWords;
