import { COMPARE_AUTHORITY, COMPARE_CERTIFICATE } from './comparing.js';
import type { WordsOf } from '../finding-words.js';
import type { OF_HOSTS } from '../../../../lib/findings/texts/hosts.js';

const BARE_HOST =
  'Schreiben Sie nur den Hostnamen oder die IP-Adresse des Verzeichnisservers in LDAP_Host, ohne ldap:// und ohne Port.';
const OR_ANONYMOUS = 'oder schalten Sie LDAP_Authentication aus, um anonym zu suchen.';
const DISTRUSTED =
  'Niemand, dem die Einstellungen vertrauen, bürgt für das Zertifikat von {subject} ({why}).[ {authority}: SHA-256 {sha256}.]';
const NEW_PASSWORD =
  'Setzen Sie im Verzeichnis ein neues Kennwort, und tragen Sie es in LDAP_Authentication_Password ein.';
const WITH_PASSWORD = 'und geben Sie im selben Aufruf das Kennwort des Dienstkontos an.';

/** Of where the directory is, how it is encrypted, and who signs in. */
export const hosts: WordsOf<typeof OF_HOSTS> = {
  'host-empty': ['LDAP_Host ist leer.', BARE_HOST],
  'host-unusable': ['LDAP_Host ist {value}; das ist kein Hostname.', BARE_HOST],
  'other-host-unusable': [
    'LDAP_Failover_Hosts nennt {value}; das ist kein Host.',
    'Trennen Sie die Hosts durch Kommas, jeder ein Hostname oder eine IP-Adresse ohne ldap://, mit einem Port, wo er nicht LDAP_Port ist: {example}.',
  ],
  'other-hosts-too-many': [
    'LDAP_Failover_Hosts nennt {count} Hosts.',
    'Nennen Sie in LDAP_Failover_Hosts höchstens {most} Hosts.',
  ],
  'account-empty': [
    'LDAP_Authentication_UserDN ist leer.',
    `Geben Sie den DN des Dienstkontos an, ${OR_ANONYMOUS}`,
  ],
  'password-empty': [
    'LDAP_Authentication_Password ist leer.',
    `Geben Sie das Kennwort des Dienstkontos an, ${OR_ANONYMOUS}`,
  ],
  'certificate-unreadable': [
    '{setting} enthält kein lesbares PEM-Zertifikat.',
    'Fügen Sie die ganze Zertifikatskette in {setting} ein, jedes von "-----BEGIN CERTIFICATE-----" bis "-----END CERTIFICATE-----".',
  ],
  'password-unencrypted': [
    'Das Kennwort des Dienstkontos geht unverschlüsselt durch das Netz.',
    'Setzen Sie LDAP_Encryption auf "ssl" (LDAPS) oder "tls" (StartTLS).',
  ],
  'certificate-unverified': [
    'Das Zertifikat des Verzeichnisservers wird nicht geprüft; wer dazwischen ist, kann das Kennwort lesen und Personen verändern.',
    'Tragen Sie das Zertifikat Ihrer Zertifizierungsstelle in LDAP_CA_Cert ein, und schalten Sie LDAP_Reject_Unauthorized ein.',
  ],
  'certificate-for-another-host': [
    'Das Zertifikat des Servers ist für {names}, nicht für {host}.',
    'Tragen Sie einen der Namen im Zertifikat in LDAP_Host ein, oder lassen Sie das Zertifikat für diesen Host ausstellen.',
  ],
  'certificate-expired': [
    'Ein Zertifikat des Servers ist abgelaufen: {dates}.',
    'Erneuern Sie das Zertifikat auf dem Verzeichnisserver.',
  ],
  'certificate-not-yet-valid': [
    'Ein Zertifikat des Servers gilt noch nicht: {dates}.',
    'Prüfen Sie die Uhren dieses Hosts und des Verzeichnisservers.',
  ],
  'certificate-expires': [
    'Das Zertifikat von {subject} läuft ab; Tage bis dahin: {days}.',
    'Erneuern Sie es auf dem Verzeichnisserver.',
  ],
  'authority-unknown': [
    DISTRUSTED,
    'Tragen Sie das Zertifikat der Zertifizierungsstelle, die es unterschrieben hat, in LDAP_CA_Cert ein.',
  ],
  'authority-offered': [DISTRUSTED, COMPARE_AUTHORITY],
  'certificate-offered': [DISTRUSTED, COMPARE_CERTIFICATE],
  'server-is-no-ad': [
    'Das ist {server}, und die Einstellungen sagen Active Directory (LDAP_Server_Type ist "ad").',
    'Setzen Sie LDAP_Server_Type auf einen leeren Text; dann gelten LDAP_Username_Field, LDAP_Email_Field, LDAP_Name_Field und LDAP_User_Search_Field statt derer für Active Directory.',
  ],
  'server-is-ad': [
    'Das ist {server}, und die Einstellungen sagen ein anderer Server (LDAP_Server_Type ist leer).',
    'Setzen Sie LDAP_Server_Type auf "ad"; dann gelten LDAP_AD_Username_Field, LDAP_AD_Email_Field, LDAP_AD_Name_Field und LDAP_AD_User_Search_Field.',
  ],
  'account-expired': ['Das Kennwort des Dienstkontos ist abgelaufen ({time}).', NEW_PASSWORD],
  'account-expires': [
    'Das Kennwort des Dienstkontos läuft ab ({time}); Tage bis dahin: {days}.',
    NEW_PASSWORD,
  ],
  'server-can-start-tls': [
    'Die Verbindung ist nicht verschlüsselt, und der Server kann StartTLS ({protocol}).',
    `Setzen Sie LDAP_Encryption auf "tls", ${WITH_PASSWORD}`,
  ],
  'server-can-ldaps': [
    'Die Verbindung ist nicht verschlüsselt, und der Server kann LDAPS ({protocol}).',
    `Setzen Sie LDAP_Encryption auf "ssl", ${WITH_PASSWORD}`,
  ],
  'ldaps-port': [
    'LDAPS ist auf Port {port} dieses Servers.',
    'Setzen Sie LDAP_Port zusammen mit LDAP_Encryption auf {port}.',
  ],
};
