//! What the file says about itself: iTunes-style items, which every common tool shows.

use mp4_atom::{Any, Hdlr, Meta, Udta};

use crate::{error::EncodeError, settings::Settings};

/// Types of an item's value (QuickTime's well-known types).
const UTF8: u32 = 1;
const JPEG: u32 = 13;

const COMMENT: &[u8; 4] = b"\xa9cmt";
const TOOL: &[u8; 4] = b"\xa9too";
const COVER: &[u8; 4] = b"covr";

pub(crate) fn user_data(settings: &Settings) -> Result<Udta, EncodeError> {
    let mut items = Vec::new();
    append_item(&mut items, TOOL, UTF8, settings.tool.as_bytes())?;
    append_item(&mut items, COMMENT, UTF8, settings.comment.as_bytes())?;
    if let Some(jpeg) = &settings.cover_jpeg {
        append_item(&mut items, COVER, JPEG, jpeg)?;
    }
    Ok(Udta {
        meta: Some(Meta {
            hdlr: Hdlr {
                handler: b"mdir".into(),
                name: String::new(),
            },
            items: vec![Any::Unknown(b"ilst".into(), items)],
        }),
        ..Udta::default()
    })
}

/// A box named by the item, in it one box `data`: type, locale 0, value.
fn append_item(items: &mut Vec<u8>, name: &[u8; 4], kind: u32, value: &[u8]) -> Result<(), EncodeError> {
    let inner = u32::try_from(value.len() + 16)
        .map_err(|_| EncodeError::Container("a metadata item is longer than 4 GB".to_owned()))?;
    items.extend_from_slice(&(inner + 8).to_be_bytes());
    items.extend_from_slice(name);
    items.extend_from_slice(&inner.to_be_bytes());
    items.extend_from_slice(b"data");
    items.extend_from_slice(&kind.to_be_bytes());
    items.extend_from_slice(&0_u32.to_be_bytes());
    items.extend_from_slice(value);
    Ok(())
}
