/**
 * The attribute with which a 389-DS tells what the service account may do with the attributes of an entry. A search
 * that asks for it carries the control Get Effective Rights.
 */
export const RIGHTS_ATTRIBUTE = 'attributeLevelRights';

/** Get Effective Rights (draft-ietf-ldapext-acl-model); its value names whose rights are asked. */
export const EFFECTIVE_RIGHTS = '1.3.6.1.4.1.42.2.27.9.5.2';

export function asksRights(attributes: readonly string[]): boolean {
  return attributes.some((name) => name.toLowerCase() === RIGHTS_ATTRIBUTE.toLowerCase());
}
