//! How the tests listen: recipes to compose from, and measures of what comes out.

use domain::{
    media::{FRAME_RATE, Pcm, SAMPLE_RATE, Size},
    recipe::{Beat, Mood, MusicStyle, RECIPE_VERSION, Recipe, SoundKind, SoundSource, SubjectAction, SubjectKind},
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
pub(crate) const STYLES: [MusicStyle; 8] = MusicStyle::ALL;

/// Seconds between the values of [`attacks`].
pub(crate) const HOP: f64 = 0.01;

/// The middle of a style's tempi.
pub(crate) fn natural(style: MusicStyle) -> f32 {
    let (low, high) = style.tempi();
    (low + high) / 2.0
}

pub(crate) fn recipe(style: MusicStyle, tempo: f32, seed: u32, seconds: u32) -> Recipe {
    let mood = match style {
        MusicStyle::Piano | MusicStyle::Ambient | MusicStyle::LoFi => Mood::Calm,
        MusicStyle::Acoustic => Mood::Bright,
        MusicStyle::Strings => Mood::Grand,
        MusicStyle::Dance | MusicStyle::Funk => Mood::Lively,
        MusicStyle::Tense => Mood::Dark,
    };
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
        music: style,
        sounds: Vec::new(),
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

/// A clip of 8 seconds or so in which one thing is heard.
pub(crate) fn heard(kind: SoundKind, place: f32, width: f32, seconds: u32) -> Recipe {
    let mut recipe = recipe(MusicStyle::Piano, 96.0, 5, seconds);
    recipe.sounds.push(SoundSource {
        kind,
        from: 0,
        to: recipe.frames,
        level: 1.0,
        place,
        width,
        every: (kind == SoundKind::Footsteps).then_some(13.2),
    });
    recipe
}

/// How much stronger the strongest attack at the closing beat is than any that comes later.
pub(crate) fn close(sound: &Pcm, plan: &Recipe) -> f64 {
    let rises = attacks(sound);
    let beat = f64::from(plan.beat.last(plan.frames)) * plan.beat.seconds();
    let place = (beat / HOP).round() as usize;
    let highest = |from: usize, to: usize| {
        rises[from.min(rises.len())..to.min(rises.len())]
            .iter()
            .copied()
            .fold(0.0, f64::max)
    };
    highest(place.saturating_sub(2), place + 6) / highest(place + 25, rises.len()).max(1e-9)
}

/// Spectral centroid in hertz, tempo in beats a minute, and onsets a second, of a style: means over three seeds.
pub(crate) fn features(style: MusicStyle) -> [f64; 3] {
    let mut sums = [0.0; 3];
    for seed in 1..=3 {
        let sound = sound::compose(&recipe(style, natural(style), seed, 12), MUSIC, &[]);
        let own = [centroid(&sound), tempo(&sound), onsets(&sound).len() as f64 / 12.0];
        for (sum, value) in sums.iter_mut().zip(own) {
            *sum += value / 3.0;
        }
    }
    sums
}

/// The style most like `style`, and how far off it is when each feature is measured by its spread over all styles.
pub(crate) fn nearest(style: MusicStyle, features: &[[f64; 3]]) -> (f64, MusicStyle) {
    let spread = |at: usize| {
        let values: Vec<f64> = features.iter().map(|own| own[at].ln()).collect();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / values.len() as f64).sqrt()
    };
    let spreads = [spread(0), spread(1), spread(2)];
    let own = features[style as usize];
    let distance = |other: &[f64; 3]| {
        let off = |at: usize| ((own[at] / other[at]).ln() / spreads[at]).powi(2);
        (off(0) + off(1) + off(2)).sqrt()
    };
    let others = STYLES.iter().zip(features).filter(|(other, _)| **other != style);
    let distances = others.map(|(other, features)| (distance(features), *other));
    distances
        .min_by(|one, other| one.0.total_cmp(&other.0))
        .unwrap_or((0.0, style))
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

/// Beats a minute, from the sound alone: of all tempi from 60 to 180 the one whose beat, half beat and quarter beat the
/// attacks come back with most strongly (a tempogram: Grosche and Müller, Extracting Predominant Local Pulse
/// Information from Music Recordings, 2011), tempi about 86 being likelier than others.
pub(crate) fn tempo(sound: &Pcm) -> f64 {
    let rises = attacks(sound);
    let mean = rises.iter().sum::<f64>() / rises.len().max(1) as f64;
    let pulse = |hertz: f64| {
        let (mut across, mut height) = (0.0, 0.0);
        for (index, rise) in rises.iter().enumerate() {
            let angle = std::f64::consts::TAU * hertz * index as f64 * HOP;
            across += (rise - mean) * angle.cos();
            height += (rise - mean) * angle.sin();
        }
        across.hypot(height)
    };
    let score = |tempo: f64| {
        let beat = tempo / 60.0;
        let likely = (-0.5 * ((tempo / 86.0).log2() / 0.5).powi(2)).exp();
        likely * (1.5 * pulse(beat) + pulse(2.0 * beat) + pulse(4.0 * beat))
    };
    let tempi = (0..=240).map(|step| 60.0 + f64::from(step) * 0.5);
    let best = tempi.max_by(|one, other| score(*one).total_cmp(&score(*other)));
    best.unwrap_or(0.0)
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
