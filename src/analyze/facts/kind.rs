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
    match () {
        () if cue(FactKind::Casualty) && (measured || c.in_lead) => FactKind::Casualty,
        () if cue(FactKind::Appointment) && c.named && !measured => FactKind::Appointment,
        () if cue(FactKind::Decision) && !cue(FactKind::Forecast) => FactKind::Decision,
        () if cue(FactKind::Forecast) => FactKind::Forecast,
        () if cue(FactKind::Comparison) && c.numbers >= 2 && measured => FactKind::Comparison,
        () if cue(FactKind::Proposal) && !measured => FactKind::Proposal,
        () if measured => FactKind::Figure,
        () if dated => FactKind::Date,
        () if cue(FactKind::Document) && !c.in_lead => FactKind::Document,
        () if cue(FactKind::Definition) && !c.in_lead => FactKind::Definition,
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
        () if kind == FactKind::Forecast => FactStatus::Forecast,
        () if says(StatusCue::Planned) || kind == FactKind::Proposal => FactStatus::Planned,
        () if c.report.is_some() => FactStatus::Attributed,
        () => FactStatus::Asserted,
    }
}
