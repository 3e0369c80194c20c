//! When off-peak tasks count like all others.

use std::fmt;

use domain::time::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

const DAY_MINUTES: i64 = 24 * 60;

/// A stretch of every day, in UTC, written `22:00-06:00`. It may run past midnight; its end is not part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    from_minute: i64,
    to_minute: i64,
}

impl Window {
    /// Reads `HH:MM-HH:MM`. `None`: it is not that, or both ends are the same.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('-')?;
        let (from_minute, to_minute) = (minute_of_day(from)?, minute_of_day(to)?);
        (from_minute != to_minute).then_some(Self { from_minute, to_minute })
    }

    /// Whether it is open at that time.
    pub fn contains(self, now: Timestamp) -> bool {
        let minute = now.seconds().div_euclid(60).rem_euclid(DAY_MINUTES);
        if self.from_minute < self.to_minute {
            (self.from_minute..self.to_minute).contains(&minute)
        } else {
            minute >= self.from_minute || minute < self.to_minute
        }
    }
}

fn minute_of_day(text: &str) -> Option<i64> {
    let (hours, minutes) = text.trim().split_once(':')?;
    if hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
}

impl fmt::Display for Window {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from_minute, self.to_minute);
        write!(
            formatter,
            "{:02}:{:02}-{:02}:{:02}",
            from / 60,
            from % 60,
            to / 60,
            to % 60
        )
    }
}

impl Serialize for Window {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Window {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("must be a stretch of the day in UTC such as 22:00-06:00"))
    }
}

#[cfg(test)]
mod tests {
    use domain::time::Timestamp;

    use super::Window;

    #[test]
    fn a_window_may_run_past_midnight() {
        let at = |hours: i64, minutes: i64| Timestamp::from_milliseconds((hours * 60 + minutes) * 60_000);
        let night = Window::parse("22:00-06:00").expect("a window");
        assert!(night.contains(at(22, 0)) && night.contains(at(0, 0)) && night.contains(at(29, 59)));
        assert!(!night.contains(at(6, 0)) && !night.contains(at(21, 59)));
        let noon = Window::parse("11:30-12:30").expect("a window");
        assert!(noon.contains(at(11, 30)) && !noon.contains(at(12, 30)) && !noon.contains(at(23, 0)));
        assert_eq!(night.to_string(), "22:00-06:00");
    }

    #[test]
    fn what_is_no_window_is_refused() {
        for text in [
            "",
            "22:00",
            "24:00-06:00",
            "22:60-06:00",
            "6:00-7:00",
            "06:00-06:00",
            "a-b",
        ] {
            assert_eq!(Window::parse(text), None, "{text}");
        }
    }
}
