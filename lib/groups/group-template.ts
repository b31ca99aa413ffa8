import type { GroupPerson, GroupTemplate } from '../directory/groups.js';

/** The placeholders of the group settings, as Rocket.Chat has them. */
const PLACEHOLDER = /#\{(username|userdn|groupName)\}/g;
const ANY_PLACEHOLDER = /#\{[^}]*\}?/g;

type GroupPlaceholder = 'username' | 'userdn' | 'groupName';

/** What the text has placeholders of. */
export function placeholdersOf(template: GroupTemplate): ReadonlySet<GroupPlaceholder> {
  return new Set([...template.matchAll(PLACEHOLDER)].map(([, name]) => name as GroupPlaceholder));
}

/** Whether the text says something of a person. */
export function isOfPerson(template: GroupTemplate): boolean {
  const placeholders = placeholdersOf(template);
  return placeholders.has('username') || placeholders.has('userdn');
}

/** A placeholder that means nothing; `undefined` when there is none. */
export function findUnknownPlaceholder(text: string): string | undefined {
  return (text.match(ANY_PLACEHOLDER) ?? []).find(
    (found) => !/^#\{(?:username|userdn|groupName)\}$/.test(found),
  );
}

export function fillGroupName(template: GroupTemplate, groupName: string): string {
  return template.replace(PLACEHOLDER, (whole, name) => (name === 'groupName' ? groupName : whole));
}

/** Everything that the text may be of this person: one for each user name. Empty: the person has none. */
export function fillPerson(template: GroupTemplate, { dn, usernames }: GroupPerson): readonly string[] {
  if (!placeholdersOf(template).has('username')) return [fill(template, { dn, username: '' })];
  return usernames.map((username) => fill(template, { dn, username }));
}

function fill(template: GroupTemplate, values: { readonly dn: string; readonly username: string }): string {
  // The replacement is a function, since `$` has a meaning in a text.
  return template.replace(PLACEHOLDER, (whole, name) => {
    if (name === 'username') return values.username;
    return name === 'userdn' ? values.dn : whole;
  });
}
