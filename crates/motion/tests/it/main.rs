//! The motion engine at its door: pictures and prompts in, recipes and frames out.

mod amplitude;
mod depth;
mod frames;
mod gestures;
mod grade;
mod hearing;
mod keyframes;
mod label;
mod layer;
mod measure;
mod overlays;
mod profiles;
mod promises;
mod prompts;
mod quality;
mod recipe_page;
mod recipes;
mod shapes;
mod warp;
