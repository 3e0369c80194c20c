//! The soundtrack through its door: what `compose` gives is measured, not how it came about.

mod any_recipe;
mod ears;
mod levels;
mod music;
mod speech;
mod surroundings;
