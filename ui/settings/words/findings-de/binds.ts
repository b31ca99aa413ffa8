import type { WordsOf } from '../finding-words.js';
import type { OF_BINDS } from '../../../../lib/findings/texts/binds.js';

const ACCOUNT = 'das Dienstkonto (LDAP_Authentication_UserDN)';
const CREDENTIALS = 'Prüfen Sie LDAP_Authentication_UserDN und LDAP_Authentication_Password.';
const ENCRYPT =
  'Setzen Sie LDAP_Encryption auf "ssl" (LDAPS, LDAP_Port meist 636) oder "tls" (StartTLS, LDAP_Port meist 389); abgewiesen wird nicht das Konto.';
const ANOTHER_HOST =
  'Versuchen Sie es später noch einmal, oder nennen Sie in LDAP_Failover_Hosts einen anderen Server mit demselben Verzeichnis.';
const UNLOCK = `Entsperren Sie ${ACCOUNT} im Verzeichnis, und finden Sie heraus, wer dafür falsche Kennwörter versucht.`;

function refused(why: string): string {
  return `{server} wies das Dienstkonto ab: ${why}[ (der Server sagt: {said})].`;
}

/** Why a server refuses the service account. */
export const binds: WordsOf<typeof OF_BINDS> = {
  'version-refused': [
    refused('Er spricht mit diesem Client nicht Version 3 von LDAP (protocolError)'),
    'Sehen Sie in die Protokolle des Verzeichnisservers, und erlauben Sie Anmeldungen mit LDAPv3.',
  ],
  'simple-bind-refused': [
    refused('Er nimmt kein Kennwort einer einfachen Anmeldung an (authMethodNotSupported)'),
    'Erlauben Sie einfache Anmeldungen auf dem Verzeichnisserver, oder nehmen Sie einen Server, der sie erlaubt.',
  ],
  'stronger-bind-demanded': [
    refused('Er verlangt eine verschlüsselte Verbindung oder mehr als ein Kennwort (strongerAuthRequired)'),
    `${ENCRYPT} Ein Server, der SASL selbst verlangt (OpenLDAP: "require"), muss eine einfache Anmeldung über TLS annehmen.`,
  ],
  'encryption-demanded': [
    refused('Er verlangt eine verschlüsselte oder unterschriebene Verbindung'),
    ENCRYPT,
  ],
  'sign-in-demanded': [
    refused('Er antwortet niemandem, der nicht angemeldet ist'),
    'Schalten Sie LDAP_Authentication ein, und nennen Sie in LDAP_Authentication_UserDN ein Dienstkonto.',
  ],
  'referred-elsewhere': [
    refused('Er verweist auf einen anderen Server (referral)'),
    'Tragen Sie jenen Server in LDAP_Host ein, oder lassen Sie diese Kopie Kennwörter selbst prüfen.',
  ],
  'attempts-used-up': [
    refused('Er lässt für dieses Konto jetzt keinen Versuch mehr zu (constraintViolation)'),
    UNLOCK,
  ],
  'no-such-account': [
    refused('Dieses Konto gibt es nicht (noSuchObject)'),
    'Berichtigen Sie LDAP_Authentication_UserDN.',
  ],
  'no-such-ad-account': [
    refused('Dieses Konto gibt es nicht'),
    'Berichtigen Sie LDAP_Authentication_UserDN: ein DN, oder in einem Active Directory name@domain.',
  ],
  'account-no-dn': [
    refused('Der Name des Kontos ist kein DN (invalidDNSyntax)'),
    `${CREDENTIALS} Das erste muss ein ganzer DN sein.`,
  ],
  'account-without-password': [
    refused('Er lässt dieses Konto nicht mit einem Kennwort anmelden (inappropriateAuthentication)'),
    'Geben Sie dem Dienstkonto (LDAP_Authentication_UserDN) im Verzeichnis ein Kennwort, oder nennen Sie ein anderes Konto. Ist LDAP_Authentication aus, schalten Sie es ein.',
  ],
  'credentials-wrong': [refused('Der Name oder das Kennwort ist falsch'), CREDENTIALS],
  'account-not-allowed': [
    refused('Das Konto darf sich hier nicht anmelden (insufficientAccessRights)'),
    `Lassen Sie ${ACCOUNT} sich auf diesem Server anmelden, oder nennen Sie in LDAP_Host einen anderen.`,
  ],
  'server-busy': [refused('Er ist beschäftigt'), ANOTHER_HOST],
  'server-unavailable': [refused('Er ist nicht verfügbar'), ANOTHER_HOST],
  'account-unwanted': [
    refused('Er will dieses Konto jetzt nicht anmelden lassen (unwillingToPerform)'),
    `Sehen Sie ${ACCOUNT} im Verzeichnis an: Es kann abgeschaltet oder gesperrt sein. Sonst erlauben Sie einfache Anmeldungen auf dem Verzeichnisserver.`,
  ],
  'password-expired': [
    refused('Das Kennwort ist abgelaufen'),
    'Setzen Sie für das Dienstkonto (LDAP_Authentication_UserDN) ein neues Kennwort, und tragen Sie es in LDAP_Authentication_Password ein.',
  ],
  'ad-password-expired': [
    refused('Das Kennwort ist abgelaufen'),
    'Setzen Sie für das Dienstkonto (LDAP_Authentication_UserDN) im Verzeichnis ein neues Kennwort, am besten eines, das nie abläuft, und tragen Sie es in LDAP_Authentication_Password ein.',
  ],
  'password-to-change': [
    refused('Das Kennwort muss zuerst geändert werden'),
    'Ändern Sie das Kennwort des Dienstkontos (LDAP_Authentication_UserDN), und tragen Sie das neue in LDAP_Authentication_Password ein.',
  ],
  'ad-password-to-change': [
    refused('Das Kennwort muss zuerst geändert werden'),
    'Nehmen Sie "Benutzer muss Kennwort bei der nächsten Anmeldung ändern" vom Dienstkonto (LDAP_Authentication_UserDN) weg, oder ändern Sie sein Kennwort und tragen Sie das neue in LDAP_Authentication_Password ein.',
  ],
  'account-locked': [refused('Das Konto ist gesperrt'), UNLOCK],
  'account-disabled': [
    refused('Das Konto ist deaktiviert'),
    `Aktivieren Sie ${ACCOUNT} im Verzeichnis, oder nennen Sie ein anderes.`,
  ],
  'controller-missing': [refused('Kein Domänencontroller kann das Konto jetzt prüfen'), ANOTHER_HOST],
  'account-restricted': [
    refused('Eine Einschränkung des Kontos verbietet diese Anmeldung'),
    `Nehmen Sie ${ACCOUNT} aus "Geschützte Benutzer" und aus Authentifizierungsrichtlinien heraus, und verlangen Sie von ihm keine Smartcard; Name und Kennwort stimmen.`,
  ],
  'account-not-at-this-time': [
    refused('Das Konto darf sich zu dieser Zeit nicht anmelden'),
    'Erweitern Sie die Anmeldezeiten des Dienstkontos (LDAP_Authentication_UserDN) im Verzeichnis, oder gleichen Sie innerhalb von ihnen ab.',
  ],
  'account-not-from-here': [
    refused('Das Konto darf sich von diesem Computer nicht anmelden'),
    'Fügen Sie die Domänencontroller zu den Computern hinzu, an denen sich das Dienstkonto (LDAP_Authentication_UserDN) anmelden darf ("Anmelden an…"), oder erlauben Sie alle.',
  ],
  'account-in-too-many-groups': [
    refused('Das Konto ist in zu vielen Gruppen für sein Zugriffstoken'),
    `Nehmen Sie ${ACCOUNT} aus Gruppen heraus (höchstens 1.015), oder nennen Sie ein anderes Konto.`,
  ],
  'account-not-over-network': [
    refused('Das Konto darf sich nicht über das Netz anmelden'),
    'Geben Sie dem Dienstkonto (LDAP_Authentication_UserDN) auf den Domänencontrollern das Recht "Auf diesen Computer vom Netzwerk aus zugreifen".',
  ],
  'account-over': [
    refused('Das Konto ist abgelaufen'),
    'Setzen Sie für das Dienstkonto (LDAP_Authentication_UserDN) im Verzeichnis ein späteres Ablaufdatum, oder keines.',
  ],
  'forest-forbids': [
    refused('Eine Authentifizierungsfirewall zwischen zwei Gesamtstrukturen verbietet es'),
    'Geben Sie dem Dienstkonto (LDAP_Authentication_UserDN) auf den Domänencontrollern "Darf authentifizieren", oder nennen Sie eines ihrer Gesamtstruktur.',
  ],
  'channel-binding-demanded': [
    refused('Er verlangt eine Kanalbindung, die zu seiner TLS-Verbindung passt (Fehler 80090346)'),
    'Erreichen Sie den Domänencontroller selbst mit LDAP_Encryption "ssl" oder "tls", ohne einen Proxy, der TLS dazwischen beendet; oder lassen Sie seine Richtlinie "LDAP server channel binding token requirements" Clients ohne Bindung annehmen ("When supported").',
  ],
  'bind-refused': [refused('{why}'), CREDENTIALS],
};
