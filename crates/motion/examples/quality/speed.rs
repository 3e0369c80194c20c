//! How long it takes to look at a picture and to draw a clip of it, on two threads.

use std::{thread, time::Instant};

use domain::{
    media::{Frame, FrameSource, Picture},
    request::{Amplitude, Profile},
};
use motion::{Clip, plan};

use crate::measure;

pub(crate) fn speed(picture: &Picture, width: u32, height: u32) {
    let wish = measure::wish("push in", measure::size(width, height), Amplitude::Medium);
    for profile in [Profile::Pro, Profile::Turbo, Profile::Fast] {
        let start = Instant::now();
        let studies = measure::studies(std::slice::from_ref(picture), wish.size, profile);
        let studied = start.elapsed();
        let recipe = plan(&studies, &wish);
        let Ok(clip) = Clip::new(&studies, &recipe) else {
            continue;
        };
        let made = start.elapsed();
        let halves = [0..60, 60..120];
        let start = Instant::now();
        let workers = thread::scope(|scope| {
            let workers = halves.map(|frames| {
                let clip = &clip;
                scope.spawn(move || {
                    let mut frame = Frame::black(clip.size());
                    for index in frames {
                        clip.render(index, &mut frame);
                    }
                    processor_time()
                })
            });
            workers.map(|worker| worker.join().unwrap_or(0.0))
        });
        println!(
            "  {width} x {height} {profile:?}: study {:.0} ms, plan and clip {:.0} ms, 120 frames on two threads {:.0} ms, of one core {:.2} ms per frame",
            studied.as_secs_f64() * 1e3,
            (made - studied).as_secs_f64() * 1e3,
            start.elapsed().as_secs_f64() * 1e3,
            workers.iter().sum::<f64>() / 120.0
        );
    }
}

/// Milliseconds that this thread has run, on Linux; others print 0.
fn processor_time() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds: f64 = text.split(' ').next().and_then(|part| part.parse().ok()).unwrap_or(0.0);
    nanoseconds / 1e6
}
