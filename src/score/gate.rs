//! Responsible for gates: figures that must reach a minimum, for jobs that check a change.

use std::str::FromStr;

use serde_json::Value;

/// Figures that a gate can name, and where they stand in a report.
const FIGURES: &[(&str, &str)] = &[
    ("language", "/language"),
    ("quotations.precision", "/quotations/PRF/0"),
    ("quotations.recall", "/quotations/PRF/1"),
    ("quotations.f", "/quotations/PRF/2"),
    ("quotations.exact", "/quotations/exact_F"),
    ("quotations.kind", "/quotations/kind"),
    ("quotations.speaker", "/quotations/speaker"),
    ("quotations.attributed", "/quotations/attributed_PRF/2"),
    (
        "quotations.attributed-precision",
        "/quotations/attributed_PRF/0",
    ),
    (
        "quotations.attributed-recall",
        "/quotations/attributed_PRF/1",
    ),
    ("stances.precision", "/stances/PRF/0"),
    ("stances.recall", "/stances/PRF/1"),
    ("stances.f", "/stances/PRF/2"),
    ("stances.pair", "/stances/pair_F"),
    ("stances.polarity", "/stances/polarity"),
    ("facts.precision", "/facts/PRF/0"),
    ("facts.recall", "/facts/PRF/1"),
    ("facts.f", "/facts/PRF/2"),
    ("facts.p-at-k", "/facts/P_at_k"),
    ("facts.figures", "/facts/figures"),
    ("boxes.f", "/boxes/PRF/2"),
    ("summary.rouge1", "/summary/R/0"),
    ("summary.rouge2", "/summary/R/1"),
    ("summary.rougel", "/summary/R/2"),
];

/// `quotations.attributed=0.7`, or `sv:quotations.attributed=0.7` for one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    /// The language, or all.
    pub language: Option<String>,
    /// The figure's name.
    pub figure: String,
    /// The least share, 0 to 1.
    pub least: f64,
    pointer: &'static str,
}

impl FromStr for Gate {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let (name, least) = written
            .split_once('=')
            .ok_or_else(|| format!("{written}: write FIGURE=SHARE, such as stances.f=0.6"))?;
        let least: f64 = least
            .parse()
            .map_err(|_| format!("{least}: not a number"))?;
        if !(0.0..=1.0).contains(&least) {
            return Err(format!("{least}: a share lies between 0 and 1"));
        }
        let (language, figure) = match name.split_once(':') {
            Some((language, figure)) => (Some(language.to_owned()), figure),
            None => (None, name),
        };
        let pointer = FIGURES
            .iter()
            .find(|(known, _)| *known == figure)
            .map(|(_, p)| *p);
        let names = || {
            FIGURES
                .iter()
                .map(|(known, _)| *known)
                .collect::<Vec<_>>()
                .join(", ")
        };
        Ok(Self {
            language,
            figure: figure.to_owned(),
            least,
            pointer: pointer
                .ok_or_else(|| format!("{figure}: no such figure; one of {}", names()))?,
        })
    }
}

impl Gate {
    /// What is wrong when a report does not reach the gate.
    pub fn failure(&self, report: &Value) -> Option<String> {
        let whole = self
            .language
            .as_ref()
            .map(|l| format!("{l}: "))
            .unwrap_or_default();
        let name = format!("{whole}{}", self.figure);
        match report.pointer(self.pointer).and_then(Value::as_f64) {
            Some(percent) if percent >= self.least * 100.0 - 1e-9 => None,
            Some(percent) => Some(format!(
                "{name} is {percent} %, below {} %",
                self.least * 100.0
            )),
            None => Some(format!("{name} has nothing to measure")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::tally::Tally;
    use serde_json::json;

    #[test]
    fn gates_name_a_figure_and_fail_below_it() {
        let report = json!({ "quotations": { "attributed_PRF": [80.0, 60.0, 70.0] } });
        let gate = |g: &str| g.parse::<Gate>().unwrap().failure(&report);
        assert_eq!(gate("quotations.attributed=0.7"), None);
        let failure = gate("sv:quotations.attributed=0.71").unwrap();
        assert_eq!(failure, "sv: quotations.attributed is 70 %, below 71 %");
        assert!(gate("boxes.f=0").unwrap().contains("nothing to measure"));
        for wrong in ["x=0.5", "stances.f", "stances.f=70", "stances.f=x"] {
            assert!(wrong.parse::<Gate>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_figure_is_in_the_report() {
        let report = Tally {
            summaries: 1,
            ..Tally::default()
        }
        .report();
        for (name, pointer) in FIGURES {
            assert!(report.pointer(pointer).is_some(), "{name}");
        }
    }
}
