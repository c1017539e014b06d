//! Responsible for what of a found article is kept, and for writing it out as text with its blocks.

use super::entities;
use super::measure::{Measure, real};
use super::score::Page;
use super::tree::{Flow, NONE, Tag, Tree};
use crate::input::presets::Body;
use crate::model::article::{BlockHint, HintKind};
use crate::model::span::Span;

/// Drops lists of links, forms and the like from the roots of an article.
pub(super) fn clean(page: &Page<'_, '_>, roots: &[u32], alive: &mut [bool]) {
    for root in roots {
        let end = page.tree.after(*root);
        let mut inside = vec![Measure::default(); (end - root) as usize];
        let tables = data_tables(page.tree, *root, end, alive);
        for at in (*root..end).rev() {
            if !alive[at as usize] {
                continue;
            }
            let place = (at - root) as usize;
            let node = page.tree.node(at);
            let mut here = inside[place];
            page.count(at as usize, node.tag, &mut here);
            let sheltered = tables[place];
            if at != *root && !sheltered && is_surplus(page, at, &here) {
                alive[at as usize] = false;
                continue;
            }
            inside[place] = here;
            if at != *root && node.parent != NONE {
                inside[(node.parent - root) as usize].add(&here);
            }
        }
        // What stands in a dropped element is dropped with it.
        for at in *root + 1..end {
            let parent = page.tree.node(at).parent;
            alive[at as usize] &= alive[parent as usize];
        }
    }
}

/// Which nodes stand in a table of data, where nothing is dropped.
fn data_tables(tree: &Tree<'_>, root: u32, end: u32, alive: &[bool]) -> Vec<bool> {
    let mut inside = vec![false; (end - root) as usize];
    for at in root..end {
        let node = tree.node(at);
        let above = at != root && inside[(node.parent - root) as usize];
        let here = node.tag == Tag::Table && alive[at as usize] && is_data(tree, at);
        inside[(at - root) as usize] = above || here;
    }
    inside
}

fn is_data(tree: &Tree<'_>, table: u32) -> bool {
    let (mut rows, mut cells, mut marked) = (0u32, 0u32, false);
    // A look at the first part of a table says what it is.
    for at in (table + 1..tree.after(table)).take(4000) {
        match tree.node(at).tag {
            Tag::Tr => rows += 1,
            Tag::Td => cells += 1,
            Tag::Th | Tag::Caption => marked = true,
            // A table around tables is a layout; looking no further keeps this linear.
            Tag::Table => return false,
            _ => {}
        }
    }
    let presentation = tree
        .attribute(table, "role")
        .is_some_and(|role| role == "presentation");
    !presentation && (marked || (rows >= 10 && cells > rows) || (rows > 1 && cells / rows >= 5))
}

/// Whether an element inside an article is not part of it.
fn is_surplus(page: &Page<'_, '_>, at: u32, here: &Measure) -> bool {
    let tag = page.tree.node(at).tag;
    let of = &page.traits[at as usize];
    match tag {
        Tag::Footer => true,
        // A fact box is an aside too: text that is no list of links is kept.
        Tag::Aside => here.len < 60 || here.link_density() > 0.2 || of.weight < 0,
        Tag::H1 | Tag::H2 if of.weight < 0 => true,
        Tag::Form | Tag::Fieldset | Tag::Table | Tag::Ul | Tag::Ol | Tag::Div | Tag::Section => {
            (of.share && here.len < 500) || is_thin(page, at, tag, here)
        }
        _ => of.share && here.len < 500,
    }
}

/// The tests of Readability for elements with little text of their own.
fn is_thin(page: &Page<'_, '_>, at: u32, tag: Tag, here: &Measure) -> bool {
    if matches!(tag, Tag::Section | Tag::Ol) {
        return false;
    }
    let weight = page.traits[at as usize].weight;
    if weight < 0 {
        return true;
    }
    if here.commas >= 10 {
        return false;
    }
    let density = here.link_density();
    let share = |part: u32| {
        if here.len == 0 {
            0.0
        } else {
            real(part) / real(here.len)
        }
    };
    let is_list = tag == Tag::Ul || share(here.lists) > 0.9;
    let in_figure = || {
        let mut up = page.tree.node(at).parent;
        for _ in 0..3 {
            if up == NONE {
                return false;
            }
            if page.tree.node(up).tag == Tag::Figure {
                return true;
            }
            up = page.tree.node(up).parent;
        }
        false
    };
    let items = i64::from(here.items) - 100;
    let (paragraphs, images) = (i64::from(here.paragraphs), i64::from(here.images));
    (images > 1 && paragraphs * 2 < images && !in_figure())
        || (!is_list && items > paragraphs)
        || i64::from(here.inputs) > paragraphs / 3
        || (!is_list
            && share(here.headings) < 0.9
            && here.len < 25
            && (images == 0 || images > 2)
            && density > 0.0
            && !in_figure())
        || (!is_list && weight < 25 && density > 0.2)
        || (weight >= 25 && density > 0.5)
        || (is_list && here.items > 0 && density > 0.5)
        || (here.embeds == 1 && here.len < 75)
        || here.embeds > 1
}

/// Writes elements out: a line a block, an empty line between blocks, list items line by line.
#[derive(Default)]
struct Writer {
    body: Body,
    flow: Flow,
    /// The hint of the block that is being written.
    kind: Option<HintKind>,
    /// Whether the block before was an item of the list that is still open.
    in_list: bool,
    /// Blanks and line ends count, as in `<pre>`.
    verbatim: u32,
    /// In how many `<aside>` elements the block stands.
    asides: u32,
    /// Whether the block before stands in the same one.
    in_aside: bool,
}

impl Writer {
    /// Ends the block that is being written.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.flow).text;
        let block = text.trim_matches(|c: char| c.is_ascii_whitespace());
        if block.is_empty() {
            return;
        }
        let out = &mut self.body.text;
        if !out.is_empty() {
            // Items stand line by line, and so does a box: that keeps it together for the layout.
            let tight = (self.in_list && self.kind == Some(HintKind::ListItem)) || self.in_aside;
            out.push_str(if tight { "\n" } else { "\n\n" });
        }
        let start = out.len() as u32;
        out.push_str(block);
        if let Some(kind) = self.kind {
            let span = Span::new(start, out.len() as u32);
            self.body.hints.push(BlockHint { span, kind });
        }
        self.in_list = self.kind == Some(HintKind::ListItem);
        self.in_aside = self.asides > 0;
    }

    fn text(&mut self, text: &str) {
        if self.verbatim > 0 {
            self.flow.text.push_str(text);
        } else {
            self.flow.push(text);
        }
    }
}

/// The hint that an element gives, if it gives one.
fn hint(tag: Tag, xml: bool) -> Option<HintKind> {
    Some(match tag {
        tag if tag.is_heading() => HintKind::Heading,
        Tag::Head if xml => HintKind::Heading,
        Tag::Li | Tag::Item | Tag::Dd => HintKind::ListItem,
        Tag::Blockquote | Tag::Quote => HintKind::Quote,
        Tag::Figcaption | Tag::Caption => HintKind::Caption,
        _ => return None,
    })
}

/// The text of some elements with hints; `keep` says which nodes are part of it.
pub(super) fn write(tree: &Tree<'_>, roots: &[u32], xml: bool, keep: &dyn Fn(u32) -> bool) -> Body {
    let mut writer = Writer::default();
    for root in roots {
        write_root(tree, *root, xml, keep, &mut writer);
        writer.flush();
    }
    writer.body
}

fn write_root(tree: &Tree<'_>, root: u32, xml: bool, keep: &dyn Fn(u32) -> bool, out: &mut Writer) {
    let end = tree.after(root);
    // Elements that are open, with the hint around them, to be restored at their end.
    let mut open: Vec<(u32, Tag, Option<HintKind>)> = Vec::new();
    let mut at = root;
    let mut breaks = 0;
    while at < end {
        while let Some((until, tag, around)) = open.last().copied() {
            if at < until {
                break;
            }
            open.pop();
            close(tag, around, out);
        }
        if !keep(at) {
            at = tree.after(at);
            continue;
        }
        let node = tree.node(at);
        match node.tag {
            Tag::Text => {
                breaks = if node.content.trim_ascii().is_empty() {
                    breaks
                } else {
                    0
                };
                out.text(&entities::decode(node.content));
            }
            Tag::Raw if xml => out.text(node.content),
            Tag::Raw => {}
            Tag::Br | Tag::Lb => {
                // Two breaks are how old pages end a paragraph.
                breaks += 1;
                if breaks == 2 && out.verbatim == 0 {
                    out.flush();
                } else {
                    out.flow.line();
                }
            }
            tag => {
                breaks = 0;
                if tag.is_block() || (xml && tag == Tag::Head) {
                    let around = out.kind;
                    start(tag, xml, out);
                    open.push((tree.after(at), tag, around));
                }
            }
        }
        at += 1;
    }
    while let Some((_, tag, around)) = open.pop() {
        close(tag, around, out);
    }
}

fn start(tag: Tag, xml: bool, out: &mut Writer) {
    match tag {
        Tag::Td | Tag::Th => {
            if !out.flow.text.is_empty() {
                out.flow.text.push('\t');
            }
        }
        _ => out.flush(),
    }
    // A heading or paragraph inside a quotation or an item stays part of it.
    out.kind = hint(tag, xml).or(out.kind);
    if matches!(tag, Tag::Ul | Tag::Ol | Tag::List | Tag::Dl) {
        out.in_list = false;
    }
    if tag == Tag::Pre {
        out.verbatim += 1;
    }
    if tag == Tag::Aside {
        out.asides += 1;
        out.in_aside = false;
    }
}

fn close(tag: Tag, around: Option<HintKind>, out: &mut Writer) {
    match tag {
        Tag::Td | Tag::Th => {}
        _ => out.flush(),
    }
    out.kind = around;
    if matches!(tag, Tag::Ul | Tag::Ol | Tag::List | Tag::Dl) {
        out.in_list = false;
    }
    if tag == Tag::Pre {
        out.verbatim = out.verbatim.saturating_sub(1);
    }
    if tag == Tag::Aside {
        out.asides = out.asides.saturating_sub(1);
        out.in_aside = false;
    }
}
