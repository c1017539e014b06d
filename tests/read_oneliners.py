#!/usr/bin/env python3
"""Runs the README's one-liners as they stand there: read_oneliners.py README.md OUTPUT_PARENT

OUTPUT_PARENT holds `output/` as a run leaves it. Each reader must find the rows and the text of the quotations that
articles.jsonl has. What is not installed here is named and left out; exit code 1 when a one-liner fails, 2 when none ran."""
import json, os, re, shutil, subprocess, sys

readme, parent = os.path.abspath(sys.argv[1]), sys.argv[2]
os.chdir(parent)
part = open(readme, encoding="utf-8").read().split("<!-- each of these is run by", 1)[1]
snippets = re.findall(r"```(python|sql|r)\n(.*?)```", part.split("\nExcel", 1)[0], re.S)
assert len(snippets) == 5, f"{len(snippets)} one-liners in the README"
records = [json.loads(line) for line in open("output/articles.jsonl", encoding="utf-8")]
wanted = {f"{r['article_id']}-{q['id']}": q["text"].replace("\n", " ") for r in records for q in r["quotations"]}
by_speaker = {}
for record in records:
    for quotation in record["quotations"]:
        name = (quotation["speaker"] or {}).get("name")
        by_speaker[name] = by_speaker.get(name, 0) + 1
unguarded = lambda text: text[1:] if text.startswith("'") else text
ran, failed = 0, 0


def same(found):
    found = {i: unguarded(t) for i, t in found}
    bad = [i for i in wanted if found.get(i) != wanted[i]]
    return None if found.keys() == wanted.keys() and not bad else f"{len(found)} rows for {len(wanted)}, {bad[:1]} differ"


def python(code):
    names = {}
    exec(code, names)
    frame = names["quotes"]
    numeric = frame["start"].dtype.is_integer() if "polars" in code else frame["start"].dtype.kind == "i"
    return same(zip(frame["quote_id"], frame["quote"])) if numeric else "start is no number"


def sql(code):
    import duckdb
    rows = duckdb.sql(code.strip().rstrip(";")).fetchall()
    return None if dict(rows) == by_speaker else f"{rows[:2]}"


def r(code):
    check = 'stopifnot(is.numeric(quotes$start)); con <- file("r.tsv", "w", encoding = "UTF-8"); for (i in seq_len(nrow(quotes))) writeLines(enc2utf8(paste(quotes$quote_id[i], quotes$quote[i], sep = "\\t")), con, useBytes = TRUE); close(con)'
    done = subprocess.run(["Rscript", "-e", code + "\n" + check], capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    if done.returncode:
        return "not installed" if "no package called" in done.stderr else done.stderr[-400:]
    return same(line.rstrip("\n").split("\t", 1) for line in open("r.tsv", encoding="utf-8"))


for language, code in snippets:
    name = code.split("\n", 1)[0].strip("#- ")
    if language == "r" and not shutil.which("Rscript"):
        fault = "not installed"
    else:
        try:
            fault = {"python": python, "sql": sql, "r": r}[language](code)
        except ImportError:
            fault = "not installed"
        except Exception as error:
            fault = repr(error)
    if fault == "not installed":
        print(f"NOT RUN  {name}: not installed here")
        continue
    ran += 1
    failed += fault is not None
    print("ok      " if fault is None else "FAIL    ", name, fault or "")
print(f"{ran - failed} one-liners passed, {failed} failed, {len(snippets) - ran} not run")
sys.exit(2 if not ran else int(failed > 0))
