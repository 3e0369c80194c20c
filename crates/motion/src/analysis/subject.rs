//! The subject as a soft field: an ellipse round what stands out, and what stands out itself, fading to
//! nothing at the left, right and upper edges. It is always there; how sure it is comes with it.

use super::map::Map;

/// Where the subject is, in shares of the frame's width and height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Subject {
    pub(crate) centre: (f32, f32),
    /// The lowest part, on which it stands.
    pub(crate) base: f32,
    pub(crate) top: f32,
    /// Half the width.
    pub(crate) half_width: f32,
    /// 0 a guess to 1 sure: how far what stands out is gathered in one place.
    pub(crate) confidence: f32,
}

/// The subject and its weight field, 0 to 1.
pub(super) fn subject(saliency: &Map) -> (Subject, Map) {
    let (width, height) = (saliency.width as f32, saliency.height as f32);
    // Weak saliency everywhere would pull everything to the middle.
    let strong = saliency.map(|value| (value - 0.25).max(0.0).powf(1.2));
    let spread = Spread::of(&strong);
    let reach = (spread.deviation.0 * 1.9 + 0.06, spread.deviation.1 * 1.9 + 0.06);
    let field = Map::new(saliency.width, saliency.height, |x, y| {
        let (across, down) = ((x as f32 + 0.5) / width, (y as f32 + 0.5) / height);
        let radius = ((across - spread.centre.0) / reach.0).hypot((down - spread.centre.1) / reach.1);
        let ellipse = (-radius.powf(2.6)).exp();
        ellipse * 0.75
    });
    let soft = saliency.blurred(width.max(height) * 0.035);
    let joined = field.zip(&soft, |ellipse, salient| (ellipse + 0.5 * salient).min(1.0));
    let faded = Map::new(saliency.width, saliency.height, |x, y| {
        let (across, down) = ((x as f32 + 0.5) / width, (y as f32 + 0.5) / height);
        let edge = |distance: f32| smoothstep(distance / 0.1);
        joined.values[y * saliency.width + x] * edge(across) * edge(1.0 - across) * edge(down)
    });
    let blurred = faded.blurred(width.max(height) * 0.022);
    // The blur carried some weight back to the edges, where nothing may move.
    let weight = Map::new(blurred.width, blurred.height, |x, y| {
        let right = (blurred.width - 1 - x) as f32 / width;
        let inset = (x as f32 / width).min(right).min(y as f32 / height);
        blurred.values[y * blurred.width + x] * smoothstep(inset / 0.06)
    });
    let found = Subject {
        centre: spread.centre,
        base: spread.base.max(spread.centre.1 + 0.5 * reach.1).min(1.0),
        top: spread.top.min(spread.centre.1 - 0.5 * reach.1).max(0.0),
        half_width: reach.0.min(0.5),
        confidence: spread.confidence,
    };
    (found, weight)
}

fn smoothstep(value: f32) -> f32 {
    let t = value.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Where the mass of a map lies.
struct Spread {
    centre: (f32, f32),
    deviation: (f32, f32),
    top: f32,
    base: f32,
    confidence: f32,
}

impl Spread {
    fn of(mass: &Map) -> Self {
        let (width, height) = (mass.width as f32, mass.height as f32);
        let total: f32 = mass.values.iter().sum::<f32>().max(1e-6);
        let moment = |weigh: &dyn Fn(f32, f32) -> f32| {
            let sum: f32 = mass
                .values
                .iter()
                .enumerate()
                .map(|(index, value)| {
                    let (x, y) = (index % mass.width, index / mass.width);
                    value * weigh((x as f32 + 0.5) / width, (y as f32 + 0.5) / height)
                })
                .sum();
            sum / total
        };
        if total < 1e-3 {
            return Self {
                centre: (0.5, 0.55),
                deviation: (0.2, 0.2),
                top: 0.2,
                base: 0.95,
                confidence: 0.0,
            };
        }
        let centre = (moment(&|x, _| x), moment(&|_, y| y));
        let deviation = (
            moment(&|x, _| (x - centre.0).powi(2)).sqrt().clamp(0.04, 0.27),
            moment(&|_, y| (y - centre.1).powi(2)).sqrt().clamp(0.04, 0.27),
        );
        let (top, base) = (row_quantile(mass, 0.03), row_quantile(mass, 0.96));
        Self {
            centre,
            deviation,
            top,
            base,
            confidence: (1.0 - (deviation.0 * deviation.1).sqrt() / 0.26).clamp(0.0, 1.0),
        }
    }
}

/// The share of the height above which the share `rank` of the mass lies.
fn row_quantile(mass: &Map, rank: f32) -> f32 {
    let total: f32 = mass.values.iter().sum();
    let mut sum = 0.0;
    for (row, values) in mass.values.chunks_exact(mass.width).enumerate() {
        sum += values.iter().sum::<f32>();
        if sum >= rank * total {
            return (row as f32 + 0.5) / mass.height as f32;
        }
    }
    1.0
}
