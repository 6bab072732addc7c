//! The built-in templates, each under the path that it has below `templates/`.

use serde::Serialize;
use std::sync::OnceLock;
use tera::{Context, Tera};

/// Every built-in template: its path below `templates/`, and its text.
pub static TEMPLATES: [(&str, &str); 1] =
    [("prisma/down.sql.tera", include_str!("../../templates/prisma/down.sql.tera"))];

/// Fills a built-in template. `Err` in tera's own words.
pub(super) fn render(name: &str, view: &impl Serialize) -> Result<String, String> {
    static LOADED: OnceLock<Result<Tera, String>> = OnceLock::new();
    let tera = LOADED.get_or_init(|| {
        let mut tera = Tera::new();
        tera.autoescape_on(Vec::<String>::new());
        tera.add_raw_templates(TEMPLATES).map_err(|error| error.to_string())?;
        Ok(tera)
    });
    let tera = tera.as_ref().map_err(String::clone)?;
    let context = Context::from_serialize(view).map_err(|error| error.to_string())?;
    tera.render(name, &context).map_err(|error| error.to_string())
}
