//! The two tracks' boxes.

use domain::media::SAMPLE_RATE;
use mp4_atom::{
    Audio, Avc1, Avcc, AvccExt, Colr, Dinf, Dref, Edts, Elst, ElstEntry, FixedPoint, Hdlr, Mdhd, Mdia, Minf, Mp4a,
    Pasp, Smhd, Stbl, Stco, Stsc, StscEntry, Stsd, Stss, Stsz, StszSamples, Stts, SttsEntry, Tkhd, Trak, Url, Visual,
    Vmhd,
    esds::{DecoderConfig, DecoderSpecific, EsDescriptor, Esds, SLConfig},
};

use super::{FRAME_TICKS, Placed, TIMESCALE, video_ticks};
use crate::{
    aac::{BIT_RATE, CHANNELS, Sound, UNIT_SAMPLES},
    error::EncodeError,
    h264::Video,
};

const VIDEO_TRACK: u32 = 1;
const SOUND_TRACK: u32 = 2;

/// BT.709 (ITU-T H.273, tables 2 to 4).
const BT709: u16 = 1;

/// MPEG-4 audio (ISO/IEC 14496-1, table 5) and audio stream (table 6).
const OBJECT_MPEG4_AUDIO: u8 = 0x40;
const STREAM_AUDIO: u8 = 5;

fn container(error: impl std::fmt::Display) -> EncodeError {
    EncodeError::Container(error.to_string())
}

pub(crate) fn video(video: &Video, chunks: Vec<Placed>) -> Result<Trak, EncodeError> {
    let duration = video_ticks(video);
    let width = u16::try_from(video.size.width).map_err(container)?;
    let height = u16::try_from(video.size.height).map_err(container)?;
    let header = Tkhd {
        width: width.into(),
        height: height.into(),
        ..track_header(VIDEO_TRACK, duration)
    };
    let frames = u32::try_from(video.frames()).map_err(container)?;
    let table = Stbl {
        stsd: Stsd {
            codecs: vec![avc1(video, width, height)?.into()],
        },
        stts: Stts {
            entries: vec![SttsEntry {
                sample_count: frames,
                sample_delta: FRAME_TICKS,
            }],
        },
        stss: Some(Stss {
            entries: key_frames(video),
        }),
        ..sample_table(video.gops.iter().flat_map(|gop| gop.sizes.clone()).collect(), chunks)
    };
    let minf = Minf {
        vmhd: Some(Vmhd::default()),
        ..media_information(table)
    };
    Ok(Trak {
        tkhd: header,
        edts: Some(edit(duration, 0)),
        mdia: media(TIMESCALE, duration, b"vide", "VideoHandler", minf),
        ..Trak::default()
    })
}

pub(crate) fn sound(sound: &Sound, chunks: Vec<Placed>) -> Result<Trak, EncodeError> {
    let heard = u64::from(sound.samples) * u64::from(TIMESCALE) / u64::from(SAMPLE_RATE);
    // The last access unit is cut where the sound ends: priming and sound fill the rest exactly.
    let coded = u64::from(sound.priming) + u64::from(sound.samples);
    let units = u32::try_from(sound.sizes.len()).map_err(container)?;
    let whole = units.saturating_sub(1);
    let last = coded.saturating_sub(u64::from(whole) * u64::from(UNIT_SAMPLES));
    let header = Tkhd {
        volume: 1.into(),
        alternate_group: 1,
        ..track_header(SOUND_TRACK, heard)
    };
    let table = Stbl {
        stsd: Stsd {
            codecs: vec![mp4a(sound)?.into()],
        },
        stts: Stts {
            entries: vec![
                SttsEntry {
                    sample_count: whole,
                    sample_delta: UNIT_SAMPLES,
                },
                SttsEntry {
                    sample_count: 1,
                    sample_delta: u32::try_from(last).map_err(container)?,
                },
            ],
        },
        ..sample_table(sound.sizes.clone(), chunks)
    };
    let minf = Minf {
        smhd: Some(Smhd::default()),
        ..media_information(table)
    };
    Ok(Trak {
        tkhd: header,
        edts: Some(edit(heard, u64::from(sound.priming))),
        mdia: media(SAMPLE_RATE, coded, b"soun", "SoundHandler", minf),
        ..Trak::default()
    })
}

fn track_header(track_id: u32, duration: u64) -> Tkhd {
    Tkhd {
        track_id,
        duration,
        enabled: true,
        in_movie: true,
        ..Tkhd::default()
    }
}

/// Plays `duration` movie ticks of the track from `media_time` on, in the track's own ticks.
fn edit(duration: u64, media_time: u64) -> Edts {
    Edts {
        elst: Some(Elst {
            entries: vec![ElstEntry {
                segment_duration: duration,
                media_time: Some(media_time),
                media_rate: 1.into(),
            }],
        }),
    }
}

fn media(timescale: u32, duration: u64, handler: &[u8; 4], name: &str, minf: Minf) -> Mdia {
    Mdia {
        mdhd: Mdhd {
            timescale,
            duration,
            language: "und".to_owned(),
            ..Mdhd::default()
        },
        hdlr: Hdlr {
            handler: handler.into(),
            name: name.to_owned(),
        },
        minf,
    }
}

fn media_information(stbl: Stbl) -> Minf {
    Minf {
        dinf: Dinf {
            dref: Dref {
                entries: vec![Url::default().into()],
            },
        },
        stbl,
        ..Minf::default()
    }
}

fn sample_table(sizes: Vec<u32>, chunks: Vec<Placed>) -> Stbl {
    let mut runs: Vec<StscEntry> = Vec::new();
    for (first_chunk, chunk) in (1..).zip(&chunks) {
        if runs.last().is_none_or(|run| run.samples_per_chunk != chunk.samples) {
            runs.push(StscEntry {
                first_chunk,
                samples_per_chunk: chunk.samples,
                sample_description_index: 1,
            });
        }
    }
    Stbl {
        stsc: Stsc { entries: runs },
        stsz: Stsz {
            samples: StszSamples::Different { sizes },
        },
        stco: Some(Stco {
            entries: chunks.into_iter().map(|chunk| chunk.offset).collect(),
        }),
        ..Stbl::default()
    }
}

/// Numbers, from 1, of the frames that begin a group.
fn key_frames(video: &Video) -> Vec<u32> {
    let mut next = 1;
    video
        .gops
        .iter()
        .map(|gop| {
            let first = next;
            next += gop.sizes.len() as u32;
            first
        })
        .collect()
}

fn avc1(video: &Video, width: u16, height: u16) -> Result<Avc1, EncodeError> {
    let mut avcc = Avcc::new(&video.sps, &video.pps).map_err(container)?;
    // High and above say chroma format and depth here as well (ISO/IEC 14496-15, 5.3.3.1.2).
    if avcc.avc_profile_indication >= 100 {
        avcc.ext = Some(AvccExt::default());
    }
    Ok(Avc1 {
        visual: Visual {
            data_reference_index: 1,
            width,
            height,
            horizresolution: 72.into(),
            vertresolution: 72.into(),
            frame_count: 1,
            depth: 24,
            ..Visual::default()
        },
        avcc,
        colr: Some(Colr::Nclx {
            colour_primaries: BT709,
            transfer_characteristics: BT709,
            matrix_coefficients: BT709,
            full_range_flag: false,
        }),
        pasp: Some(Pasp {
            h_spacing: 1,
            v_spacing: 1,
        }),
        ..Avc1::default()
    })
}

fn mp4a(sound: &Sound) -> Result<Mp4a, EncodeError> {
    let largest = sound.sizes.iter().copied().max().unwrap_or(0);
    Ok(Mp4a {
        audio: Audio {
            data_reference_index: 1,
            channel_count: CHANNELS,
            sample_size: 16,
            sample_rate: FixedPoint::from(u16::try_from(SAMPLE_RATE).map_err(container)?),
        },
        esds: Esds {
            es_desc: EsDescriptor {
                es_id: SOUND_TRACK as u16,
                dec_config: DecoderConfig {
                    object_type_indication: OBJECT_MPEG4_AUDIO,
                    stream_type: STREAM_AUDIO,
                    buffer_size_db: largest.try_into().map_err(container)?,
                    max_bitrate: BIT_RATE,
                    avg_bitrate: BIT_RATE,
                    dec_specific: Some(DecoderSpecific {
                        raw: sound.config.clone(),
                        ..DecoderSpecific::default()
                    }),
                    ..DecoderConfig::default()
                },
                sl_config: SLConfig::default(),
                ..EsDescriptor::default()
            },
        },
        btrt: None,
        taic: None,
    })
}
