//! How the tests listen: recipes to compose from, and measures of what comes out.

use domain::{
    media::{FRAME_RATE, Pcm, SAMPLE_RATE, Size},
    recipe::{Beat, Mood, RECIPE_VERSION, Recipe, SubjectAction, SubjectKind},
    request::Amplitude,
};
use ebur128::{EbuR128, Mode};
use sound::Wants;

pub(crate) const MUSIC: Wants = Wants {
    bgm: true,
    ambience: false,
};
pub(crate) const AIR: Wants = Wants {
    bgm: false,
    ambience: true,
};
pub(crate) const BOTH: Wants = Wants {
    bgm: true,
    ambience: true,
};
pub(crate) const MOODS: [Mood; 5] = [Mood::Calm, Mood::Bright, Mood::Lively, Mood::Grand, Mood::Dark];

/// Seconds between the values of [`attacks`].
pub(crate) const HOP: f64 = 0.01;

pub(crate) fn recipe(mood: Mood, tempo: f32, seed: u32, seconds: u32) -> Recipe {
    Recipe {
        version: RECIPE_VERSION,
        seed,
        size: Size {
            width: 640,
            height: 360,
        },
        frames: seconds * FRAME_RATE,
        amplitude: Amplitude::Medium,
        camera: Vec::new(),
        subject: Vec::new(),
        cut_out: false,
        scenery: Vec::new(),
        overlays: Vec::new(),
        grade: Vec::new(),
        transitions: Vec::new(),
        pace: 1.0,
        beat: Beat { tempo, bar: 4 },
        mood,
        understood: Vec::new(),
        without_effect: Vec::new(),
        summary: String::new(),
    }
}

pub(crate) fn dancing(mut recipe: Recipe) -> Recipe {
    let dance = SubjectAction {
        kind: SubjectKind::Dance,
        from: 0,
        to: recipe.frames,
        strength: 1.0,
        times: None,
    };
    recipe.subject.push(dance);
    recipe
}

/// Integrated loudness in LUFS and true peak in dBTP.
#[expect(clippy::unwrap_used, reason = "a meter that fails must fail the test")]
pub(crate) fn meter(sound: &Pcm) -> (f64, f64) {
    let mut meter = EbuR128::new(2, SAMPLE_RATE, Mode::I | Mode::TRUE_PEAK).unwrap();
    meter.add_frames_f32(&sound.samples).unwrap();
    let peak = meter.true_peak(0).unwrap().max(meter.true_peak(1).unwrap());
    (meter.loudness_global().unwrap(), 20.0 * peak.log10())
}

pub(crate) fn channel(sound: &Pcm, which: usize) -> Vec<f32> {
    sound.samples.iter().skip(which).step_by(2).copied().collect()
}

pub(crate) fn mono(sound: &Pcm) -> Vec<f32> {
    sound
        .samples
        .chunks_exact(2)
        .map(|pair| (pair[0] + pair[1]) / 2.0)
        .collect()
}

/// Root of the mean square.
pub(crate) fn level(samples: &[f32]) -> f64 {
    let sum: f64 = samples.iter().map(|sample| f64::from(*sample).powi(2)).sum();
    (sum / samples.len().max(1) as f64).sqrt()
}

/// Every [`HOP`] seconds how much the spectrum from 60 Hz to 8 kHz rose since the hop before (spectral flux
/// of the compressed magnitudes).
pub(crate) fn attacks(sound: &Pcm) -> Vec<f64> {
    let hop = (HOP * f64::from(SAMPLE_RATE)) as usize;
    let mono = mono(sound);
    let mut before: Vec<f64> = Vec::new();
    let mut rises = Vec::new();
    for start in (0..mono.len()).step_by(hop) {
        let bins = spectrum(&mono[start.saturating_sub(512)..(start + 1536).min(mono.len())], 2048);
        let bins: Vec<f64> = bins[2..340].iter().map(|bin| (1.0 + bin / 20.0).ln()).collect();
        before.resize(bins.len(), 0.0);
        rises.push(bins.iter().zip(&before).map(|(now, then)| (now - then).max(0.0)).sum());
        before = bins;
    }
    rises
}

/// Seconds at which [`attacks`] has clear peaks.
pub(crate) fn onsets(sound: &Pcm) -> Vec<f64> {
    let rises = attacks(sound);
    let highest = rises.iter().copied().fold(0.0, f64::max);
    let mut found: Vec<f64> = Vec::new();
    for (index, rise) in rises.iter().enumerate() {
        let near = &rises[index.saturating_sub(4)..(index + 5).min(rises.len())];
        let at = index as f64 * HOP;
        let apart = found.last().is_none_or(|last| at - last > 0.05);
        if apart && *rise > highest * 0.25 && near.iter().all(|other| other <= rise) {
            found.push(at);
        }
    }
    found
}

/// Centre of gravity of the mean spectrum, in hertz.
pub(crate) fn centroid(sound: &Pcm) -> f64 {
    let (mut weighted, mut sum) = (0.0, 0.0);
    for block in mono(sound).chunks_exact(4096) {
        for (bin, magnitude) in spectrum(block, 4096).into_iter().enumerate() {
            weighted += magnitude * bin as f64 * f64::from(SAMPLE_RATE) / 4096.0;
            sum += magnitude;
        }
    }
    weighted / sum
}

/// Magnitudes of the first half of the bins of a Hann-windowed stretch, zero-padded to `size` samples
/// (a power of two).
pub(crate) fn spectrum(samples: &[f32], size: usize) -> Vec<f64> {
    let mut values = vec![(0.0, 0.0); size];
    let width = samples.len().max(1) as f64;
    for (index, (value, sample)) in values.iter_mut().zip(samples).enumerate() {
        let hann = 0.5 - 0.5 * (std::f64::consts::TAU * index as f64 / width).cos();
        value.0 = f64::from(*sample) * hann;
    }
    transform(&mut values);
    let halves = values.iter().take(size / 2);
    halves.map(|(real, imaginary)| real.hypot(*imaginary)).collect()
}

/// The fast Fourier transform by halves (Cooley and Tukey, 1965), in place.
fn transform(values: &mut [(f64, f64)]) {
    let size = values.len();
    if size < 2 {
        return;
    }
    let mut even: Vec<_> = values.iter().copied().step_by(2).collect();
    let mut odd: Vec<_> = values.iter().copied().skip(1).step_by(2).collect();
    transform(&mut even);
    transform(&mut odd);
    let (step_sine, step_cosine) = (-std::f64::consts::TAU / size as f64).sin_cos();
    let (mut sine, mut cosine) = (0.0, 1.0);
    for index in 0..size / 2 {
        let (real, imaginary) = odd[index];
        let turned = (real * cosine - imaginary * sine, real * sine + imaginary * cosine);
        values[index] = (even[index].0 + turned.0, even[index].1 + turned.1);
        values[index + size / 2] = (even[index].0 - turned.0, even[index].1 - turned.1);
        (cosine, sine) = (
            cosine * step_cosine - sine * step_sine,
            sine * step_cosine + cosine * step_sine,
        );
    }
}
