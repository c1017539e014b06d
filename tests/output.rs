//! The pages about the output name every file and column that the code writes.

use polygist::output::tables::{TABLES, TableId};

#[test]
fn the_page_in_the_output_directory_names_every_column() {
    let page = include_str!("../output/README.md");
    for id in TableId::ALL {
        let table = id.table();
        let heading = format!("### {}.csv\n", table.name);
        let section = page
            .split(&heading)
            .nth(1)
            .unwrap_or_else(|| panic!("{heading} is missing"));
        let section = section.split("\n### ").next().unwrap_or("");
        for column in table.columns {
            let row = format!(
                "| `{}` | {} | {} |",
                column.name,
                column.kind.as_str(),
                column.about
            );
            assert!(section.contains(&row), "{}: {row}", table.name);
        }
    }
    assert_eq!(page.matches("\n### ").count(), TABLES.len());
}
