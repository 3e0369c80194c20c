//! What the subject does: an action's time becomes a gesture, a gesture a soft warp of the places that belong to
//! the subject. Each family of actions is a file.

mod act;
mod actor;
mod body;
mod carry;
mod clock;
mod dance;
mod flight;
mod gesture;
mod head;
mod idle;
mod jump;
mod lattice;
mod stride;
mod tremble;
mod turn;
mod wave;

pub(crate) use actor::{Actor, Moment};
pub(crate) use stride::frames_per_step;
