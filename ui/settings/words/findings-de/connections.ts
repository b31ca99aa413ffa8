import type { WordsOf } from '../finding-words.js';
import type { OF_CONNECTIONS } from '../../../../lib/findings/texts/connections.js';

const ENCRYPTION =
  'Prüfen Sie LDAP_Encryption und LDAP_Port: LDAPS ("ssl") ist meist auf 636, StartTLS ("tls") und unverschlüsseltes LDAP auf 389.';
const REACH =
  'Prüfen Sie LDAP_Host und LDAP_Port, ob der Verzeichnisserver läuft, und ob eine Firewall dazwischen ist[; LDAP_Encryption "{encryption}" braucht den Port für LDAPS, meist 636].';
const SAID = '[ (der Server sagt: {said})]';
const READ_RIGHTS =
  'Lassen Sie das Dienstkonto (LDAP_Authentication_UserDN) die Personen unter LDAP_BaseDN lesen.';
const LOAD = 'Sehen Sie nach der Last des Verzeichnisservers, und indizieren Sie, wonach gesucht wird.';
const LOG = 'Sehen Sie in die Protokolle des Verzeichnisservers.';

/** Of a connection that fails, and of a search that does. */
export const connections: WordsOf<typeof OF_CONNECTIONS> = {
  'host-refuses': ['Keine Verbindung zu {server}: Sie wurde abgelehnt.', REACH],
  'host-unknown': ['Keine Verbindung zu {server}: Diesen Host gibt es nicht.', REACH],
  'host-mute': ['Keine Verbindung zu {server}: Der Host antwortet nicht.', REACH],
  'host-without-route': ['Keine Verbindung zu {server}: Es führt kein Weg zum Host.', REACH],
  'host-unreachable': ['Keine Verbindung zu {server}: {why}.', REACH],
  'hosts-not-found': [
    'Unter {name} wurde kein Server gefunden: {why}.',
    'Prüfen Sie den SRV-Eintrag in LDAP_Host und die Nameserver dieses Hosts, oder tragen Sie den Namen eines Servers in LDAP_Host ein. Ein Server außerhalb der Domäne zählt nur, wenn LDAP_CA_Cert sagt, wer für ihn bürgt.',
  ],
  'hosts-all-away': [
    'Keiner der {count} Hosts ist zu gebrauchen. {why}',
    'Sehen Sie nach den Hosts, von denen die Meldung spricht. Die anderen Hosts sind die von LDAP_Failover_Hosts.',
  ],
  'host-slow-to-connect': [
    '{server} antwortete nicht innerhalb von {ms} ms.',
    'Prüfen Sie LDAP_Host, LDAP_Port und die Firewall[, und ob {setting} zum Port passt]; eine langsame Leitung braucht ein größeres LDAP_Connect_Timeout.',
  ],
  'host-hung-up': ['{server} beendete die Verbindung, bevor sie zu gebrauchen war.', ENCRYPTION],
  'host-hung-up-after-tls': [
    '{server} beendete die Verbindung nach dem Aufbau von TLS, bevor sie zu gebrauchen war.',
    `${LOG} Verlangt er ein Zertifikat des Clients, lassen Sie ihn Clients ohne eines annehmen (OpenLDAP: TLSVerifyClient try oder never).`,
  ],
  'connection-lost': [
    'Die Verbindung zu {server} ging verloren.',
    'Versuchen Sie es noch einmal; kommt es wieder, sehen Sie in die Protokolle des Verzeichnisservers.',
  ],
  'host-silent': [
    '{server} schwieg {ms} ms lang.',
    'Prüfen Sie die Last des Verzeichnisservers, oder erhöhen Sie LDAP_Timeout.',
  ],
  'certificate-untrusted': [
    'Dem Zertifikat von {server} wird nicht vertraut: {why}.',
    'Tragen Sie das Zertifikat der Zertifizierungsstelle, die es unterschrieben hat, in LDAP_CA_Cert ein, und den Namen, für den es ausgestellt ist, in LDAP_Host.',
  ],
  'tls-failed': ['TLS mit {server} misslang: {why}.', ENCRYPTION],
  'tls-client-certificate-demanded': [
    'TLS mit {server} misslang: Er verlangt ein Zertifikat des Clients ({why}).',
    'Lassen Sie den Verzeichnisserver Clients ohne Zertifikat annehmen (OpenLDAP: TLSVerifyClient try oder never); das Dienstkonto meldet sich mit seinem Kennwort an.',
  ],
  'tls-too-old': [
    'TLS mit {server} misslang: Er spricht nur zu alte Versionen von TLS ({why}).',
    'Schalten Sie auf dem Verzeichnisserver TLS 1.2 oder 1.3 ein.',
  ],
  'tls-too-weak': [
    'TLS mit {server} misslang: Sein Zertifikat oder sein Schlüsselaustausch ist zu schwach ({why}).',
    'Geben Sie dem Verzeichnisserver ein Zertifikat mit SHA-256 und einem RSA-Schlüssel von 2.048 Bit oder mehr, und große Diffie-Hellman-Parameter.',
  ],
  'tls-without-agreement': [
    'TLS mit {server} misslang: Er nimmt nichts von dem an, was ihm angeboten wird ({why}).',
    'Schalten Sie auf dem Verzeichnisserver TLS 1.2 oder 1.3 mit üblichen Verfahren ein, und verlangen Sie kein Zertifikat des Clients. Ist es das nicht, prüfen Sie LDAP_Encryption und LDAP_Port.',
  ],
  'start-tls-refused': [
    `{server} lehnte StartTLS ab${SAID}. Es wurde kein Kennwort gesendet.`,
    'Richten Sie TLS auf dem Verzeichnisserver ein, oder setzen Sie LDAP_Encryption auf "ssl", mit dem Port für LDAPS.',
  ],
  'port-expects-tls': [
    '{server} erwartet TLS vom ersten Byte an (LDAPS), und LDAP_Encryption ist "{encryption}".',
    'Setzen Sie LDAP_Encryption auf "ssl", oder LDAP_Port auf den Port für StartTLS und unverschlüsseltes LDAP, meist 389 (3268 bei einem globalen Katalog).',
  ],
  'port-without-tls': [
    '{server} spricht LDAP ohne TLS, und LDAP_Encryption ist "ssl" (LDAPS).',
    'Setzen Sie LDAP_Port auf den Port für LDAPS, meist 636 (3269 bei einem globalen Katalog), oder LDAP_Encryption für diesen Port auf "tls" (StartTLS).',
  ],
  'base-missing': [
    `Den Eintrag {base} gibt es im Verzeichnis nicht${SAID}.`,
    `Berichtigen Sie LDAP_BaseDN. ${READ_RIGHTS}`,
  ],
  'search-refused': [
    `Der Verzeichnisserver lehnte die Suche ab ({result})${SAID}.`,
    `${READ_RIGHTS} Eine anonyme Suche kann verboten sein: siehe LDAP_Authentication.`,
  ],
  'search-refused-because': [
    `Der Verzeichnisserver lehnte die Suche ab ({result}): {why}${SAID}.`,
    `Beheben Sie, was die Meldung nennt. ${LOG}`,
  ],
  'search-failed': [
    `Die Suche misslang: {result} ({number})${SAID}.`,
    'Prüfen Sie LDAP_BaseDN und LDAP_User_Search_Filter, und sehen Sie in die Protokolle des Verzeichnisservers.',
  ],
  'test-too-slow': ['Das Verzeichnis hatte nach {seconds} Sekunden nicht geantwortet.', LOAD],
  'section-too-slow': ['Das Verzeichnis hatte nach {seconds} Sekunden nicht alles beantwortet.', LOAD],
  'directory-failed': ['Das Verzeichnis ließ sich nicht fragen: {why}', '{todo}'],
};
