//! HTML and XML: rows 25 to 27 of the fault table, and what is kept of an article's structure.

use crate::support::{reading, warnings};
use polygist::model::article::HintKind;

const PAGE: &str = r##"<!doctype html>
<html lang="sv"><head><meta charset="utf-8"><title>Ja till lagen | Bladet</title>
<link rel="canonical" href="https://x.example/lagen">
<meta property="og:site_name" content="Bladet"><meta property="article:section" content="Inrikes">
<meta name="author" content="Eva Ek"><meta property="article:published_time" content="2026-11-03T10:15:00+0100">
<script>var a = "<p>inte text</p>";</script><style>p { color: red }</style></head>
<body><nav><ul><li><a href="/">Hem</a></li><li><a href="/s">Sport</a></li></ul></nav>
<header class="site-header"><a href="/">Bladet</a></header>
<article><h1>Ja till lagen</h1>
<p class="lead">Riksdagen r&ouml;stade p&aring; onsdagen igenom lagen, som g&auml;ller fr&aring;n n&auml;sta &aring;r.</p>
<p>F&ouml;rslaget fick st&ouml;d av fyra partier, och bara tre ledam&ouml;ter var fr&aring;nvarande.</p>
<blockquote><p>Det h&auml;r &auml;r ett viktigt steg, s&auml;ger ministern.</p></blockquote>
<h2>Kritik</h2>
<p>Flera organisationer, bland dem tv&aring; fackf&ouml;rbund, &auml;r kritiska.<br>De vill se<br>en ny utredning.</p>
<aside class="box"><h3>Fakta: Lagen</h3><ul><li>G&auml;ller fr&aring;n den 1 juli 2027.</li><li>R&ouml;r <a href="#x">all</a> nyproduktion i hela landet.</li></ul><p>K&auml;lla: Regeringen</p></aside>
<aside class="related-links"><ul><li><a href="/1">En annan artikel om lagen</a></li><li><a href="/2">Och en till artikel</a></li></ul></aside>
</article><div style="display: none">Dold text som ingen ser, och som inte h&ouml;r hit.</div>
<footer>&copy; Bladet 2026</footer></body></html>"##;

#[test]
fn the_article_is_taken_out_of_the_page_with_its_structure() {
    let read = reading("a.html", PAGE);
    let article = read.article();
    assert_eq!(
        article.text,
        "Riksdagen röstade på onsdagen igenom lagen, som gäller från nästa år.\n\n\
         Förslaget fick stöd av fyra partier, och bara tre ledamöter var frånvarande.\n\n\
         Det här är ett viktigt steg, säger ministern.\n\nKritik\n\n\
         Flera organisationer, bland dem två fackförbund, är kritiska.\nDe vill se\nen ny utredning.\n\n\
         Fakta: Lagen\nGäller från den 1 juli 2027.\nRör all nyproduktion i hela landet.\nKälla: Regeringen"
    );
    let hints: Vec<_> = article
        .hints
        .iter()
        .map(|h| (h.span.of(&article.text), h.kind))
        .collect();
    assert_eq!(
        hints,
        [
            (
                "Det här är ett viktigt steg, säger ministern.",
                HintKind::Quote
            ),
            ("Kritik", HintKind::Heading),
            ("Fakta: Lagen", HintKind::Heading),
            ("Gäller från den 1 juli 2027.", HintKind::ListItem),
            ("Rör all nyproduktion i hela landet.", HintKind::ListItem),
        ]
    );
    assert_eq!(article.title.as_deref(), Some("Ja till lagen"));
    assert_eq!(article.language.as_deref(), Some("sv"));
    assert_eq!(
        article.published.as_deref(),
        Some("2026-11-03T10:15:00+01:00")
    );
    assert_eq!(article.url.as_deref(), Some("https://x.example/lagen"));
    assert_eq!(article.publisher.as_deref(), Some("Bladet"));
    assert_eq!(article.byline.as_deref(), Some("Eva Ek"));
    assert_eq!(article.section.as_deref(), Some("Inrikes"));
    assert!(warnings(article).is_empty());
}

#[test]
fn json_ld_is_read() {
    let page = r#"<html><head><title>x</title><script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage"},
        {"@type":["NewsArticle"],"headline":"Rubriken &amp; mer","datePublished":"2026-11-03T10:15:00Z","inLanguage":"sv",
        "author":[{"@type":"Person","name":"Eva Ek"},{"name":"Bo Al"}],"publisher":{"name":"Bladet"}}]}</script></head>
        <body><p>Riksdagen röstade på onsdagen igenom lagen.</p></body></html>"#;
    let read = reading("a.html", page);
    let article = read.article();
    assert_eq!(article.title.as_deref(), Some("Rubriken & mer"));
    assert_eq!(article.byline.as_deref(), Some("Eva Ek, Bo Al"));
    assert_eq!(article.publisher.as_deref(), Some("Bladet"));
    assert_eq!(article.published.as_deref(), Some("2026-11-03T10:15:00Z"));
}

#[test]
fn broken_markup_is_read_as_browsers_do() {
    for (html, text) in [
        (
            "<p>Ett<p>Två<ul><li>Tre<li>Fyra</ul><p>Fem",
            "Ett\n\nTvå\n\nTre\nFyra\n\nFem",
        ),
        ("<div>a < b & c &lt; d</div>", "a < b & c < d"),
        (
            "<p>Ett <b>två <i>tre</b> fyra</i> fem</p><p>Sex</p>",
            "Ett två tre fyra fem\n\nSex",
        ),
        (
            "<p>Ett</div></span></p><p>Två</p></body></html><p>Tre</p>",
            "Ett\n\nTvå\n\nTre",
        ),
        (
            "<p>Ett<!-- <p>nej</p> --> två<script>if (a < b) { '</p>' }</script></p>",
            "Ett två",
        ),
        (
            "<p>Ett</p><![CDATA[nej]]><p title='a>b'>Två</p><p cut=\"",
            "Ett\n\nTvå",
        ),
        (
            "<table><tr><td>Ett<td>Två<tr><td>Tre</table>",
            "Ett\tTvå\n\nTre",
        ),
        ("Ett<br><br>Två<br>Tre", "Ett\n\nTvå\nTre"),
        ("<pre>Ett\n  två\n</pre>", "Ett\n  två"),
        ("<p>Ett&nbsp;två&#8201;tre</p>", "Ett\u{a0}två\u{2009}tre"),
    ] {
        let page = format!("<html><body>{html}</body></html>");
        assert_eq!(reading("a.html", page).article().text, text, "{html}");
    }
}

#[test]
#[allow(clippy::disallowed_methods)] // the test is about time
fn hostile_pages_take_linear_time_and_no_stack() {
    let body =
        "<p>En lång mening, med komman, som är lång nog för att vara ett stycke i en artikel.</p>"
            .repeat(5);
    for page in [
        format!(
            "<html><body>{}{body}{}",
            "<div>".repeat(100_000),
            "</div>".repeat(100_000)
        ),
        format!(
            "<html><body>{}{body}",
            "<blockquote><ul><li>".repeat(100_000)
        ),
        format!("<html><body>{}{body}", "<b><i><a href=x><p>".repeat(50_000)),
        format!(
            "<html><body><div>{}{}{body}",
            "<table><td>".repeat(2_000),
            "</div>".repeat(200_000)
        ),
        format!(
            "<html><body><div {}>{body}</div>",
            (0..1_000_000)
                .map(|n| format!("a{n}=1 "))
                .collect::<String>()
        ),
        format!("<html><body>{body}{}", "<!--".repeat(100_000)),
        format!("<html><body>{body}{}", "<a \"".repeat(200_000)),
        format!("<html><body>{body}{}", "&".repeat(1_000_000)),
        format!("<html><body>{body}{}", "<script>".repeat(200_000)),
        format!(
            "<html><body>{body}{}",
            "<script type=application/ld+json>[[[[".repeat(50_000)
        ),
    ] {
        let start = page.get(12..40).unwrap_or("").to_owned();
        let clock = std::time::Instant::now();
        let read = reading("a.html", page);
        assert!(read.article().text.starts_with("En lång mening"), "{start}");
        // Generous for a slow machine; anything quadratic takes minutes.
        assert!(
            clock.elapsed().as_secs() < 20,
            "{start}: {:?}",
            clock.elapsed()
        );
    }
}

#[test]
fn too_many_elements_are_cut_off_with_a_warning() {
    let read = reading(
        "a.html",
        format!("<html><body><p>Ett stycke.</p>{}", "<b>".repeat(1_100_000)),
    );
    assert_eq!(warnings(read.article()), ["W_TRUNCATED"]);
}

#[test]
fn a_page_is_known_by_its_content() {
    for name in ["a.txt", "a", "a.php", "a.xml", "a.html.gz"] {
        assert_eq!(
            reading(name, PAGE).report.format,
            Some(polygist::input::Format::Html),
            "{name}"
        );
    }
    assert_eq!(
        reading("a.txt", "<p>Ett ord</p>").article().text,
        "<p>Ett ord</p>"
    );
}

#[test]
fn xml_of_trafilatura_is_read() {
    let read = reading(
        "a.xml",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<doc sitename="Bladet" title="Ja &amp; nej" author="Eva Ek" date="2026-11-03" url="https://x.example/1" hostname="x.example" categories="" tags="" fingerprint="abc" language="sv">
  <main><head rend="h2">Bakgrund</head><p>Ett <hi rend="b">fett</hi> ord.</p><quote>Ja, säger hon.</quote>
  <list rend="ul"><item>Ett</item><item>Två</item></list><p>Rad<lb/>två</p></main><comments><p>nej</p></comments></doc>"#,
    );
    let article = read.article();
    assert_eq!(
        article.text,
        "Bakgrund\n\nEtt fett ord.\n\nJa, säger hon.\n\nEtt\nTvå\n\nRad\ntvå"
    );
    let kinds: Vec<_> = article.hints.iter().map(|h| h.kind).collect();
    assert_eq!(
        kinds,
        [
            HintKind::Heading,
            HintKind::Quote,
            HintKind::ListItem,
            HintKind::ListItem
        ]
    );
    assert_eq!(article.title.as_deref(), Some("Ja & nej"));
    assert_eq!(article.publisher.as_deref(), Some("Bladet"));
    assert_eq!(article.url.as_deref(), Some("https://x.example/1"));
    assert_eq!(article.language.as_deref(), Some("sv"));
}

#[test]
fn entities_of_a_document_are_never_expanded() {
    let bomb = r#"<?xml version="1.0"?><!DOCTYPE doc [<!ENTITY a "hahahaha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
        <!ENTITY file SYSTEM "file:///etc/passwd">]><doc title="&b;"><main><p>Ett ord &b; &file; &amp; slut.</p></main></doc>"#;
    let read = reading("a.xml", bomb);
    assert_eq!(read.article().text, "Ett ord &b; &file; & slut.");
    assert_eq!(read.article().title.as_deref(), Some("&b;"));
}
