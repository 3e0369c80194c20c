//! The inside of a JSON string, byte by byte (RFC 8259, part 7).

/// What one more byte of a string means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Within an escape.
    Pending,
    /// A character below U+0080.
    Ascii(u8),
    /// A part of any other character: a byte of UTF-8, or an escaped UTF-16 unit.
    Beyond,
    /// The string's closing quote.
    End,
    /// No JSON: an unknown escape, or a control character.
    Malformed,
}

/// Where within an escape the last byte was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Escape {
    #[default]
    None,
    Backslash,
    /// So many hexadecimal digits, and their value.
    Unicode {
        digits: u8,
        value: u16,
    },
}

impl Escape {
    pub(super) fn step(&mut self, byte: u8) -> Step {
        match *self {
            Self::None => match byte {
                b'"' => Step::End,
                b'\\' => {
                    *self = Self::Backslash;
                    Step::Pending
                }
                0..0x20 => Step::Malformed,
                0x80.. => Step::Beyond,
                _ => Step::Ascii(byte),
            },
            Self::Backslash => self.after_backslash(byte),
            Self::Unicode { digits, value } => self.hexadecimal(byte, digits, value),
        }
    }

    fn after_backslash(&mut self, byte: u8) -> Step {
        *self = Self::None;
        match byte {
            b'"' | b'\\' | b'/' => Step::Ascii(byte),
            b'b' => Step::Ascii(8),
            b'f' => Step::Ascii(12),
            b'n' => Step::Ascii(b'\n'),
            b'r' => Step::Ascii(b'\r'),
            b't' => Step::Ascii(b'\t'),
            b'u' => {
                *self = Self::Unicode { digits: 0, value: 0 };
                Step::Pending
            }
            _ => Step::Malformed,
        }
    }

    fn hexadecimal(&mut self, byte: u8, digits: u8, value: u16) -> Step {
        *self = Self::None;
        let Some(digit) = char::from(byte).to_digit(16) else {
            return Step::Malformed;
        };
        let value = value << 4 | digit as u16;
        if digits < 3 {
            *self = Self::Unicode {
                digits: digits + 1,
                value,
            };
            return Step::Pending;
        }
        match u8::try_from(value) {
            Ok(byte) if byte.is_ascii() => Step::Ascii(byte),
            _ => Step::Beyond,
        }
    }
}
