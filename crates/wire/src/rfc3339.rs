//! Times as text (RFC 3339), in UTC with milliseconds.

use domain::time::Timestamp;

const DAY: i64 = 86_400_000;

/// `2026-11-20T08:30:05.120Z`. Years before 0 and after 9999 are clamped, as the format has no text for them.
pub(crate) fn text(time: Timestamp) -> String {
    const FIRST: i64 = -62_167_219_200_000;
    const LAST: i64 = 253_402_300_799_999;
    let milliseconds = time.milliseconds().clamp(FIRST, LAST);
    let (year, month, day) = civil(milliseconds.div_euclid(DAY));
    let rest = milliseconds.rem_euclid(DAY);
    let (hour, minute) = (rest / 3_600_000, rest / 60_000 % 60);
    let (second, fraction) = (rest / 1000 % 60, rest % 1000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction:03}Z")
}

/// Reads `2026-11-20T08:30:05.120+08:00`, `2026-11-20T00:30:05Z`, a date alone (its beginning in UTC), or
/// seconds since 1970.
pub fn parse(text: &str) -> Option<Timestamp> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if (1..=12).contains(&text.len()) && digits(text) {
        return Some(Timestamp::from_milliseconds(text.parse::<i64>().ok()? * 1000));
    }
    let (date, time) = match text.split_at_checked(10)? {
        (date, "") => (date, "00:00:00Z"),
        (date, time) => (date, time.strip_prefix(['T', 't', ' '])?),
    };
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let zone_at = time.find(['Z', 'z', '+', '-'])?;
    let (clock, zone) = time.split_at_checked(zone_at)?;
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
    if !(1..=12).contains(&month) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let days = days(year, month, day);
    if civil(days) != (year, month, day) || fraction.is_empty() || !digits(fraction) {
        return None;
    }
    let milliseconds: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    let seconds = (hour * 60 + minute) * 60 + second - offset(zone)?;
    Some(Timestamp::from_milliseconds(days * DAY + seconds * 1000 + milliseconds))
}

/// Seconds east of Greenwich.
fn offset(zone: &str) -> Option<i64> {
    if matches!(zone, "Z" | "z") {
        return Some(0);
    }
    let (sign, zone) = zone.split_at_checked(1)?;
    let [hours, minutes] = numbers(zone, ':', [2, 2])?;
    let seconds = (hours * 60 + minutes) * 60;
    (hours <= 23 && minutes <= 59).then_some(if sign == "-" { -seconds } else { seconds })
}

/// Numbers of exactly so many digits.
fn numbers<const N: usize>(text: &str, separator: char, digits: [usize; N]) -> Option<[i64; N]> {
    let mut found = [0; N];
    let mut parts = text.split(separator);
    for (number, digits) in found.iter_mut().zip(digits) {
        let part = parts.next()?;
        if part.len() != digits || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(found)
}

/// Days since 1970-01-01 of a Gregorian date: what [`civil`] undoes.
fn days(year: i64, month: i64, day: i64) -> i64 {
    const ERA: i64 = 146_097;
    let year = year - i64::from(month <= 2);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * ERA + day_of_era - 719_468
}

/// The Gregorian date of a number of days since 1970-01-01, by counting in eras of 400 years whose years
/// begin in March, so that the leap day is a year's last.
fn civil(days: i64) -> (i64, i64, i64) {
    const ERA: i64 = 146_097;
    let since_march_0000 = days + 719_468;
    let (era, day_of_era) = (since_march_0000.div_euclid(ERA), since_march_0000.rem_euclid(ERA));
    let leap_days = day_of_era / 1460 - day_of_era / 36_524 + day_of_era / 146_096;
    let year_of_era = (day_of_era - leap_days) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::{Timestamp, parse, text};

    #[test]
    fn known_moments() {
        for (milliseconds, expected) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_399_999, "2000-02-28T23:59:59.999Z"),
            (951_868_799_000, "2000-02-29T23:59:59.000Z"),
            (1_795_160_405_120, "2026-11-20T07:40:05.120Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (i64::MAX, "9999-12-31T23:59:59.999Z"),
            (i64::MIN, "0000-01-01T00:00:00.000Z"),
        ] {
            assert_eq!(text(Timestamp::from_milliseconds(milliseconds)), expected);
        }
    }

    #[test]
    fn every_spelling_of_a_moment_is_read() {
        let moment = Timestamp::from_milliseconds(1_795_160_405_120);
        for spelling in [
            "2026-11-20T07:40:05.120Z",
            "2026-11-20T07:40:05.120999999z",
            "2026-11-20 07:40:05.12Z",
            "2026-11-20T15:40:05.120+08:00",
            "2026-11-19T23:10:05.120-08:30",
        ] {
            assert_eq!(parse(spelling), Some(moment), "{spelling}");
        }
        let midnight = Timestamp::from_milliseconds(1_795_132_800_000);
        assert_eq!(parse("2026-11-20"), Some(midnight));
        assert_eq!(parse("1795132800"), Some(midnight));
        for days in [-719_162_i64, -1, 0, 59, 11_016, 20_777, 2_932_896] {
            let time = Timestamp::from_milliseconds(days * super::DAY);
            assert_eq!(parse(&text(time)), Some(time), "{days}");
        }
        for wrong in [
            "",
            "T",
            "today",
            "2026-11-20T07:40:05",
            "2026-02-29",
            "2026-13-01",
            "2026-11-20T24:00:00Z",
            "2026-1-2",
            "2026-11-20T07:40:05.Z",
            "2026-11-20T07:40:05+8",
            "9999999999999",
            "-1",
            "２０２６-11-20",
            "2026-11-20Tü",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
