//! Base64 that arrives in pieces (RFC 4648): both alphabets, white space ignored, padding optional.

const PADDING: u8 = 64;
const SPACE: u8 = 65;
const OTHER: u8 = 66;

/// For each byte its value, 0 to 63, or its class.
const CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut table = [OTHER; 256];
    let mut value = 0;
    while value < 64 {
        table[alphabet[value as usize] as usize] = value;
        value += 1;
    }
    table[b'-' as usize] = 62;
    table[b'_' as usize] = 63;
    table[b'=' as usize] = PADDING;
    table[b' ' as usize] = SPACE;
    table[b'\t' as usize] = SPACE;
    table[b'\n' as usize] = SPACE;
    table[b'\r' as usize] = SPACE;
    table
}

/// The text was not base64.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotBase64;

/// Up to three values that wait for the fourth.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    waiting: u32,
    count: u8,
    padding: u8,
}

impl Decoder {
    /// Decodes some more; whole groups of four are appended to `out`, three bytes each.
    pub(super) fn feed(&mut self, text: &[u8], out: &mut Vec<u8>) -> Result<(), NotBase64> {
        for byte in text {
            let class = CLASSES[usize::from(*byte)];
            if class < PADDING && self.padding == 0 {
                self.waiting = self.waiting << 6 | u32::from(class);
                self.count += 1;
                if self.count == 4 {
                    let [_, bytes @ ..] = self.waiting.to_be_bytes();
                    out.extend_from_slice(&bytes);
                    (self.waiting, self.count) = (0, 0);
                }
            } else if class == PADDING && self.count >= 2 && self.count + self.padding < 4 {
                self.padding += 1;
            } else if class != SPACE {
                return Err(NotBase64);
            }
        }
        Ok(())
    }

    /// Appends what the last, incomplete group holds. Bits beyond the last whole byte are dropped.
    pub(super) fn finish(self, out: &mut Vec<u8>) -> Result<(), NotBase64> {
        let aligned = (self.waiting << (6 * (4 - u32::from(self.count.min(4))))).to_be_bytes();
        match (self.count, aligned) {
            (0, _) => Ok(()),
            (2, [_, first, _, _]) => {
                out.push(first);
                Ok(())
            }
            (3, [_, first, second, _]) => {
                out.extend_from_slice(&[first, second]);
                Ok(())
            }
            _ => Err(NotBase64),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Decoder, NotBase64};

    fn decode(text: &str) -> Result<Vec<u8>, NotBase64> {
        let mut decoder = Decoder::default();
        let mut out = Vec::new();
        for byte in text.as_bytes() {
            decoder.feed(&[*byte], &mut out)?;
        }
        decoder.finish(&mut out)?;
        Ok(out)
    }

    #[test]
    fn padding_may_be_whole_or_missing_but_not_too_much() {
        for text in ["QQ==", "QQ=", "QQ", "Q Q = =", "QUI=", "QUI", "QUJD"] {
            let expected = &b"ABC"[..decode(text).unwrap().len()];
            assert_eq!(decode(text).unwrap(), expected, "{text}");
        }
        for text in ["Q", "QQ===", "QUI==", "QUJD=", "=", "QQ==QQ==", "QQ=Q"] {
            assert_eq!(decode(text), Err(NotBase64), "{text}");
        }
    }

    #[test]
    fn both_alphabets_mean_the_same() {
        assert_eq!(decode("+/+/").unwrap(), decode("-_-_").unwrap());
        assert_eq!(decode("Q%3D"), Err(NotBase64));
        assert_eq!(decode("Qé"), Err(NotBase64));
    }
}
