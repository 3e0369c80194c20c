//! What ffprobe and ffmpeg see in an encoded clip.

#[expect(dead_code, reason = "shared with other tests, which use all of it")]
mod support;

use domain::{media::FrameSource, request::Profile};
use encode::Settings;
use support::{Drift, chord, decoded_luma, encode, luma_ssim, probe, psnr, value};

fn settings() -> Settings {
    Settings::new(Profile::Pro)
}

#[test]
fn the_video_stream_says_what_it_is() {
    let clip = encode(&Drift::new(1280, 720, 30), None, &settings());
    let said = probe(
        &clip.path,
        "v",
        "stream=codec_name,profile,width,height,pix_fmt,r_frame_rate,avg_frame_rate,nb_frames,duration,start_pts,\
         color_space,color_transfer,color_primaries,color_range,sample_aspect_ratio,has_b_frames",
    );
    assert_eq!(value(&said, "codec_name"), "h264");
    assert!(["High", "Main"].contains(&value(&said, "profile")), "{said}");
    assert_eq!((value(&said, "width"), value(&said, "height")), ("1280", "720"));
    assert_eq!(value(&said, "pix_fmt"), "yuv420p");
    assert_eq!(value(&said, "r_frame_rate"), "24/1");
    assert_eq!(value(&said, "avg_frame_rate"), "24/1");
    assert_eq!(value(&said, "nb_frames"), "30");
    assert_eq!(value(&said, "duration"), "1.250000");
    assert_eq!(value(&said, "start_pts"), "0");
    assert_eq!(value(&said, "color_space"), "bt709");
    assert_eq!(value(&said, "color_transfer"), "bt709");
    assert_eq!(value(&said, "color_primaries"), "bt709");
    assert_eq!(value(&said, "color_range"), "tv");
    assert_eq!(value(&said, "sample_aspect_ratio"), "1:1");
    assert_eq!(value(&said, "has_b_frames"), "0");
    assert_eq!(clip.encoded.frames, 30);
    assert_eq!(clip.encoded.bytes, clip.bytes.len() as u64);
}

#[test]
fn without_sound_there_is_no_sound_track() {
    let clip = encode(&Drift::new(320, 192, 24), None, &settings());
    assert_eq!(probe(&clip.path, "a", "stream=codec_name"), "");
    assert_eq!(value(&probe(&clip.path, "", "format=duration"), "duration"), "1.000000");
}

#[test]
fn the_sound_is_as_long_as_the_video() {
    for frames in [24, 25, 48, 121] {
        let clip = encode(&Drift::new(320, 192, frames), Some(&chord(frames)), &settings());
        let said = probe(
            &clip.path,
            "a",
            "stream=codec_name,profile,sample_rate,channels,duration,start_time",
        );
        assert_eq!(value(&said, "codec_name"), "aac");
        assert_eq!(value(&said, "profile"), "LC");
        assert_eq!((value(&said, "sample_rate"), value(&said, "channels")), ("48000", "2"));
        let expected = format!("{:.6}", f64::from(frames) / 24.0);
        assert_eq!(value(&said, "duration"), expected, "{frames} frames");
        assert_eq!(value(&said, "start_time"), "0.000000");
        let video = probe(&clip.path, "v:0", "stream=duration");
        assert_eq!(value(&video, "duration"), expected);
    }
}

#[test]
fn sound_of_another_length_is_cut_or_padded() {
    let source = Drift::new(320, 192, 24);
    for other in [0, 12, 30] {
        let clip = encode(&source, Some(&chord(other)), &settings());
        assert_eq!(
            value(&probe(&clip.path, "a", "stream=duration"), "duration"),
            "1.000000"
        );
    }
}

#[test]
fn the_index_comes_before_the_media() {
    let clip = encode(&Drift::new(320, 192, 48), Some(&chord(48)), &settings());
    let mut kinds = Vec::new();
    let mut rest = clip.bytes.as_slice();
    while let Some((head, _)) = rest.split_at_checked(8) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        kinds.push(String::from_utf8_lossy(&head[4..]).into_owned());
        rest = &rest[length..];
    }
    assert_eq!(kinds, ["ftyp", "moov", "mdat"]);
    assert!(rest.is_empty());
}

#[test]
fn the_file_carries_the_label_and_a_cover() {
    let mut settings = settings();
    settings.cover_jpeg = Some(include_bytes!("../../../examples/pictures/rocket.jpg").to_vec());
    let clip = encode(&Drift::new(320, 192, 24), None, &settings);
    let tags = probe(&clip.path, "", "format_tags");
    assert_eq!(value(&tags, "TAG:comment"), "AI-generated (内容由AI生成)");
    assert_eq!(value(&tags, "TAG:encoder"), "Kinora");
    assert!(!tags.contains("creation_time"), "{tags}");
    let cover = probe(
        &clip.path,
        "v:1",
        "stream=codec_name,width:stream_disposition=attached_pic",
    );
    assert_eq!(value(&cover, "codec_name"), "mjpeg");
    assert_eq!(value(&cover, "width"), "640");
    assert_eq!(value(&cover, "DISPOSITION:attached_pic"), "1");
}

#[test]
fn decoded_frames_look_like_the_rendered_ones() {
    let source = Drift::new(1280, 720, 48);
    let clip = encode(&source, None, &settings());
    let ssim = luma_ssim(&source, &clip);
    assert!(ssim >= 0.98, "SSIM {ssim}");
    for index in [0, 47] {
        let mut frame = domain::media::Frame::black(source.size());
        source.render(index, &mut frame);
        let decibels = psnr(&frame.y, &decoded_luma(&clip, index as usize));
        assert!(decibels >= 38.0, "frame {index}: {decibels} dB");
    }
}

#[test]
fn every_shape_that_the_service_offers_can_be_encoded() {
    for (width, height) in [
        (2880, 720),
        (720, 2880),
        (1674, 1238),
        (1440, 1440),
        (1920, 480),
        (960, 240),
        (480, 480),
    ] {
        let clip = encode(&Drift::new(width, height, 8), None, &settings());
        let said = probe(&clip.path, "v", "stream=width,height,nb_frames");
        assert_eq!(value(&said, "width"), width.to_string());
        assert_eq!(value(&said, "height"), height.to_string());
        assert_eq!(value(&said, "nb_frames"), "8");
    }
}

#[test]
fn every_group_begins_with_a_key_frame() {
    let clip = encode(&Drift::new(320, 192, 50), None, &settings());
    let flags = probe(&clip.path, "v:0", "packet=flags");
    let keys: Vec<_> = flags.lines().map(|line| line.contains('K')).collect();
    let mut first = 0;
    let mut expected = vec![false; 50];
    for length in encode::gop_lengths(50) {
        expected[first] = true;
        first += length as usize;
    }
    assert_eq!(keys, expected);
}
