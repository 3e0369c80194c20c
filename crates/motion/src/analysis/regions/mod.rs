//! Where a picture has scenery that can move: by colour, texture and place, each kind in its own file. A
//! region is a likelihood, refined along the picture's edges, and how sure it is that there is such a thing.

mod cloud;
mod fire;
mod foliage;
mod hair;
mod lights;
mod sky;
mod stars;
mod water;

use super::{
    guided::Guide,
    map::Map,
    subject::Subject,
    texture::Texture,
    tint::{Tint, ramp},
    working::Working,
};

pub(super) use sky::sky;

/// One kind of scenery in the picture.
#[derive(Debug, Clone)]
pub(crate) struct Region {
    /// How much each place belongs to it, 0 to 1, soft along its edges.
    pub(crate) weight: Map,
    /// 0 surely nothing of the kind, 1 surely there. From about 0.5 it may move unasked; when asked for by
    /// name, a low one is good enough.
    pub(crate) confidence: f32,
}

/// All kinds. Several may claim the same place.
#[derive(Debug, Clone)]
pub(crate) struct Regions {
    pub(crate) sky: Region,
    pub(crate) water: Region,
    pub(crate) foliage: Region,
    pub(crate) fire: Region,
    pub(crate) smoke_cloud: Region,
    pub(crate) lights: Region,
    pub(crate) stars: Region,
    pub(crate) hair: Region,
    pub(crate) cloth: Region,
}

/// Nobody will look at a region that is less sure.
const NEGLIGIBLE: f32 = 0.02;

/// What the finders of regions look at.
struct Sight<'a> {
    working: &'a Working,
    texture: &'a Texture,
    tints: Vec<Tint>,
    sharpness: &'a Map,
    sky: &'a Region,
    /// Share of the height.
    horizon: Option<f32>,
    guide: Guide<'a>,
    /// How surely each place is subject, 0 to 1.
    body: Map,
}

/// What is known when regions are looked for.
pub(super) struct Known<'a> {
    pub(super) working: &'a Working,
    pub(super) texture: &'a Texture,
    pub(super) sharpness: &'a Map,
    pub(super) sky: Region,
    pub(super) horizon: Option<f32>,
    pub(super) subject: &'a Subject,
    pub(super) weight: &'a Map,
}

pub(super) fn regions(known: Known<'_>) -> Regions {
    let sure = known.subject.confidence;
    let long = known.weight.width.max(known.weight.height);
    let sight = Sight {
        working: known.working,
        texture: known.texture,
        tints: known.working.tints(),
        sharpness: known.sharpness,
        sky: &known.sky,
        guide: Guide::new(&known.working.luma, (long / 50).max(2), 0.002),
        horizon: known.horizon,
        body: known.weight.map(|weight| sure.sqrt() * ramp(weight, 0.5, 0.9)),
    };
    let water = water::water(&sight);
    let foliage = foliage::foliage(&sight);
    let fire = fire::fire(&sight);
    let mut smoke_cloud = cloud::cloud(&sight);
    let stars = stars::stars(&sight);
    let lights = lights::lights(&sight, stars.confidence);
    let hair = hair::hair(&sight, known.subject, known.weight);
    let cloth = hair::cloth(&sight, known.subject, known.weight);
    let indoors = backdrop(&sight, known.weight);
    smoke_cloud.confidence *= 1.0 - 0.5 * indoors;
    let sky = Region {
        weight: known.sky.weight.zip(&sight.body, |sky, body| sky * (1.0 - 0.8 * body)),
        confidence: known.sky.confidence * (1.0 - 0.5 * indoors),
    };
    Regions {
        sky,
        water,
        foliage,
        fire,
        smoke_cloud,
        lights,
        stars,
        hair,
        cloth,
    }
}

/// How likely it is that the sky is a wall or paper, 0 to 1: colourless, and blank or behind somebody's skin.
fn backdrop(sight: &Sight<'_>, weight: &Map) -> f32 {
    let over = |map: &Map, of: &dyn Fn(usize) -> f32| -> f32 {
        let sum: f32 = map.values.iter().enumerate().map(|(at, value)| value * of(at)).sum();
        sum / map.values.iter().sum::<f32>().max(1e-3)
    };
    let sky = &sight.sky.weight;
    let colourless = ramp(over(sky, &|at| sight.tints[at].saturation), 0.16, 0.08);
    let blank = ramp(over(sky, &|at| sight.tints[at].value), 0.96, 0.99)
        * ramp(over(sky, &|at| sight.texture.detail.values[at]), 0.01, 0.003);
    let person = ramp(over(weight, &|at| sight.tints[at].skin()), 0.05, 0.12);
    colourless * blank.max(person)
}

impl Sight<'_> {
    /// A map of the working size from a likelihood per cell: its index, and its place in shares.
    fn likelihood(&self, of: impl Fn(usize, (f32, f32)) -> f32) -> Map {
        let luma = &self.working.luma;
        let (width, height) = (luma.width, luma.height);
        Map::new(width, height, |x, y| {
            let place = ((x as f32 + 0.5) / width as f32, (y as f32 + 0.5) / height as f32);
            of(y * width + x, place)
        })
    }

    /// `likely` as soft regions whose edges follow the picture's.
    fn region(&self, likely: &Map, confidence: f32) -> Region {
        let confidence = confidence.clamp(0.0, 1.0);
        let weight = if confidence > NEGLIGIBLE {
            self.guide
                .filtered(&likely.blurred(1.0))
                .map(|value| ramp(value, 0.1, 0.85))
        } else {
            likely.clone()
        };
        Region { weight, confidence }
    }
}

/// How likely the likeliest cells are: the mean likelihood weighed by itself, and the share of the picture
/// that they take.
fn strength(likely: &Map) -> (f32, f32) {
    let total: f32 = likely.values.iter().sum();
    if total < 1e-3 {
        return (0.0, 0.0);
    }
    let squares: f32 = likely.values.iter().map(|value| value * value).sum();
    (squares / total, total / likely.values.len() as f32)
}
