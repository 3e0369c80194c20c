//! The steps in which a picture is studied, told to whoever measures them: this crate has no clock.

/// Hears of each step as it begins and as it has ended, on the thread that does it.
pub trait Stages: Sync {
    fn begins(&self, step: &'static str);
    fn ended(&self, step: &'static str);
}

/// Nobody listens.
pub(crate) struct Silent;

impl Stages for Silent {
    fn begins(&self, _step: &'static str) {}
    fn ended(&self, _step: &'static str) {}
}

/// Does `work` as the step of that name.
pub(crate) fn during<Made>(stages: &dyn Stages, step: &'static str, work: impl FnOnce() -> Made) -> Made {
    stages.begins(step);
    let made = work();
    stages.ended(step);
    made
}
