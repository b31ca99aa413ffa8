/** One server of a directory. */
export interface DirectoryHost {
  readonly host: string;
  readonly port: number;
}

/** The products that are told apart. */
export type ServerKind =
  | 'active-directory'
  | 'ad-lds'
  | 'samba'
  | 'openldap'
  | '389-ds'
  | 'unboundid'
  | 'apacheds'
  | 'opendj'
  | 'oracle'
  | 'edirectory'
  | 'ibm'
  | 'domino'
  | 'lldap'
  | 'authentik'
  /** It says who made it, and that is none of these. */
  | 'other'
  /** It does not say. */
  | 'unknown';

/** Who a directory server says it is. Its texts are clean and short. */
export interface ServerProduct {
  readonly kind: ServerKind;
  /** For people. */
  readonly name: string;
  readonly version?: string;
}

/** The certificate of an encrypted connection. Its texts are clean and short. */
export interface ServerCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly validTo: Date;
  /** The one that ends first, of all that the server has shown: the connection fails from then on. */
  readonly firstToEnd: { readonly subject: string; readonly validTo: Date };
}

/** The server that answered, and who it says it is. */
export interface ServerDescription extends DirectoryHost, ServerProduct {
  /** Of an encrypted connection. */
  readonly certificate?: ServerCertificate;
}

/** The values of a root entry (RFC 4512 §5.1), by lower-case name. */
export type RootValues = ReadonlyMap<string, readonly string[]>;

/** What tells the products apart. */
export const ROOT_ATTRIBUTES: readonly string[] = [
  ...['objectClass', 'vendorName', 'vendorVersion', 'supportedControl', 'supportedCapabilities'],
  ...['domainControllerFunctionality', 'isSynchronized', 'dnsHostName', 'ibmdirectoryversion', 'dsaName'],
];

const [AD, AD_LDS] = ['1.2.840.113556.1.4.800', '1.2.840.113556.1.4.1851'];

/** Which Windows Server a domain controller is at least, by its functional level (MS-ADTS 6.1.4.2). */
const WINDOWS: Readonly<Record<string, string>> = {
  '0': 'Windows 2000',
  '2': 'Windows Server 2003',
  '3': 'Windows Server 2008',
  '4': 'Windows Server 2008 R2',
  '5': 'Windows Server 2012',
  '6': 'Windows Server 2012 R2',
  '7': 'Windows Server 2016 or later',
  '10': 'Windows Server 2025',
};

interface Product {
  readonly kind: ServerKind;
  readonly name: string;
  readonly isIt: (root: RootValues, vendor: string) => boolean;
  /** @default the number in `vendorVersion` */
  readonly toVersion?: (root: RootValues) => string | undefined;
}

/** The first that fits counts: Samba has the capabilities of an Active Directory, too. */
const PRODUCTS: readonly Product[] = [
  { kind: 'samba', name: 'Samba', isIt: (_, vendor) => /samba/i.test(vendor) },
  {
    kind: 'active-directory',
    name: 'Active Directory',
    isIt: (root) => has(root, 'supportedcapabilities', AD),
    toVersion: (root) => WINDOWS[first(root, 'domaincontrollerfunctionality')],
  },
  {
    kind: 'ad-lds',
    name: 'Active Directory Lightweight Directory Services',
    isIt: (root) => has(root, 'supportedcapabilities', AD_LDS),
  },
  { kind: 'openldap', name: 'OpenLDAP', isIt: (root) => has(root, 'objectclass', 'openldaprootdse') },
  { kind: '389-ds', name: '389 Directory Server', isIt: says(/389 Project|389-Directory|Fedora|Red Hat/i) },
  { kind: 'unboundid', name: 'UnboundID / PingDirectory', isIt: says(/UnboundID|Ping Identity/i) },
  { kind: 'apacheds', name: 'ApacheDS', isIt: says(/Apache Software Foundation|ApacheDS/i) },
  { kind: 'opendj', name: 'OpenDJ', isIt: says(/ForgeRock|OpenDJ|Open Identity Platform|Wren/i) },
  { kind: 'oracle', name: 'Oracle Directory Server', isIt: says(/Oracle|Sun Microsystems|Sun-/i) },
  { kind: 'edirectory', name: 'eDirectory', isIt: says(/Novell|NetIQ|eDirectory|OpenText/i) },
  { kind: 'domino', name: 'Domino', isIt: says(/Lotus|Domino|HCL/i) },
  {
    kind: 'ibm',
    name: 'IBM Directory Server',
    isIt: (root, vendor) =>
      /International Business Machines|IBM/i.test(vendor) || root.has('ibmdirectoryversion'),
  },
  { kind: 'lldap', name: 'LLDAP', isIt: says(/lldap/i) },
  { kind: 'authentik', name: 'authentik', isIt: says(/authentik/i) },
];

/** Who a server is, by its root entry; `undefined` when that cannot be read. Pure. */
export function describeProduct(root: RootValues | undefined): ServerProduct {
  if (!root) return UNKNOWN;
  const vendor = `${first(root, 'vendorname')} ${first(root, 'vendorversion')}`.trim();
  const product = PRODUCTS.find(({ isIt }) => isIt(root, vendor));
  if (!product) return vendor === '' ? UNKNOWN : { kind: 'other', name: vendor };
  const version = (product.toVersion ?? toVendorVersion)(root);
  return { kind: product.kind, name: product.name, ...(version ? { version } : {}) };
}

/** One line for people. */
export function toServerText({ host, port, name, version }: ServerDescription): string {
  return `${name}${version ? ` ${version}` : ''} at ${host.includes(':') ? `[${host}]` : host}:${port}`;
}

const UNKNOWN: ServerProduct = { kind: 'unknown', name: 'a server that does not say who it is' };

function says(pattern: RegExp): Product['isIt'] {
  return (_, vendor) => pattern.test(vendor);
}

function first(root: RootValues, name: string): string {
  return root.get(name)?.[0] ?? '';
}

function has(root: RootValues, name: string, value: string): boolean {
  return root.get(name)?.some((found) => found.toLowerCase() === value) === true;
}

/** A number with a dot before one without: the name of a product may have a number, too. */
function toVendorVersion(root: RootValues): string | undefined {
  const text = first(root, 'vendorversion').slice(0, 300);
  return (/\d+(?:\.[\w-]{1,20}){1,5}/.exec(text) ?? /\d+/.exec(text))?.[0];
}
