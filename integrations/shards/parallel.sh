#!/usr/bin/env bash
# All cores of one machine, or of several (--sshlogin), by GNU parallel: parallel.sh INPUT RESULTS [SHARDS]
# A shard that is done is not done again, so the same command goes on after an interruption; when the input has
# changed, remove RESULTS.records-SHARDS first.
set -euo pipefail
in=$1 out=$2 shards=${3:-$(nproc)}
records=$out.records-$shards # shards of another number are other shards
mkdir -p "$records"
# Exit code 1 says that some articles failed; their records are there, and merge tells of them once more.
seq "$shards" | parallel --halt now,fail=1 --joblog "$records/joblog" --resume-failed \
    "polygist extract --quiet --jobs 1 --in '$in' --shard {}/$shards --out '$records/{}.jsonl' || [ \$? = 1 ]"
polygist merge "$records"/*.jsonl --out "$out"
