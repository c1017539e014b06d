#!/usr/bin/env python3
"""Reads the Parquet files of an output directory back with pyarrow and Polars: read_parquet.py OUTPUT_DIR

OUTPUT_DIR holds a run with --parquet and --csv-profile plain. Passes when every table has the columns, types, rows and values of
its CSV file."""
import csv, json, os, re, sys
import polars, pyarrow, pyarrow.parquet

out = sys.argv[1]
csv.field_size_limit(10**9)
package = json.load(open(os.path.join(out, "datapackage.json"), encoding="utf-8"))
arrow = {"string": pyarrow.string(), "integer": pyarrow.int64(), "number": pyarrow.float64(), "boolean": pyarrow.bool_()}
failures, cells = [], 0


def check(condition, message):
    if not condition:
        failures.append(message)
        print("FAIL", message)


def safe(text):
    """What a CSV cell of profile plain has in place of line ends and control characters."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


for resource in package["resources"]:
    name, fields = resource["name"], resource["schema"]["fields"]
    path = os.path.join(out, name + ".parquet")
    with open(os.path.join(out, resource["path"]), encoding="utf-8", newline="") as f:
        rows = list(csv.reader(f))[1:]
    table = pyarrow.parquet.read_table(path)
    check(table.column_names == [f["name"] for f in fields], f"{name}: columns {table.column_names}")
    check([c.type for c in table.schema] == [arrow[f["type"]] for f in fields], f"{name}: types {[str(c.type) for c in table.schema]}")
    check(table.num_rows == len(rows), f"{name}: {table.num_rows} rows, not {len(rows)}")
    frame = polars.read_parquet(path)
    check(frame.rows() == [tuple(r.values()) for r in table.to_pylist()], f"{name}: Polars and pyarrow differ")
    read = {"string": safe, "integer": int, "number": float, "boolean": lambda v: v}
    for n, field in enumerate(fields):
        found = table.column(n).to_pylist()
        for row, value in zip(rows, found):
            text = row[n]
            wanted = None if text == "" else {"string": str, "integer": int, "number": float, "boolean": lambda t: t == "true"}[field["type"]](text)
            value = None if value is None else read[field["type"]](value)
            cells += 1
            if value != wanted:
                check(False, f"{name}.{field['name']}: {value!r} is not {wanted!r}")
                break
print(f"{len(package['resources'])} tables, {cells} cells, failures: {len(failures)}")
sys.exit(1 if failures else 0)
