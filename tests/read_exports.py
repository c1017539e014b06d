#!/usr/bin/env python3
"""Reads the workbook and the network files of an output directory back: read_exports.py OUTPUT_DIR

The workbook has the rows of the CSV tables, numbers, dates and no formula; the network files load with networkx and agree with
stances.csv."""
import csv, datetime, json, os, shutil, subprocess, sys, tempfile
import networkx, openpyxl

out = sys.argv[1]
failures = []


def check(condition, message):
    if not condition:
        failures.append(message)
        print("FAIL", message)


package = json.load(open(os.path.join(out, "datapackage.json"), encoding="utf-8"))
book = openpyxl.load_workbook(os.path.join(out, "polygist.xlsx"))
for resource in package["resources"]:
    name, fields = resource["name"], resource["schema"]["fields"]
    path = resource["path"] if isinstance(resource["path"], str) else resource["path"][0]
    with open(os.path.join(out, path), encoding="utf-8-sig", newline="") as f:
        rows = list(csv.reader(f, delimiter=resource["dialect"]["delimiter"]))
    sheet = book[name]
    check(sheet.freeze_panes == "A2" and sheet.auto_filter.ref, f"{name}: header")
    cells = list(sheet.iter_rows())
    check(len(cells) == len(rows), f"{name}: {len(cells)} rows, not {len(rows)}")
    for row, wanted in zip(cells[1:], rows[1:]):
        for cell, field, text in zip(row, fields, wanted):
            check(cell.data_type != "f", f"{name}: formula {cell.value!r}")
            if field["type"] in ("integer", "number") and text:
                check(isinstance(cell.value, (int, float)), f"{name}.{field['name']}: {cell.value!r}")
            elif field["type"] == "string" and text:
                value = cell.value
                if isinstance(value, datetime.datetime):
                    check(value.strftime("%Y-%m-%d") == text, f"{name}: {value} is not {text}")
                elif "\n" not in str(value) and "_x" not in str(value):
                    text = text[1:] if text.startswith("'") else text
                    check(str(value).strip() == text.strip(), f"{name}.{field['name']}: {value!r} is not {text!r}")
check(book["quotes"]["B2"].hyperlink is not None or book["quotes"].max_row < 2, "quotes: no link to the article")

# A spreadsheet opens the workbook and finds the same cells.
if shutil.which("soffice"):
    with tempfile.TemporaryDirectory() as tmp:
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{tmp}/profile", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", f"{tmp}/out", os.path.join(out, "polygist.xlsx")], check=True, capture_output=True, timeout=600)
        again = openpyxl.load_workbook(f"{tmp}/out/polygist.xlsx")
        check(again.sheetnames == book.sheetnames, f"LibreOffice finds the sheets {again.sheetnames}")
        for name in book.sheetnames:
            truth = {"=TRUE()": True, "=FALSE()": False}  # as LibreOffice writes what it read as a truth value
            # LibreOffice keeps fifteen digits of a number.
            plain = lambda v: f"{v:.14g}" if isinstance(v, (int, float)) and not isinstance(v, bool) else truth.get(v, v)
            mine, theirs = ([[plain(c.value) for c in row] for row in b[name].iter_rows()] for b in (book, again))
            same = sum(a == b for a, b in zip(mine, theirs))
            check(same == len(mine) == len(theirs), f"LibreOffice {name}: {same} of {len(mine)} rows, {len(theirs)} there")
            check(all(c.data_type != "f" or c.value in truth for row in again[name].iter_rows() for c in row), f"LibreOffice {name}: a formula")
with open(os.path.join(out, "stances.csv"), encoding="utf-8-sig", newline="") as f:
    stances = list(csv.DictReader(f))
records = [json.loads(line) for line in open(os.path.join(out, "articles.jsonl"), encoding="utf-8")]
with open(os.path.join(out, "dna/statements.csv"), encoding="utf-8", newline="") as f:
    statements = list(csv.DictReader(f, delimiter=";"))
side = lambda s: s["lean"] if s["polarity"] == "conditional" else s["polarity"]
for wanted, agreement in (("support", "1"), ("oppose", "0")):
    n = sum(side(s) == wanted for s in stances)
    m = sum(s["agreement"] == agreement for s in statements)
    check(n == m, f"dna: {m} statements for {n} stances ({wanted})")
clean = lambda t: "".join(" " if ord(c) < 32 or c in "\u2028\u2029\x7f" else c for c in t.replace(";", ",").replace('"', "'"))
for s in statements:
    text = records[int(s["document_id"]) - 1]["text"].encode("utf-16-le")
    piece = text[2 * int(s["start_position"]):2 * int(s["stop_position"])].decode("utf-16-le")
    check(clean(piece) == s["text"], f"dna {s['statement_id']}: {piece!r} is not {s['text']!r}")
graph = networkx.read_graphml(os.path.join(out, "dna/two_mode.graphml"))
kinds = networkx.get_node_attributes(graph, "class")
check(all({kinds[a], kinds[b]} == {"actor", "concept"} for a, b in graph.edges), "graph: an edge within a mode")
first = [s for s in stances if not s["duplicate_of"]]
for wanted in ("support", "oppose"):
    n = sum(d[wanted] for _, _, d in graph.edges(data=True))
    check(n == sum(s["polarity"] == wanted for s in first), f"graph: {n} {wanted}")
with open(os.path.join(out, "dna/two_mode.csv"), encoding="utf-8", newline="") as f:
    matrix = list(csv.reader(f, delimiter=";"))
if len(matrix) < 1000 and len(matrix[0]) < 1000:
    net = sum(int(v) for row in matrix[1:] for v in row[1:])
    check(net == sum(d["weight"] for _, _, d in graph.edges(data=True)), "matrix and graph differ")
print(len(statements), "statements,", graph.number_of_nodes(), "nodes,", graph.number_of_edges(), "edges, failures:", len(failures))
sys.exit(1 if failures else 0)
