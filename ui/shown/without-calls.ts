/** Calls of the API that the server names in its remedies, for those who have no page. */
const CALLS = / \((?:GET |POST )?(?:ldap|users)\.\w+\)/g;

/** A text of the server for a reader who has buttons and links instead. */
export function withoutCalls(text: string): string {
  return text.replace(CALLS, '');
}
