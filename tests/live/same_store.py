"""Two stores compared record by record, through the views that the store keeps for readers."""
import sqlite3

# The times of reading (`seen`) and the numbers of rows and polls differ between two runs that did the same; nothing else may.
RECORDS = {
    "activity_read": "uid", "case_read": "id", "document_read": "id", "evidence_read": "uid", "tally_read": "service",
}
ABOUT_READING = {"seen"}


def opened(path):
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)


def rows(path, table):
    """The rows of a table or view as dictionaries."""
    database = opened(path)
    database.row_factory = sqlite3.Row
    found = [dict(row) for row in database.execute(f"select * from {table}")]
    database.close()
    return found


def records(path):
    content = {}
    for view in RECORDS:
        content[view] = sorted((tuple(sorted((k, v) for k, v in row.items() if k not in ABOUT_READING)) for row in rows(path, view)), key=repr)
    content["remembered"] = sorted((("uid", row["uid"]),) for row in rows(path, "remembered"))
    return content


def differences(one, other, most=3):
    """Sentences; empty when both hold the same."""
    first, second = records(one), records(other)
    found = []
    for what in first:
        if first[what] == second[what]:
            continue
        only_first = [dict(row) for row in first[what] if row not in set(second[what])]
        only_second = [dict(row) for row in second[what] if row not in set(first[what])]
        found.append(f"{what}: {len(first[what])} and {len(second[what])} rows; only in the first: {only_first[:most]}; only in the second: {only_second[:most]}")
    return found


def doubled(path):
    """Names of things that are there twice, although each exists once."""
    found = []
    for view, key in (("activity_read", "uid"), ("case_read", "id"), ("evidence_read", "uid, rule, service, kind"), ("document_read", "id, version")):
        database = opened(path)
        found += [f"{view} {row}" for row in database.execute(f"select {key}, count(*) from {view} group by {key} having count(*) > 1")]
        database.close()
    return found
