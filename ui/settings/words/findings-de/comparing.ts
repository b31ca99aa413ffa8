/** What to do before a certificate is trusted that the server itself has shown. */
export const COMPARE_AUTHORITY =
  'Vergleichen Sie den Fingerabdruck auf einem anderen Weg als dieser Verbindung mit dem, was die Verwaltung des Verzeichnisses sagt. Sind sie gleich, tragen Sie dieses Zertifikat in LDAP_CA_Cert ein.';
export const COMPARE_CERTIFICATE =
  'Der Server schickt das Zertifikat seiner Zertifizierungsstelle nicht. Fragen Sie seine Verwaltung danach; oder vergleichen Sie den Fingerabdruck auf einem anderen Weg als dieser Verbindung, und tragen Sie dieses Zertifikat, das nur das des Servers ist, in LDAP_CA_Cert ein: Es muss dort mit jedem neuen Zertifikat des Servers geändert werden.';
