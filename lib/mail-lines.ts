/** Subject and text of a mail. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** The chat server that a mail is about; both as somebody has written them. */
export interface Site {
  readonly name: string;
  readonly url: string;
}

const MAX_SUBJECT = 200;
const MAX_LINE = 1_000;
const MAX_LINK = 500;
const BREAKS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu;

export function toSubject({ name }: Site, what: string): string {
  return toLine(`[${name.trim() || 'Chat'}] ${what}`).slice(0, MAX_SUBJECT);
}

/** "Our Chat (https://chat.example)" */
export function toTitle(site: Site): string {
  const [name, url] = [toLine(site.name), toLink(site)];
  if (name === '') return url ?? 'the chat server';
  return url === undefined ? name : `${name} (${url})`;
}

/** The address of the site without a slash at its end; none where it is no address, or holds a password. */
export function toLink({ url }: Site): string | undefined {
  if (url.length > MAX_LINK || !URL.canParse(url)) return undefined;
  const { protocol, username, password, origin, pathname } = new URL(url);
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '') return undefined;
  return `${origin}${pathname}`.replace(/\/+$/, '');
}

export function toText(lines: readonly string[]): string {
  return `${lines.join('\n\n')}\n`;
}

/** Text from the directory can neither add a header nor pretend to be a line of ours. */
export function toLine(text: string): string {
  return text.slice(0, MAX_LINE).replace(BREAKS, ' ').trim();
}

/** One address and nothing that could add another, or a header. */
export function isOneAddress(text: unknown): text is string {
  return typeof text === 'string' && ONE_ADDRESS.test(text);
}

const ONE_ADDRESS = /^[^\s,;<>"()\p{Cc}]+@[^\s,;<>"()@\p{Cc}]+$/u;
