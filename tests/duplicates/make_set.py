#!/usr/bin/env python3
"""Makes a set for measuring near-duplicates from any articles: make_set.py OUT.jsonl ARTICLES.jsonl...

Copies are edited as newspapers edit wire copy: another lead, an agency line, a shorter end, dropped sentences, other quotation
marks, small wording changes, moved paragraphs, a local paragraph, and copies of copies. Follow-ups reuse some background sentences
under new text and are NOT copies. Every line has `copy_of`: the id of the original, or null. The order is shuffled so that the
original always comes before its copies."""
import json, random, re, sys

rng = random.Random(int(__import__("os").environ.get("SEED", "11")))
FOOTER = {"default": "Read more news every morning in our newsletter and follow us in the app. Tips? Write to the editors."}


def sentences(text):
    return [s for s in re.split(r"(?<=[.!?。])\s*", text) if s.strip()]


def join(parts, original):
    return (" " if " " in original[:400] else "").join(parts)


def change_words(text, share):
    words = text.split(" ")
    for i in range(len(words)):
        if rng.random() < share:
            how = rng.randrange(3)
            if how == 0:
                words[i] = ""
            elif how == 1 and len(words[i]) > 4:
                words[i] = words[i][:-2] + words[i][-1]
            else:
                words[i] = words[i] + " " + rng.choice(words)
    return " ".join(w for w in words if w)


def edit(text, other):
    s, o = sentences(text), sentences(other)
    names = []
    def do(name):
        names.append(name)
        if name == "lead":
            s[0:2] = o[: max(1, len(s) // 10)]
        elif name == "cut":
            del s[max(3, int(len(s) * rng.uniform(0.4, 0.85))):]
        elif name == "drop":
            s[:] = [x for x in s if rng.random() > rng.uniform(0.08, 0.25)] or s
        elif name == "words":
            s[:] = [change_words(x, 0.03) for x in s]
        elif name == "marks":
            s[:] = [x.replace('"', "”").replace("“", '"').replace("–", "-").replace("’", "'") for x in s]
        elif name == "move":
            k = len(s) // 2
            s[:] = s[k:] + s[:k]
        elif name == "local":
            at = rng.randrange(len(s) + 1)
            s[at:at] = o[: max(1, int(len(s) * rng.uniform(0.1, 0.3)))]
        elif name == "agency":
            s[0] = "(AGENCY) " + s[0]
            s.append(FOOTER["default"])
    kinds = ["lead", "cut", "drop", "words", "marks", "move", "local", "agency"]
    for name in rng.sample(kinds, rng.choice([1, 2, 2, 3])):
        do(name)
    return join(s, text), "+".join(names)


def main(out, paths):
    by = {}
    for p in paths:
        for line in open(p, encoding="utf-8"):
            d = json.loads(line)
            if 300 <= len(d["text"]) <= 20000 and len(sentences(d["text"])) >= 6:
                by.setdefault(d.get("lang") or d.get("language"), []).append(d)
    rows = []
    for lang, docs in sorted(by.items()):
        rng.shuffle(docs)
        # New text of a follow-up is used once, or two follow-ups would be copies of each other.
        cut = len(docs) - len(docs) // 5
        docs, fresh = docs[:cut], docs[cut:]
        spare = docs[120:] or docs[-max(4, len(docs) // 5):]
        docs = [d for d in docs[:120] if d not in spare]
        for i, d in enumerate(docs):
            order = rng.random()
            text = d["text"] + (" " + FOOTER["default"] if i % 3 == 0 else "")
            rows.append((order, {"id": d["id"], "language": lang, "text": text, "copy_of": None, "kind": "original"}))
            other = rng.choice(spare)["text"]
            if i % 3 == 0:
                for n in range(rng.choice([1, 1, 2, 3])):
                    base = text
                    if n == 2:
                        base = last
                    last, kind = edit(base, other)
                    order += rng.random() * 0.2 + 1e-6
                    rows.append((order, {"id": f"{d['id']}~{n}", "language": lang, "text": last, "copy_of": d["id"], "kind": kind}))
            elif i % 3 == 1 and fresh:
                new, background = sentences(fresh.pop()["text"]), sentences(d["text"])
                new = new[: max(4, len(background))]
                reused = max(1, int(len(new) * rng.uniform(0.1, 0.25)))
                follow = join(new + background[:reused], d["text"])
                row = {"id": f"{d['id']}~follow", "language": lang, "text": follow, "copy_of": None, "kind": "follow"}
                rows.append((order + 0.5, row))
    rows.sort(key=lambda r: r[0])
    with open(out, "w", encoding="utf-8") as f:
        for _, row in rows:
            f.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(len(rows), "articles,", sum(r["copy_of"] is not None for _, r in rows), "copies")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
