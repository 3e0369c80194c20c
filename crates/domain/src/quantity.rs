//! Durations and sizes as people write them in a configuration: `30s`, `7d`, `512MiB`.

/// `#[serde(with = "quantity::duration")]`: `250ms`, `30s`, `15m`, `48h`, `7d`; a bare whole number is seconds.
pub mod duration {
    use std::{fmt, time::Duration};

    use serde::{Deserializer, Serializer, de};

    const UNITS: [(&str, u64); 5] = [
        ("ms", 1),
        ("s", 1000),
        ("m", 60_000),
        ("h", 3_600_000),
        ("d", 86_400_000),
    ];

    /// Reads such a text. `None`: it is none, or too long to count.
    pub fn parse(text: &str) -> Option<Duration> {
        let (number, unit) = super::split(text)?;
        let unit = if unit.is_empty() { "s" } else { unit };
        let (_, milliseconds) = UNITS.iter().find(|(name, _)| *name == unit)?;
        number.checked_mul(*milliseconds).map(Duration::from_millis)
    }

    /// The shortest such text, whole milliseconds.
    pub fn format(duration: Duration) -> String {
        let milliseconds = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        let fitting = UNITS
            .iter()
            .rev()
            .find(|(_, unit)| milliseconds >= *unit && milliseconds.is_multiple_of(*unit));
        let (name, unit) = fitting.copied().unwrap_or(("s", 1000));
        format!("{}{name}", milliseconds / unit)
    }

    /// Writes the text.
    ///
    /// # Errors
    /// The serializer's own.
    pub fn serialize<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format(*duration))
    }

    /// Reads the text, or a whole number of seconds.
    ///
    /// # Errors
    /// When it is neither.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        deserializer.deserialize_any(DurationVisitor)
    }

    struct DurationVisitor;

    impl de::Visitor<'_> for DurationVisitor {
        type Value = Duration;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a duration such as 250ms, 30s, 15m, 48h or 7d")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Duration, E> {
            parse(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
        }

        fn visit_u64<E: de::Error>(self, seconds: u64) -> Result<Duration, E> {
            Ok(Duration::from_secs(seconds))
        }

        fn visit_i64<E: de::Error>(self, seconds: i64) -> Result<Duration, E> {
            let whole = u64::try_from(seconds);
            whole
                .map(Duration::from_secs)
                .map_err(|_| E::invalid_value(de::Unexpected::Signed(seconds), &self))
        }
    }
}

/// `#[serde(with = "quantity::bytes")]`: `512MiB`, `2GiB`, `100KiB`; a bare whole number is bytes.
pub mod bytes {
    use std::fmt;

    use serde::{Deserializer, Serializer, de};

    const UNITS: [(&str, u64); 4] = [("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)];

    /// Reads such a text. `None`: it is none, or too large to count.
    pub fn parse(text: &str) -> Option<u64> {
        let (number, unit) = super::split(text)?;
        let unit = if unit.is_empty() { "B" } else { unit };
        let (_, bytes) = UNITS.iter().find(|(name, _)| *name == unit)?;
        number.checked_mul(*bytes)
    }

    /// The shortest such text.
    pub fn format(bytes: u64) -> String {
        let fitting = UNITS
            .iter()
            .rev()
            .find(|(_, unit)| bytes >= *unit && bytes.is_multiple_of(*unit));
        let (name, unit) = fitting.copied().unwrap_or(("B", 1));
        format!("{}{name}", bytes / unit)
    }

    /// Writes the text.
    ///
    /// # Errors
    /// The serializer's own.
    pub fn serialize<S: Serializer>(bytes: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format(*bytes))
    }

    /// Reads the text, or a whole number of bytes.
    ///
    /// # Errors
    /// When it is neither.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        deserializer.deserialize_any(BytesVisitor)
    }

    struct BytesVisitor;

    impl de::Visitor<'_> for BytesVisitor {
        type Value = u64;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a size such as 512MiB or 2GiB")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<u64, E> {
            parse(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
        }

        fn visit_u64<E: de::Error>(self, bytes: u64) -> Result<u64, E> {
            Ok(bytes)
        }

        fn visit_i64<E: de::Error>(self, bytes: i64) -> Result<u64, E> {
            u64::try_from(bytes).map_err(|_| E::invalid_value(de::Unexpected::Signed(bytes), &self))
        }
    }
}

/// A whole number and the unit behind it.
fn split(text: &str) -> Option<(u64, &str)> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at_checked(digits)?;
    Some((number.parse().ok()?, unit.trim_start()))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{bytes, duration};

    #[test]
    fn durations_read_back_as_written() {
        for text in ["250ms", "30s", "15m", "48h", "7d", "0s"] {
            let rewritten = duration::parse(text).map(duration::format);
            let reread = rewritten.as_deref().and_then(duration::parse);
            assert_eq!(reread, duration::parse(text), "{text}");
            assert!(reread.is_some(), "{text}");
        }
        assert_eq!(duration::parse("48h").map(duration::format).as_deref(), Some("2d"));
        assert_eq!(duration::parse("90"), Some(Duration::from_secs(90)));
        for text in ["", "s", "-1s", "1.5s", "1 fortnight", "99999999999999999999d"] {
            assert_eq!(duration::parse(text), None, "{text}");
        }
    }

    #[test]
    fn sizes_read_back_as_written() {
        assert_eq!(bytes::parse("512MiB"), Some(512 << 20));
        assert_eq!(bytes::format(512 << 20), "512MiB");
        assert_eq!(bytes::format(1000), "1000B");
        assert_eq!(bytes::parse("1000"), Some(1000));
        assert_eq!(bytes::parse("17179869184GiB"), None);
    }
}
