import { execFileSync } from 'node:child_process';

/** Who changes a directory. */
interface LdapLogin {
  readonly url: string;
  readonly dn: string;
  readonly password: string;
}

/** Applies LDIF change records (`changetype: …`) with OpenLDAP's `ldapmodify`. */
export function ldapmodify({ url, dn, password }: LdapLogin, ldif: string): void {
  execFileSync('ldapmodify', ['-x', '-H', url, '-D', dn, '-w', password], {
    input: ldif,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
}
