/** What to do before a certificate is trusted that the server itself has shown. */
export const COMPARE_AUTHORITY =
  'Compare the fingerprint with what the administrator of the directory says, by another way than this connection. If they are equal, put this certificate into LDAP_CA_Cert.';
export const COMPARE_CERTIFICATE =
  'The server does not send the certificate of its authority. Ask its administrator for that one; or compare the fingerprint by another way than this connection and put this certificate, which is that of the server alone, into LDAP_CA_Cert: it has to be changed there whenever the server gets a new one.';
