/** The parts of a DN; a comma that is escaped belongs to its part. */
export function splitDn(dn: string): readonly string[] {
  return dn.match(/(?:\\.|[^,\\])+/g) ?? [];
}

/** Where an entry is, from the inside out, without its own name: `Sales · People · example.org`. */
export function toPlace(dn: string): string {
  const parts = splitDn(dn)
    .slice(1)
    .map((part) => part.trim());
  const domain = parts.filter((part) => /^dc=/i.test(part)).map((part) => part.slice(3));
  const places = parts.filter((part) => !/^dc=/i.test(part)).map((part) => part.replace(/^\w+=/, ''));
  return [...places, ...(domain.length > 0 ? [domain.join('.')] : [])].join(' · ');
}
