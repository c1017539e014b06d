"""Times Spark against one machine: target/spark-venv/bin/python benches/scaling/spark.py POLYGIST ARTICLES.jsonl

Both have all cores of this machine and end with the records; `.ci/spark` makes the environment.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

from pyspark.sql import SparkSession

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "../../integrations/spark"))
import polygist_spark as ps  # noqa: E402


def timed(what, action):
    began = time.monotonic()
    result = action()
    print(f"| {what} | {time.monotonic() - began:.1f} |", flush=True)
    return result


def main():
    polygist, articles = map(os.path.abspath, sys.argv[1:3])
    with open(articles, "rb") as lines:
        print(f"{sum(1 for _ in lines):,} articles, {os.path.getsize(articles) / 1e6:,.0f} MB, {os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        measure(polygist, articles)
        os.chdir("/")


def measure(polygist, articles):
    print("| | seconds |\n|---|---|")
    one = [polygist, "extract", "--quiet", "--in", articles, "--out", "one.jsonl"]
    timed("one machine: polygist extract", lambda: subprocess.run(one, check=False))
    cores = os.cpu_count()
    builder = SparkSession.builder.master(f"local[{cores}]").config("spark.ui.showConsoleProgress", "false")
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    spark = timed("Spark: start", builder.getOrCreate)
    spark.sparkContext.setLogLevel("OFF")
    read = timed("Spark: number the lines (first pass)", lambda: ps.read_jsonl(spark, articles))
    for partitions in (cores, 4 * cores, 16 * cores):
        records = ps.extract(read, polygist, partitions=partitions)
        timed(f"Spark: extract at {partitions} partitions",
              lambda: ps.write_jsonl(records, f"records-{partitions}"))
    merge = [polygist, "merge", "--quiet", "--out", "merged", *map(str, pathlib.Path(f"records-{cores}").glob("part-*"))]
    timed("merge", lambda: subprocess.run(merge, check=False))


if __name__ == "__main__":
    main()
