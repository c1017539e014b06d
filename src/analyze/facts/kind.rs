//! Responsible for what a fact is about and what the article says of its truth.

use super::candidates::Candidate;
use super::features::bit;
use crate::model::record::{FactKind, FactStatus, FigureType, Section};
use crate::pack::facts::{KINDS, StatusCue};

/// Figures that count or measure something.
const MEASURES: u16 = bit(FigureType::Number) | EXACT;

/// Figures that come with a unit.
const EXACT: u16 = bit(FigureType::Money) | bit(FigureType::Percent) | bit(FigureType::Quantity);

/// The kind of a sentence: what its words say, else what its figures say, else where it stands.
pub(super) fn kind(c: &Candidate) -> FactKind {
    let cue = |kind: FactKind| {
        KINDS
            .iter()
            .position(|k| *k == kind)
            .is_some_and(|n| c.cues & (1 << n) != 0)
    };
    let has = |types: u16| c.figure_types & types != 0;
    // "Two men" counts no one up; bare digits count only where no figure was read.
    let counted = has(bit(FigureType::Number)) && c.numbers > 0;
    let measured = has(EXACT) || counted || c.figure_types == 0 && c.large_number;
    let dated = c.dated || has(bit(FigureType::Date));
    let forecast = cue(FactKind::Forecast);
    // With an amount in it, a decision is told first, or of someone; later sentences count votes.
    let first = c.in_lead && (c.named || c.position == 0);
    let decides = if measured {
        first || c.named && cue(FactKind::Proposal)
    } else {
        !dated || c.in_lead
    };
    match () {
        () if cue(FactKind::Casualty) && (has(MEASURES) || c.in_lead) => FactKind::Casualty,
        () if cue(FactKind::Appointment) && c.named && !measured => FactKind::Appointment,
        () if forecast && (has(EXACT) || !cue(FactKind::Decision)) => FactKind::Forecast,
        () if cue(FactKind::Decision) && decides => FactKind::Decision,
        () if cue(FactKind::Proposal) && !dated => FactKind::Proposal,
        () if measured => FactKind::Figure,
        // A day that lies back is when something happened.
        () if dated && (c.future || c.section == Section::Factbox) => FactKind::Date,
        () if cue(FactKind::Definition) && !c.in_lead && !dated => FactKind::Definition,
        () if c.in_lead || c.named => FactKind::Event,
        () => FactKind::Background,
    }
}

/// The status, the first that fits.
pub(super) fn status(c: &Candidate, kind: FactKind) -> FactStatus {
    let says = |cue: StatusCue| c.status & (1 << cue as u16) != 0;
    // "1967: The benefit is cut": the entries of a chronicle tell what was in the present.
    let chronicle = c.chronicle && c.section == Section::Factbox;
    let ahead = c.future || says(StatusCue::Planned) && !chronicle;
    let decided = kind == FactKind::Decision || c.cues & 1 != 0 && !c.future;
    match () {
        () if says(StatusCue::Denied) => FactStatus::Denied,
        () if says(StatusCue::Conditional) => FactStatus::Conditional,
        // What a source says of the time ahead is its forecast.
        () if kind == FactKind::Forecast && (c.report.is_none() || ahead) => FactStatus::Forecast,
        // What was decided is a fact, even when it takes effect later.
        () if decided && c.report.is_none() && !says(StatusCue::Sourced) => FactStatus::Asserted,
        () if says(StatusCue::Hearsay) => FactStatus::Attributed,
        () if ahead => FactStatus::Planned,
        () if c.report.is_some() || says(StatusCue::Sourced) => FactStatus::Attributed,
        () => FactStatus::Asserted,
    }
}
