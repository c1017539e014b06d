"""Prints the table of peers: compare.py POLYGIST GOLD.jsonl…

Each peer reads the same articles in a process of its own. Speed is articles for each second of processor
time after start-up, so that a busy machine does not matter; memory is the process's peak. Quality is measured
by `polygist score` for all of them, on the articles that were annotated by hand.
"""

import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
NAMES = {"en": "English", "fr": "French"}
PEERS = ["spacy+textacy", "sumy", "newspaper4k"]
# Articles to measure the speed with; slow peers get fewer.
SPEED = {"polygist": 5000, "spacy+textacy": 100, "sumy": 400, "newspaper4k": 1000}


def main():
    polygist, *paths = sys.argv[1:]
    polygist = os.path.abspath(polygist)
    gold = [json.loads(line) for path in paths for line in open(path, encoding="utf-8")]
    languages = sorted({article["lang"] for article in gold})
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        tables(polygist, gold, languages)
        os.chdir("/")


def tables(polygist, gold, languages):
    table(["", "articles/s a core", "start-up s", "peak memory"])
    for name in ["polygist", *PEERS]:
        row([name, *speed(polygist, name, gold)])
    notes = []
    for code in languages:
        annotated = [a for a in gold if a["lang"] == code]
        print(f"\n{NAMES.get(code, code)}, {len(annotated)} annotated articles:\n")
        table(["", "direct quotations found", "quotations F", "with the right speaker F", "summary ROUGE-1", "ROUGE-L"])
        for name in ["polygist", *PEERS]:
            row([name, *quality(polygist, name, annotated, notes)])
    print("\nF in percent; found: at least 80 % of the words right. ROUGE: cut to the length of the reference.")
    for note in dict.fromkeys(notes):
        print(note)


def table(head):
    row(head)
    print("|---" * len(head) + "|")


def row(cells):
    print("| " + " | ".join(cells) + " |", flush=True)


def speed(polygist, name, gold):
    """Articles a second of processor time, start-up and peak memory."""
    few, many = 10, SPEED[name]
    english = [a for a in gold if a["lang"] == "en"] or gold
    try:
        cost = {}
        for count in (few, many):
            articles = [{**english[n % len(english)], "id": str(n)} for n in range(count)]
            for article in articles:
                article["text"] += f"\n\nNo. {article['id']}"
            write(f"{count}.jsonl", articles)
            cost[count] = measured(command(polygist, name, f"{count}.jsonl", "out.jsonl"))
    except RuntimeError as error:
        return [f"not run ({error})", "", ""]
    seconds, peak = cost[many]
    each = (seconds - cost[few][0]) / (many - few)
    return [f"{1 / each:,.0f}" if each < 0.01 else f"{1 / each:.1f}", f"{cost[few][0] - few * each:.2f}", f"{peak:,.0f} MB"]


def measured(command):
    """Processor seconds and peak memory in MB of a process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # The peak of children is the largest so far, so each is run under a shell of its own that tells it.
    script = "import resource, subprocess, sys; code = subprocess.call(sys.argv[1:]); " \
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(code)"
    threads = dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"], "1")
    done = subprocess.run([sys.executable, "-c", script, *command], capture_output=True, text=True,
                          env={**os.environ, **threads})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        raise RuntimeError((done.stderr.strip().splitlines() or ["failed"])[-1])
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, int(done.stdout.splitlines()[-1]) / 1024


def command(polygist, name, source, out):
    if name == "polygist":
        return [polygist, "extract", "--quiet", "--jobs", "1", "--in", source, "--out", out]
    return [sys.executable, str(HERE / "peer.py"), name, source, out]


def quality(polygist, name, gold, notes):
    """Direct quotations, all quotations, right speakers, summary."""
    write("gold.jsonl", gold)
    write("articles.jsonl", [{k: a.get(k) for k in ("id", "title", "text")} for a in gold])
    records = "records.jsonl"
    subprocess.run(command(polygist, "polygist", "articles.jsonl", records), check=False)
    own = [json.loads(line) for line in open(records, encoding="utf-8")]
    if name != "polygist":
        done = subprocess.run(command(polygist, name, "gold.jsonl", "peer.jsonl"), capture_output=True, text=True)
        if done.returncode:
            return ["-"] * 5
        notes += [f"{name}: {line[2:]}" for line in done.stdout.splitlines() if line.startswith("! ")]
        with open("peer.jsonl", encoding="utf-8") as lines:
            for record, line in zip(own, lines):
                found = json.loads(line)
                quotations = [quotation(n, q) for n, q in enumerate(found.get("quotations") or [], 1)]
                record.update(quotations=quotations, stances=[], facts=[], fact_boxes=[], actors=[])
                record["summary"] = [{"text": s, "start": 0, "end": 0} for s in found.get("summary") or []]
        write(records, own)
    told = subprocess.run([polygist, "score", "gold.jsonl", "--system", records, "--json"], capture_output=True, text=True)
    score = json.loads(told.stdout)["all"]
    quotations, summary = score["quotations"], score["summary"]["R"]
    cells = ["-"] * 5
    if any(record["quotations"] for record in own):
        direct = f"{quotations['direct']['recall_any_kind']:.0f} % of {quotations['direct']['gold']}"
        cells[:3] = [direct, f"{quotations['PRF'][2]:.0f}", f"{quotations['attributed_PRF'][2]:.0f}"]
    if any(record["summary"] for record in own):
        cells[3:] = [f"{summary[0]:.1f}", f"{summary[2]:.1f}"]
    return cells


def quotation(number, found):
    """A quotation of a peer in the shape of a record."""
    text, start, speaker = found["text"], found["start"], found.get("speaker")
    end = start + len(text)
    who = {"name": speaker, "as_written": speaker, "start": None, "end": None,
           "role": None, "affiliation": None, "method": "name"}
    return {"id": f"q{number:03}", "kind": "direct", "marking": "marks", "text": text, "start": start, "end": end,
            "spans": [[start, end]], "fragments": [], "continued": False, "speaker": who if speaker else None,
            "cue": None, "rule": "peer", "grade": "weak"}


def write(path, articles):
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(article, ensure_ascii=False) + "\n" for article in articles)


if __name__ == "__main__":
    main()
