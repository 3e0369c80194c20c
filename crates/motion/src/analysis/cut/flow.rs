//! The cheapest cut of a grid into two sides, as the largest flow through it (Dinic, 1970: shortest paths first,
//! all of one length at a time).

/// Neighbours; each direction and its opposite stand side by side.
pub(super) const DIRECTIONS: [(isize, isize); 8] =
    [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1)];

/// A grid whose cells want to be inside or outside and hold on to their neighbours.
#[derive(Debug)]
pub(super) struct Grid {
    width: usize,
    height: usize,
    /// What it costs to put each cell outside; negative: inside.
    pull: Vec<i32>,
    /// What is left of the bond to each neighbour.
    bonds: Vec<[i32; 8]>,
    /// Steps to the nearest cell that wants to be outside, from 1; 0 where there is no way.
    level: Vec<u32>,
    next: Vec<u8>,
}

impl Grid {
    /// `bonds` are symmetric and at least 0.
    pub(super) fn new(width: usize, height: usize, pull: Vec<i32>, bonds: Vec<[i32; 8]>) -> Self {
        let cells = width * height;
        Self {
            width,
            height,
            pull,
            bonds,
            level: vec![0; cells],
            next: vec![0; cells],
        }
    }

    /// Which cells are inside.
    pub(super) fn cut(mut self) -> Vec<bool> {
        while self.find_levels() {
            self.next.fill(0);
            for start in 0..self.pull.len() {
                if self.pull[start] > 0 && self.level[start] > 0 {
                    self.push_from(start);
                }
            }
        }
        self.level.iter().map(|level| *level == 0).collect()
    }

    fn neighbour(&self, at: usize, direction: usize) -> Option<usize> {
        let (dx, dy) = DIRECTIONS[direction];
        let x = (at % self.width).checked_add_signed(dx)?;
        let y = (at / self.width).checked_add_signed(dy)?;
        (x < self.width && y < self.height).then(|| y * self.width + x)
    }

    /// Levels of all cells; whether something can still flow.
    fn find_levels(&mut self) -> bool {
        self.level.fill(0);
        let mut queue: Vec<usize> = (0..self.pull.len()).filter(|at| self.pull[*at] < 0).collect();
        for at in &queue {
            self.level[*at] = 1;
        }
        let (mut head, mut flows) = (0, false);
        while let Some(at) = queue.get(head).copied() {
            head += 1;
            flows |= self.pull[at] > 0;
            for direction in 0..8 {
                let Some(other) = self.neighbour(at, direction) else {
                    continue;
                };
                if self.level[other] == 0 && self.bonds[other][direction ^ 1] > 0 {
                    self.level[other] = self.level[at] + 1;
                    queue.push(other);
                }
            }
        }
        flows
    }

    /// Sends what `start` has downhill, as far as it goes.
    fn push_from(&mut self, start: usize) {
        let mut path: Vec<(usize, usize)> = Vec::new();
        let mut at = start;
        loop {
            if self.pull[at] < 0 {
                self.send(start, at, &path);
                if self.pull[start] == 0 {
                    return;
                }
                path.clear();
                at = start;
            }
            let direction = usize::from(self.next[at]);
            if direction == 8 {
                // A dead end.
                self.level[at] = u32::MAX - 1;
                let Some((before, _)) = path.pop() else {
                    return;
                };
                self.next[before] += 1;
                at = before;
                continue;
            }
            match self.neighbour(at, direction) {
                Some(other) if self.bonds[at][direction] > 0 && self.level[other] + 1 == self.level[at] => {
                    path.push((at, direction));
                    at = other;
                }
                _ => self.next[at] += 1,
            }
        }
    }

    fn send(&mut self, start: usize, end: usize, path: &[(usize, usize)]) {
        let narrowest = path.iter().map(|(at, direction)| self.bonds[*at][*direction]).min();
        let amount = narrowest.unwrap_or(i32::MAX).min(self.pull[start]).min(-self.pull[end]);
        self.pull[start] -= amount;
        self.pull[end] += amount;
        for (at, direction) in path {
            self.bonds[*at][*direction] -= amount;
            if let Some(other) = self.neighbour(*at, *direction) {
                self.bonds[other][direction ^ 1] += amount;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cut_runs_where_bonds_are_weak() {
        // The left column is held inside, the right one outside; between columns 3 and 4 the bonds are weak.
        let (width, height) = (9, 6);
        let pull = (0..width * height).map(|at| match at % width {
            0 => 1000,
            8 => -1000,
            _ => 0,
        });
        let bonds = (0..width * height).map(|at| {
            DIRECTIONS.map(|(dx, _)| match (at % width, dx) {
                (3, 1) | (4, -1) => 1,
                _ => 10,
            })
        });
        let inside = Grid::new(width, height, pull.collect(), bonds.collect()).cut();
        for (at, inside) in inside.iter().enumerate() {
            assert_eq!(*inside, at % width <= 3, "cell {at}");
        }
    }

    #[test]
    fn lonely_cells_are_outvoted() {
        let (width, height) = (7, 7);
        let pull = (0..49).map(|at| match at {
            24 => -3,
            _ if (1..6).contains(&(at % 7)) && (1..6).contains(&(at / 7)) => 20,
            _ => -20,
        });
        let inside = Grid::new(width, height, pull.collect(), vec![[2; 8]; 49]).cut();
        assert!(inside[24]);
        assert!(inside[8 + 7] && !inside[0] && !inside[6 * 7 + 3]);
    }
}
