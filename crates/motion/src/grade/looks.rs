//! The looks: a table of styles. Each was set by eye on portraits, landscapes, night pictures and drawings.

use domain::recipe::Look;

use super::style::{Sky, Style, Tones};

const PLAIN_HUE: [f32; 4] = [1.0, 0.0, 0.0, 1.0];

/// Nothing changes.
const PLAIN: Style = Style {
    curve: [0.0, 0.25, 0.5, 0.75, 1.0],
    tones: Tones {
        saturation: [1.0; 3],
        tint: [(0.0, 0.0); 3],
        hue: PLAIN_HUE,
    },
    vignette: 0.0,
    bloom: 0.0,
    caustics: 0.0,
    sky: Sky {
        gain: 1.0,
        tint: (0.0, 0.0),
    },
    slow: false,
};

fn tones(saturation: [f32; 3], tint: [(f32, f32); 3]) -> Tones {
    Tones {
        saturation,
        tint,
        hue: PLAIN_HUE,
    }
}

fn sky(gain: f32, cb: f32, cr: f32) -> Sky {
    Sky { gain, tint: (cb, cr) }
}

pub(super) fn style(look: Look) -> Style {
    match look {
        Look::Sunset | Look::Sunrise | Look::GoldenHour | Look::Night => daylight(look),
        _ => mood(look),
    }
}

/// The light of an hour.
fn daylight(look: Look) -> Style {
    match look {
        Look::Sunset => Style {
            curve: [0.0, 0.19, 0.42, 0.69, 0.96],
            tones: tones([0.95, 1.08, 1.1], [(4.0, 2.0), (-11.0, 10.0), (-24.0, 16.0)]),
            vignette: 0.2,
            sky: sky(0.9, -8.0, 9.0),
            slow: true,
            ..PLAIN
        },
        Look::Sunrise => Style {
            curve: [0.03, 0.27, 0.53, 0.79, 1.0],
            tones: tones([0.9, 1.0, 1.0], [(3.0, 3.0), (-6.0, 8.0), (-14.0, 11.0)]),
            bloom: 0.2,
            sky: sky(1.0, -4.0, 7.0),
            slow: true,
            ..PLAIN
        },
        Look::GoldenHour => Style {
            curve: [0.01, 0.24, 0.52, 0.79, 1.0],
            tones: tones([1.0, 1.1, 1.05], [(-1.0, 2.0), (-13.0, 8.0), (-22.0, 10.0)]),
            vignette: 0.12,
            bloom: 0.2,
            sky: sky(1.0, -5.0, 4.0),
            ..PLAIN
        },
        _ => Style {
            curve: [0.0, 0.09, 0.21, 0.39, 0.78],
            tones: tones([0.5, 0.62, 0.8], [(5.0, -2.0), (12.0, -6.0), (12.0, -6.0)]),
            vignette: 0.28,
            sky: sky(0.66, 6.0, -2.0),
            ..PLAIN
        },
    }
}

/// The look of a film.
fn mood(look: Look) -> Style {
    match look {
        Look::Dreamy => Style {
            curve: [0.06, 0.31, 0.56, 0.8, 0.99],
            tones: tones([0.85, 0.92, 0.85], [(3.0, 3.0), (0.0, 4.0), (-2.0, 3.0)]),
            bloom: 0.75,
            ..PLAIN
        },
        Look::Vintage => Style {
            curve: [0.09, 0.29, 0.53, 0.75, 0.92],
            tones: tones([0.6, 0.72, 0.65], [(1.0, 1.0), (-9.0, 6.0), (-15.0, 8.0)]),
            vignette: 0.4,
            ..PLAIN
        },
        Look::BlackAndWhite => Style {
            curve: [0.0, 0.21, 0.5, 0.79, 1.0],
            tones: tones([0.0; 3], [(0.0, 0.0); 3]),
            vignette: 0.18,
            ..PLAIN
        },
        Look::Cinematic => Style {
            curve: [0.012, 0.215, 0.49, 0.77, 0.98],
            tones: Tones {
                hue: [0.95, -0.06, -0.06, 1.0],
                ..tones([0.82, 1.02, 0.98], [(8.0, -7.0), (0.0, 0.0), (-7.0, 5.0)])
            },
            vignette: 0.3,
            ..PLAIN
        },
        Look::Horror => Style {
            curve: [0.0, 0.14, 0.36, 0.62, 0.88],
            tones: tones([0.3, 0.45, 0.4], [(2.0, -3.0), (-1.0, -6.0), (-5.0, -5.0)]),
            vignette: 0.6,
            ..PLAIN
        },
        Look::Underwater => Style {
            curve: [0.03, 0.23, 0.45, 0.67, 0.9],
            tones: Tones {
                hue: [0.95, 0.0, 0.0, 0.6],
                ..tones([0.75, 0.8, 0.7], [(12.0, -10.0), (14.0, -18.0), (7.0, -15.0)])
            },
            vignette: 0.3,
            bloom: 0.15,
            caustics: 0.3,
            ..PLAIN
        },
        _ => Style {
            curve: [0.0, 0.18, 0.43, 0.73, 1.0],
            tones: Tones {
                hue: [0.65, 0.3, 0.0, 1.05],
                ..tones([1.1, 1.15, 1.1], [(20.0, 4.0), (13.0, 8.0), (9.0, -8.0)])
            },
            vignette: 0.3,
            bloom: 0.3,
            ..PLAIN
        },
    }
}
