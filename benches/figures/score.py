#!/usr/bin/env python3
"""Figures against public sets of phrases (Recognizers-Text, Duckling, quantulum3), counted by polygist's definitions.

  score.py SET.jsonl ... --system records.jsonl [--table] [--misses N]

A set is JSON Lines with `id`, `lang`, `text`, `scope` and `facts` (`start`, `end`, `kind`, `value`, perhaps `values`). Where a set
means the same and writes it otherwise, it counts as polygist writes it:
- A range, a bound ("at least 10") or a date with a time is one item there and one figure for each part here: found when every
  number of the item lies in figures of the type and nothing of them lies outside.
- A coin counts in its currency ("50 cents" is 0.5), values are read with a decimal comma, spans without blanks at their ends.
- A relative date without a day to start from has no value here.
- A length of time is `PT3H` there and 3 with the unit `hour` here; "three weeks ago" is a length; a time of day has no day.
- "1 in 21" is one item there and two figures here; a quantity that is no age is no mistake in a case about ages.
- Left out: names of units without a number, ordinals without one ("next to last"), "a" and "one" alone, parts of dates,
  addresses and telephone numbers, items of sets of days ("every Monday").
"""
import argparse, collections, datetime, json, re

SCOPES = {
    "NumberModel": "number", "OrdinalModel": "ordinal", "OrdinalModelSuppressExtendedTypes": "ordinal", "PercentModel": "percent",
    "CurrencyModel": "money", "DimensionModel": "quantity", "TemperatureModel": "quantity", "AgeModel": "age",
    "DateTimeModel": "date", "DateExtractor": "date", "DateParser": "date", "Numeral": "number", "Ordinal": "ordinal",
    "AmountOfMoney": "money", "Distance": "quantity", "Volume": "quantity", "Temperature": "quantity", "Quantity": "quantity",
    "Time": "date",
}
TYPES = {
    "number": {"number"}, "ordinal": {"ordinal"}, "percent": {"percent"}, "money": {"money"}, "quantity": {"quantity"},
    "age": {"quantity", "duration"}, "date": {"date", "time", "duration"},
}
DATES = {"date", "daterange", "datetime", "datetimerange", "time", "timerange", "duration"}
COLUMNS = ["number", "percent", "money", "ordinal", "quantity", "age", "date"]
ADDRESS = re.compile(r"\d+\.\d+\.\d+\.\d+|\+\d[\d-]{6,}|\d+[/-]\d+[/-]\d+|\d+年")
UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day", "TH": "hour", "TM": "minute", "TS": "second"}
SECONDS = {"year": 31536000, "month": 2592000, "week": 604800, "day": 86400, "hour": 3600, "minute": 60, "second": 1, "night": 86400}


def number(value):
    text = str(value).rstrip("%").replace(" ", "")
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    try:
        return float(text)
    except ValueError:
        return None


def near(a, b):
    return abs(a - b) <= 2e-3 * max(1e-9, abs(a))


def same_number(scope, gold, system):
    if gold.get("value") is None:
        return True
    a, b = number(gold["value"]), number(system.get("value"))
    if a is None or b is None:
        return False
    return near(a, b) or scope == "money" and any(near(a, b * n) for n in (10, 20, 100, 1000))


def seconds(text):
    total = 0.0
    date, _, time = text[1:].partition("T")
    for part, mark in ((date, ""), (time, "T")):
        for amount, unit in re.findall(r"([\d.]+)([YMWDHS])", part):
            total += float(amount) * SECONDS[UNITS.get(mark + unit, UNITS.get(unit, "day"))]
    return total


def same_date(gold, system, today):
    """Whether one figure is what an item or a part of it says; `today` is the day that relative dates start from."""
    mine = system.get("value")
    wanted = {str(gold.get("value"))} | {str(v.get(k)) for v in gold.get("values", []) for k in ("timex", "value") if v.get(k)}
    wanted |= {str(gold[k].get("date")) for k in ("future", "past") if isinstance(gold.get(k), dict)}
    if gold.get("value") is None and not gold.get("values"):
        return True
    if system["type"] == "duration":
        own = (number(mine) or 0) * SECONDS.get(system.get("unit"), 1)
        lengths = [seconds(w) for w in wanted if w.startswith("P")] + [float(w) for w in wanted if w.isdigit()]
        return any(near(own, n) for n in lengths if n) or any(away(w, today, own) for w in wanted)
    for want in wanted:
        for part in re.split(r"[(),]", want):
            part = part.replace(" ", "T").removesuffix("T00:00:00")
            if system["type"] == "time":
                clock = re.search(r"T(\d\d)(?::(\d\d))?", "T" + part if re.match(r"\d\d:", part) else part)
                if clock and mine == f"{clock[1]}:{clock[2] or '00'}":
                    return True
            elif matches(str(mine), part.split("T")[0], gold["kind"].endswith("range")):
                return True
    if today is None and (mine is None or str(mine).startswith("XXXX")):
        return True
    return mine is None and any(re.search(r"SU|WI|SP|FA|REF|resolved", w) for w in wanted)


def away(want, today, length):
    """Whether a day is so many seconds off ("three weeks ago"), months and years as people count them."""
    day = re.match(r"\d{4}-\d\d-\d\d", want)
    if today is None or not day:
        return False
    try:
        off = abs((datetime.date.fromisoformat(day[0]) - datetime.date.fromisoformat(today[:10])).days) * 86400
    except ValueError:
        return False
    return abs(off - length) <= max(86400, length * 0.04)


def matches(mine, want, is_range):
    """Whether two dates are the same; the end of a range may be less exact ("2014" for 2014-01-01)."""
    if is_range and len(mine) >= 4 and want.startswith(mine):
        return True
    if is_range and re.fullmatch(r"\d{4}-Q[1-4]", mine):
        return want.startswith(f"{mine[:4]}-{int(mine[-1]) * 3 - 2:02}")
    if mine == want or want.startswith("XXXX-") and mine[4:] == want[4:]:
        return True
    if want.startswith("XXXX-XX-") and mine[-2:] == want[-2:]:
        return True
    weekday = re.fullmatch(r"XXXX-WXX-(\d)", want)
    if weekday and re.fullmatch(r"\d{4}-\d\d-\d\d", mine):
        return datetime.date.fromisoformat(mine).isoweekday() == int(weekday[1])
    quarter = re.fullmatch(r"(\d{4})-(\d\d)/P3M", want)
    if quarter:
        return mine == f"{quarter[1]}-Q{(int(quarter[2]) + 2) // 3}"
    week = re.fullmatch(r"(\d{4}-\d\d-\d\d)/P1W", want)
    if week:
        year, n, _ = datetime.date.fromisoformat(week[1]).isocalendar()
        return mine == f"{year}-W{n:02}"
    return want.removesuffix("-WE") == mine


def cases(paths):
    for path in paths:
        for line in open(path, encoding="utf-8"):
            case = json.loads(line)
            scope = SCOPES.get(case.get("scope") or ("Quantity" if "quantulum" in path else ""))
            if scope:
                yield scope, case


def is_share(gold, inside):
    """Whether two figures are the part and the whole of a share ("1 in 21")."""
    part, whole = [number(f.get("value")) for f in inside] if len(inside) == 2 else (None, None)
    return bool(part is not None and whole) and near(number(gold.get("value")) or 0.0, part / whole)


def counts(scope, case, gold):
    """Whether an item is a figure by polygist's definitions."""
    value = str(gold.get("value"))
    if scope == "date":
        return gold["kind"] in DATES
    if scope == "ordinal":
        return not value.startswith(("end", "current"))
    if scope == "number":
        return not (value == "1" and gold["text"].isalpha() or ADDRESS.search(case["text"]))
    has_number = any(c.isdigit() for c in gold["text"]) or value not in ("None", "null")
    return has_number


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("sets", nargs="+")
    ask.add_argument("--system", required=True)
    ask.add_argument("--table", action="store_true")
    ask.add_argument("--misses", type=int, default=0, help="items a cell that were not found, read wrongly, or are none")
    args = ask.parse_args()
    system = {}
    for line in open(args.system, encoding="utf-8"):
        record = json.loads(line)
        system[str(record["source_id"])] = record.get("figures") or []
    tally = collections.defaultdict(collections.Counter)
    misses = collections.defaultdict(list)
    for scope, case in cases(args.sets):
        text, figures = case["text"], system.get(str(case["id"]), [])
        items = [g for g in case["facts"] if counts(scope, case, g)]
        left_out = [g for g in case["facts"] if not counts(scope, case, g)]
        mine = [f for f in figures if f["type"] in TYPES[scope]]
        if scope == "age":
            mine = [f for f in mine if f.get("unit") in SECONDS]
        mine = [f for f in mine if not any(f["start"] < g["end"] and f["end"] > g["start"] for g in left_out)]
        pool = figures if scope == "number" else mine
        row, used = tally[(scope, case["lang"])], set()
        missed = []
        for gold in items:
            start, end = gold["start"], gold["end"]
            while start < end and text[start].isspace():
                start += 1
            while end > start and text[end - 1].isspace():
                end -= 1
            row["gold"] += 1
            exact = [n for n, f in enumerate(pool) if n not in used and f["start"] == start and f["end"] == end]
            if not exact and scope == "number":
                exact = [n for n, f in enumerate(pool) if n not in used and f["start"] <= start and f["end"] >= end and same_number(scope, gold, f)]
            if exact:
                used.add(exact[0])
                right = same_date(gold, pool[exact[0]], case.get("ref")) if scope == "date" else same_number(scope, gold, pool[exact[0]])
                row["span"] += 1
                row["value"] += right
                if not right:
                    missed.append(f"value {gold['text']!r} = {gold.get('value')}, read {pool[exact[0]].get('value')}")
                continue
            inside = [n for n, f in enumerate(pool) if n not in used and f["start"] >= start and f["end"] <= end and f["type"] in TYPES[scope]]
            covered = set(i for n in inside for i in range(pool[n]["start"], pool[n]["end"]))
            rest = [i for i in range(start, end) if text[i].isdigit() and i not in covered]
            composed = scope in ("date", "age") or gold.get("value") is None or is_share(gold, [pool[n] for n in inside])
            if inside and not rest and composed:
                used.update(inside)
                row["span"] += 1
                row["folded"] += len(inside) - 1
                right = all(same_date(gold, pool[n], case.get("ref")) for n in inside) if scope == "date" else same_number(scope, gold, pool[inside[0]]) or is_share(gold, [pool[n] for n in inside])
                row["value"] += right
                if not right:
                    missed.append(f"value {gold['text']!r} = {gold.get('value')}, read {[pool[n].get('value') for n in inside]}")
            else:
                missed.append(f"place {gold['text']!r} = {gold.get('value')}")
        for n, f in enumerate(pool):
            if n not in used and f["type"] in TYPES[scope]:
                missed.append(f"extra {f['text']!r} = {f.get('value')} {f.get('unit') or ''}")
        if missed:
            misses[(scope, case["lang"])].append((case["text"], missed))
        extra = sum(1 for n, f in enumerate(pool) if n not in used and f["type"] in TYPES[scope])
        row["system"] += extra + len(used)
    f = lambda row, key: round(200 * row[key] / max(1, row["gold"] + row["system"] - row["folded"]), 1)
    for lang in sorted({lang for _, lang in tally}):
        cells = []
        for scope in COLUMNS:
            row = tally[(scope, lang)]
            cells.append(f"{f(row, 'value')} ({row['gold']})" if row["gold"] else "–")
            if scope == "date":
                cells[-1] = f"{f(row, 'span')} / {cells[-1]}" if row["gold"] else "–"
        print(f"| {lang} | " + " | ".join(cells) + " |" if args.table else f"{lang:6} " + "  ".join(f"{c:>18}" for c in cells))
    for (scope, lang), cases_missed in sorted(misses.items()):
        for text, missed in cases_missed[: args.misses]:
            print(f"{lang} {scope}: {text!r}: " + "; ".join(missed))


if __name__ == "__main__":
    main()
