//! Responsible for finding the article on a page: the part of the tree whose paragraphs score
//! highest, after the way of Arc90's and Mozilla's Readability, in passes that are linear in the page.

use rustc_hash::FxHashMap;

use super::measure::{Measure, real, size};
use super::tokens;
use super::traits::{Traits, traits_of};
use super::tree::{NONE, Tag, Tree};

/// A text shorter than this, in characters, is looked for again with milder rules.
const ENOUGH: u32 = 500;
/// A paragraph shorter than this says nothing.
const PARAGRAPH: u32 = 25;
/// How many of the best candidates are compared.
const CANDIDATES: usize = 5;
/// How far a paragraph's score reaches up.
const LEVELS: u32 = 5;

/// Which of the rules hold in a pass.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    strip: bool,
    weigh: bool,
    pub(super) clean: bool,
}

/// The passes, from strict to mild.
pub(super) const PASSES: [Rules; 4] = [
    Rules {
        strip: true,
        weigh: true,
        clean: true,
    },
    Rules {
        strip: false,
        weigh: true,
        clean: true,
    },
    Rules {
        strip: false,
        weigh: false,
        clean: true,
    },
    Rules {
        strip: false,
        weigh: false,
        clean: false,
    },
];

/// A page with everything that passes need to know of it.
pub(super) struct Page<'t, 'd> {
    pub(super) tree: &'t Tree<'d>,
    pub(super) traits: Vec<Traits>,
    /// Own text of text nodes: characters and commas.
    own: Vec<(u32, u32)>,
    /// Characters of text before each node.
    text_before: Vec<u32>,
}

impl<'t, 'd> Page<'t, 'd> {
    pub(super) fn new(tree: &'t Tree<'d>) -> Self {
        let mut seen: FxHashMap<&str, Traits> = FxHashMap::default();
        let mut traits = Vec::with_capacity(tree.nodes.len());
        let mut own = Vec::with_capacity(tree.nodes.len());
        for node in &tree.nodes {
            if matches!(node.tag, Tag::Text | Tag::Raw) {
                traits.push(Traits::default());
                own.push(if node.tag == Tag::Text {
                    size(node.content)
                } else {
                    (0, 0)
                });
            } else {
                let of = if node.content.is_empty() {
                    Traits::default()
                } else {
                    *seen
                        .entry(node.content)
                        .or_insert_with(|| traits_of(node.content))
                };
                traits.push(of);
                own.push((0, 0));
            }
        }
        let mut text_before = Vec::with_capacity(own.len() + 1);
        let mut sum = 0;
        text_before.push(0);
        text_before.extend(own.iter().map(|(length, _)| {
            sum += length;
            sum
        }));
        Self {
            tree,
            traits,
            own,
            text_before,
        }
    }

    /// Which nodes a pass looks at.
    pub(super) fn alive(&self, rules: Rules, skip_byline: bool, title: Option<u32>) -> Vec<bool> {
        let mut alive = Vec::with_capacity(self.tree.nodes.len());
        // Inside a table or code nothing is unlikely.
        let mut sheltered = Vec::with_capacity(self.tree.nodes.len());
        for (at, node) in self.tree.iter() {
            let parent = node.parent as usize;
            let above = alive.get(parent).copied().unwrap_or(true);
            let shelter = sheltered.get(parent).copied().unwrap_or(false);
            sheltered.push(shelter || matches!(node.tag, Tag::Table | Tag::Code));
            let of = &self.traits[at as usize];
            let unlikely = rules.strip
                && !shelter
                && ((of.unlikely && !of.maybe) || of.role)
                && !matches!(
                    node.tag,
                    Tag::Body | Tag::A | Tag::Html | Tag::Root | Tag::Main | Tag::Article
                );
            let dead = is_never_text(node.tag)
                || of.hidden
                || unlikely
                || (skip_byline && of.byline && self.is_short(at))
                || title == Some(at);
            alive.push(above && !dead);
        }
        alive
    }

    /// Whether an element holds a little text, as a writer's line does.
    pub(super) fn is_byline(&self, at: u32) -> bool {
        self.traits[at as usize].byline && self.is_short(at)
    }

    fn is_short(&self, at: u32) -> bool {
        let (start, end) = (at as usize, self.tree.after(at) as usize);
        (1..100).contains(&(self.text_before[end] - self.text_before[start]))
    }

    /// Counts what is inside each living element.
    pub(super) fn measure(&self, alive: &[bool]) -> Vec<Measure> {
        let mut all = vec![Measure::default(); self.tree.nodes.len()];
        for at in (0..self.tree.nodes.len()).rev() {
            if !alive[at] {
                continue;
            }
            let node = &self.tree.nodes[at];
            let mut here = all[at];
            self.count(at, node.tag, &mut here);
            all[at] = here;
            if node.parent != NONE {
                let mut up = here;
                up.blocks |= node.tag.is_block();
                all[node.parent as usize].add(&up);
            }
        }
        all
    }

    /// Adds what a node is itself to what is inside it.
    pub(super) fn count(&self, at: usize, tag: Tag, here: &mut Measure) {
        match tag {
            Tag::Text => (here.len, here.commas) = self.own[at],
            Tag::A => {
                let within = tokens::attribute(self.tree.nodes[at].content, "href")
                    .is_some_and(|href| href.len() > 1 && href.starts_with('#'));
                here.link = real(here.len) * if within { 0.3 } else { 1.0 };
            }
            Tag::P => here.paragraphs += 1,
            Tag::Img => here.images += 1,
            Tag::Li => here.items += 1,
            Tag::Input => here.inputs += 1,
            Tag::Embed | Tag::Iframe | Tag::Object => here.embeds += 1,
            // Lists in lists count again, which tells an article of lists from a menu.
            Tag::Ul | Tag::Ol => here.lists += here.len,
            tag if tag.is_heading() => here.headings = here.len,
            _ => {}
        }
    }

    /// Finds the article: sibling elements that belong together, in document order.
    pub(super) fn find(&self, rules: Rules, alive: &[bool], measures: &[Measure]) -> Vec<u32> {
        let scores = self.scores(rules, alive, measures);
        let top = self.top(&scores, measures);
        let parent = self.tree.node(top).parent;
        if parent == NONE {
            return vec![top];
        }
        let top_score = scores[top as usize].unwrap_or(0.0);
        let threshold = f32::max(10.0, top_score * 0.2);
        let class = self.traits[top as usize].class_hash;
        let belongs = |at: u32| {
            if at == top {
                return true;
            }
            let same = class != 0 && self.traits[at as usize].class_hash == class;
            let bonus = if same { top_score * 0.2 } else { 0.0 };
            if scores[at as usize].is_some_and(|score| score + bonus >= threshold) {
                return true;
            }
            let measure = &measures[at as usize];
            let density = measure.link_density();
            let tag = self.tree.node(at).tag;
            let is_paragraph = tag == Tag::P || (tag == Tag::Div && !measure.blocks);
            is_paragraph
                && ((measure.len > 80 && density < 0.25)
                    || (measure.len > 0
                        && measure.len < 80
                        && density == 0.0
                        && self.ends_a_sentence(at)))
        };
        self.tree
            .children(parent)
            .filter(|at| alive[*at as usize] && belongs(*at))
            .collect()
    }

    fn ends_a_sentence(&self, at: u32) -> bool {
        let text = self.tree.text(at, 400);
        text.ends_with('.') || text.contains(". ")
    }

    /// Gives the elements around each paragraph their points.
    fn scores(&self, rules: Rules, alive: &[bool], measures: &[Measure]) -> Vec<Option<f32>> {
        let mut scores = vec![None; self.tree.nodes.len()];
        for (at, node) in self.tree.iter() {
            if !alive[at as usize] || matches!(node.tag, Tag::Text | Tag::Raw) {
                continue;
            }
            let measure = &measures[at as usize];
            let scored = match node.tag {
                Tag::P
                | Tag::Td
                | Tag::Pre
                | Tag::Section
                | Tag::H2
                | Tag::H3
                | Tag::H4
                | Tag::H5
                | Tag::H6 => true,
                Tag::Div => !measure.blocks,
                // An article may be one long list; short items are menus.
                Tag::Li => !measure.blocks && measure.len >= 80,
                _ => false,
            };
            if scored {
                self.credit(rules, node.parent, measure.len, measure.commas, &mut scores);
            } else if node.tag == Tag::Div {
                self.credit_loose(rules, at, alive, measures, &mut scores);
            }
        }
        for (score, measure) in scores.iter_mut().zip(measures) {
            if let Some(score) = score {
                *score *= 1.0 - measure.link_density();
            }
        }
        scores
    }

    /// Text between the blocks of an element counts as paragraphs of it.
    fn credit_loose(
        &self,
        rules: Rules,
        at: u32,
        alive: &[bool],
        measures: &[Measure],
        scores: &mut [Option<f32>],
    ) {
        let (mut length, mut commas) = (0, 0);
        for child in self.tree.children(at).filter(|c| alive[*c as usize]) {
            let measure = &measures[child as usize];
            if self.tree.node(child).tag.is_block() || measure.blocks {
                self.credit(rules, at, length, commas, scores);
                (length, commas) = (0, 0);
            } else {
                length += measure.len;
                commas += measure.commas;
            }
        }
        self.credit(rules, at, length, commas, scores);
    }

    /// Points for one paragraph, from its parent upwards.
    fn credit(
        &self,
        rules: Rules,
        parent: u32,
        length: u32,
        commas: u32,
        scores: &mut [Option<f32>],
    ) {
        if length < PARAGRAPH {
            return;
        }
        let points = 2.0 + real(commas) + real((length / 100).min(3));
        let mut at = parent;
        for level in 0..LEVELS {
            if at == NONE || matches!(self.tree.node(at).tag, Tag::Root | Tag::Html) {
                break;
            }
            let start = || self.start(rules, at);
            let divider = match level {
                0 => 1.0,
                1 => 2.0,
                n => 3.0 * real(n),
            };
            *scores[at as usize].get_or_insert_with(start) += points / divider;
            at = self.tree.node(at).parent;
        }
    }

    /// What an element is worth before its paragraphs are counted.
    fn start(&self, rules: Rules, at: u32) -> f32 {
        let tag: i16 = match self.tree.node(at).tag {
            Tag::Div => 5,
            Tag::Pre | Tag::Td | Tag::Blockquote => 3,
            Tag::Address
            | Tag::Ol
            | Tag::Ul
            | Tag::Dl
            | Tag::Dd
            | Tag::Dt
            | Tag::Li
            | Tag::Form => -3,
            Tag::Th => -5,
            tag if tag.is_heading() => -5,
            _ => 0,
        };
        f32::from(
            tag + if rules.weigh {
                self.traits[at as usize].weight
            } else {
                0
            },
        )
    }

    /// The element that holds the article.
    fn top(&self, scores: &[Option<f32>], measures: &[Measure]) -> u32 {
        let score = |at: u32| scores[at as usize];
        let mut best: Vec<u32> = Vec::new();
        for (at, _) in self.tree.iter() {
            let Some(own) = score(at) else { continue };
            let place = best
                .iter()
                .position(|b| score(*b).is_none_or(|s| own > s))
                .unwrap_or(best.len());
            if place < CANDIDATES {
                best.insert(place, at);
                best.truncate(CANDIDATES);
            }
        }
        let whole = || {
            let body = self.tree.iter().find(|(_, node)| node.tag == Tag::Body);
            body.map_or(0, |(at, _)| at)
        };
        let Some(&first) = best.first() else {
            return whole();
        };
        let Some(first_score) =
            score(first).filter(|s| *s > 0.0 || measures[first as usize].len > 0)
        else {
            return whole();
        };
        let mut top = self.shared_ancestor(first, first_score, &best, scores);
        // A parent that scores higher still holds more of the article.
        let mut last = score(top).unwrap_or(0.0);
        let floor = last / 3.0;
        let mut at = self.tree.node(top).parent;
        while at != NONE && !matches!(self.tree.node(at).tag, Tag::Body | Tag::Html | Tag::Root) {
            if let Some(points) = score(at) {
                if points < floor {
                    break;
                }
                if points > last {
                    top = at;
                    break;
                }
                last = points;
            }
            at = self.tree.node(at).parent;
        }
        // An only child has no siblings to be joined with; its parent may have.
        loop {
            let parent = self.tree.node(top).parent;
            if parent == NONE
                || matches!(
                    self.tree.node(parent).tag,
                    Tag::Body | Tag::Html | Tag::Root
                )
            {
                return top;
            }
            let elements = |at: &u32| !matches!(self.tree.node(*at).tag, Tag::Text | Tag::Raw);
            if self.tree.children(parent).filter(elements).nth(1).is_some() {
                return top;
            }
            top = parent;
        }
    }

    /// An element that holds most of the candidates that score nearly as high as the best.
    fn shared_ancestor(
        &self,
        first: u32,
        first_score: f32,
        best: &[u32],
        scores: &[Option<f32>],
    ) -> u32 {
        let near: Vec<u32> = best[1..]
            .iter()
            .copied()
            .filter(|at| scores[*at as usize].is_some_and(|s| s / first_score >= 0.75))
            .collect();
        if near.len() < 3 {
            return first;
        }
        let mut at = self.tree.node(first).parent;
        while at != NONE && !matches!(self.tree.node(at).tag, Tag::Body | Tag::Html | Tag::Root) {
            let end = self.tree.after(at);
            if near.iter().filter(|n| (at..end).contains(*n)).count() >= 3 {
                return at;
            }
            at = self.tree.node(at).parent;
        }
        first
    }
}

/// Whether a text found in a pass is long enough to be the article.
pub(super) fn is_enough(length: u32) -> bool {
    length >= ENOUGH
}

/// Elements whose content is never the article's text.
fn is_never_text(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Script
            | Tag::Style
            | Tag::Noscript
            | Tag::Template
            | Tag::Svg
            | Tag::Nav
            | Tag::Button
            | Tag::Select
            | Tag::Textarea
            | Tag::Input
            | Tag::Iframe
            | Tag::Object
            | Tag::Embed
            | Tag::Head
            | Tag::Title
            | Tag::Frame
            | Tag::Video
            | Tag::Raw
    )
}
