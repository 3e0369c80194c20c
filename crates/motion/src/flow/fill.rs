//! Flow where nothing could be matched: what the other picture does not show goes along with the picture as a whole,
//! and with what is round it.

use super::field::Flow;
use crate::analysis::Map;

/// Cells round each in which the others must be sure as well: matches by chance are lonely.
const ROUND: usize = 3;
/// What a sure cell weighs against all that is known only from further away.
const FAINT: f32 = 1e-3;

/// Sums over squares of cells, each weighted by how sure it is.
struct Sums {
    weight: Map,
    values: Map,
}

impl Flow {
    /// Without noise, and going on where the other picture does not show what moves. `seen`: how surely it shows each
    /// cell, 0 to 1.
    pub(crate) fn settled(&self, seen: &Map) -> Self {
        let company = seen.box_mean(ROUND);
        let weight = seen.zip(&company, |own, company| own * company * company);
        // What is left beside a plane is carried on: so a zoom or a turn goes on beyond what is seen.
        let planes = [&self.x, &self.y].map(|values| Plane::through(values, &weight));
        let [x, y] = [(&self.x, &planes[0]), (&self.y, &planes[1])].map(|(values, plane)| {
            let off = values.indexed(|x, y, value| value - plane.at(x, y));
            filled(&off, &weight)
        });
        let calm = Self { x, y }.calmed();
        Self {
            x: calm.x.indexed(|x, y, off| off + planes[0].at(x, y)),
            y: calm.y.indexed(|x, y, off| off + planes[1].at(x, y)),
        }
    }
}

fn filled(values: &Map, weight: &Map) -> Map {
    let sums = Sums {
        weight: weight.clone(),
        values: values.zip(weight, |value, weight| value * weight),
    };
    let sums = sums.spread();
    let around = sums.values.zip(&sums.weight, |sum, weight| sum / weight.max(1e-12));
    let own = weight.map(|weight| (2.0 * weight).min(1.0));
    let off = values.zip(&around, |value, around| value - around);
    around.zip(&off.zip(&own, |off, own| off * own), |around, off| around + off)
}

/// `level + across * x + down * y`.
struct Plane {
    level: f32,
    across: f32,
    down: f32,
}

impl Plane {
    /// The one nearest to the values by their weights, by least squares.
    fn through(values: &Map, weight: &Map) -> Self {
        let (width, height) = (values.width, values.height);
        let (middle_x, middle_y) = ((width - 1) as f64 / 2.0, (height - 1) as f64 / 2.0);
        // Of the weights times 1, x, y, xx, xy, yy, and the values times 1, x, y.
        let mut sums = [0.0_f64; 9];
        for (row, (values, weights)) in values
            .values
            .chunks_exact(width)
            .zip(weight.values.chunks_exact(width))
            .enumerate()
        {
            let y = row as f64 - middle_y;
            for (column, (value, weight)) in values.iter().zip(weights).enumerate() {
                let (x, value, weight) = (column as f64 - middle_x, f64::from(*value), f64::from(*weight));
                let terms = [1.0, x, y, x * x, x * y, y * y, value, value * x, value * y];
                sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += weight * term);
            }
        }
        let [n, x, y, xx, xy, yy, v, vx, vy] = sums;
        if n < 1.0 {
            return Self {
                level: 0.0,
                across: 0.0,
                down: 0.0,
            };
        }
        let (xx, xy, yy) = (xx - x * x / n, xy - x * y / n, yy - y * y / n);
        let (vx, vy) = (vx - v * x / n, vy - v * y / n);
        let determinant = xx * yy - xy * xy;
        // All in one line: no slope can be told.
        let slopes = if determinant > 1e-6 * xx.max(yy).powi(2) {
            ((vx * yy - vy * xy) / determinant, (vy * xx - vx * xy) / determinant)
        } else {
            (0.0, 0.0)
        };
        let level = (v - slopes.0 * x - slopes.1 * y) / n - slopes.0 * middle_x - slopes.1 * middle_y;
        Self {
            level: level as f32,
            across: slopes.0 as f32,
            down: slopes.1 as f32,
        }
    }

    fn at(&self, x: usize, y: usize) -> f32 {
        self.level + self.across * x as f32 + self.down * y as f32
    }
}

impl Sums {
    /// Adds, faintly, the sums of ever larger squares.
    fn spread(self) -> Self {
        let (width, height) = (self.weight.width, self.weight.height);
        if width < 2 && height < 2 {
            return self;
        }
        let halved = |map: &Map| {
            Map::new(width.div_ceil(2), height.div_ceil(2), |x, y| {
                let (x, y) = (2 * x as isize, 2 * y as isize);
                (map.at(x, y) + map.at(x + 1, y) + map.at(x, y + 1) + map.at(x + 1, y + 1)) / 4.0
            })
        };
        let coarse = Self {
            weight: halved(&self.weight),
            values: halved(&self.values),
        };
        let coarse = coarse.spread();
        let add = |own: &Map, coarse: &Map| {
            Map::new(width, height, |x, y| {
                let around = coarse.sample((x as f32 - 0.5) / 2.0, (y as f32 - 0.5) / 2.0);
                own.values[y * width + x] + FAINT * around
            })
        };
        Self {
            weight: add(&self.weight, &coarse.weight),
            values: add(&self.values, &coarse.values),
        }
    }
}
