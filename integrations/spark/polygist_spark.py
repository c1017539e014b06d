"""Runs polygist on Spark: one long-lived `polygist extract` for each task, fed and read through pipes.

    records = extract(read_jsonl(spark, "articles/"))
    write_jsonl(records, "records/")            # then: polygist merge records/part-* --out results

Every article keeps the file and the number that it has in the input, so that the number of partitions,
their order and retries change nothing: after `polygist merge` the bytes are those of one `polygist run`.
A task fails, and Spark tries it again, unless polygist ends well and gives one line for each article.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections import deque
from urllib.parse import unquote, urlsplit

import pyarrow as pa
from pyspark import SparkFiles, TaskContext, cloudpickle
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

# Executors get this module's functions with the job; it need not be installed there.
cloudpickle.register_pickle_by_value(sys.modules[__name__])

PLACE = ["source_path", "record", "offset"]
PLACED = "source_path string, record long, offset long, line binary"
RECORDS = "source_path string, record long, value string"
BATCH = 256  # records that a task hands to Spark at a time
BOM = b"\xef\xbb\xbf"
SCHEME = "^[^:/]+:/*"


# --- reading -----------------------------------------------------------------------------------------


def read_jsonl(spark, path, root=None):
    """Lines of JSON Lines below `path`, each with its file, number and offset: two passes over the files.

    Files are named as polygist names them: relative to `path` if that is a directory, else to its folder.
    """
    reader = spark.read.option("lineSep", "\n").option("recursiveFileLookup", True)
    lines = reader.text(path).select(
        F.col("_metadata.file_path").alias("file"),
        F.col("_metadata.file_block_start").alias("block"),
        F.col("value").cast("binary").alias("line"),  # bytes: what is no UTF-8 must stay as it is
    )
    sizes = lines.mapInArrow(_sizes, "file string, block long, records long, bytes long").collect()
    starts, file, record, offset = {}, None, 0, 0
    for size in sorted(sizes):
        if size.file != file:
            file, record, offset = size.file, 0, 0
        starts[file, size.block] = (record, offset)
        record, offset = record + size.records, offset + size.bytes
    files = {file for file, _ in starts}
    root = root or _root(path, files)
    names = {file: _name(file, root) for file in files}
    return lines.mapInArrow(lambda batches: _placed(batches, starts, names), PLACED)


def read_parquet(spark, path, name=None):
    """Rows of Parquet files as articles; columns are fields of the article, as in JSON Lines (Spark 3.5 on).

    `name` stands in for the names of the files, when there is one file that came from `name`.
    """
    rows = spark.read.option("recursiveFileLookup", True).parquet(path)
    fields = F.to_json(F.struct(*[F.col(f"`{column}`") for column in rows.columns]))
    if name:
        file = F.lit(name)
    else:
        files = rows.inputFiles()
        own = _name(files[0], _root(path, files)) if files else ""
        folder = re.sub(SCHEME, "/", files[0]).removesuffix(own) if files else ""
        bare = F.regexp_replace("_metadata.file_path", SCHEME, "/")
        file = F.substring_index(bare, folder, -1) if len(folder) > 1 else bare
    number = F.col("_metadata.row_index") + 1
    return rows.select(
        file.alias("source_path"),
        number.alias("record"),
        F.lit(None).cast("long").alias("offset"),
        fields.cast("binary").alias("line"),
    )


def _sizes(batches):
    """Records and bytes of each piece of a file that this task has, in one row."""
    sizes = {}
    for batch in batches:
        for file, block, line in _rows(batch, "file", "block", "line"):
            records, size = sizes.get((file, block), (0, 0))
            sizes[file, block] = (records + 1, size + len(_unmarked(line, block, records)) + 1)
    rows = [(file, block, *size) for (file, block), size in sizes.items()]
    yield _batch(rows, file=pa.string(), block=pa.int64(), records=pa.int64(), bytes=pa.int64())


def _placed(batches, starts, names):
    """Gives each line its place; a piece of a file comes in order, wherever Spark reads it."""
    at = {}
    for batch in batches:
        rows = []
        for file, block, line in _rows(batch, "file", "block", "line"):
            first, start = starts[file, block]
            records, size = at.get((file, block), (0, 0))
            line = _unmarked(line, block, records)
            rows.append((names[file], first + records + 1, start + size, line))
            at[file, block] = (records + 1, size + len(line) + 1)
        yield _batch(
            rows, source_path=pa.string(), record=pa.int64(), offset=pa.int64(), line=pa.binary()
        )


def _unmarked(line, block, records):
    """The line without the byte order mark that a file may begin with."""
    return line[3:] if block == 0 and records == 0 and line.startswith(BOM) else line


def _root(path, files):
    """The folder that names of files are relative to: `path`, or what stands before a file or pattern."""
    pattern = re.search(r"[*?\[{]", path)
    if pattern:
        return path[: path.rfind("/", 0, pattern.start()) + 1]
    last = "/" + path.rstrip("/").rsplit("/", 1)[-1]
    is_file = len(files) == 1 and unquote(urlsplit(min(files)).path).endswith(last)
    return path[: path.rfind("/") + 1] if is_file else path


def _name(file, root):
    """The file relative to the root, as polygist writes it."""
    full = unquote(urlsplit(file).path)
    root = os.path.abspath(unquote(urlsplit(root).path)) if "://" not in root else urlsplit(root).path
    name = os.path.relpath(full, root)
    return re.sub(r"[\x00-\x1f\x7f]", lambda c: f"\\x{ord(c[0]):02x}", name.replace("\\", "\\\\"))


# --- extracting --------------------------------------------------------------------------------------


def extract(articles, polygist="polygist", options=(), partitions=None, jobs=1):
    """Records of articles: `source_path`, `record`, and `value`, the record as one line of JSON.

    `articles` has the columns `source_path` and `record` (each pair once), may have `offset`, and either
    `line`, an article as JSON, or the article's fields as columns. `polygist` is the program's path on
    the executors, or its name after `spark-submit --files path/to/polygist`. `options` go to `polygist
    extract`; `jobs` are the threads of a task and should be `spark.task.cpus`.
    """
    if "offset" not in articles.columns:
        articles = articles.withColumn("offset", F.lit(None).cast("long"))
    if "line" not in articles.columns:
        fields = [F.col(f"`{name}`") for name in articles.columns if name not in PLACE]
        articles = articles.withColumn("line", F.to_json(F.struct(*fields)).cast("binary"))
    articles = articles.select(*PLACE, "line")
    if partitions:
        articles = articles.repartition(partitions)
    # Records of a partition come in the order of the input, which is what `polygist merge` reads.
    articles = articles.sortWithinPartitions("source_path", "record")
    command = [polygist, "extract", "--numbered", "--quiet", "--jobs", str(jobs), *options]
    return articles.mapInArrow(lambda batches: _extracted(batches, command), RECORDS)


def _extracted(batches, command):
    """Feeds batches to polygist from a thread and yields what comes back: two ends, or both pipes fill."""
    task = TaskContext.get()
    env = dict(os.environ)
    if task:
        env.update(SPARK_PARTITION=str(task.partitionId()), SPARK_ATTEMPT=str(task.attemptNumber()))
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(
            [_program(command[0]), *command[1:]],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=env,
        )
        # Spark ends a worker whose task is cancelled by force: then its pipe to the guard breaks.
        guard = subprocess.Popen(
            ["sh", "-c", 'read -r _; kill -9 "$0"', str(child.pid)], stdin=subprocess.PIPE
        )
        sent, trouble = deque(), []
        feeder = threading.Thread(target=_feed, args=(batches, child.stdin, sent, trouble), daemon=True)
        feeder.start()
        try:
            count, rows = 0, []
            for line in child.stdout:
                if not sent or not line.endswith(b"\n"):
                    raise RuntimeError(f"polygist gave a line too many or half a line: {line[:200]!r}")
                count += 1
                rows.append((*sent.popleft(), line[:-1].decode()))
                if len(rows) == BATCH:
                    yield _records(rows)
                    rows = []
            code = child.wait()
            feeder.join()
            errors.seek(0)
            said = errors.read()[-2000:].decode(errors="replace").strip()
            if code not in (0, 1):  # 1: some articles failed, and their records say so
                raise RuntimeError(f"polygist ended with {code} after {count} records: {said}")
            if trouble and not isinstance(trouble[0], BrokenPipeError):
                raise trouble[0]
            if trouble or sent:
                raise RuntimeError(f"polygist gave {count} records and left {len(sent)} or more: {said}")
            yield _records(rows)
        finally:
            # The task may be over before the records are: it failed, or nobody wants more.
            for process in (guard, child):
                process.kill()
                process.wait()
            guard.stdin.close()
            child.stdout.close()


def _feed(batches, stdin, sent, trouble):
    try:
        with stdin:
            for batch in batches:
                for path, record, offset, line in _rows(batch, *PLACE, "line"):
                    sent.append((path, record))
                    offset = "" if offset is None else offset
                    stdin.write(b"%b\t%d\t%b\t%b\n" % (path.encode(), record, str(offset).encode(), line))
    except BaseException as error:  # told by the thread that yields
        trouble.append(error)


def _program(name):
    """The program where Spark put it, else where the name leads."""
    shipped = SparkFiles.get(os.path.basename(name))
    if os.sep in name or not os.path.exists(shipped):
        return name
    os.chmod(shipped, 0o755)
    return shipped


def _records(rows):
    return _batch(rows, source_path=pa.string(), record=pa.int64(), value=pa.string())


def _rows(batch, *names):
    return zip(*(batch.column(batch.schema.get_field_index(name)).to_pylist() for name in names))


def _batch(rows, **types):
    columns = zip(*rows) if rows else [[] for _ in types]
    arrays = [pa.array(column, kind) for column, kind in zip(columns, types.values())]
    return pa.RecordBatch.from_arrays(arrays, names=list(types))


# --- writing -----------------------------------------------------------------------------------------


def write_jsonl(records, path):
    """Writes a file of records for each partition, each in order: input for `polygist merge`."""
    in_order = records.sortWithinPartitions("source_path", "record")
    in_order.select("value").write.option("lineSep", "\n").text(path)


def write_parquet(records, path):
    """Writes records as Parquet; `write_jsonl(spark.read.parquet(path), …)` prepares them for merge."""
    records.write.parquet(path)


def main():
    """`spark-submit polygist_spark.py --in articles/ --out records/`"""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--in", dest="input", required=True, metavar="PATH")
    parser.add_argument("--out", required=True, metavar="DIR")
    parser.add_argument("--polygist", default="polygist", help="the program, or its name in --files")
    parser.add_argument("--read", choices=["jsonl", "parquet"], default="jsonl")
    parser.add_argument("--write", choices=["jsonl", "parquet"], default="jsonl")
    parser.add_argument("--partitions", type=int, help="as many as Spark makes of the files, if not given")
    parser.add_argument("options", nargs="*", help="options of polygist extract, after --")
    args = parser.parse_args()
    spark = SparkSession.builder.appName("polygist").getOrCreate()
    read = {"jsonl": read_jsonl, "parquet": read_parquet}[args.read]
    write = {"jsonl": write_jsonl, "parquet": write_parquet}[args.write]
    jobs = int(spark.conf.get("spark.task.cpus", "1"))
    articles = read(spark, args.input)
    write(extract(articles, args.polygist, args.options, args.partitions, jobs), args.out)
    spark.stop()


if __name__ == "__main__":
    main()
