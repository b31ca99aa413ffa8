import { findPlaceholder } from '../../../lib/directory/filter/find-placeholder.js';

describe('a placeholder of another product in a filter', () => {
  it.each<[string, string, RegExp]>([
    ['(uid=%s)', '%s', /Gitea/],
    ['(&(objectClass=person)(|(uid=%s)(mail=%s)))', '%s', /Gitea/],
    ['(mail=%s@example.org)', '%s', /Gitea/],
    ['(cn=*%s*)', '%s', /Gitea/],
    ['(uid=%u)', '%u', /Dovecot/],
    ['(sAMAccountName=%uid)', '%uid', /Nextcloud/],
    ['(uid=%(user)s)', '%(user)s', /Django/],
    ['(uid=%{User-Name})', '%{User-Name}', /FreeRADIUS/],
    ['(uid=%{%{Stripped-User-Name}:-%{User-Name}})', '%{Stripped-User-Name}', /FreeRADIUS/],
    ['(sAMAccountName={0})', '{0}', /Spring/],
    ['(uid={username})', '{username}', /Authelia/],
    ['(uid={{username}})', '{{username}}', /passport-ldapauth/],
    ['(uid={{ username }})', '{{ username }}', /passport-ldapauth/],
    ['(uid=#{username})', '#{username}', /Rocket\.Chat/],
    ['(uid=$uid)', '$uid', /PAM/],
    ['(uid=$USER)', '$USER', /PAM/],
    ['(uid=${user.name})', '${user.name}', /templates/],
    ['(uid=<username>)', '<username>', /manuals/],
    ['(uid=[username])', '[username]', /manuals/],
  ])('is named for what it is: %s', (filter, text, usedBy) => {
    expect(findPlaceholder(filter)).toEqual({ text, usedBy: expect.stringMatching(usedBy) });
  });

  it.each([
    '(objectClass=*)',
    '(!(sAMAccountName=*$))',
    '(sAMAccountName=PC01$)',
    '(postalAddress=Main street 1$12345 Town)',
    '(description=100%sure)',
    '(description=100% sure)',
    '(cn=a<b>c)',
    '(userAccountControl:1.2.840.113556.1.4.803:=2)',
    '(cn={curly words})',
    '(objectGUID=\\7b)',
    '(cn=\\25s)',
  ])('is not seen where a value only looks like one: %s', (filter) => {
    expect(findPlaceholder(filter)).toBeUndefined();
  });

  it('is looked for in bounded time, whatever the text', () => {
    for (const piece of ['%(', '#{', '${', '{{', '$a', '%{'])
      expect(findPlaceholder(piece.repeat(50_000))?.text.length ?? 0).toBeLessThan(200);
  });
});
