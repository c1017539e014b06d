//! Responsible for the rows that one record has in each table.

use super::cell::Cell;
use super::context::TextIndex;
use super::tables::TableId;
use crate::error::Error;
use crate::model::problem::{Code, Problem};
use crate::model::record::{
    Approximation, Direction, Figure, Grade, Polarity, Quotation, Record, Stance, Status, Value,
};

/// Gives `emit` every row of a record, table by table.
///
/// Cells of corpus columns are left out: only the corpus step knows them.
pub fn rows<'r>(record: &'r Record, emit: &mut impl FnMut(TableId, &[Cell<'r>])) {
    let index = TextIndex::new(&record.text);
    // What was passed over is in articles.csv; the table to open first holds articles.
    if record.status != Status::Skipped {
        emit(TableId::Summary, &summary(record));
    }
    emit(TableId::Articles, &article(record));
    let mut row = Row {
        record,
        cells: Vec::with_capacity(32),
    };
    facts(&mut row, &index, emit);
    figures(&mut row, &index, emit);
    fact_boxes(&mut row, emit);
    quotes(&mut row, &index, emit);
    stances(&mut row, emit);
    errors(record, emit);
}

/// The cells that begin a row below an article and are the same in all of them.
pub(super) const SHARED: std::ops::Range<usize> = 1..6;

/// The rows below an article, one at a time.
struct Row<'r> {
    record: &'r Record,
    cells: Vec<Cell<'r>>,
}

impl<'r> Row<'r> {
    /// Begins a row with its own id and the [`SHARED`] cells: the article, language, title, date and
    /// address.
    fn begin(&mut self, own: &str) -> &mut Vec<Cell<'r>> {
        let record = self.record;
        self.cells.clear();
        self.cells.extend([
            row_id(record, own).into(),
            (&record.article_id).into(),
            (&record.language.code).into(),
            record.title.as_ref().into(),
            record.published.as_ref().into(),
            record.url.as_ref().into(),
        ]);
        &mut self.cells
    }
}

/// Gives `write` every row of a record and the corpus columns behind it, up to the first fault.
///
/// # Errors
/// What `write` gave.
pub(super) fn whole_rows(
    record: &Record,
    corpus: &[Cell<'_>],
    mut write: impl FnMut(TableId, &[Cell<'_>], &[Cell<'_>]) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut result = Ok(());
    rows(record, &mut |id, cells| {
        if result.is_ok() {
            let tail = corpus.get(..id.table().corpus_columns).unwrap_or(&[]);
            result = write(id, cells, tail);
        }
    });
    result
}

/// Whether a record was left out by the user's own choice.
pub(super) fn is_outside(record: &Record) -> bool {
    let code = Code::INotSelected.as_str();
    record.status == Status::Skipped && record.problems.iter().any(|p| p.code == code)
}

/// The id of a row of an article, `art_x-q001`.
pub fn row_id(record: &Record, own: &str) -> String {
    [record.article_id.as_str(), "-", own].concat()
}

/// The number of code points of the text.
fn characters(record: &Record) -> usize {
    record.text.chars().count()
}

/// Strings with something between them; `None` when there are none.
fn joined<'a>(parts: impl IntoIterator<Item = &'a str>, between: &str) -> Option<String> {
    let mut out: Option<String> = None;
    for part in parts {
        match &mut out {
            None => out = Some(part.to_owned()),
            Some(out) => {
                out.push_str(between);
                out.push_str(part);
            }
        }
    }
    out
}

fn summary_text(record: &Record) -> Option<String> {
    joined(record.summary.iter().map(|p| p.text.as_str()), " ")
}

/// The first `n` of some rows with the better grades first, in order within a grade.
fn best<T>(rows: &[T], n: usize, grade: impl Fn(&T) -> (bool, Grade)) -> Vec<&T> {
    let mut order: Vec<&T> = rows.iter().collect();
    order.sort_by_key(|row| grade(row));
    order.truncate(n);
    order
}

/// The quotations to show first: those with a speaker, by grade.
pub fn best_quotations(record: &Record, n: usize) -> Vec<&Quotation> {
    best(&record.quotations, n, |q| (q.speaker.is_none(), q.grade))
}

/// The stances to show first: those that still hold, by grade.
pub fn best_stances(record: &Record, n: usize) -> Vec<&Stance> {
    best(&record.stances, n, |s| {
        (s.time != crate::model::record::Time::Current, s.grade)
    })
}

fn summary(record: &Record) -> Vec<Cell<'_>> {
    let boxes = record.fact_boxes.iter().map(|b| {
        let items = joined(b.items.iter().map(|i| i.text.as_str()), " • ").unwrap_or_default();
        format!("{}: {items}", b.heading.trim_end_matches(':'))
    });
    let boxes: Vec<String> = boxes.collect();
    let mut cells: Vec<Cell<'_>> = vec![
        (&record.article_id).into(),
        (&record.language.code).into(),
        record.title.as_ref().into(),
        record.published.as_ref().into(),
        record.url.as_ref().into(),
        record.source.as_ref().into(),
        record.status.as_str().into(),
        summary_text(record).into(),
        record.facts.len().into(),
        record.figures.len().into(),
        record.quotations.len().into(),
        record.stances.len().into(),
        joined(boxes.iter().map(String::as_str), " | ").into(),
    ];
    let mut ranked: Vec<_> = record.facts.iter().collect();
    ranked.sort_by_key(|f| f.rank);
    cells.extend((0..3).map(|n| Cell::from(ranked.get(n).map(|f| f.text.as_str()))));
    let quotations = best_quotations(record, 3);
    for n in 0..3 {
        let quotation = quotations.get(n);
        cells.push(quotation.map(|q| q.text.as_str()).into());
        let speaker = quotation.and_then(|q| q.speaker.as_ref());
        cells.push(speaker.map(|s| s.name.as_str()).into());
    }
    let stances = best_stances(record, 3);
    cells.extend((0..3).map(|n| Cell::from(stances.get(n).map(|s| in_words(s)))));
    cells.push(joined(record.actors.iter().map(|a| a.name.as_str()), "; ").into());
    cells.push(Cell::Truncated);
    cells
}

/// A stance in one line: `Åsa Lind | oppose | vägen`.
fn in_words(stance: &Stance) -> String {
    format!(
        "{} | {} | {}",
        stance.holder.name, stance.polarity, stance.target.text
    )
}

fn article(record: &Record) -> Vec<Cell<'_>> {
    let mut codes: Vec<&str> = record.problems.iter().map(|p| p.code.as_str()).collect();
    codes.dedup();
    vec![
        (&record.article_id).into(),
        record.status.as_str().into(),
        (&record.language.code).into(),
        Cell::Real(record.language.confidence),
        record.language.method.as_str().into(),
        record.language.script.as_ref().into(),
        record.support.as_str().into(),
        record.title.as_ref().into(),
        record.published.as_ref().into(),
        record.url.as_ref().into(),
        record.source.as_ref().into(),
        record.byline.as_ref().into(),
        record.section.as_ref().into(),
        record.source_id.as_ref().into(),
        (&record.source_path).into(),
        record.record.into(),
        characters(record).into(),
        summary_text(record).into(),
        record.fact_boxes.len().into(),
        record.facts.len().into(),
        record.figures.len().into(),
        record.quotations.len().into(),
        record.stances.len().into(),
        record.actors.len().into(),
        joined(codes, "; ").into(),
        // A bare hex hash could be read as a number by a spreadsheet.
        format!("sha256:{}", record.content_hash).into(),
        Cell::Truncated,
    ]
}

fn facts<'r>(
    row: &mut Row<'r>,
    index: &TextIndex<'r>,
    emit: &mut impl FnMut(TableId, &[Cell<'r>]),
) {
    let record = row.record;
    for fact in &record.facts {
        let cells = row.begin(&fact.id);
        cells.extend([
            fact.rank.into(),
            fact.score.into(),
            fact.kind.as_str().into(),
            fact.status.as_str().into(),
            fact.section.as_str().into(),
            (&fact.text).into(),
            fact.span.start.into(),
            fact.span.end.into(),
            fact.who.as_ref().map(|p| &p.text).into(),
            fact.what.as_ref().map(|p| &p.text).into(),
            fact.place.as_ref().map(|p| &p.text).into(),
            fact.when.as_ref().map(|p| &p.text).into(),
            fact.when.as_ref().and_then(|w| w.iso.as_ref()).into(),
            joined(fact.figures.iter().map(|f| f.text.as_str()), "; ").into(),
            fact.source.as_ref().into(),
            (&fact.source_type).into(),
            fact.mentions.into(),
            index.sentence(record, fact.span).into(),
            (&fact.rule).into(),
            fact.grade.as_str().into(),
            Cell::Truncated,
        ]);
        emit(TableId::Facts, cells);
    }
}

fn figures<'r>(
    row: &mut Row<'r>,
    index: &TextIndex<'r>,
    emit: &mut impl FnMut(TableId, &[Cell<'r>]),
) {
    let record = row.record;
    for (n, figure) in record.figures.iter().enumerate() {
        let cells = row.begin(&format!("n{:03}", n + 1));
        let (number, iso) = values(figure);
        cells.extend([
            figure.kind.as_str().into(),
            number,
            iso,
            figure.unit.as_ref().into(),
            figure.currency.as_ref().into(),
            figure.approx.map(Approximation::as_str).into(),
            figure.direction.map(Direction::as_str).into(),
            (&figure.text).into(),
            figure.span.start.into(),
            figure.span.end.into(),
            index.sentence(record, figure.span).into(),
            Cell::Truncated,
        ]);
        emit(TableId::Figures, cells);
    }
}

/// The numeric and the ISO value of a figure; one of them is empty.
fn values(figure: &Figure) -> (Cell<'_>, Cell<'_>) {
    match &figure.value {
        None => (Cell::Empty, Cell::Empty),
        Some(Value::Integer(n)) => (Cell::Integer(*n), Cell::Empty),
        Some(Value::Real(x)) => (Cell::Real(*x), Cell::Empty),
        Some(Value::Text(iso)) => (Cell::Empty, iso.into()),
    }
}

fn fact_boxes<'r>(row: &mut Row<'r>, emit: &mut impl FnMut(TableId, &[Cell<'r>])) {
    let record = row.record;
    for (n, fact_box) in record.fact_boxes.iter().enumerate() {
        for (m, item) in fact_box.items.iter().enumerate() {
            let cells = row.begin(&format!("b{:03}i{:03}", n + 1, m + 1));
            cells.extend([
                (n + 1).into(),
                (&fact_box.heading).into(),
                fact_box.topic.as_ref().into(),
                (m + 1).into(),
                (&item.text).into(),
                item.span.start.into(),
                item.span.end.into(),
                fact_box.source.as_ref().into(),
                Cell::Truncated,
            ]);
            emit(TableId::FactBoxes, cells);
        }
    }
}

fn quotes<'r>(
    row: &mut Row<'r>,
    index: &TextIndex<'r>,
    emit: &mut impl FnMut(TableId, &[Cell<'r>]),
) {
    let record = row.record;
    for quotation in &record.quotations {
        let speaker = quotation.speaker.as_ref();
        let cells = row.begin(&quotation.id);
        cells.extend([
            quotation.kind.as_str().into(),
            quotation.marking.as_str().into(),
            speaker.map(|s| &s.name).into(),
            speaker.and_then(|s| s.role.as_ref()).into(),
            speaker.and_then(|s| s.affiliation.as_ref()).into(),
            speaker.and_then(|s| s.as_written.as_ref()).into(),
            speaker.map(|s| s.method.as_str()).into(),
            quotation.cue.as_ref().map(|c| &c.text).into(),
            (&quotation.text).into(),
            quotation.span.start.into(),
            quotation.span.end.into(),
            quotation.spans.len().max(1).into(),
            quotation.continued.into(),
            index.sentence(record, quotation.span).into(),
            (&quotation.rule).into(),
            quotation.grade.as_str().into(),
            Cell::Truncated,
        ]);
        emit(TableId::Quotes, cells);
    }
}

fn stances<'r>(row: &mut Row<'r>, emit: &mut impl FnMut(TableId, &[Cell<'r>])) {
    let record = row.record;
    for stance in &record.stances {
        let holder = &stance.holder;
        let cells = row.begin(&stance.id);
        cells.extend([
            (&holder.name).into(),
            holder.role.as_ref().into(),
            holder.affiliation.as_ref().into(),
            holder.as_written.as_ref().into(),
            stance.polarity.as_str().into(),
            (&stance.target.text).into(),
            (&stance.target.canonical).into(),
            stance.strength.as_str().into(),
            stance.negated.into(),
            stance.channel.as_str().into(),
            stance.time.as_str().into(),
            stance.condition.as_ref().into(),
            stance.lean.map(Polarity::as_str).into(),
            stance.attributed_by.as_ref().into(),
            stance.cue.as_ref().map(|c| &c.text).into(),
            stance.target.span.start.into(),
            stance.target.span.end.into(),
            (&stance.evidence.text).into(),
            stance.evidence.span.start.into(),
            stance.evidence.span.end.into(),
            stance.more_evidence.len().into(),
            stance
                .quotation_id
                .as_ref()
                .map(|q| row_id(record, q))
                .into(),
            (&stance.rule).into(),
            stance.grade.as_str().into(),
            Cell::Truncated,
        ]);
        emit(TableId::Stances, cells);
    }
}

/// How much a problem matters: what the error tables call severity.
pub fn severity(record: &Record, problem: &Problem) -> &'static str {
    match record.status {
        _ if problem.is_warning() => "warning",
        Status::Skipped => "skipped",
        _ => "error",
    }
}

fn errors<'r>(record: &'r Record, emit: &mut impl FnMut(TableId, &[Cell<'r>])) {
    let problems = record.problems.iter().enumerate();
    for (n, problem) in problems.filter(|(_, p)| !p.is_note()) {
        let offset = record
            .metadata
            .get("offset")
            .and_then(serde_json::Value::as_u64);
        let dead = matches!(record.status, Status::Failed | Status::Skipped);
        emit(
            TableId::Errors,
            &[
                row_id(record, &format!("p{:03}", n + 1)).into(),
                (&record.article_id).into(),
                severity(record, problem).into(),
                (&problem.code).into(),
                (&problem.message).into(),
                problem.start.into(),
                problem.end.into(),
                (&record.source_path).into(),
                record.record.into(),
                offset.filter(|_| dead).into(),
                record.source_id.as_ref().into(),
                (&record.language.code).into(),
                record.title.as_ref().into(),
                record.published.as_ref().into(),
                record.url.as_ref().into(),
                Cell::Truncated,
            ],
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::full_record;

    #[test]
    fn every_row_has_a_cell_for_every_column() {
        let mut record = full_record("x");
        let problem = crate::model::problem::Code::WGeneric;
        record.problems.push(Problem::new(problem, "no pack"));
        let mut seen = Vec::new();
        rows(&record, &mut |id, cells| {
            let table = id.table();
            assert_eq!(
                cells.len() + table.corpus_columns,
                table.columns.len(),
                "{}",
                table.name
            );
            seen.push(id);
        });
        assert_eq!(seen.len(), TableId::FROM_RECORDS);
    }

    #[test]
    fn a_quotation_row_is_readable_alone() {
        let record = full_record("x");
        let mut evidence = String::new();
        rows(&record, &mut |id, cells| {
            if let (TableId::Quotes, Some(Cell::Text(text))) = (id, cells.get(19)) {
                evidence = text.to_string();
            }
        });
        assert_eq!(evidence, "– Vi säger nej till vägen, säger Åsa Lind (V).");
    }
}
