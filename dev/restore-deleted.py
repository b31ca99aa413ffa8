"""Takes an account out of the recycle bin of a Samba, as an Active Directory does over LDAP; Samba 4 cannot do it over LDAP.

Arguments: the configuration file, the account's sAMAccountName, and the DN of the unit that it comes back to.
"""

import sys

import ldb
from samba.auth import system_session
from samba.param import LoadParm
from samba.samdb import SamDB

# The tools of ldb do not pass controls on to a rename, so this is a program of its own.
CONTROLS = ["show_deleted:1", "show_recycled:1", "relax:0"]
MARKS = ("isDeleted", "isRecycled", "lastKnownParent", "msDS-LastKnownRDN")


def find_deleted(sam, account):
    deleted = f"(&(isDeleted=TRUE)(sAMAccountName={ldb.binary_encode(account)}))"
    found = sam.search(expression=deleted, scope=ldb.SCOPE_SUBTREE, attrs=["*"], controls=CONTROLS)
    if len(found) != 1:
        sys.exit(f"{len(found)} deleted entries have the sAMAccountName {account}")
    return found[0]


def restore(sam, account, unit):
    entry = find_deleted(sam, account)
    dn = ldb.Dn(sam, unit)
    dn.add_child(ldb.Dn(sam, "CN=x"))
    dn.set_component(0, "CN", str(entry["msDS-LastKnownRDN"][0]))
    change = ldb.Message(dn)
    for mark in MARKS:
        if mark in entry:
            change[mark] = ldb.MessageElement([], ldb.FLAG_MOD_DELETE, mark)
    if "objectCategory" not in entry:
        person = f"CN=Person,{sam.get_schema_basedn()}"
        change["objectCategory"] = ldb.MessageElement(person, ldb.FLAG_MOD_ADD, "objectCategory")
    sam.transaction_start()
    try:
        sam.rename(entry.dn, dn, controls=CONTROLS)
        sam.modify(change, controls=CONTROLS)
    except BaseException:
        sam.transaction_cancel()
        raise
    sam.transaction_commit()


def main():
    config, account, unit = sys.argv[1:]
    parameters = LoadParm()
    parameters.load(config)
    sam = SamDB(parameters.private_path("sam.ldb"), session_info=system_session(parameters), lp=parameters)
    restore(sam, account, unit)


main()
