use polygist::analyze::{document, salience::Salience};
use polygist::model::article::RawArticle;
use polygist::pack::Packs;
use std::io::BufRead;
fn main() {
    let packs = Packs::open(
        std::env::args()
            .nth(1)
            .map(std::path::PathBuf::from)
            .as_deref(),
    )
    .unwrap();
    for line in std::io::stdin().lock().lines() {
        let v: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let f = |n: &str| v.get(n).and_then(|v| v.as_str()).map(str::to_owned);
        let raw = RawArticle {
            id: f("id"),
            text: f("text").unwrap_or_default(),
            title: f("title"),
            published: f("published"),
            ..Default::default()
        };
        let pack = packs.get_or_generic(&f("lang").unwrap_or_default());
        let (doc, _) = document(&raw, pack);
        let s = Salience::of(&doc, &raw);
        let figs = polygist::analyze::figures::figures(&doc, pack, raw.published.as_deref());
        let sp0 = polygist::analyze::speakers::Speakers::find(&doc, pack);
        let qs = polygist::analyze::quotations::quotations(&doc, pack, &sp0);
        let m = polygist::analyze::facts::measured(
            &doc,
            &figs,
            &qs,
            &sp0,
            &s,
            raw.published.as_deref(),
        );
        let cp = polygist::model::span::CodePoints::new(&raw.text);
        let ex: Vec<_> = polygist::analyze::summary::explain(&doc, &s, &qs, &polygist::analyze::Options::default()).iter().map(|r| { let sp = cp.span(r.span); serde_json::json!({"text": r.span.of(&raw.text), "start": sp.start, "end": sp.end, "place": r.place, "c": r.central, "t": r.headline, "fig": r.figure, "sp": r.speech, "w": r.words, "chosen": r.chosen})}).collect();
        let rows: Vec<_> = s.sentences.iter().enumerate().map(|(n, x)| {
            let t = &doc.sentences[x.sentence];
            let sp = cp.span(t.span);
            let b = &doc.blocks[t.block];
            serde_json::json!({"text": t.span.of(&raw.text), "start": sp.start, "end": sp.end, "block": t.block, "kind": b.kind, "c": x.central, "t": x.title, "w": x.words, "k": m[n].1, "s": m[n].2, "f": m[n].3.iter().map(|x| x.1).collect::<Vec<_>>(), "first": b.sentences.start == x.sentence})
        }).collect();
        println!(
            "{}",
            serde_json::json!({"id": f("id"), "lang": f("lang"), "text": f("text"), "summary": v.get("summary"), "rows": rows, "ex": ex, "names": m.first().map(|x| x.3.iter().map(|y| y.0).collect::<Vec<_>>())})
        );
    }
}
