//! Responsible for the sentences that may be key facts, with everything that is measured of them.

use std::ops::Range;

use super::Findings;
use super::features::bit;
use crate::model::record::{
    BlockKind, Figure, FigureType, Marking, Quotation, QuotationKind, Section, Value,
};
use crate::model::span::Span;
use crate::pack::grammar::Person;
use crate::text::doc::Doc;
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

/// A sentence with more direct speech, in per mille, is speech.
pub(super) const SPEECH: u32 = 500;
/// Words that name a day or month.
const DAYS: u64 = Class::Weekday.bit() | Class::Month.bit();
/// Words whose entries are read.
const TELLING: u64 = Class::FactCue.bit() | Class::StatusCue.bit() | Class::Pronoun.bit();

/// A sentence and what is measured of it.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)]
pub(super) struct Candidate {
    /// Its place in bytes.
    pub(super) span: Span,
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// The part of the article.
    pub(super) section: Section,
    /// The figures inside, by number.
    pub(super) figures: Range<usize>,
    /// Which types of figure, as bits.
    pub(super) figure_types: u16,
    /// How many tokens are numbers in digits.
    pub(super) numbers: u32,
    /// A number of two digits or more that is no year.
    pub(super) large_number: bool,
    /// A date with a day, a month or a year.
    pub(super) dated: bool,
    /// Sentences of prose before it.
    pub(super) position: u32,
    /// Sentences of prose after it.
    pub(super) from_end: u32,
    /// In the article's lead.
    pub(super) in_lead: bool,
    /// The first of its block.
    pub(super) opens_block: bool,
    /// Direct speech, per mille of its bytes.
    pub(super) speech: u32,
    /// The indirect report that covers it, by number.
    pub(super) report: Option<usize>,
    /// In a block that begins with a dash.
    pub(super) dash: bool,
    /// Quotation marks inside.
    pub(super) marks: bool,
    /// It ends in a colon.
    pub(super) leads_in: bool,
    /// It asks.
    pub(super) question: bool,
    /// Words and numbers.
    pub(super) words: u32,
    /// Cosine with the article, per mille.
    pub(super) central: u32,
    /// Cosine with the headline, per mille.
    pub(super) title: u32,
    /// Kinds of fact whose words it has, as bits.
    pub(super) cues: u16,
    /// What words say of its truth, as bits.
    pub(super) status: u16,
    /// "I", "we" or "you" outside speech.
    pub(super) speaking_person: bool,
    /// Its first word is a pronoun.
    pub(super) opens_with_pronoun: bool,
    /// It names someone.
    pub(super) named: bool,
    /// It names a day.
    pub(super) day: bool,
    /// It has a date after the day the article was published.
    pub(super) future: bool,
    /// It opens with a day or a year that lies back, as entries of a chronicle do.
    pub(super) chronicle: bool,
}

/// All candidates, in order.
pub(super) fn find(doc: &Doc<'_>, findings: &Findings<'_>) -> Vec<Candidate> {
    let Findings {
        figures,
        quotations,
        speakers,
        salience,
        published,
        ..
    } = *findings;
    let count = salience.sentences.len();
    let (mut figure, mut quote) = (0, 0);
    let mut out = Vec::with_capacity(count);
    for (n, salient) in salience.sentences.iter().enumerate() {
        let sentence = &doc.sentences[salient.sentence];
        let block = &doc.blocks[sentence.block];
        let span = sentence.span;
        while figures
            .get(figure)
            .is_some_and(|f| f.span.end <= span.start)
        {
            figure += 1;
        }
        let inside = figures[figure..]
            .iter()
            .take_while(|f| f.span.start < span.end)
            .count();
        while quotations
            .get(quote)
            .is_some_and(|q| q.span.end <= span.start)
        {
            quote += 1;
        }
        let lead = block.kind == BlockKind::Lead;
        let mut candidate = Candidate {
            section: if lead { Section::Lead } else { Section::Body },
            figures: figure..figure + inside,
            position: n as u32,
            from_end: (count - 1 - n) as u32,
            in_lead: lead,
            opens_block: block.sentences.start == salient.sentence,
            dash: doc.kind(block.tokens.start) == TokenKind::Dash,
            leads_in: span.of(doc.text).ends_with([':', '：']),
            words: salient.words,
            central: salient.central,
            title: salient.title,
            opens_with_pronoun: doc.is(sentence.tokens.start, Class::Pronoun),
            named: speakers
                .mentions_in(sentence.tokens.clone())
                .next()
                .is_some(),
            ..Candidate::unmeasured(span, sentence.tokens.clone())
        };
        candidate.look_at_figures(&figures[figure..figure + inside], published);
        candidate.look_at_speech(quotations, quote);
        // Speech is left to quotations, so its words need no look.
        if candidate.speech <= SPEECH {
            candidate.look_at_words(doc);
        }
        out.push(candidate);
    }
    out
}

/// Whether a whole ISO date lies after another, as far as both go.
fn is_after(iso: &str, published: &str) -> bool {
    let whole = |s: &str| s.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let shared = iso.len().min(10);
    match (iso.get(..shared), published.get(..shared)) {
        (Some(a), Some(b)) => shared >= 4 && whole(a) && whole(b) && a > b,
        _ => false,
    }
}

impl Candidate {
    /// An item of a fact box, nothing measured yet.
    pub(super) fn of_item(doc: &Doc<'_>, span: Span) -> Self {
        let from = doc.token_at(span.start);
        let to = doc.tokens.partition_point(|t| t.start < span.end);
        Self::unmeasured(span, from..to.max(from))
    }

    /// A stretch of text, nothing measured yet.
    fn unmeasured(span: Span, tokens: Range<usize>) -> Self {
        Self {
            words: tokens.len() as u32,
            span,
            tokens,
            section: Section::Factbox,
            figures: 0..0,
            figure_types: 0,
            numbers: 0,
            large_number: false,
            dated: false,
            position: 0,
            from_end: 0,
            in_lead: false,
            opens_block: true,
            speech: 0,
            report: None,
            dash: false,
            marks: false,
            leads_in: false,
            question: false,
            central: 0,
            title: 0,
            cues: 0,
            status: 0,
            speaking_person: false,
            opens_with_pronoun: false,
            named: false,
            day: false,
            future: false,
            chronicle: false,
        }
    }

    /// Which types of figure it holds.
    /// `published` is the day of the article.
    pub(super) fn look_at_figures(&mut self, figures: &[Figure], published: Option<&str>) {
        for figure in figures {
            self.figure_types |= bit(figure.kind);
            if figure.kind != FigureType::Date {
                continue;
            }
            if let Some(Value::Text(iso)) = &figure.value {
                self.dated |= iso.len() >= 4;
                let lies_back = published.is_none_or(|day| !is_after(iso, day));
                self.chronicle |= figure.span.start == self.span.start && lies_back;
                self.future |= published.is_some_and(|day| is_after(iso, day));
            }
        }
    }

    /// How much of it is someone's marked words, and which report covers it.
    fn look_at_speech(&mut self, quotations: &[Quotation], from: usize) {
        let mut direct = 0;
        for (n, q) in quotations.iter().enumerate().skip(from) {
            if q.span.start >= self.span.end {
                break;
            }
            let shared = |(start, end): (u32, u32)| {
                end.min(self.span.end)
                    .saturating_sub(start.max(self.span.start))
            };
            match q.kind {
                QuotationKind::Direct => direct += q.spans.iter().copied().map(shared).sum::<u32>(),
                QuotationKind::Mixed => {
                    direct += q.fragments.iter().copied().map(shared).sum::<u32>();
                }
                QuotationKind::Indirect => {}
            }
            let reported = shared((q.span.start, q.span.end));
            if q.marking != Marking::Dash
                && q.kind != QuotationKind::Direct
                && reported * 4 > self.span.len()
            {
                self.report.get_or_insert(n);
            }
        }
        self.speech = direct * 1000 / self.span.len().max(1);
    }

    /// Numbers, marks, persons, and the words that tell kind and status.
    pub(super) fn look_at_words(&mut self, doc: &Doc<'_>) {
        for i in self.tokens.clone() {
            let token = &doc.tokens[i];
            match token.kind {
                TokenKind::Number => {
                    self.numbers += 1;
                    let word = doc.word(i);
                    let digits = word.bytes().filter(u8::is_ascii_digit).count();
                    let year =
                        word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
                    self.large_number |= digits >= 2 && !year;
                    self.dated |= year;
                }
                TokenKind::Mark => self.marks |= !matches!(doc.word(i), "'" | "’"),
                TokenKind::Punct => self.question |= doc.word(i).starts_with(['?', '？', '؟']),
                _ => {}
            }
            let classes = doc.classes(i);
            self.day |= classes & DAYS != 0;
            if classes & TELLING != 0 {
                for entry in doc.entries(i) {
                    self.hear(entry.class, entry.payload);
                }
            }
        }
        for (class, payload) in doc.phrases_in(self.tokens.clone()) {
            self.hear(class, payload);
        }
    }

    /// Notes what one entry of the lexicon says.
    fn hear(&mut self, class: Class, payload: u32) {
        match class {
            Class::FactCue => self.cues |= 1 << payload.min(15),
            Class::StatusCue => self.status |= 1 << payload.min(15),
            Class::Pronoun => {
                self.speaking_person |= matches!(
                    Person::from_payload(payload),
                    Some(Person::I | Person::We | Person::You)
                );
            }
            _ => {}
        }
    }
}
