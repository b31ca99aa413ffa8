/** A text in a filter that another product would replace by the name of somebody who signs in. */
export interface Placeholder {
  readonly text: string;
  /** Which products write it so. */
  readonly usedBy: string;
}

/** The first that matches counts, so the longer ones stand before their beginnings. */
const PLACEHOLDERS: readonly (readonly [pattern: string, usedBy: string])[] = [
  [String.raw`%\(\w{1,40}\)[sd]`, 'Django, JupyterHub and other programs in Python'],
  [String.raw`%\{[^{}()]{1,80}\}`, 'FreeRADIUS and Apache'],
  [String.raw`%(?:user(?:name)?|uid|login|mail)(?![A-Za-z0-9])`, 'Nextcloud and ownCloud'],
  [String.raw`%[A-Za-z](?![A-Za-z0-9])`, 'Gitea, Grafana, Dovecot and Postfix'],
  [String.raw`#\{[^{}()]{0,80}\}`, 'the sign-in filters of Rocket.Chat'],
  [String.raw`\$\{[^{}()]{1,80}\}`, 'templates and shell scripts'],
  [String.raw`\$[A-Za-z_]\w{0,40}(?!\w)`, 'PAM modules, PHP and shell scripts'],
  [String.raw`\{\{[^{}()]{0,80}\}\}`, 'passport-ldapauth, Ansible and other templates'],
  [String.raw`\{\d{1,2}\}`, 'Spring Security, Jenkins, SonarQube and other programs in Java'],
  [String.raw`\{(?:user(?:_?name|_?id)?|uid|login|input|email|mail)\}`, 'Authelia, JupyterHub and Keycloak'],
  [String.raw`<(?:user(?:_?name|_?id)?|uid|login|email|mail)>`, 'examples in manuals'],
  [String.raw`\[(?:user(?:_?name|_?id)?|uid|login|email|mail)\]`, 'examples in manuals'],
];

/** A sign in the middle of a word or a number is a part of a value: `100%s`, `PC01$`, `a$b`. */
const NOT_INSIDE = '(?<![A-Za-z0-9])';
const MAX_LENGTH = 65_536;

/** Finds the first placeholder in the text of a filter; a sync asks for everybody and fills none in. */
export function findPlaceholder(text: string): Placeholder | undefined {
  const found = PLACEHOLDERS.flatMap(([pattern, usedBy]) => {
    const match = new RegExp(NOT_INSIDE + pattern, 'i').exec(text.slice(0, MAX_LENGTH));
    return match ? [{ text: match[0], usedBy, at: match.index }] : [];
  });
  const [first] = found.sort((a, b) => a.at - b.at);
  return first && { text: first.text, usedBy: first.usedBy };
}
