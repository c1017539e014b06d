//! The machine that runs it every night: no network, no rights, a confined service, a line for cron. Rows
//! 53, 82, and what `contrib/` ships.

use std::fs;
use std::path::Path;

use crate::support::{Workdir, corpus, passed_over};
use crate::tools::{lines, shell, whole, works};

fn shipped(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("contrib")
        .join(name);
    fs::read_to_string(path).unwrap()
}

#[test]
fn no_socket_is_ever_opened() {
    if !works(&["strace", "-o", "/dev/null", "true"]) {
        return;
    }
    let dir = Workdir::new();
    dir.write("in/a.jsonl", corpus(30));
    dir.write(
        "in/b.xml",
        "<?xml version=\"1.0\"?><!DOCTYPE doc SYSTEM \"http://192.0.2.1/x.dtd\" [<!ENTITY e SYSTEM \
         \"http://192.0.2.1/e\">]><doc><main><p>Text &e; here.</p></main></doc>",
    );
    dir.write(
        "in/c.html",
        "<html><head><link rel=stylesheet href=http://192.0.2.1/x.css><base href=http://192.0.2.1/></head>\
         <body><p>Text with <img src=http://192.0.2.1/i.png> an image.</p></body></html>",
    );
    let proxies = "http_proxy=http://192.0.2.1:1 HTTPS_PROXY=http://192.0.2.1:1 ALL_PROXY=socks5://192.0.2.1:1";
    for command in [
        "run in --out out --xlsx",
        "extract --in in --out e.jsonl",
        "check in",
        "explain in/c.html",
    ] {
        let script =
            format!("{proxies} strace -f -o log -e trace=%network $P {command} > /dev/null 2>&1");
        shell(&dir, &script);
        let log = dir.read("log");
        assert!(
            log.contains("+++ exited with "),
            "{command} was not watched: {log}"
        );
        let calls: Vec<&str> = log
            .lines()
            .filter(|l| l.contains('(') && !l.contains("+++"))
            .collect();
        assert!(calls.is_empty(), "{command}: {calls:?}");
    }
    assert!(whole(&dir.path("out")).is_some());
}

/// A directory that everybody may enter, with the command in it.
fn open_to_all() -> Workdir {
    let dir = Workdir::new();
    fs::copy(env!("CARGO_BIN_EXE_polygist"), dir.path("polygist")).unwrap();
    shell(&dir, "chmod 755 . polygist");
    dir
}

/// Runs a command as nobody.
const NOBODY: &str = "setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs";

#[test]
fn a_user_without_rights_reads_what_it_may_and_writes_where_it_may() {
    if !works(&[
        "setpriv",
        "--reuid=65534",
        "--regid=65534",
        "--clear-groups",
        "true",
    ]) {
        return;
    }
    let dir = open_to_all();
    dir.write("in/a.jsonl", lines(5, "a"));
    dir.write("in/secret.txt", "Not for all.");
    dir.write("in/closed/b.txt", "Nor this.");
    let script = format!(
        "chmod -R a+rX in; chmod 000 in/secret.txt in/closed; mkdir site; chown 65534 site
         {NOBODY} ./polygist run in --out site/out --quiet; code=$?; chmod 755 in/closed; exit $code"
    );
    shell(&dir, &script).exits(1);
    let manifest = whole(&dir.path("site/out")).unwrap();
    assert_eq!(manifest["errors_by_code"]["E_IO"], 2);
    assert_eq!(manifest["counts"]["ok"], 5);
    // A pattern tells of a closed directory, too, where it reaches into it.
    let pattern = |pattern: &str| {
        let script = format!(
            "chmod 000 in/closed; {NOBODY} ./polygist run '{pattern}' --out site/out --quiet
             code=$?; chmod 755 in/closed; exit $code"
        );
        shell(&dir, &script)
    };
    pattern("in/**/*.jsonl").exits(1);
    let told = dir.read("site/out/errors.csv");
    assert!(
        told.contains("closed") && !told.contains("secret.txt"),
        "{told}"
    );
    pattern("in/*.jsonl").exits(0);
    // Where it may not write, nothing begins.
    let run = shell(
        &dir,
        &format!("{NOBODY} ./polygist run in --out out --quiet"),
    )
    .exits(3);
    assert!(run.stderr.contains("choose an --out"), "{}", run.stderr);
    assert!(!dir.path("out").exists());
}

#[test]
fn a_read_only_world_with_one_place_to_write_is_enough() {
    if !works(&[
        "unshare",
        "-m",
        "sh",
        "-c",
        "mount --bind / /mnt && mount -o remount,bind,ro /mnt",
    ]) {
        return;
    }
    let dir = open_to_all();
    dir.write("in/a.jsonl", lines(20, "a"));
    dir.run(&["run", "in", "--out", "full"]).exits(0);
    // As `ProtectSystem=strict` with `ReadWritePaths=` has it: the output is a mount of its own, and
    // nothing can be written beside it.
    let script = format!(
        "chmod -R a+rX in; mkdir site; chown 65534 site
         unshare -m bash -c 'mount --bind . . && cd \"$PWD\" && mount --bind site site &&
         mount -o remount,bind,ro . && ! touch x 2>/dev/null || exit 77
         for i in 1 2 3; do {NOBODY} ./polygist run in --out site --quiet || exit; done
         {NOBODY} ./polygist run in --nightly site/nights --quiet'"
    );
    let run = shell(&dir, &script);
    if run.status == Some(77) {
        passed_over("nothing can be made read-only here");
        return;
    }
    run.exits(0);
    whole(&dir.path("site")).unwrap();
    whole(&dir.path("site/nights/latest")).unwrap();
    assert_eq!(
        dir.read("site/articles.jsonl"),
        dir.read("full/articles.jsonl")
    );
}

#[test]
fn the_service_and_its_timer_are_sound() {
    if !works(&["systemd-analyze", "--version"]) {
        return;
    }
    let dir = open_to_all();
    let program = dir.path("polygist").display().to_string();
    let service = shipped("systemd/polygist.service");
    assert!(service.contains("ExecStart=/usr/local/bin/polygist run "));
    dir.write(
        "polygist.service",
        service.replace("/usr/local/bin/polygist", &program),
    );
    dir.write("polygist.timer", shipped("systemd/polygist.timer"));
    let run = shell(
        &dir,
        "systemd-analyze verify --man=no ./polygist.service ./polygist.timer",
    )
    .exits(0);
    let about_ours = run
        .stderr
        .lines()
        .filter(|l| l.contains("polygist."))
        .count();
    assert_eq!(about_ours, 0, "{}", run.stderr);
    let calendar = shipped("systemd/polygist.timer");
    let calendar = calendar
        .lines()
        .find_map(|l| l.strip_prefix("OnCalendar="))
        .unwrap();
    shell(&dir, &format!("systemd-analyze calendar '{calendar}'")).exits(0);
    // 0 is best, 10 worst; a service without any setting has 9.6.
    let run = shell(
        &dir,
        "systemd-analyze security --offline=true --threshold=15 ./polygist.service",
    );
    assert_eq!(run.status, Some(0), "{}{}", run.stdout, run.stderr);
}

#[test]
fn the_line_for_cron_runs_a_night() {
    let dir = open_to_all();
    dir.write("articles/a.jsonl", lines(5, "a"));
    let table = shipped("cron/polygist");
    let lines: Vec<&str> = table
        .lines()
        .filter(|l| !l.starts_with('#') && !l.is_empty())
        .collect();
    let (settings, jobs): (Vec<&str>, Vec<&str>) = lines.into_iter().partition(|l| {
        l.split_once('=')
            .is_some_and(|(name, _)| name.chars().all(|c| c.is_ascii_uppercase()))
    });
    assert!(settings.iter().any(|s| s.starts_with("MAILTO=")));
    let [job] = jobs.as_slice() else {
        panic!("{jobs:?}")
    };
    let fields: Vec<&str> = job.split_whitespace().collect();
    assert!(
        fields[..5]
            .iter()
            .all(|f| f.chars().all(|c| c.is_ascii_digit() || "*,-/".contains(c)))
    );
    let user = fields[5];
    assert_eq!(user, "polygist");
    let command = job.split_once(user).unwrap().1;
    assert!(!command.contains('%'), "cron reads % as a line end");
    let here = dir.path(".").display().to_string();
    let command = command
        .replace("/usr/local/bin/polygist", &format!("{here}/polygist"))
        .replace("/srv/articles", &format!("{here}/articles"))
        .replace("/var/lib/polygist", &format!("{here}/nights"));
    for _ in 0..2 {
        let run = shell(
            &dir,
            &format!("env -i HOME=/ LOGNAME=x SHELL=/bin/sh PATH=/usr/bin:/bin sh -c '{command}'"),
        );
        let run = run.exits(0);
        // cron mails whatever is printed: nothing on a good night.
        assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    }
    whole(&dir.path("nights/latest")).unwrap();
}
