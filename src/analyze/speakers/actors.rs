//! Responsible for the list of actors: everyone in an article who speaks or holds a stance.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Speakers;
use crate::model::record::{Actor, ActorKind, Quotation, SpeakerMethod, Stance};

/// One entry for each person, body or group that speaks or holds a stance, in order of appearance.
pub fn actors(speakers: &Speakers, quotations: &[Quotation], stances: &[Stance]) -> Vec<Actor> {
    let mut actors: Vec<Actor> = Vec::new();
    let mut index: BTreeMap<String, usize> = BTreeMap::new();
    let mut entry = |actors: &mut Vec<Actor>,
                     name: &str,
                     kind: ActorKind,
                     role: Option<&str>,
                     affiliation: Option<&str>| {
        *index.entry(name.to_owned()).or_insert_with(|| {
            actors.push(Actor {
                name: name.to_owned(),
                aliases: Vec::new(),
                kind,
                role: role.map(str::to_owned),
                affiliation: affiliation.map(str::to_owned),
                quotations: 0,
                stances: 0,
            });
            actors.len() - 1
        })
    };
    // The first of a name counts.
    let named = speakers.entities.iter().rev();
    let kinds: FxHashMap<&str, ActorKind> = named.map(|e| (e.name.as_str(), e.kind)).collect();
    let kind_of = |name: &str, fallback: ActorKind| kinds.get(name).copied().unwrap_or(fallback);
    for speaker in quotations.iter().filter_map(|q| q.speaker.as_ref()) {
        let fallback = match speaker.method {
            SpeakerMethod::Organisation => ActorKind::Organisation,
            SpeakerMethod::Description => ActorKind::Group,
            _ => ActorKind::Person,
        };
        let kind = kind_of(&speaker.name, fallback);
        let at = entry(
            &mut actors,
            &speaker.name,
            kind,
            speaker.role.as_deref(),
            speaker.affiliation.as_deref(),
        );
        actors[at].quotations += 1;
        if speaker.method != SpeakerMethod::Pronoun {
            add_alias(&mut actors[at], speaker.as_written.as_deref());
        }
    }
    for holder in stances.iter().map(|s| &s.holder) {
        let kind = kind_of(&holder.name, ActorKind::Group);
        let at = entry(
            &mut actors,
            &holder.name,
            kind,
            holder.role.as_deref(),
            holder.affiliation.as_deref(),
        );
        actors[at].stances += 1;
    }
    actors
}

fn add_alias(actor: &mut Actor, written: Option<&str>) {
    let Some(written) = written else { return };
    if written != actor.name && !actor.aliases.iter().any(|a| a == written) {
        actor.aliases.push(written.to_owned());
    }
}
