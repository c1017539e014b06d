//! The same bytes whatever the clock, the time zone and the locale say: row 72.

use crate::support::{Workdir, corpus};
use crate::tools::{outputs, shell, works};

#[test]
fn locale_and_time_zone_change_no_byte() {
    let dir = Workdir::new();
    dir.write("in/a.jsonl", corpus(60));
    shell(&dir, "unset SOURCE_DATE_EPOCH; $P run in --out one --quiet");
    for environment in [
        "LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8",
        "LC_ALL=C",
        "TZ=Pacific/Kiritimati",
        "TZ=America/St_Johns LC_ALL=ar_EG.UTF-8",
    ] {
        shell(
            &dir,
            &format!("unset SOURCE_DATE_EPOCH; {environment} $P run in --out out --quiet"),
        )
        .exits(1);
        assert_eq!(outputs(&dir, "out"), outputs(&dir, "one"), "{environment}");
    }
}

#[test]
fn the_clock_changes_no_byte_but_the_manifest() {
    if !works(&["faketime", "-f", "@2000-01-01 00:00:00", "true"]) {
        return;
    }
    let dir = Workdir::new();
    dir.write("in/a.jsonl", corpus(60));
    shell(&dir, "unset SOURCE_DATE_EPOCH; $P run in --out one --quiet");
    for date in ["1970-01-02", "1999-12-31", "2038-01-20", "2100-03-01"] {
        shell(
            &dir,
            &format!(
                "unset SOURCE_DATE_EPOCH; faketime -f '@{date} 00:00:00' $P run in --out out --quiet"
            ),
        );
        assert_eq!(outputs(&dir, "out"), outputs(&dir, "one"), "{date}");
        assert!(
            dir.read("out/run.json").contains(&format!("\"{date}T00:")),
            "{date}"
        );
    }
    // A clock that runs backwards: nights of one name get a number, none is lost.
    for date in ["2030-01-02", "2030-01-01", "2030-01-01"] {
        let script = format!(
            "unset SOURCE_DATE_EPOCH; faketime -f '@{date} 02:00:00' $P run in --nightly base --quiet"
        );
        shell(&dir, &script);
        assert_eq!(
            dir.read("base/latest/articles.jsonl"),
            dir.read("one/articles.jsonl")
        );
    }
    let nights = std::fs::read_dir(dir.path("base/runs")).unwrap().count();
    assert_eq!(nights, 3);
}
