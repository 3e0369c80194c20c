//! Which family an action belongs to.

use domain::recipe::SubjectKind;

use super::{
    clock::Clock,
    dance::dance,
    flight::{float, fly},
    gesture::Gesture,
    head::{look_round, nod, shake_head},
    idle::{breathe, sway},
    jump::{bounce, jump},
    stride::{run, walk},
    tremble::{shiver, wiggle},
    turn::spin,
    wave::wave,
};

/// The gesture of an action at its natural strength.
pub(super) fn act(kind: SubjectKind, clock: &Clock) -> Gesture {
    match kind {
        SubjectKind::Breathe => breathe(clock),
        SubjectKind::Sway => sway(clock),
        SubjectKind::Bounce => bounce(clock),
        SubjectKind::Dance => dance(clock),
        SubjectKind::Nod => nod(clock),
        SubjectKind::ShakeHead => shake_head(clock),
        SubjectKind::Jump => jump(clock),
        SubjectKind::Spin => spin(clock),
        SubjectKind::Float => float(clock),
        SubjectKind::Wiggle => wiggle(clock),
        SubjectKind::Shiver => shiver(clock),
        SubjectKind::Walk => walk(clock),
        SubjectKind::Run => run(clock),
        SubjectKind::Fly => fly(clock),
        SubjectKind::Wave => wave(clock),
        SubjectKind::LookRound => look_round(clock),
    }
}
