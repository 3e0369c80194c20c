//! The wire formats through their public doors: whole bodies as snapshots, the examples of the manuals,
//! every item that a compatible server must get right, and properties over arbitrary input.

mod compatibility;
mod examples;
mod fixture;
mod form;
mod inline;
mod jiekou;
mod kinora;
mod leniency;
mod modelverse;
mod openai;
mod places;
mod properties;
mod schemas;
mod seeds;
mod vidu;
