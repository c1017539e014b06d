//! Responsible for what a fact is about and what the article says of its truth.

use super::candidates::Candidate;
use super::features::bit;
use crate::model::record::{FactKind, FactStatus, FigureType};
use crate::pack::facts::{KINDS, StatusCue};

/// Figures that measure something.
const MEASURES: u16 = bit(FigureType::Number)
    | bit(FigureType::Money)
    | bit(FigureType::Percent)
    | bit(FigureType::Quantity);

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
    // Bare digits count only where no figure was read.
    let measured = c.figure_types & MEASURES != 0 || (c.figure_types == 0 && c.large_number);
    let dated = c.dated || c.figure_types & bit(FigureType::Date) != 0;
    let exact = c.figure_types & EXACT != 0;
    let forecast = cue(FactKind::Forecast);
    match () {
        () if cue(FactKind::Casualty) && (measured || c.in_lead) => FactKind::Casualty,
        () if cue(FactKind::Appointment) && c.named && !measured => FactKind::Appointment,
        () if forecast && (exact || !cue(FactKind::Decision)) => FactKind::Forecast,
        () if cue(FactKind::Decision) && (measured || !dated || c.in_lead) => FactKind::Decision,
        () if cue(FactKind::Proposal) && !dated => FactKind::Proposal,
        () if measured => FactKind::Figure,
        () if dated && (!c.in_lead || c.future) => FactKind::Date,
        () if cue(FactKind::Definition) && !c.in_lead && !dated => FactKind::Definition,
        () if c.in_lead || c.figure_types != 0 || c.named => FactKind::Event,
        () => FactKind::Background,
    }
}

/// The status, the first that fits.
pub(super) fn status(c: &Candidate, kind: FactKind) -> FactStatus {
    let says = |cue: StatusCue| c.status & (1 << cue as u16) != 0;
    match () {
        () if says(StatusCue::Denied) => FactStatus::Denied,
        () if says(StatusCue::Conditional) => FactStatus::Conditional,
        () if kind == FactKind::Forecast && c.report.is_none() => FactStatus::Forecast,
        // What was decided is a fact, even when it takes effect later.
        () if kind == FactKind::Decision && c.report.is_none() => FactStatus::Asserted,
        () if says(StatusCue::Planned) || c.future => FactStatus::Planned,
        () if c.report.is_some() => FactStatus::Attributed,
        () => FactStatus::Asserted,
    }
}
