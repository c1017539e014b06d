//! Responsible for measuring what the analysis finds against what people say is there: written
//! examples beside each pack, and annotated articles.

pub mod cases;
