//! Responsible for the tree of a document: one flat list of nodes, parents before children, built
//! without recursion and forgiving as browsers are.

use super::entities;
use super::tokens::{self, Token, Tokens};

/// Declares the tags that mean something to us; every other one is `Other`.
macro_rules! tags {
    ($($variant:ident $($name:literal)+;)+) => {
        /// What an element is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(super) enum Tag { Root, Text, Raw, Other, $($variant),+ }

        impl Tag {
            #[allow(clippy::unnested_or_patterns)]
            fn of(name: &str) -> Self {
                let mut low = [0u8; 10];
                let Some(low) = low.get_mut(..name.len()) else { return Self::Other };
                low.copy_from_slice(name.as_bytes());
                low.make_ascii_lowercase();
                match std::str::from_utf8(low) {
                    $($(Ok($name))|+ => Self::$variant,)+
                    _ => Self::Other,
                }
            }
        }
    };
}

tags! {
    A "a"; Address "address"; Area "area" "base" "col" "param" "source" "track" "wbr"; Article "article";
    Aside "aside"; Blockquote "blockquote"; Body "body"; Br "br"; Button "button"; Caption "caption";
    Cell "cell"; Center "center"; Code "code"; Comments "comments"; Dd "dd"; Details "details"; Div "div";
    Dl "dl"; Doc "doc"; Dt "dt"; Embed "embed"; Fieldset "fieldset"; Figcaption "figcaption";
    Figure "figure"; Footer "footer"; Form "form"; Frame "frame" "frameset"; H1 "h1"; H2 "h2"; H3 "h3"; H4 "h4"; H5 "h5";
    H6 "h6"; Head "head"; Header "header"; Hr "hr"; Html "html"; Iframe "iframe"; Img "img"; Inline
    "b" "i" "em" "strong" "span" "font" "u" "s" "small" "big" "sup" "sub" "mark" "tt" "abbr" "cite" "q" "hi" "ref"; Time "time";
    Input "input"; Item "item"; Lb "lb"; Li "li"; Link "link"; List "list"; Main "main"; Meta "meta"; Nav "nav";
    Noscript "noscript"; Object "object"; Ol "ol"; Option "option"; P "p"; Picture "picture"; Pre "pre";
    Quote "quote"; Row "row"; Script "script"; Section "section"; Select "select"; Style "style"; Svg "svg" "math";
    Table "table"; Tbody "tbody" "thead" "tfoot"; Td "td"; Template "template"; Textarea "textarea" "label"; Th "th";
    Title "title"; Tr "tr"; Ul "ul" "menu"; Video "video" "audio" "canvas";
}

impl Tag {
    fn is_void(self) -> bool {
        use Tag::{Area, Br, Embed, Hr, Img, Input, Link, Meta};
        matches!(self, Area | Br | Embed | Hr | Img | Input | Link | Meta)
    }

    /// Whether the element stands on lines of its own.
    pub(super) fn is_block(self) -> bool {
        #[allow(clippy::enum_glob_use)]
        use Tag::*;
        matches!(
            self,
            Root | Html
                | Body
                | Address
                | Article
                | Aside
                | Blockquote
                | Caption
                | Center
                | Dd
                | Details
                | Div
                | Dl
                | Doc
                | Dt
                | Fieldset
                | Figcaption
                | Figure
                | Footer
                | Form
                | H1
                | H2
                | H3
                | H4
                | H5
                | H6
                | Head
                | Header
                | Hr
                | Item
                | Li
                | List
                | Main
                | Nav
                | Ol
                | P
                | Pre
                | Quote
                | Row
                | Section
                | Table
                | Tbody
                | Td
                | Th
                | Tr
                | Ul
        )
    }

    /// Whether it is a heading of HTML.
    pub(super) fn is_heading(self) -> bool {
        matches!(
            self,
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6
        )
    }
}

/// No node.
pub(super) const NONE: u32 = u32::MAX;
/// More nodes than any page of an article has; further tags are passed over, their text is kept.
const NODES: usize = 1 << 20;
/// How far up an end tag looks for its start.
const REACH: usize = 512;

/// An element or a piece of text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node<'d> {
    pub(super) tag: Tag,
    pub(super) parent: u32,
    pub(super) first: u32,
    pub(super) next: u32,
    last: u32,
    /// The attributes of an element, or the text.
    pub(super) content: &'d str,
}

/// A document.
#[derive(Debug)]
pub(super) struct Tree<'d> {
    pub(super) nodes: Vec<Node<'d>>,
    /// For each node the first one that is not inside it.
    ends: Vec<u32>,
    /// Whether there were too many nodes.
    pub(super) truncated: bool,
}

impl<'d> Tree<'d> {
    /// Builds the tree of a document.
    pub(super) fn parse(text: &'d str, xml: bool) -> Self {
        let mut builder = Builder {
            tree: Self {
                nodes: Vec::with_capacity(text.len() / 24 + 8),
                ends: Vec::new(),
                truncated: false,
            },
            open: Vec::new(),
            xml,
        };
        builder.add(Tag::Root, NONE, "");
        builder.open.push(0);
        for token in Tokens::new(text, xml) {
            builder.take(token);
        }
        builder.tree.find_ends();
        builder.tree
    }

    /// The nodes with their numbers, in document order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &Node<'d>)> {
        (0u32..).zip(&self.nodes)
    }

    pub(super) fn node(&self, at: u32) -> &Node<'d> {
        &self.nodes[at as usize]
    }

    /// The children of a node.
    pub(super) fn children(&self, at: u32) -> impl Iterator<Item = u32> + '_ {
        let mut next = self.node(at).first;
        std::iter::from_fn(move || {
            let child = (next != NONE).then_some(next)?;
            next = self.node(child).next;
            Some(child)
        })
    }

    /// The node after `at` and all that is inside it, in document order.
    pub(super) fn after(&self, at: u32) -> u32 {
        self.ends[at as usize]
    }

    /// Finds where each node ends; parents come first, so one pass does.
    fn find_ends(&mut self) {
        let all = self.nodes.len() as u32;
        for node in &self.nodes {
            let above = self.ends.get(node.parent as usize).copied().unwrap_or(all);
            self.ends
                .push(if node.next == NONE { above } else { node.next });
        }
    }

    /// An attribute of an element, references replaced.
    pub(super) fn attribute(&self, at: u32, name: &str) -> Option<std::borrow::Cow<'d, str>> {
        let node = self.node(at);
        if matches!(node.tag, Tag::Text | Tag::Raw) {
            return None;
        }
        tokens::attribute(node.content, name).map(entities::decode)
    }

    /// The text inside a node, white space collapsed, up to about `limit` bytes.
    pub(super) fn text(&self, at: u32, limit: usize) -> String {
        let mut flow = Flow::default();
        let end = self.after(at);
        for n in at..end {
            let node = self.node(n);
            match node.tag {
                Tag::Text => flow.push(&entities::decode(node.content)),
                Tag::Raw => flow.push(node.content),
                tag if tag.is_block() || tag == Tag::Br => flow.gap(),
                _ => {}
            }
            if flow.text.len() > limit {
                break;
            }
        }
        flow.text
    }
}

/// Text on its way out: white space collapsed to single blanks, none at the ends.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) text: String,
    gap: bool,
}

impl Flow {
    pub(super) fn gap(&mut self) {
        self.gap = true;
    }

    pub(super) fn push(&mut self, text: &str) {
        let blank = |c: char| c.is_ascii_whitespace();
        self.gap |= text.starts_with(blank);
        for word in text.split_ascii_whitespace() {
            if self.gap && !self.text.is_empty() && !self.text.ends_with(['\n', '\t']) {
                self.text.push(' ');
            }
            self.text.push_str(word);
            self.gap = true;
        }
        if !text.is_empty() {
            self.gap = text.ends_with(blank) || (self.gap && text.trim_ascii().is_empty());
        }
    }

    /// A line break inside a block.
    pub(super) fn line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.gap = false;
    }
}

struct Builder<'d> {
    tree: Tree<'d>,
    open: Vec<u32>,
    xml: bool,
}

impl<'d> Builder<'d> {
    fn add(&mut self, tag: Tag, parent: u32, content: &'d str) -> u32 {
        let at = self.tree.nodes.len() as u32;
        self.tree.nodes.push(Node {
            tag,
            parent,
            first: NONE,
            next: NONE,
            last: NONE,
            content,
        });
        if let Some(node) = self.tree.nodes.get_mut(parent as usize) {
            let last = std::mem::replace(&mut node.last, at);
            match self.tree.nodes.get_mut(last as usize) {
                Some(before) => before.next = at,
                None => self.tree.nodes[parent as usize].first = at,
            }
        }
        at
    }

    fn top(&self) -> u32 {
        self.open.last().copied().unwrap_or(0)
    }

    fn tag_of(&self, at: u32) -> Tag {
        self.tree.node(at).tag
    }

    fn take(&mut self, token: Token<'d>) {
        match token {
            Token::Text { text, raw } => {
                if self.tree.nodes.len() < 2 * NODES {
                    let top = self.top();
                    self.add(if raw { Tag::Raw } else { Tag::Text }, top, text);
                } else {
                    self.tree.truncated = true;
                }
            }
            Token::Start {
                name,
                attributes,
                closed,
            } => {
                if self.tree.nodes.len() >= NODES {
                    self.tree.truncated = true;
                    return;
                }
                let tag = Tag::of(name);
                if !self.xml {
                    self.imply_ends(tag);
                }
                let top = self.top();
                let at = self.add(tag, top, attributes);
                if !(self.xml && closed) && (self.xml || !tag.is_void()) {
                    self.open.push(at);
                }
            }
            Token::End { name } => self.close(Tag::of(name)),
        }
    }

    /// Closes what the start of `tag` ends without saying so.
    fn imply_ends(&mut self, tag: Tag) {
        #[allow(clippy::enum_glob_use)]
        use Tag::*;
        match tag {
            Li => self.close_within(&[Li], &[Ul, Ol]),
            Dt | Dd => self.close_within(&[Dt, Dd], &[Dl]),
            Tr => self.close_within(&[Tr], &[Table]),
            Td | Th => self.close_within(&[Td, Th], &[Tr, Table]),
            Tbody => self.close_within(&[Tbody], &[Table]),
            Option => self.close_within(&[Option], &[Select]),
            Body => self.close_within(&[Head], &[]),
            _ => {}
        }
        // A paragraph ends where a block starts, even when inline elements are still open in it.
        if tag.is_block() && !matches!(tag, Li | Td | Th | Tr | Tbody | Html | Body | Head) {
            self.close_within(
                &[P],
                &[
                    Div, Li, Td, Th, Section, Article, Blockquote, Table, Body, Button, Object,
                ],
            );
        }
    }

    /// Closes the innermost of some elements, unless a boundary comes first.
    fn close_within(&mut self, tags: &[Tag], stops: &[Tag]) {
        for (depth, at) in self.open.iter().enumerate().rev().take(REACH) {
            let tag = self.tag_of(*at);
            if tags.contains(&tag) {
                self.open.truncate(depth);
                return;
            }
            if stops.contains(&tag) {
                return;
            }
        }
    }

    fn close(&mut self, tag: Tag) {
        use Tag::{Body, Html, Inline, Table, Td, Th};
        if matches!(tag, Body | Html) && !self.xml {
            return;
        }
        for (depth, at) in self.open.iter().enumerate().rev().take(REACH) {
            if depth == 0 {
                return;
            }
            let open = self.tag_of(*at);
            if open == tag {
                self.open.truncate(depth);
                return;
            }
            let inline = matches!(tag, Inline | Tag::A | Tag::Time | Tag::Other);
            if !self.xml
                && ((inline && open.is_block())
                    || (matches!(open, Td | Th | Table) && tag != Table && !is_table_part(tag)))
            {
                return;
            }
        }
    }
}

fn is_table_part(tag: Tag) -> bool {
    matches!(tag, Tag::Td | Tag::Th | Tag::Tr | Tag::Tbody)
}
