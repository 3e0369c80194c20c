//! One answer for several faults.

use domain::{draft::Faults, failure::Code};

/// The row of a dialect's error table that all faults share; when they differ, the row of an invalid field.
pub(crate) fn shared<R: PartialEq>(faults: &Faults, row: impl Fn(Code) -> R) -> R {
    let mut rows = faults.0.iter().map(|fault| row(fault.code));
    match rows.next() {
        Some(first) if rows.all(|other| other == first) => first,
        _ => row(Code::FieldInvalid),
    }
}

/// "duration must be …; images is required": each fault after its field's name, as `name` spells it.
pub(crate) fn sentence<N: std::fmt::Display>(faults: &Faults, name: impl Fn(domain::draft::Field) -> N) -> String {
    let said = faults
        .0
        .iter()
        .map(|fault| format!("{} {}", name(fault.field), fault.problem));
    said.collect::<Vec<_>>().join("; ")
}
