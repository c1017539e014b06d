#!/usr/bin/env python3
"""Reads every table of an output directory back with pandas, Polars, DuckDB, Python's csv and LibreOffice, and holds each text
against articles.jsonl: read_tables.py OUTPUT_DIR [--no-office].

Passes when every reader returns the same rows and texts (after one leading apostrophe is taken away where the data package says
so), numbers are numbers, `frictionless validate` is satisfied, and LibreOffice finds no formula."""
import csv, json, os, re, subprocess, sys, tempfile

out = sys.argv[1]
package = json.load(open(os.path.join(out, "datapackage.json"), encoding="utf-8"))
escaped = package["text_escape"] != "none"
csv.field_size_limit(10**9)
failures = []


def check(condition, message):
    if not condition:
        failures.append(message)
        print("FAIL", message[:300])


def plain(text):
    return text[1:] if escaped and text.startswith("'") else text


def paths(resource):
    p = resource["path"]
    return p if isinstance(p, list) else [p]


def with_csv(resource, path):
    d = resource["dialect"]["delimiter"]
    with open(path, encoding="utf-8-sig", newline="") as f:
        rows = list(csv.reader(f, delimiter=d))
    return rows[0], rows[1:]


def same(name, reader, rows, other):
    check(len(rows) == len(other), f"{reader} {name}: {len(other)} rows, not {len(rows)}")
    for n, (a, b) in enumerate(zip(rows, other)):
        b = ["" if x is None else str(x) for x in b]
        if a != b:
            bad = [(x, y) for x, y in zip(a, b) if x != y][:2]
            check(False, f"{reader} {name} row {n}: {bad}")
            return


def readers(resource, path):
    import duckdb, pandas, polars
    name, d = resource["name"], resource["dialect"]["delimiter"]
    header, rows = with_csv(resource, path)
    fields = resource["schema"]["fields"]
    check(header == [f["name"] for f in fields], f"{name}: header {header}")
    check(all(len(r) == len(header) for r in rows), f"{name}: ragged rows")
    frame = pandas.read_csv(path, sep=d, encoding="utf-8-sig", keep_default_na=False, dtype=str)
    same(name, "pandas", rows, frame.values.tolist())
    frame = polars.read_csv(path, separator=d, infer_schema=False)
    same(name, "polars", rows, frame.rows())
    if rows:
        got = duckdb.sql(f"select * from read_csv('{path}', delim='{d}', header=true, all_varchar=true, quote='\"', max_line_size=20000000)").fetchall()
        same(name, "duckdb", rows, got)
    # Numbers are numbers without being told.
    decimal = next((f["decimalChar"] for f in fields if "decimalChar" in f), ".")
    typed = pandas.read_csv(path, sep=d, decimal=decimal, encoding="utf-8-sig", keep_default_na=False, na_values={f["name"]: [""] for f in fields if f["type"] in ("integer", "number")})
    for field in fields:
        column = typed[field["name"]]
        if rows and field["type"] in ("integer", "number") and column.notna().any():
            check(pandas.api.types.is_numeric_dtype(column), f"{name}.{field['name']} is {column.dtype}")
    return header, rows


def against_records(tables):
    """The texts of the tables are the texts of the records."""
    records = [json.loads(l) for l in open(os.path.join(out, "articles.jsonl"), encoding="utf-8")]
    seen = {"articles": {}, "quotes": {}, "stances": {}, "facts": {}}
    for r in records:
        seen["articles"][r["article_id"]] = r["title"] or ""
        for q in r["quotations"]:
            seen["quotes"][f"{r['article_id']}-{q['id']}"] = q["text"]
            check(q["text"] == r["text"][q["start"]:q["end"]] or len(q["spans"]) > 1, f"{q['id']}: span")
        for s in r["stances"]:
            seen["stances"][f"{r['article_id']}-{s['id']}"] = s["evidence"]["text"]
        for f in r["facts"]:
            seen["facts"][f"{r['article_id']}-{f['id']}"] = f["text"]
    column = {"articles": "title", "quotes": "quote", "stances": "evidence", "facts": "fact"}
    for name, wanted in seen.items():
        header, rows = tables[name]
        at = header.index(column[name])
        check(len(rows) == len(wanted), f"{name}: {len(rows)} rows for {len(wanted)} records")
        for row in rows:
            text = wanted.get(row[0])
            if text is None or row[at].endswith("…") or re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\x7f-\x9f\u2028\u2029]", text or ""):
                check(text is not None, f"{name}: {row[0]} is unknown")
                continue
            check(re.sub(r"\n+", " ", plain(row[at])) == re.sub(r"\n+", " ", text), f"{name}: {row[0]}: {row[at]!r} is not {text!r}")
    check(len(tables["articles"][1]) == len(records), "articles: row count")


def office(resources):
    import openpyxl
    d = resources[0]["dialect"]["delimiter"]
    language = "1053" if d == ";" else "1033"
    files = [os.path.join(out, p) for r in resources for p in paths(r)]
    with tempfile.TemporaryDirectory() as tmp:
        # Text columns are told to be text only by their quotes here, as on a double-click.
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{tmp}/profile", f"--infilter=CSV:{ord(d)},34,76,1,,{language}", "--convert-to", "xlsx", "--outdir", tmp, *files], check=True, capture_output=True, timeout=600)
        for resource in resources:
            for path in paths(resource):
                header, rows = with_csv(resource, os.path.join(out, path))
                book = openpyxl.load_workbook(os.path.join(tmp, os.path.basename(path)[:-3] + "xlsx"), read_only=True)
                fields, lines = resource["schema"]["fields"], 0
                for n, cells in enumerate(book.active.iter_rows(min_row=1)):
                    lines += any(c.value is not None for c in cells)
                    for field, cell, text in zip(fields, cells, ([header] + rows)[n]):
                        check(cell.data_type != "f", f"LibreOffice {resource['name']}: formula {cell.value!r}")
                        if n and field["type"] in ("integer", "number") and text:
                            check(cell.data_type == "n", f"LibreOffice {resource['name']}.{field['name']}: {cell.value!r} is no number")
                        if n and isinstance(cell.value, str) and "_x" not in cell.value:
                            check(cell.value == text, f"LibreOffice {resource['name']}.{field['name']}: {cell.value!r} is not {text!r}")
                check(lines == len(rows) + 1, f"LibreOffice {resource['name']}: {lines} rows, not {len(rows) + 1}")


tables = {}
for resource in package["resources"]:
    for path in paths(resource):
        header, rows = readers(resource, os.path.join(out, path))
        tables.setdefault(resource["name"], (header, []))[1].extend(rows)
against_records(tables)
result = subprocess.run(["frictionless", "validate", os.path.join(out, "datapackage.json")], capture_output=True, text=True)
check(result.returncode == 0, "frictionless validate: " + (result.stdout + result.stderr)[-2000:])
if "--no-office" not in sys.argv:
    office(package["resources"])
print({name: len(rows) for name, (_, rows) in tables.items()}, "failures:", len(failures))
sys.exit(1 if failures else 0)
