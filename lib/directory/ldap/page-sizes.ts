import type { SweepNotice } from '../directory.js';

/** What a search asks for at once; 0 means without pages, or without a limit. */
export interface RequestSize {
  readonly pageSize: number;
  readonly sizeLimit: number;
}

/** The sizes that the server of one connection has accepted. */
export interface AcceptedSizes {
  /** Larger pages were refused. */
  pageSize: number;
}

/**
 * What to ask for first. Where few are wanted, a page has no more of them: Samba passes over a size limit,
 * and would send everybody.
 */
export function toFirstRequest(
  { pageSize, sizeLimit }: RequestSize,
  accepted: Pick<AcceptedSizes, 'pageSize'>,
): RequestSize {
  const few = sizeLimit > 0 ? Math.min(pageSize, sizeLimit) : pageSize;
  return { pageSize: Math.min(few, accepted.pageSize), sizeLimit };
}

/**
 * What to ask for when the server answers with a limit before the first entry: the same without a limit of all
 * entries, which is kept here all the same; then half the page, again and again; then everything at once.
 * `undefined`: nothing smaller is left.
 */
export function toSmallerRequest({ pageSize, sizeLimit }: RequestSize): RequestSize | undefined {
  if (sizeLimit > 0) return { pageSize, sizeLimit: 0 };
  return pageSize > 0 ? { pageSize: Math.floor(pageSize / 2), sizeLimit: 0 } : undefined;
}

/** Says that pages of the size that was asked for first have been refused, and which are not. */
export function toPageNotice(wanted: number, accepted: number): SweepNotice | undefined {
  if (accepted === 0 || accepted >= wanted) return undefined;
  return {
    setting: 'LDAP_Search_Page_Size',
    message: `The directory server refused pages of ${wanted} entries; it was asked for pages of ${accepted}.`,
    remedy: `Set LDAP_Search_Page_Size to ${accepted}, or raise the page size limit on the directory server.`,
  };
}
