//! Responsible for the XML that trafilatura writes: one or more `<doc>` elements, metadata in their
//! attributes, text in `<main>`. Entities that a document declares are never expanded and nothing
//! outside it is fetched.

use serde_json::{Map, Value};

use super::content;
use super::tokens;
use super::tree::{NONE, Tag, Tree};
use crate::input::feed::Feed;
use crate::input::mapping::{self, Preset};
use crate::input::source::Opened;
use crate::model::problem::Code;

/// Reads every `<doc>` as an article.
pub(in crate::input) fn read(opened: &mut Opened, feed: &mut Feed<'_>) {
    let Some((xml, problem)) = super::text(opened, feed) else {
        return;
    };
    feed.notes.extend(problem);
    let tree = Tree::parse(&xml, true);
    let docs: Vec<u32> = tree
        .iter()
        .filter(|(at, node)| node.tag == Tag::Doc && is_outer(&tree, *at))
        .map(|(at, _)| at)
        .collect();
    if docs.is_empty() {
        let message = "XML other than trafilatura's <doc> is not read";
        feed.refuse(Code::EKind, message.into(), true);
        return;
    }
    for doc in docs {
        feed.begin(None);
        read_doc(&tree, doc, feed);
        if feed.stopped() {
            return;
        }
    }
}

/// A `<doc>` stands alone or in a list of them.
fn is_outer(tree: &Tree<'_>, at: u32) -> bool {
    let parent = tree.node(at).parent;
    parent == 0 || (parent != NONE && tree.node(parent).parent == 0)
}

fn read_doc(tree: &Tree<'_>, doc: u32, feed: &mut Feed<'_>) {
    let main = (doc..tree.after(doc))
        .find(|at| tree.node(*at).tag == Tag::Main)
        .unwrap_or(doc);
    let keep = |at: u32| at == main || !matches!(tree.node(at).tag, Tag::Comments | Tag::Meta);
    let body = content::write(tree, &[main], true, &keep);
    let mut map = Map::new();
    for (name, value) in tokens::attributes(tree.node(doc).content) {
        let value = super::entities::decode(value).into_owned();
        map.insert(name.to_owned(), Value::String(value));
    }
    if feed.is_first() {
        feed.report.preset = Some(Preset::Trafilatura);
    }
    mapping::hand_on_with(map, body, Preset::Trafilatura, feed);
}
