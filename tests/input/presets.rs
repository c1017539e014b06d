//! Records of other tools, as those tools write them.

use crate::support::{reading, stream};
use polygist::input::{InputOptions, Mapping, Preset};
use polygist::model::article::{HintKind, RawArticle};
use serde_json::{Value, json};

fn read(value: &Value) -> (RawArticle, Option<Preset>) {
    let read = stream(value.to_string().as_bytes(), &InputOptions::default());
    (read.article().clone(), read.report.preset)
}

#[test]
fn news_please() {
    let (article, preset) = read(&json!({
        "authors": ["Eva Ek", "Bo Al"], "date_download": "2026-11-04 01:02:03", "date_modify": "None",
        "date_publish": "2026-11-03 10:15:00", "description": "Kort", "filename": "x", "image_url": null,
        "language": "sv", "localpath": null, "maintext": "Brödtexten.", "source_domain": "x.example",
        "text": null, "title": "Rubriken", "title_page": null, "title_rss": null, "url": "https://x.example/1"
    }));
    assert_eq!(preset, Some(Preset::NewsPlease));
    assert_eq!(article.text, "Brödtexten.");
    assert_eq!(article.title.as_deref(), Some("Rubriken"));
    assert_eq!(article.published.as_deref(), Some("2026-11-03T10:15:00"));
    assert_eq!(article.language.as_deref(), Some("sv"));
    assert_eq!(article.url.as_deref(), Some("https://x.example/1"));
    assert_eq!(article.publisher.as_deref(), Some("x.example"));
    assert_eq!(article.byline.as_deref(), Some("Eva Ek, Bo Al"));
    assert_eq!(article.id, None);
    let kept: Vec<_> = article.metadata.keys().map(String::as_str).collect();
    assert_eq!(kept, ["date_download", "description", "filename"]);
}

#[test]
fn trafilatura() {
    let (article, preset) = read(&json!({
        "title": "Rubriken", "author": "Eva Ek; Bo Al", "hostname": "x.example", "date": "2026-11-03",
        "fingerprint": "abc", "id": null, "license": null, "comments": "", "raw_text": "Brödtexten, här är den hela.",
        "text": "Brödtexten, här är den hela.", "language": "sv", "image": "https://x.example/i.jpg", "pagetype": "article",
        "source": "https://x.example/1", "source-hostname": "Bladet", "excerpt": "Kort", "categories": "a;b", "tags": ""
    }));
    assert_eq!(preset, Some(Preset::Trafilatura));
    assert_eq!(article.url.as_deref(), Some("https://x.example/1"));
    assert_eq!(article.publisher.as_deref(), Some("Bladet"));
    assert_eq!(article.byline.as_deref(), Some("Eva Ek; Bo Al"));
    assert_eq!(article.published.as_deref(), Some("2026-11-03"));
}

#[test]
fn newspaper4k_joins_objects_with_commas() {
    let object = |n: u32| {
        json!({
            "url": format!("https://x.example/{n}"), "read_more_link": "", "language": "", "title": "Rubriken",
            "top_image": "", "meta_img": "", "keywords": [], "authors": ["Eva Ek"], "publish_date": "2026-11-03T10:15:00+01:00",
            "summary": "", "meta_lang": "sv", "meta_site_name": "Bladet", "canonical_link": "", "text": format!("Text {n}.")
        })
        .to_string()
    };
    let read = reading("a.json", format!("{},\n{}", object(1), object(2)));
    assert_eq!(read.outline(), ["Text 1.", "Text 2."]);
    assert_eq!(read.report.preset, Some(Preset::Newspaper));
    let article = read.articles()[0];
    assert_eq!(article.language.as_deref(), Some("sv"));
    assert_eq!(article.publisher.as_deref(), Some("Bladet"));
    assert_eq!(
        article.published.as_deref(),
        Some("2026-11-03T10:15:00+01:00")
    );
}

#[test]
fn fundus_keeps_its_sections() {
    let (article, preset) = read(&json!({
        "title": "Rubriken", "authors": ["Eva Ek"], "publishing_date": "2026-11-03 10:15:00+01:00", "topics": ["a"],
        "free_access": true, "images": [],
        "body": {"summary": ["Ingressen."], "sections": [
            {"headline": [], "paragraphs": ["Ett.", "Två."]},
            {"headline": ["Mellanrubrik"], "paragraphs": ["Tre."]}
        ]}
    }));
    assert_eq!(preset, Some(Preset::Fundus));
    assert_eq!(
        article.text,
        "Ingressen.\n\nEtt.\n\nTvå.\n\nMellanrubrik\n\nTre."
    );
    let hints: Vec<_> = article
        .hints
        .iter()
        .map(|h| (h.span.of(&article.text), h.kind))
        .collect();
    assert_eq!(
        hints,
        [
            ("Ingressen.", HintKind::Lead),
            ("Mellanrubrik", HintKind::Heading)
        ]
    );
    assert_eq!(
        article.published.as_deref(),
        Some("2026-11-03T10:15:00+01:00")
    );
}

#[test]
fn datatrove() {
    let (article, preset) = read(&json!({
        "text": "Texten.", "id": "crawl/7", "media": [],
        "metadata": {"url": "https://x.example/1", "date": "2026-11-03T00:00:00Z", "language": "sv", "score": 0.9}
    }));
    assert_eq!(preset, Some(Preset::Datatrove));
    assert_eq!(article.id.as_deref(), Some("crawl/7"));
    assert_eq!(article.language.as_deref(), Some("sv"));
    assert_eq!(article.url.as_deref(), Some("https://x.example/1"));
    assert_eq!(article.published.as_deref(), Some("2026-11-03T00:00:00Z"));
    assert_eq!(article.metadata.keys().collect::<Vec<_>>(), ["score"]);
}

#[test]
fn ninjs_and_the_agency_profile() {
    let item = json!({
        "uri": "http://x.example/item/1", "version": 2, "headline": "Rubriken", "byline": "Eva Ek", "language": "sv-SE",
        "versioncreated": "2026-11-03T10:15:00Z", "pubstatus": "usable", "profile": "PUBL",
        "body_text": "– Ja, säger hon.", "body_html5": "<p>Nej</p>"
    });
    let (article, preset) = read(&item);
    assert_eq!(preset, Some(Preset::Ninjs));
    assert_eq!(article.id.as_deref(), Some("http://x.example/item/1#2"));
    assert_eq!(article.text, "– Ja, säger hon.");
    assert_eq!(article.published.as_deref(), Some("2026-11-03T10:15:00Z"));
    assert_eq!(article.metadata["pubstatus"], "usable");

    let mut marked = item.clone();
    marked["body_text"] = Value::Null;
    marked["body_html5"] = "<article><h2>Bakgrund</h2><p>Hon var först.</p><blockquote><p>Ja, säger hon.</p></blockquote><ul><li>Ett</li><li>Två</li></ul></article>".into();
    let (article, _) = read(&marked);
    assert_eq!(
        article.text,
        "Bakgrund\n\nHon var först.\n\nJa, säger hon.\n\nEtt\nTvå"
    );
    let hints: Vec<_> = article
        .hints
        .iter()
        .map(|h| (h.span.of(&article.text), h.kind))
        .collect();
    assert_eq!(
        hints,
        [
            ("Bakgrund", HintKind::Heading),
            ("Ja, säger hon.", HintKind::Quote),
            ("Ett", HintKind::ListItem),
            ("Två", HintKind::ListItem)
        ]
    );

    for status in ["canceled", "withheld", "stat:withheld"] {
        let mut held = item.clone();
        held["pubstatus"] = status.into();
        let read = stream(held.to_string().as_bytes(), &InputOptions::default());
        assert_eq!(read.refusal().problem.code, "E_WITHHELD");
        assert!(read.refusal().skipped);
        let options = InputOptions {
            include_withheld: true,
            ..InputOptions::default()
        };
        assert_eq!(
            stream(held.to_string().as_bytes(), &options)
                .articles()
                .len(),
            1
        );
    }
}

#[test]
fn ninjs_3_has_lists_of_headlines_and_bodies() {
    let (article, preset) = read(&json!({
        "uri": "urn:x:1", "versioncreated": "2026-11-03T10:15:00+00:00",
        "headlines": [{"role": "short", "value": "Kort"}, {"role": "main", "value": "Rubriken"}],
        "bodies": [
            {"role": "main", "contenttype": "text/html", "value": "<p>Märkt</p>"},
            {"role": "main", "contenttype": "text/plain", "value": "Ren text."}
        ]
    }));
    assert_eq!(preset, Some(Preset::Ninjs3));
    assert_eq!(article.text, "Ren text.");
    assert_eq!(article.title.as_deref(), Some("Rubriken"));
    assert_eq!(
        (article.id.as_deref(), article.url.as_deref()),
        (Some("urn:x:1"), None)
    );
}

#[test]
fn a_given_mapping_wins_over_every_preset() {
    let options = InputOptions {
        mapping: Mapping::parse("text=innehåll|reserv, title=meta.rubrik,source=blad").unwrap(),
        ..InputOptions::default()
    };
    let line = json!({"text": "nej", "reserv": "Ja.", "meta": {"rubrik": "Rubriken", "x": 1}, "blad": "Bladet"});
    let read = stream(line.to_string().as_bytes(), &options);
    let article = read.article();
    assert_eq!(article.text, "Ja.");
    assert_eq!(article.title.as_deref(), Some("Rubriken"));
    assert_eq!(article.publisher.as_deref(), Some("Bladet"));
    assert_eq!(article.metadata["text"], "nej");
    assert_eq!(article.metadata["meta"], json!({"x": 1}));
    for bad in ["text", "words=x", "text="] {
        assert_eq!(Mapping::parse(bad).unwrap_err().exit_code(), 2, "{bad}");
    }
}

#[test]
fn dates_that_are_not_understood_are_kept_with_a_warning() {
    let (article, _) = read(&json!({"text": "a", "date": "i går"}));
    assert_eq!(article.published.as_deref(), Some("i går"));
    assert_eq!(crate::support::warnings(&article), ["W_DATE"]);
}
