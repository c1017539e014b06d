"""Prints what articles cost and what a day and an archive need: measure.py POLYGIST [ARTICLES.jsonl]

Rates are by processor time, which a busy machine does not change, and by the clock, which it does.
"""

import argparse
import gzip
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
DAY = 10_000_000
ARCHIVE = 1_000_000_000


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("polygist")
    parser.add_argument("articles", nargs="?")
    parser.add_argument("--made", type=int, default=40_000, help="articles to make when none are given")
    parser.add_argument("--price-core-hour", type=float, default=0.04, metavar="USD")
    parser.add_argument("--price-gb-month", type=float, default=0.023, metavar="USD")
    args = parser.parse_args()
    program = os.path.abspath(args.polygist)
    source = os.path.abspath(args.articles) if args.articles else None
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        if source is None:
            source = "articles.jsonl"
            make(source, args.made)
        costs = measure(program, source)
        os.chdir("/")
    show(costs)
    reckon(costs, args)


def make(path, count):
    """Articles of a dozen or two sentences, drawn at random from the annotated articles of one language."""
    pools = {}
    for gold in sorted((HERE / "../../tests/gold").glob("*.jsonl")):
        for line in open(gold, encoding="utf-8"):
            article = json.loads(line)
            pool = pools.setdefault(article["lang"], [])
            pool += [s for s in re.split(r"(?<=[.!?”»]) +|\n+", article["text"]) if s.strip()]
    draw = random.Random(7)
    languages = sorted(pools)
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            pool = pools[draw.choice(languages)]
            sentences = draw.sample(pool, min(len(pool), draw.randint(12, 36)))
            sentences.append(f"{draw.randrange(10**9)} {draw.randrange(10**9)}.")
            paragraphs = ["\n\n" if draw.random() < 0.4 else " " for _ in sentences]
            text = "".join(part for pair in zip(sentences, paragraphs) for part in pair).strip()
            article = {"id": str(number), "title": sentences[0][:90], "text": text,
                       "published": f"2026-11-{1 + number % 28:02}"}
            file.write(json.dumps(article, ensure_ascii=False) + "\n")


def measure(program, source):
    """Every cost by its name: processor seconds, clock seconds, bytes."""
    costs = {}
    with open(source, "rb") as lines:
        parts = [line for line in lines]
    costs["articles"], costs["input"] = len(parts), sum(map(len, parts))
    quarter = "quarter.jsonl"
    with open(quarter, "wb") as file:
        file.writelines(parts[: len(parts) // 4])
    costs["input gzip"] = packed(source, costs["input"])
    del parts
    costs["start"] = run(program, "extract", "--in", "/dev/null", "--out", "none.jsonl")
    for jobs in (1, 2):
        costs[f"extract {jobs}"] = run(program, "extract", "--jobs", jobs, "--in", source, "--out", "records.jsonl")
    costs["skip"] = run(program, "extract", "--jobs", 1, "--in", source, "--shard", "1/1000000", "--out", "none.jsonl")
    run(program, "extract", "--in", quarter, "--out", "quarter-records.jsonl")
    costs["merge quarter"] = run(program, "merge", "quarter-records.jsonl", "--out", "quarter")
    costs["merge"] = run(program, "merge", "records.jsonl", "--out", "merged")
    costs["reader"], costs["writer"] = threads(program, "merge", "--jobs", 1, "records.jsonl", "--out", "merged")
    for jobs in (1, 2):
        costs[f"run {jobs}"] = run(program, "run", "--jobs", jobs, source, "--out", f"run-{jobs}")
    costs["records"] = os.path.getsize("records.jsonl")
    costs["records gzip"] = packed("records.jsonl", costs["records"])
    files = [path for path in pathlib.Path("merged").rglob("*") if path.is_file()]
    costs["tables"] = sum(path.stat().st_size for path in files if path.suffix == ".csv")
    return costs


def run(program, *args):
    """Processor seconds, clock seconds and peak memory in bytes."""
    script = "import resource, subprocess, sys, time; t = time.monotonic(); code = subprocess.call(sys.argv[1:]); " \
        "u = resource.getrusage(resource.RUSAGE_CHILDREN); " \
        "print(u.ru_utime + u.ru_stime, time.monotonic() - t, u.ru_maxrss * 1024); sys.exit(code)"
    command = [sys.executable, "-c", script, program, *map(str, args), "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    return [float(value) for value in done.stdout.split()]


def threads(program, *args):
    """Processor seconds of the reading and of the writing thread, when there is one worker between them."""
    child = subprocess.Popen([program, *map(str, args), "--quiet"], stderr=subprocess.DEVNULL)
    used = {}
    while child.poll() is None:
        for task in pathlib.Path(f"/proc/{child.pid}/task").glob("*/stat"):
            try:
                fields = task.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            ticks = int(fields[11]) + int(fields[12])
            used[int(task.parent.name)] = ticks / os.sysconf("SC_CLK_TCK")
        time.sleep(0.02)
    others = sorted(seconds for task, seconds in used.items() if task != child.pid)
    return used[child.pid], others[-2]


def packed(path, size):
    """The file's size when it is compressed, from its first 32 MB."""
    with open(path, "rb") as file:
        head = file.read(32 << 20)
    return len(gzip.compress(head, 6)) / len(head) * size


def show(c):
    n = c["articles"]
    rate = lambda name, which=0: f"{n / c[name][which]:,.0f}"
    memory = lambda name: f"{c[name][2] / 2**20:,.0f} MiB"
    each = lambda name: f"{c[name] / n:,.0f}"
    print(f"{n:,} articles of {c['input'] / n:,.0f} bytes, {os.cpu_count()} cores\n")
    print("| step | articles/s of processor time | by the clock | peak memory |\n|---|---|---|---|")
    for name, what in [("extract 1", "extract, 1 worker"), ("extract 2", "extract, 2 workers"),
                       ("skip", "extract, passing over other shards' records"), ("merge", "merge"),
                       ("run 1", "run, 1 worker"), ("run 2", "run, 2 workers")]:
        print(f"| {what} | {rate(name)} | {rate(name, 1)} | {memory(name)} |")
    for name in ("reader", "writer"):
        print(f"| merge's one {name} alone | {n / c[name]:,.0f} | | |")
    print("\n| bytes an article | plain | gzip |\n|---|---|---|")
    print(f"| articles, JSON Lines | {each('input')} | {each('input gzip')} |")
    print(f"| records, JSON Lines | {each('records')} | {each('records gzip')} |")
    print(f"| all CSV tables | {each('tables')} | |")
    print(f"| kept in memory by merge | {kept(c):,.0f} | |")
    print(f"\nStart-up {c['start'][1] * 1000:.0f} ms.")


def kept(c):
    """Bytes that the corpus step holds for each article: the slope between a quarter and all."""
    return max(0.0, (c["merge"][2] - c["merge quarter"][2]) / (c["articles"] * 0.75))


def reckon(c, args):
    n = c["articles"]
    hour = 3600
    print("\n| | a day: 10 million articles | an archive: 1 billion |\n|---|---|---|")
    extract, merge = c["extract 1"][0] / n, c["merge"][0] / n
    slowest = max(c["reader"], c["writer"]) / n

    def both(label, value):
        print(f"| {label} | {value(DAY)} | {value(ARCHIVE)} |")

    both("extract, core hours", lambda a: f"{a * extract / hour:,.1f}")
    both("… on 16 cores", lambda a: duration(a * extract / 16))
    both("… on 200 cores", lambda a: duration(a * extract / 200))
    both("merge, core hours", lambda a: f"{a * merge / hour:,.1f}")
    both("… on 16 cores, where its one writer is the bound", lambda a: duration(a * max(merge / 16, slowest)))
    both("… its memory", lambda a: f"{a * kept(c) / 1e9:,.1f} GB")
    both("articles, gzip", lambda a: size(a * c["input gzip"] / n))
    both("records, gzip", lambda a: size(a * c["records gzip"] / n))
    both("CSV tables", lambda a: size(a * c["tables"] / n))
    both(f"computing, {args.price_core_hour} USD a core hour", lambda a: f"{a * (extract + merge) / hour * args.price_core_hour:,.2f} USD")
    stored = (c["input gzip"] + c["records gzip"] + c["tables"]) / n
    both(f"keeping it a month, {args.price_gb_month} USD a GB", lambda a: f"{a * stored / 1e9 * args.price_gb_month:,.2f} USD")


def duration(seconds):
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def size(count):
    return f"{count / 1e12:,.1f} TB" if count >= 1e12 else f"{count / 1e9:,.0f} GB"


if __name__ == "__main__":
    main()
