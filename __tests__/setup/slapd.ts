import { isSlapdInstalled } from '../../dev/slapd.js';

const MISSING =
  'SLAPD IS NOT INSTALLED: this suite did not run against a real LDAP server. Install it: apt-get ' +
  'install slapd ldap-utils';

/** A suite against OpenLDAP. Without slapd it is skipped, loudly; in CI that is a failure. */
export function describeWithSlapd(title: string, body: () => void): void {
  if (isSlapdInstalled()) {
    describe(title, body);
  } else if (process.env.CI) {
    it(title, () => {
      throw new Error(MISSING);
    });
  } else {
    process.stderr.write(`\n${MISSING} (${title})\n`);
    describe.skip(title, body);
  }
}
