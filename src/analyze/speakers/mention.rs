//! Responsible for mentions of people and bodies by name or function: where a name begins and ends,
//! which title stands before it, which party or organisation behind it.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::pack::Pack;
use crate::text::doc::Doc;
use crate::text::fold::fold;
use crate::text::lexicon::Class;
use crate::text::token::{Token, TokenKind};

/// What a mention names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MentionKind {
    /// A proper name: of a person, a body or a place.
    Name,
    /// A function or title alone ("the minister").
    Role,
    /// A body by its noun ("the government").
    Organisation,
    /// A group of people by its noun ("the residents").
    Group,
}

/// One mention. Ranges are tokens of the document.
#[derive(Debug, Clone)]
pub struct Mention {
    /// What it names.
    pub kind: MentionKind,
    /// The name alone, without title and party tag.
    pub core: Range<usize>,
    /// Everything that belongs to it.
    pub full: Range<usize>,
    /// The title or function, if one is tied to it.
    pub role: Option<Range<usize>>,
    /// The party or organisation, if one is tied to it.
    pub affiliation: Option<Range<usize>>,
    /// The entity it belongs to.
    pub entity: usize,
}

/// Words of these classes are no names, whatever their first letter.
pub(super) const FUNCTION: u64 = Class::FUNCTION | Class::NotName.bit() | Class::SourceCue.bit();

/// Words that are names only when something else says so.
pub(super) const DOUBTFUL: u64 = Class::Stop.bit()
    | Class::Cue.bit()
    | Class::Verb.bit()
    | Class::NumberWord.bit()
    | Class::Organisation.bit()
    | Class::People.bit()
    | Class::Document.bit()
    | Class::Role.bit()
    | Class::Honorific.bit();

/// Finds the names of a document, then the functions and bodies that stand without one.
pub(super) fn find(doc: &Doc<'_>, pack: &Pack) -> Vec<Mention> {
    let mut finder = Finder {
        doc,
        pack,
        starts: sentence_starts(doc),
        known: FxHashSet::default(),
        forms: FxHashSet::default(),
    };
    finder.learn();
    let mut mentions = finder.names();
    super::listed::bodies(doc, pack, &mut mentions);
    mentions.extend(super::titled::names(doc, pack));
    mentions.extend(super::listed::names(doc, pack));
    mentions.sort_by_key(|m| m.core.start);
    finder.nouns(&mut mentions);
    mentions
}

/// The first word of each sentence, whose capital says nothing.
fn sentence_starts(doc: &Doc<'_>) -> Vec<bool> {
    let mut starts = vec![false; doc.tokens.len() + 1];
    for sentence in &doc.sentences {
        if let Some(first) = sentence.tokens.clone().find(|&i| doc.tokens[i].is_word()) {
            starts[first] = true;
        }
    }
    // A capital after an opening mark or a colon says nothing either.
    for (i, token) in doc.tokens.iter().enumerate() {
        let says_nothing = match token.kind {
            TokenKind::Word | TokenKind::Number | TokenKind::Symbol => continue,
            TokenKind::Mark | TokenKind::Dash => true,
            TokenKind::Punct => doc.word(i) == ":",
        };
        starts[i + 1] |= says_nothing;
    }
    starts
}

pub(super) struct Finder<'d, 'a> {
    pub(super) doc: &'d Doc<'a>,
    pub(super) pack: &'d Pack,
    /// For each token whether its capital says nothing.
    starts: Vec<bool>,
    /// Hashes of words that are names for sure somewhere in the document.
    known: FxHashSet<u32>,
    /// The same words, folded, where names change their form with the case.
    pub(super) forms: FxHashSet<String>,
}

impl Finder<'_, '_> {
    /// Whether a sentence or a speech begins at `i`.
    pub(super) fn starts(&self, i: usize) -> bool {
        self.starts.get(i).is_some_and(|starts| *starts)
    }

    pub(super) fn token(&self, i: usize) -> Option<&Token> {
        self.doc.tokens.get(i)
    }

    /// Words that are names in a place where a capital tells.
    fn learn(&mut self) {
        let capital_nouns = self.pack.meta.text.capital_nouns;
        for (i, token) in self.doc.tokens.iter().enumerate() {
            if !token.is_capital() || !self.may_be_name(i) || self.starts(i) {
                continue;
            }
            let certain = if capital_nouns {
                self.doc.is(i, Class::FirstName)
                    || (i > 0
                        && self
                            .doc
                            .is_any(i - 1, Class::FirstName.bit() | Class::Honorific.bit()))
                    || self.ends_particles(i)
                    || (i > 0
                        && self.doc.is(i - 1, Class::Role)
                        && !self.doc.is_any(i, DOUBTFUL)
                        && self.starts_lower_before(i))
            } else {
                !self.doc.is_any(i, DOUBTFUL)
            };
            if certain {
                self.known.insert(token.hash);
                if !self.pack.meta.names.forms.is_empty() {
                    let word = fold(self.doc.word(i), self.pack.tokens.case);
                    self.forms.insert(word);
                }
            }
        }
    }

    /// Whether name particles stand before a word, and a first name before them.
    fn ends_particles(&self, i: usize) -> bool {
        let floor = i.saturating_sub(3);
        let first = (floor..i)
            .rev()
            .find(|&k| !self.doc.is(k, Class::NameParticle));
        first.is_some_and(|k| k + 1 < i && self.doc.is(k, Class::FirstName))
    }

    fn starts_lower_before(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| !t.is_line_start())
    }

    fn may_be_name(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| {
            t.is_word()
                && t.is_capital()
                && (self.doc.classes(i) & FUNCTION == 0
                    || (t.is_all_caps() && !self.starts(i))
                    || self.is_given(i))
        })
    }

    /// Whether the word can stand inside a name that has already begun.
    pub(super) fn goes_on(&self, i: usize) -> bool {
        self.may_be_name(i) && !self.token(i).is_some_and(Token::is_line_start)
    }

    /// Whether a name can begin at `i`.
    fn begins(&self, i: usize) -> bool {
        if self.begins_with_particle(i) {
            return true;
        }
        if !self.may_be_name(i) || self.is_title_of_words(i) {
            return false;
        }
        let Some(token) = self.token(i) else {
            return false;
        };
        let known = self.known.contains(&token.hash);
        if self.pack.meta.text.capital_nouns {
            if known
                || self.doc.is_any(
                    i,
                    Class::FirstName.bit() | Class::Place.bit() | Class::Party.bit(),
                )
            {
                return true;
            }
            if token.is_all_caps() {
                return true;
            }
            if self.doc.is_any(i, DOUBTFUL) {
                return false;
            }
            // Two capital words in a row without an article are more often a name than two nouns;
            // behind a preposition neither may be a word that the pack knows.
            let article = i > 0 && self.doc.is(i - 1, Class::Determiner);
            let governed = i > 0 && self.doc.is(i - 1, Class::Preposition);
            let unknown = self.doc.classes(i) == 0 && self.doc.classes(i + 1) == 0;
            return token.is_all_caps()
                || (!article
                    && (!governed || unknown)
                    && self.goes_on(i + 1)
                    && !self.doc.is_any(i + 1, DOUBTFUL));
        }
        if self.starts(i) {
            return known
                || self.doc.is_any(
                    i,
                    Class::FirstName.bit() | Class::Place.bit() | Class::Party.bit(),
                )
                || token.is_all_caps()
                || !self.doc.is_any(i, DOUBTFUL) && self.is_base_of_known(i)
                || (!self.doc.is_any(i, DOUBTFUL) && self.goes_on(i + 1))
                || self.titles(i);
        }
        !self.doc.is_any(
            i,
            DOUBTFUL & !(Class::Role.bit() | Class::Honorific.bit() | Class::Organisation.bit()),
        ) || self.goes_on(i + 1)
    }

    /// Whether a title of several words of which the second is small begins at `i`: "Bộ trưởng".
    fn is_title_of_words(&self, i: usize) -> bool {
        self.doc.find(i, Class::Role).is_some_and(|hit| hit.len > 1)
            && self
                .token(i + 1)
                .is_some_and(|t| t.is_word() && !t.is_capital())
    }

    /// Whether a sentence begins with the particle of a known name: "Von der Leyen said".
    fn begins_with_particle(&self, i: usize) -> bool {
        self.doc.is(i, Class::NameParticle)
            && self.starts(i)
            && self.token(i).is_some_and(Token::is_capital)
            && self
                .particles(i)
                .and_then(|next| self.token(next))
                .is_some_and(|name| name.is_capital() && self.known.contains(&name.hash))
    }

    /// Whether a title at `i` stands before a name: "Minister Ana Ruiz", "Dr. Ana Ruiz".
    fn titles(&self, i: usize) -> bool {
        let honorific = self.doc.is(i, Class::Honorific);
        (honorific || self.doc.is(i, Class::Role)) && self.goes_on(i + 1)
            || honorific && self.doc.is_char(i + 1, &['.']) && self.goes_on(i + 2)
    }

    fn names(&self) -> Vec<Mention> {
        let mut out = Vec::new();
        let mut i = 0;
        while let Some(token) = self.token(i) {
            if !token.is_capital() {
                i += 1;
                continue;
            }
            if let Some(end) = self.dateline(i) {
                i = end;
                continue;
            }
            if self.begins(i) {
                let end = self.name_end(i);
                if let Some(mention) = self.name(i, end) {
                    i = mention.full.end.max(end);
                    out.push(mention);
                    continue;
                }
                i = end;
            } else {
                i += 1;
            }
        }
        out
    }

    /// The end of a place in capitals that opens a line before a full stop, dash or bracket: "LINCOLN.",
    /// "CARVER CITY —". It speaks for nobody.
    fn dateline(&self, i: usize) -> Option<usize> {
        let first = self
            .token(i)
            .filter(|t| t.is_line_start() && t.is_all_caps())?;
        let mut end = i + 1;
        while end < i + 4
            && self
                .token(end)
                .is_some_and(|t| t.is_all_caps() && !t.is_line_start())
        {
            end += 1;
        }
        // "TEPOZÁN, Hgo.- The mayor": the region too, up to the dash.
        if self.doc.is_char(end, &[',']) {
            let dash = (end + 1..end + 6).find(|&k| self.doc.kind(k) == TokenKind::Dash);
            if let Some(dash) = dash {
                return Some(dash);
            }
        }
        let closed = self.doc.is_char(end, &['.', '(', ',', '—', '–', '-', '/']);
        let known = first.end - first.start <= 3 || self.doc.is_any(i, Class::Party.bit());
        (closed && !known && !self.doc.is(i, Class::Organisation)).then_some(end)
    }

    /// The end of the run of name words that begins at `i`.
    fn name_end(&self, i: usize) -> usize {
        let mut end = i + 1;
        loop {
            if self.goes_on(end) {
                end += 1;
            } else if self.is_initial(end - 1)
                && self.doc.is_char(end, &['.'])
                && self.goes_on(end + 1)
            {
                end += 2;
            } else if let Some(next) = self.particles(end).filter(|&n| self.goes_on(n)) {
                end = next + 1;
            } else if let Some(next) = self.nickname(end) {
                end = next;
            } else {
                return end;
            }
        }
    }

    fn is_initial(&self, i: usize) -> bool {
        let word = self.doc.word(i);
        word.chars().count() <= 2 || self.doc.is(i, Class::Honorific)
    }

    /// The first token after name particles that begin at `i`.
    fn particles(&self, i: usize) -> Option<usize> {
        let mut at = i;
        while at < i + 3 && self.doc.is(at, Class::NameParticle) && !self.token(at)?.is_line_start()
        {
            at += 1;
        }
        (at > i).then_some(at)
    }

    /// The end of a nickname in marks that stands inside a name: Stefan "Bagarn" Lundmark.
    fn nickname(&self, i: usize) -> Option<usize> {
        let opens = self.doc.kind(i) == TokenKind::Mark && self.token(i)?.is_spaced();
        let close = (i + 2..i + 5).find(|&k| self.doc.kind(k) == TokenKind::Mark)?;
        let inside = (i + 1..close).all(|k| self.token(k).is_some_and(Token::is_word));
        (opens && inside && self.goes_on(close + 1)).then_some(close + 2)
    }

    /// Whether a capital word alone is the adjective of a place before the noun for a body: "the
    /// Lvivian council".
    fn is_attribute(&self, start: usize, end: usize) -> bool {
        let word = self.doc.word(start);
        let endings = &self.pack.meta.names.adjectives;
        end == start + 1
            && self.doc.is(end, Class::Organisation)
            && self
                .token(end)
                .is_some_and(|t| !t.is_capital() && !t.is_line_start())
            && endings.iter().any(|e| word.ends_with(e.as_str()))
    }

    /// Splits a run of capital words into title and name, and looks around it.
    fn name(&self, start: usize, end: usize) -> Option<Mention> {
        if self.is_attribute(start, end) {
            return None;
        }
        // "SVs Bjørn Jacobsen", "ERC Ana Ruiz": what stands before the first name is an affiliation.
        let given = (start + 1..end.saturating_sub(1)).find(|&k| self.doc.is(k, Class::FirstName));
        let given = given.filter(|&k| {
            !(start..k).any(|i| {
                self.doc.is_any(
                    i,
                    Class::FirstName.bit() | Class::Role.bit() | Class::Honorific.bit(),
                )
            }) && !self.is_initial(start)
        });
        let genitive = (start + 1 < end && self.is_owner(start)).then_some(start + 1);
        let agency = self.follows_agency(start, end).then_some(start + 1);
        let owner = given.or(genitive).or(agency).map(|k| start..k);
        let whole = start..end;
        let mut start = owner.as_ref().map_or(start, |o| o.end);
        // "in Madrid Ana Ruiz": the place belongs to its preposition.
        if owner.is_none()
            && end > start + 2
            && self.doc.is(start, Class::Place)
            && !self.doc.is_any(start, Class::FirstName.bit())
            && start > 0
            && self.doc.is(start - 1, Class::Preposition)
        {
            start += 1;
        }
        let title_words = Class::Role.bit() | Class::Honorific.bit();
        // "captain Dean Rourke": a first name that is a title too.
        let named = |k: usize| self.doc.is(k, Class::FirstName) && k + 1 < end;
        let last_title = (start..end)
            .rev()
            .find(|&k| self.doc.is_any(k, title_words) && !named(k));
        let mut core = start;
        let mut role = None;
        if let Some(last) = last_title {
            core = last + self.doc.find(last, Class::Role).map_or(1, |hit| hit.len);
            if self.doc.is_char(core, &['.']) {
                core += 1;
            }
            if core >= end {
                // A title alone, or an organisation's name that ends in one.
                return None;
            }
            if self.doc.is(last, Class::Role) {
                role = Some(start..last + 1);
            }
        }
        let mut full = whole;
        if let Some(before) = self.role_before(full.start) {
            full.start = before.start;
            role = Some(before.start..role.map_or(before.end, |r: Range<usize>| r.end));
        }
        if core == start && full.start > 0 && self.doc.is(full.start - 1, Class::Honorific) {
            full.start -= 1;
        }
        let affiliation = self.tag_after(end);
        if let Some(tag) = &affiliation {
            full.end = tag.end + 1;
        }
        let affiliation = affiliation.or(owner);
        let behind = self.pack.meta.names.role_behind && self.doc.is(end, Class::Role);
        let behind = behind && self.token(end).is_some_and(|t| !t.is_line_start());
        let role = role
            .or_else(|| behind.then_some(end..end + 1))
            .or_else(|| self.role_after(full.end));
        Some(Mention {
            kind: MentionKind::Name,
            core: core..end,
            full,
            role,
            affiliation,
            entity: usize::MAX,
        })
    }

    /// Whether a run of capital words is an abbreviation and a name of two words or more: "to EFE
    /// Ana Ruiz", "AFP Anne Roy".
    fn follows_agency(&self, start: usize, end: usize) -> bool {
        let caps = |i: usize| self.token(i).is_some_and(Token::is_all_caps);
        end > start + 2
            && caps(start)
            && self.doc.word(start).chars().count() >= 3
            && !(start + 1..end).any(caps)
            && start > 0
            && (self.doc.is_any(
                start - 1,
                Class::Preposition.bit() | Class::Determiner.bit(),
            ))
    }

    /// Whether a word is the genitive of a party, body or place, or of an abbreviation.
    fn is_owner(&self, i: usize) -> bool {
        let word = self.doc.word(i);
        let bodies = Class::Party.bit() | Class::Organisation.bit() | Class::Place.bit();
        self.pack.meta.names.endings.iter().any(|ending| {
            let Some(stem) = word.strip_suffix(ending.as_str()) else {
                return false;
            };
            let stem = stem.trim_end_matches(':');
            let short = stem.chars().count() >= 2 && stem.chars().all(char::is_uppercase);
            let known = || {
                let id = self.doc.lexicon.id(&fold(stem, self.pack.tokens.case));
                self.doc.lexicon.classes(id) & bodies != 0
            };
            !stem.is_empty() && (short || known())
        })
    }
}
