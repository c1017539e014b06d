"""Proves that Spark, shards and one run give the same bytes: check.py POLYGIST WORKDIR

Needs Java and pyspark. Makes its own corpus of the annotated articles in tests/gold, with damaged records.
"""

import gzip
import json
import os
import pathlib
import shutil
import subprocess
import sys
import threading
import time

from pyspark.sql import SparkSession

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import polygist_spark as ps  # noqa: E402

POLYGIST = str(pathlib.Path(sys.argv[1]).resolve())
WORK = pathlib.Path(sys.argv[2]).resolve()
ARTICLES = int(os.environ.get("ARTICLES", "2000"))
BEGAN = time.monotonic()


def step(what):
    print(f"{time.monotonic() - BEGAN:6.1f} s  {what}", flush=True)


def main():
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    os.chdir(WORK)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    pathlib.Path("bin").mkdir()
    pathlib.Path("bin/polygist").symlink_to(POLYGIST)
    os.environ["PATH"] = f"{WORK}/bin{os.pathsep}{os.environ['PATH']}"
    make_corpus()
    polygist("run", "in", "--out", "single")
    step(f"one run over {len(lines_of('single/articles.jsonl'))} records")
    spark = (
        SparkSession.builder.master("local[2,3]")  # two at a time, three attempts a task
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.files.maxPartitionBytes", "1m")  # large files are cut in the middle of a line
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("OFF")
    step("Spark is up")
    try:
        shards_are_the_same()
        partitions_are_the_same(spark)
        parquet_is_the_same(spark)
        attempts_that_are_killed_change_nothing(spark)
        filters_that_lose_lines_fail_the_job(spark)
        cancelled_jobs_leave_no_process(spark)
        the_notebook_runs()
    finally:
        spark.stop()
    submitted_jobs_are_the_same()
    step("all the same")


def make_corpus():
    """Files of several sizes; one record of a hundred is damaged."""
    articles = []
    for path in sorted((HERE / "../../tests/gold").resolve().glob("*.jsonl")):
        with open(path, encoding="utf-8") as lines:
            articles += [json.loads(line) for line in lines]
    damaged = [
        b'{"id": "cut", "text": "An article that',
        b'{"id": "bytes", "text": "Sm\xf6rg\xe5s"}',
        b"",
        b'{"id": "none", "title": "No text"}',
        b'{"id": "empty", "text": " \\n "}',
        b'["a list"]',
        b'{"id": "twice", "text": "Stay, she said.", "id": "twice"}',
        b'{"id": "same", "text": "\\u201cWe stay\\u201d, said Eva Holm."}',
        b'{"text": "No id, no address, said Per Lind.\\u0000"}',
        '{"id": "wide", "title": "\u2028", "text": "One\u2028two\u0085three, he said."}'.encode(),
    ]
    lines = []
    for n in range(ARTICLES):
        if n % 100 == 99:
            lines.append(damaged[n // 100 % len(damaged)])
            continue
        article = articles[n % len(articles)]
        text = article["text"][: 400 + n * 37 % 4000] + f"\n\nNr {n}."
        fields = {"id": f"{article['id']}-{n}", "title": article["title"], "text": text}
        if n % 3 == 0:
            fields["published"] = article.get("published")
        lines.append(json.dumps(fields, ensure_ascii=n % 2 == 0).encode())
    write("in/large.jsonl", b"\n".join(lines[:-900]))
    write("in/a b/ä %41.jsonl", b"\n".join(lines[-900:-700]) + b"\n")
    write("in/marked.jsonl", ps.BOM + b"\n".join(lines[-700:-500]) + b"\n")
    write("in/windows.jsonl", b"\r\n".join(lines[-500:-250]) + b"\r\n")
    write("in/z/packed.jsonl.gz", gzip.compress(b"\n".join(lines[-250:]) + b"\n", mtime=0))
    write("small/small.jsonl", b"\n".join(lines[:60]) + b"\n")


def shards_are_the_same():
    for of in (1, 2, 3, 8):
        files = [f"shards-{of}/{n}.jsonl" for n in range(1, of + 1)]
        pathlib.Path(f"shards-{of}").mkdir()
        for n, file in enumerate(files, 1):
            polygist("extract", "--in", "in", "--shard", f"{n}/{of}", "--out", file)
        polygist("merge", *files, "--out", f"out-shards-{of}")
        same("single", f"out-shards-{of}")
        shutil.rmtree(f"shards-{of}")
        step(f"{of} shards and merge: the same")


def partitions_are_the_same(spark):
    articles = ps.read_jsonl(spark, "in")
    for partitions in (None, 1, 2, 7, 30):
        out = f"parts-{partitions}"
        ps.write_jsonl(ps.extract(articles, POLYGIST, partitions=partitions), out)
        parts = len(list(pathlib.Path(out).glob("part-*")))
        merged(out, "single")
        step(f"Spark at {partitions or parts} partitions{'' if partitions else ' as read'}: the same")


def parquet_is_the_same(spark):
    clean = []
    for line in lines_of("in/large.jsonl"):
        try:
            article = json.loads(line)
        except ValueError:
            continue
        if isinstance(article, dict) and article.get("text", "").strip():
            clean.append({"id": article.get("id"), "title": article.get("title"), "text": article["text"]})
    text = "".join(json.dumps(a, ensure_ascii=False) + "\n" for a in clean)
    write("clean/clean.jsonl", text.encode())
    polygist("run", "clean/clean.jsonl", "--out", "single-clean")
    schema = "id string, title string, text string"
    spark.createDataFrame(clean, schema).coalesce(1).write.parquet("tables")
    for partitions in (2, 7):
        articles = ps.read_parquet(spark, "tables", name="clean.jsonl")
        ps.write_parquet(ps.extract(articles, POLYGIST, partitions=partitions), f"records-{partitions}")
        records = spark.read.parquet(f"records-{partitions}")
        ps.write_jsonl(records, f"from-parquet-{partitions}")
        merged(f"from-parquet-{partitions}", "single-clean")
    names = [row[0] for row in ps.read_parquet(spark, "tables").select("source_path").distinct().collect()]
    assert len(names) == 1 and names[0].startswith("part-") and "/" not in names[0], names
    step("Parquet in and out: the same")


def attempts_that_are_killed_change_nothing(spark):
    program = script(
        "killed.sh",
        'if [ "$SPARK_ATTEMPT" = 0 ]; then\n'
        f'    head -n 20 | "{POLYGIST}" "$@"\n'
        '    echo "$SPARK_PARTITION" >>killed\n'
        "    kill -9 $$\n"
        "fi\n"
        f'exec "{POLYGIST}" "$@"\n',
    )
    ps.write_jsonl(ps.extract(ps.read_jsonl(spark, "in"), program, partitions=7), "killed-parts")
    killed = sorted(lines_of(pathlib.Path("killed")))
    assert killed == [str(n).encode() for n in range(7)], killed
    merged("killed-parts", "single")
    step("every first attempt killed: the same")


def filters_that_lose_lines_fail_the_job(spark):
    filters = {
        "drops a line": f'"{POLYGIST}" "$@" | sed 5d',
        "doubles a line": f'"{POLYGIST}" "$@" | sed 5p',
        "ends early": f'head -n 5 | "{POLYGIST}" "$@"',
        "ends early with an error": f'head -n 5 | "{POLYGIST}" "$@"\nexit 7',
        "ends with an error at the end": f'"{POLYGIST}" "$@"\nexit 3',
        "stops within a line": f'"{POLYGIST}" "$@" | head -c 20000',
        "never starts": "exit 127",
    }
    small = ps.read_jsonl(spark, "small/small.jsonl")
    for number, (what, body) in enumerate(filters.items()):
        out = f"lost-{number}"
        program = script(f"lost-{number}.sh", body + "\n")
        try:
            ps.write_jsonl(ps.extract(small, program, partitions=1), out)
        except Exception as error:
            assert "polygist" in str(error), error
        else:
            raise AssertionError(f"the job went well although the filter {what}")
        assert not pathlib.Path(out, "_SUCCESS").exists(), what
        step(f"a filter that {what}: the job fails")


def cancelled_jobs_leave_no_process(spark):
    # Two tasks note their process and wait; one of them does not even read.
    program = script("waits.sh", 'echo $$ >>waiting\n[ "$SPARK_PARTITION" = 0 ] || cat >/dev/null\nexec sleep 600\n')
    ended = []

    def job():
        try:
            ps.extract(ps.read_jsonl(spark, "small/small.jsonl"), program, partitions=2).collect()
        except Exception as error:
            ended.append(error)

    thread = threading.Thread(target=job)
    thread.start()
    wait_for(lambda: pathlib.Path("waiting").exists() and len(lines_of("waiting")) == 2, "two tasks")
    spark.sparkContext.cancelAllJobs()
    thread.join(60)
    assert ended, "the job was not cancelled"
    processes = [pathlib.Path("/proc") / line.decode() for line in lines_of("waiting")]
    wait_for(lambda: not any(p.exists() for p in processes), "the processes to end")
    # Whoever wants a few records only gets them, and nothing goes on behind.
    few = ps.extract(ps.read_jsonl(spark, "in"), POLYGIST, partitions=2).limit(3).collect()
    assert len(few) == 3, few
    step("a cancelled job leaves no process")


def the_notebook_runs():
    with open(HERE / "example.ipynb", encoding="utf-8") as file:
        cells = json.load(file)["cells"]
    known = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), "example.ipynb", "exec"), known)
    same("single", "results")
    step("the notebook: the same")


def submitted_jobs_are_the_same():
    submit = shutil.which("spark-submit", path=os.path.dirname(sys.executable))
    command = [submit, "--master", "local[2]", "--files", POLYGIST, str(HERE / "polygist_spark.py")]
    command += ["--in", "in", "--out", "submitted", "--polygist", "polygist", "--partitions", "3"]
    command += ["--", "--summary-words", "120"]
    env = {**os.environ, "PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable}
    done = subprocess.run(command, capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr[-3000:]
    merged("submitted", "single")
    step("spark-submit: the same")


def merged(parts, expected):
    files = sorted(str(path) for path in pathlib.Path(parts).glob("part-*"))
    polygist("merge", *files, "--out", f"out-{parts}")
    same(expected, f"out-{parts}")
    shutil.rmtree(parts)


def same(expected, found):
    """Every file but the manifest, which names the command and the time, byte for byte.

    What was the same is removed, so that the check needs little of the disk.
    """
    where = found

    def files(root):
        paths = (p for p in pathlib.Path(root).rglob("*") if p.is_file() and p.name != "run.json")
        return {str(p.relative_to(root)): p.read_bytes() for p in paths}

    expected, found = files(expected), files(found)
    assert len(expected) > 10 and expected.keys() == found.keys(), (expected.keys(), found.keys())
    different = [name for name in expected if expected[name] != found[name]]
    assert not different, different
    shutil.rmtree(where)


def polygist(*args):
    done = subprocess.run([POLYGIST, *args, "--quiet"], capture_output=True, text=True)
    assert done.returncode in (0, 1), (args, done.stderr)
    assert "missing between" not in done.stderr and "not in the order" not in done.stderr, done.stderr


def script(name, body):
    path = WORK / name
    path.write_text("#!/usr/bin/env bash\n" + body)
    path.chmod(0o755)
    return str(path)


def write(name, content):
    path = WORK / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def lines_of(path):
    return pathlib.Path(path).read_bytes().split(b"\n")[:-1]


def wait_for(condition, what):
    for _ in range(600):
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError(f"waited a minute for {what}")


if __name__ == "__main__":
    main()
