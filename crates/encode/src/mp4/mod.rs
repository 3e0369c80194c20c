//! One MP4 file (ISO/IEC 14496-12, -14 and -15): `ftyp`, `moov`, `mdat`, in this order, so that a player
//! can begin while it still downloads. No time of day and no identifier gets into it.

mod chunks;
mod label;
mod tracks;

use std::io::Write;

use domain::media::FRAME_RATE;
use mp4_atom::{Encode, Ftyp, Moov, Mvhd};

use crate::{aac::Sound, error::EncodeError, h264::Video, settings::Settings};
use chunks::{Chunk, Kind, Plan};

/// Ticks per second of the movie and of the video track.
const TIMESCALE: u32 = 24_000;

/// Ticks from one frame to the next.
const FRAME_TICKS: u32 = TIMESCALE / FRAME_RATE;

/// Bytes of the header before `mdat`'s content.
const MDAT_HEADER: u64 = 8;

/// Writes the file and returns its length.
pub(crate) fn write(
    video: &Video,
    sound: Option<&Sound>,
    settings: &Settings,
    out: &mut dyn Write,
) -> Result<u64, EncodeError> {
    let plan = Plan::new(video, sound);
    let mut head = Vec::new();
    encode(&file_type(), &mut head)?;
    let mut label = Vec::new();
    encode(&label::user_data(settings)?, &mut label)?;
    // Offsets have a fixed width, so the index is as long with zeros as it will be with the real ones.
    let length = index(video, sound, &plan, &label, 0)?.len();
    let start = head.len() as u64 + length as u64 + MDAT_HEADER;
    let index = index(video, sound, &plan, &label, start)?;
    let content = plan.bytes();
    let length = u32::try_from(content + MDAT_HEADER).map_err(too_long)?;
    out.write_all(&head)?;
    out.write_all(&index)?;
    out.write_all(&length.to_be_bytes())?;
    out.write_all(b"mdat")?;
    plan.write(video, sound, out)?;
    out.flush()?;
    Ok(start + content)
}

fn encode(atom: &impl Encode, buffer: &mut Vec<u8>) -> Result<(), EncodeError> {
    atom.encode(buffer)
        .map_err(|error| EncodeError::Container(error.to_string()))
}

fn too_long(_: std::num::TryFromIntError) -> EncodeError {
    EncodeError::Container("the clip is longer than 4 GB".to_owned())
}

fn file_type() -> Ftyp {
    Ftyp {
        major_brand: b"isom".into(),
        minor_version: 512,
        compatible_brands: vec![b"isom".into(), b"iso2".into(), b"avc1".into(), b"mp41".into()],
    }
}

/// The `moov` box of a file whose media begins at `start`. The label goes behind the tracks: readers make
/// a stream of the cover where they meet it, and the video has to stay the first one.
fn index(video: &Video, sound: Option<&Sound>, plan: &Plan, label: &[u8], start: u64) -> Result<Vec<u8>, EncodeError> {
    let mut bytes = Vec::new();
    encode(&movie(video, sound, plan, start)?, &mut bytes)?;
    bytes.extend_from_slice(label);
    let length = u32::try_from(bytes.len()).map_err(too_long)?;
    if let Some(size) = bytes.first_chunk_mut::<4>() {
        *size = length.to_be_bytes();
    }
    Ok(bytes)
}

fn movie(video: &Video, sound: Option<&Sound>, plan: &Plan, start: u64) -> Result<Moov, EncodeError> {
    let mut trak = vec![tracks::video(video, plan.placed(Kind::Video, start)?)?];
    if let Some(sound) = sound {
        trak.push(tracks::sound(sound, plan.placed(Kind::Sound, start)?)?);
    }
    Ok(Moov {
        mvhd: Mvhd {
            timescale: TIMESCALE,
            duration: video_ticks(video),
            rate: 1.into(),
            volume: 1.into(),
            next_track_id: trak.len() as u32 + 1,
            ..Mvhd::default()
        },
        trak,
        ..Moov::default()
    })
}

fn video_ticks(video: &Video) -> u64 {
    video.frames() * u64::from(FRAME_TICKS)
}

/// A chunk's place in the file and how many samples it holds.
struct Placed {
    offset: u32,
    samples: u32,
}

impl Plan {
    fn placed(&self, kind: Kind, start: u64) -> Result<Vec<Placed>, EncodeError> {
        let mut offset = start;
        let mut placed = Vec::new();
        for Chunk {
            kind: owner,
            samples,
            bytes,
        } in self.chunks()
        {
            if *owner == kind {
                placed.push(Placed {
                    offset: u32::try_from(offset).map_err(too_long)?,
                    samples: *samples,
                });
            }
            offset += bytes;
        }
        Ok(placed)
    }
}
