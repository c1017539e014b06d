//! Responsible for what is counted in the elements of a page.

/// What is inside an element that is still alive, counted once from below.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Measure {
    /// Characters of text.
    pub(super) len: u32,
    /// Characters of text in links; links within the page count less.
    pub(super) link: f32,
    pub(super) commas: u32,
    pub(super) paragraphs: u32,
    pub(super) images: u32,
    pub(super) items: u32,
    pub(super) inputs: u32,
    pub(super) embeds: u32,
    /// Characters in headings and in lists.
    pub(super) headings: u32,
    pub(super) lists: u32,
    /// Whether a block is inside.
    pub(super) blocks: bool,
}

impl Measure {
    pub(super) fn add(&mut self, other: &Measure) {
        self.len += other.len;
        self.link += other.link;
        self.commas += other.commas;
        self.paragraphs += other.paragraphs;
        self.images += other.images;
        self.items += other.items;
        self.inputs += other.inputs;
        self.embeds += other.embeds;
        self.headings += other.headings;
        self.lists += other.lists;
        self.blocks |= other.blocks;
    }

    /// The share of the text that is in links.
    pub(super) fn link_density(&self) -> f32 {
        if self.len == 0 {
            0.0
        } else {
            self.link / real(self.len)
        }
    }
}

/// A count as a number to reckon with; counts here are far below where that would lose anything.
#[allow(clippy::cast_precision_loss)]
pub(super) fn real(count: u32) -> f32 {
    count as f32
}

/// Characters without surplus white space, and commas.
pub(super) fn size(text: &str) -> (u32, u32) {
    let mut length = 0;
    for word in text.split_ascii_whitespace() {
        length += word.chars().count() + 1;
    }
    let wide = if text.is_ascii() {
        0
    } else {
        text.matches(['\u{60c}', '\u{ff0c}', '\u{fe50}']).count()
    };
    let commas = memchr::memchr_iter(b',', text.as_bytes()).count() + wide;
    ((length.saturating_sub(1)) as u32, commas as u32)
}
