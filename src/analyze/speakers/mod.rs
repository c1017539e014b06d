//! Responsible for who is who in an article: mentions of people and bodies, the names behind them,
//! and the phrases next to verbs. Quotations and stances ask here.

mod actors;
mod alike;
mod bodies;
mod compound;
mod entity;
mod given;
mod listed;
mod mention;
mod nouns;
pub mod phrase;
mod resolve;
mod title;
mod titled;

use std::ops::Range;

pub use actors::actors;
pub use entity::Entity;
pub use mention::{Mention, MentionKind};
pub use resolve::Resolved;

use crate::pack::Pack;
use crate::text::doc::Doc;

const NONE: u32 = u32::MAX;

/// The people and bodies of one article.
#[derive(Debug, Default)]
pub struct Speakers {
    /// All mentions by place.
    pub mentions: Vec<Mention>,
    /// The people and bodies behind them.
    pub entities: Vec<Entity>,
    /// Whether a title may stand right behind its name.
    role_behind: bool,
    /// Whether owners stand behind what they own.
    owner_behind: bool,
    /// For each token the mention whose core covers it.
    by_token: Vec<u32>,
    /// For each token how many mentions' cores begin before it.
    begun: Vec<u32>,
}

impl Speakers {
    /// Finds all mentions of a document and groups them.
    pub fn find(doc: &Doc<'_>, pack: &Pack) -> Self {
        let mut mentions = mention::find(doc, pack);
        let entities = entity::group(doc, pack, &mut mentions);
        let mut by_token = vec![NONE; doc.tokens.len()];
        let mut begun = Vec::with_capacity(doc.tokens.len());
        for (n, mention) in mentions.iter().enumerate() {
            by_token[mention.core.clone()].fill(n as u32);
            begun.resize(mention.core.start + 1, n as u32);
        }
        begun.resize(doc.tokens.len(), mentions.len() as u32);
        Self {
            role_behind: pack.meta.names.role_behind,
            owner_behind: pack.meta.names.owner_behind,
            mentions,
            entities,
            by_token,
            begun,
        }
    }

    /// The mention whose name or noun covers a token.
    pub fn mention_at(&self, token: usize) -> Option<usize> {
        self.by_token
            .get(token)
            .filter(|m| **m != NONE)
            .map(|m| *m as usize)
    }

    /// Mentions whose core begins inside a range of tokens.
    pub fn mentions_in(
        &self,
        tokens: Range<usize>,
    ) -> impl DoubleEndedIterator<Item = usize> + use<> {
        let from = self.begun_before(tokens.start);
        from..self.begun_before(tokens.end).max(from)
    }

    /// How many mentions' cores begin before a token.
    #[inline]
    fn begun_before(&self, token: usize) -> usize {
        let begun = self.begun.get(token);
        begun.map_or(self.mentions.len(), |n| *n as usize)
    }

    /// The mention that ends right before `at`, its tag included.
    pub fn mentions_ending_at(&self, _doc: &Doc<'_>, at: usize) -> Option<usize> {
        let last = at.checked_sub(1)?;
        self.mention_at(last).or_else(|| {
            let before = self.begun_before(at).checked_sub(1)?;
            (self.mentions[before].full.end == at).then_some(before)
        })
    }

    /// Whether a noun for a person, body or group stands in a range of tokens.
    fn noun_before(&self, tokens: Range<usize>) -> bool {
        self.mentions_in(tokens)
            .any(|m| self.mentions[m].kind != MentionKind::Name)
    }

    /// The entity of a mention, if it has one.
    pub fn entity_of(&self, mention: usize) -> Option<usize> {
        self.mentions
            .get(mention)
            .map(|m| m.entity)
            .filter(|e| *e < self.entities.len())
    }
}
