//! Encodings: rows 1 to 15 of the fault table as far as reading goes.

use crate::support::{reading, stream, warnings};
use polygist::input::InputOptions;

const TEXT: &str =
    "Ja till lagen\n\n– Det här är bra, säger Åsa Öberg till tidningen på lördagen.\n";

fn utf16(text: &str, little: bool) -> Vec<u8> {
    text.encode_utf16()
        .flat_map(|unit| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        })
        .collect()
}

#[test]
fn utf8_is_kept_byte_for_byte() {
    let text = "\u{a0} Rad ett\r\n\r\nrad två\u{2028}\ttre e\u{301}  \n\n";
    let read = reading("a.txt", text);
    assert_eq!(read.article().text, text);
    assert_eq!(read.report.encoding, Some("UTF-8"));
    assert!(warnings(read.article()).is_empty());
}

#[test]
fn a_leading_mark_is_dropped_and_others_stay() {
    let read = reading("a.txt", "\u{feff}\u{feff}Åska\u{feff} i natt");
    assert_eq!(read.article().text, "\u{feff}Åska\u{feff} i natt");
    let lines = stream(
        "\u{feff}{\"text\":\"Åska\"}\n{\"text\":\"Regn\"}".as_bytes(),
        &InputOptions::default(),
    );
    assert_eq!(lines.outline(), ["Åska", "Regn"]);
    let table = reading("a.csv", "\u{feff}text,id\nÅska,1\n");
    assert_eq!(table.article().id.as_deref(), Some("1"));
}

#[test]
fn utf16_is_read_with_and_without_a_mark() {
    for little in [true, false] {
        let marked = [utf16("\u{feff}", little), utf16(TEXT, little)].concat();
        let read = reading("a.txt", &marked);
        assert_eq!(read.article().text, TEXT);
        assert!(warnings(read.article()).is_empty());

        let read = reading("a.txt", utf16(TEXT, little));
        assert_eq!(read.article().text, TEXT);
        assert_eq!(warnings(read.article()), ["W_ENCODING"]);
    }
    let lines = utf16(
        "\u{feff}{\"text\":\"Åska\"}\r\n{\"text\":\"Regn\"}\r\n",
        true,
    );
    assert_eq!(reading("a.jsonl", lines).outline(), ["Åska", "Regn"]);
    let table = utf16("\u{feff}text;id\r\n\"Åska; regn\";7\r\n", true);
    assert_eq!(reading("a.csv", table).article().text, "Åska; regn");
    let russian = utf16(
        "Закон принят, сказал министр.\nДепутаты голосовали за.\nИ против.\n",
        true,
    );
    assert!(
        reading("a.txt", russian)
            .article()
            .text
            .starts_with("Закон принят")
    );
}

#[test]
fn windows_1252_keeps_its_dashes_and_quotes() {
    let bytes = b"\x96 Det h\xe4r \xe4r bra, s\xe4ger \xc5sa \xd6berg och l\xe4ser \x93lagen\x94 p\xe5 l\xf6rdag.\n";
    let read = reading("a.txt", bytes);
    assert_eq!(
        read.article().text,
        "– Det här är bra, säger Åsa Öberg och läser “lagen” på lördag.\n"
    );
    assert_eq!(read.report.encoding, Some("windows-1252"));
    assert_eq!(warnings(read.article()), ["W_ENCODING"]);
    let table = reading("a.csv", [b"id;text\r\n1;".as_slice(), bytes].concat());
    assert!(table.article().text.starts_with("– Det här är"));
}

#[test]
fn other_encodings_are_recognized() {
    let (bytes, _, _) =
        encoding_rs::WINDOWS_1251.encode("Закон принят сегодня, сказал министр иностранных дел.");
    assert!(
        reading("a.txt", &*bytes)
            .article()
            .text
            .starts_with("Закон принят")
    );
    let (bytes, _, _) =
        encoding_rs::ISO_8859_2.encode("Już dziś posłowie zagłosują, mówi się w kuluarach Sejmu.");
    assert!(
        reading("a.txt", &*bytes)
            .article()
            .text
            .starts_with("Już dziś posłowie")
    );
}

#[test]
fn a_few_broken_bytes_in_utf8_do_not_change_the_rest() {
    let mut bytes = "Åsa Öberg säger att det är så här, på lördag är det över"
        .as_bytes()
        .to_vec();
    bytes.extend(b" caf\xe9.");
    let read = reading("a.txt", bytes);
    assert!(read.article().text.starts_with("Åsa Öberg säger"));
    assert!(read.article().text.ends_with("caf\u{fffd}."));
    assert_eq!(warnings(read.article()), ["W_ENCODING"]);
}

#[test]
fn declared_charsets_of_pages_are_used() {
    let page = |head: &str| {
        let html = format!(
            "<html><head>{head}</head><body><p>Gr\u{1}ne \u{1}pfel fallen vom Baum.</p></body></html>"
        );
        html.into_bytes()
            .into_iter()
            .map(|b| if b == 1 { 0xfc } else { b })
            .collect::<Vec<u8>>()
    };
    for head in [
        "<meta charset=iso-8859-1>",
        "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1252\">",
    ] {
        let read = reading("a.html", page(head));
        assert_eq!(read.article().text, "Grüne üpfel fallen vom Baum.");
        assert!(warnings(read.article()).is_empty());
    }
    // A page that says Latin-1 and is UTF-8 is UTF-8.
    let read = reading(
        "a.html",
        "<meta charset=iso-8859-1><p>Grüne Äpfel fallen vom Baum.</p>",
    );
    assert_eq!(read.article().text, "Grüne Äpfel fallen vom Baum.");
}

#[test]
fn wrongly_decoded_text_is_flagged_and_not_mended() {
    let read = reading("a.txt", "â€“ Det hÃ¤r Ã¤r bra, sÃ¤ger hon.");
    assert_eq!(read.article().text, "â€“ Det hÃ¤r Ã¤r bra, sÃ¤ger hon.");
    assert_eq!(warnings(read.article()), ["W_MOJIBAKE"]);
    assert!(
        warnings(reading("a.txt", "NÃO É VERDADE, DIZ O MINISTRO. NÃO MESMO.").article())
            .is_empty()
    );
}

#[test]
fn control_characters_stay_and_are_told() {
    for text in [
        "Ett\0två tre fyra fem",
        "Ett \u{202e}två\u{202c} tre",
        "Ett \u{2066}två\u{2069} tre",
        "Ett\u{1}två tre fyra",
    ] {
        let read = reading("a.txt", text);
        assert_eq!(read.article().text, text);
        assert_eq!(warnings(read.article()), ["W_CONTROLS"], "{text:?}");
    }
    let read = stream(b"{\"text\":\"a\\u0000b\"}", &InputOptions::default());
    assert_eq!(read.article().text, "a\0b");
    let plain = "Noll\u{200b}bredd, mjukt\u{ad}streck, e\u{301} och \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}";
    let read = reading("a.txt", plain);
    assert_eq!(read.article().text, plain);
    assert!(warnings(read.article()).is_empty());
}
