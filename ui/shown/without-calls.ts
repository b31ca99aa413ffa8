/**
 * What the server says in brackets of calls of the API, for those who have no page. A call has a capital letter in it,
 * which tells it from the name of a host.
 */
const CALLS = / \((?:[^()=]*[ ,])?(?:ldap|users)\.[a-z]+[A-Z]\w*[^()]*\)/g;

/** A text of the server for a reader who has buttons and links instead. */
export function withoutCalls(text: string): string {
  return text.replace(CALLS, '');
}
