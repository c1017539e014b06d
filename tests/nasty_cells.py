#!/usr/bin/env python3
"""Writes articles whose titles, texts and ids try to break tables: nasty_cells.py OUT.jsonl"""
import json, sys

TITLES = ["=1+1", "- Vi vill inte", "+46701234567", "@name", "\t=1", "'quoted'", "''", '="00123"', '=HYPERLINK("x")', "\u0000=1+1", "\u202e=1+1", "＝1+1",
          'a "quoted" one', "a;b,c|d\te", "two\nlines\r\nthree", "line\u2028separator", "1/2", "00042", "1e5", "9007199254740993", "TRUE", "– dash", "−5",
          "<script>alert(1)</script>", "&amp; <b>bold</b>", "NA", "null", "None", " leading and trailing ", "😀" * 40, "\u200f‏שלום", "x" * 40000, "\x0b\x0c\x1b[31mred"]
with open(sys.argv[1], "w", encoding="utf-8") as f:
    for n, title in enumerate(TITLES):
        text = f"{title}\n\n– {title}, säger Åsa Lind (V) till tidningen. Kommunen betalar 25 000 kronor för nummer {n}.\n\n\"{title}\" said Anna Berg on Monday."
        f.write(json.dumps({"id": f"{title[:20]}-{n}" if n % 2 else n, "title": title, "text": text, "language": "sv" if n % 3 else "en", "url": "javascript:alert(1)" if n % 5 == 0 else f"https://example.org/?q={n}&x=\"'<", "source": title[:30]}) + "\n")
