#!/usr/bin/env bash
#SBATCH --job-name=polygist
#SBATCH --array=1-64
#SBATCH --cpus-per-task=4
#SBATCH --mem=1G
#SBATCH --requeue
# One shard a task on a file system that all nodes share; then, once, when all tasks are done:
#     sbatch --dependency=afterok:JOB --wrap 'polygist merge records/*.jsonl --out results'
set -euo pipefail
shard=$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT
out=records/$SLURM_ARRAY_TASK_ID.jsonl
mkdir -p records
# A file of records appears when it is complete: what is there is done. Exit code 1: some articles failed.
[ -e "$out" ] || polygist extract --quiet --jobs "$SLURM_CPUS_PER_TASK" \
    --in articles --shard "$shard" --out "$out" || [ $? = 1 ]
