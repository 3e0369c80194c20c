//! What a task costs in Vidu's credits. Nothing is charged: the figures are there for clients that account.

use domain::{
    request::{GenerationRequest, Resolution},
    state::TaskState,
    task::Task,
};

/// Credits of five seconds at 540p, 720p and 1080p, as far as the service's prices are known; 360p costs as
/// much as 540p.
fn of_five_seconds(model: &str) -> [u32; 3] {
    match model {
        "viduq2-pro-fast" => [16, 16, 32],
        "viduq2-turbo" => [12, 24, 40],
        "vidu2.0" | "vidu1.5" => [25, 50, 125],
        "viduq1" | "viduq1-classic" => [80, 80, 80],
        _ => [20, 40, 80],
    }
}

/// The price of a request, rounded up to whole credits; off-peak it is half of it.
pub fn price(request: &GenerationRequest) -> u32 {
    let [low, middle, high] = of_five_seconds(&request.model);
    let rate = match request.resolution {
        Resolution::P360 | Resolution::P540 => low,
        Resolution::P720 => middle,
        Resolution::P1080 => high,
    };
    let price = rate.saturating_mul(request.duration).div_ceil(5);
    if request.off_peak { price.div_ceil(2) } else { price }
}

/// What the task has cost: a failed or cancelled one nothing.
pub fn of(task: &Task) -> u32 {
    match task.state {
        TaskState::Failed { .. } | TaskState::Cancelled { .. } => 0,
        _ => price(&task.request),
    }
}
