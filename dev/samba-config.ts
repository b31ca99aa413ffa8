export const REALM = 'LAB.EXAMPLE';
export const WORKGROUP = 'LAB';
/** The root of the domain. */
export const SAMBA_BASE = 'DC=lab,DC=example';

/**
 * `smb.conf` of a domain controller that answers LDAP in clear on one address, and does nothing else. Every
 * path is below the folder.
 */
export function toSambaConfig(folder: string, host: string): string {
  return `[global]
netbios name = DC1
workgroup = ${WORKGROUP}
realm = ${REALM}
server role = active directory domain controller
server services = ldap
interfaces = ${host}/8
bind interfaces only = yes
ldap server require strong auth = no
tls enabled = no
private dir = ${folder}/private
lock directory = ${folder}
state directory = ${folder}/state
cache directory = ${folder}/cache
pid directory = ${folder}/run
binddns dir = ${folder}/bind-dns
ncalrpc dir = ${folder}/ncalrpc
ntp signd socket directory = ${folder}/ntp
winbindd socket directory = ${folder}/winbindd
log file = ${folder}/log.%m
logging = file
panic action = /bin/true
printcap name = /dev/null
load printers = no
vfs objects = dfs_samba4 acl_xattr xattr_tdb
ldb:nosync = true

[sysvol]
path = ${folder}/state/sysvol

[netlogon]
path = ${folder}/state/sysvol/lab.example/scripts
`;
}
